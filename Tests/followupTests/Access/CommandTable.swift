import Foundation
import Testing

/// Every command with words that it understands, and what somebody needs to be allowed to do it.
///
/// A command that the program has and this table has not fails a test: whoever adds one says here who may use it.
enum CommandTable {
    /// The roles, and what each may do: written here a second time, beside the program's own table.
    enum Need: String {
        case readCases, writeCases, supervise, importCases, administer, readFigures, exportDeidentified, inspect
        case backUp, readAudit, readChanges

        var roles: Set<String> {
            switch self {
            case .readCases, .writeCases: ["clinician", "supervisor"]
            case .supervise, .importCases: ["supervisor"]
            case .administer, .backUp: ["administrator"]
            case .readFigures: ["clinician", "supervisor", "analyst", "administrator"]
            case .exportDeidentified: ["clinician", "supervisor", "analyst"]
            case .inspect, .readAudit: ["supervisor", "administrator"]
            case .readChanges: ["clinician", "supervisor", "administrator"]
            }
        }
    }

    struct Line {
        let command: String
        let need: Need
        let words: [String]

        init(_ command: String, _ need: Need, _ words: String...) {
            self.command = command
            self.need = need
            self.words = words
        }
    }

    /// Commands that ask for no role, because they open no database on somebody's behalf, or make a new one.
    static let withoutRoles: Set = ["init", "demo", "decrypt"]

    /// Whether a command writes, and is tried with `--dry-run`.
    static let writing: Set = [
        "staff add", "staff set", "staff retire", "site add", "site towns", "policy set", "code add", "code retire",
        "holiday add", "holiday remove", "episode open", "episode phone", "episode dispatched", "episode arrived",
        "episode extend", "episode close", "episode amend", "episode reassign", "episode reopen", "episode void",
        "visit log", "visit amend", "visit void", "plan draft", "plan set", "plan activate", "plan review",
        "plan decline", "referral add", "referral offer", "referral send", "referral answer", "referral schedule",
        "referral attended", "referral no-show", "referral cancel", "referral connect", "referral decline",
        "referral close", "referral hand-off", "client edit", "client merge", "import", "backup", "restore",
    ]

    /// `CASE`, `VISIT`, `OTHER` and `HOME` stand for those of the agency on which they are tried.
    static let lines: [Line] = [
        Line("staff add", .administer, "kim", "--name", "Kim", "--role", "analyst"),
        Line("staff list", .readFigures), Line("staff set", .administer, "tom", "--name", "Tom"),
        Line("staff retire", .administer, "tom"), Line("site add", .administer, "Waterbury"),
        Line("site list", .readFigures), Line("site towns", .administer, "Hartford", "--none"),
        Line("policy show", .readFigures),
        Line("policy set", .administer, "youth mobile crisis", "--from", "2030-07-01", "--window-days", "40"),
        Line("code list", .readFigures), Line("code add", .administer, "location", "park"),
        Line("code retire", .administer, "location", "home"),
        Line("holiday add", .administer, "2026-12-25", "Christmas"), Line("holiday list", .readFigures),
        Line("holiday remove", .administer, "2026-07-03"),
        Line(
            "episode open",
            .writeCases,
            "--call",
            "2025-06-02T11:30",
            "--mode",
            "mobile",
            "--town",
            "Hartford",
            "--referral-source",
            "school",
            "--presenting-problem",
            "anxiety",
            "--first-name",
            "A",
            "--last-name",
            "B"
        ),
        Line(
            "episode phone",
            .writeCases,
            "--call",
            "2025-06-02T11:30",
            "--ended",
            "2025-06-02T12:00",
            "--town",
            "Hartford",
            "--referral-source",
            "school",
            "--presenting-problem",
            "anxiety",
            "--first-name",
            "A",
            "--last-name",
            "B",
            "--reason",
            "family moved"
        ),
        Line("episode dispatched", .writeCases, "CASE", "--at", "2025-06-02T11:40"),
        Line("episode arrived", .writeCases, "CASE", "--at", "2025-06-02T12:00"),
        Line("episode extend", .supervise, "CASE", "--to", "2025-07-20", "--reason", "school break"),
        Line("episode close", .writeCases, "CASE", "--reason", "family moved", "--at", "2025-07-10T10:00"),
        Line("episode amend", .writeCases, "CASE", "--language", "Spanish", "--reason", "typing"),
        Line("episode reassign", .writeCases, "CASE", "--to", "bea"),
        Line("episode reopen", .supervise, "CASE", "--reason", "came back"),
        Line("episode void", .supervise, "CASE", "--reason", "opened twice"), Line("episode show", .readCases, "CASE"),
        Line("episode list", .readCases, "--all"),
        Line(
            "visit log",
            .writeCases,
            "CASE",
            "--at",
            "2025-06-04T10:00",
            "--mode",
            "phone",
            "--with",
            "youth"
        ),
        Line("visit list", .readCases, "CASE"),
        Line("visit amend", .writeCases, "CASE", "VISIT", "--minutes", "5", "--reason", "typing"),
        Line("visit void", .writeCases, "CASE", "VISIT", "--reason", "typing"),
        Line("plan draft", .writeCases, "CASE", "--discard"), Line("plan set", .writeCases, "CASE", "coping", "a walk"),
        Line("plan activate", .writeCases, "CASE", "--reason", "new crisis", "--at", "2025-06-10T10:00"),
        Line("plan review", .writeCases, "CASE", "--at", "2025-06-15T10:00"), Line("plan show", .readCases, "CASE"),
        Line("plan history", .readCases, "CASE"), Line("plan diff", .readCases, "CASE", "1", "1"),
        Line("plan decline", .writeCases, "CASE", "--by", "youth", "--reason", "later", "--at", "2025-06-15T10:00"),
        Line("plan print", .readCases, "CASE"),
        Line(
            "referral add",
            .writeCases,
            "CASE",
            "--service",
            "respite",
            "--agency",
            "Clinic",
            "--at",
            "2025-06-04T10:00"
        ),
        Line("referral offer", .writeCases, "CASE", "1", "--at", "2025-06-05T10:00"),
        Line("referral send", .writeCases, "CASE", "1", "--at", "2025-06-05T10:00"),
        Line("referral answer", .writeCases, "CASE", "1", "--result", "accepted", "--at", "2025-06-05T10:00"),
        Line("referral schedule", .writeCases, "CASE", "1", "--appointment", "2025-06-20T10:00"),
        Line("referral attended", .writeCases, "CASE", "1", "--at", "2025-06-05T10:00"),
        Line("referral no-show", .writeCases, "CASE", "1", "--at", "2025-06-05T10:00"),
        Line("referral cancel", .writeCases, "CASE", "1", "--at", "2025-06-05T10:00"),
        Line("referral connect", .writeCases, "CASE", "1", "--at", "2025-06-05T10:00"),
        Line("referral decline", .writeCases, "CASE", "1", "--reason", "later", "--at", "2025-06-05T10:00"),
        Line("referral close", .writeCases, "CASE", "1", "--reason", "later", "--at", "2025-06-05T10:00"),
        Line("referral hand-off", .writeCases, "CASE", "1"), Line("referral list", .readCases),
        Line("referral show", .readCases, "CASE", "1"), Line("client find", .readCases, "Zz"),
        Line("client show", .readCases, "CASE"),
        Line("client edit", .writeCases, "CASE", "--first-name", "A", "--reason", "typing"),
        Line("client merge", .supervise, "CASE", "OTHER", "--reason", "one person"), Line("overdue", .readCases),
        Line("overdue", .readFigures, "--count"), Line("overdue", .readFigures, "--by", "site"),
        Line("overdue", .readFigures, "--check"), Line("overdue", .readCases, "--limit", "1"),
        Line("caseload", .readCases), Line("changes", .readChanges, "--since", "2020-01-01T00:00"),
        Line("today", .readCases), Line("calendar", .readCases), Line("show", .readCases, "CASE"),
        Line("report", .readFigures, "--fiscal-year", "2025"), Line("import", .importCases, "HOME"),
        Line("export", .readCases, "summary"), Line("export", .readCases, "visits"),
        Line("export", .readCases, "overdue"), Line("export", .readAudit, "audit"),
        Line("export", .exportDeidentified, "summary", "--deidentify"), Line("check", .inspect),
        Line("audit list", .readAudit), Line("audit verify", .inspect), Line("backup", .backUp, "HOME/made.db"),
        Line("restore", .backUp, "HOME/kept.db", "--force"),
    ]
}

/// An agency with a case in which every personal field holds one marker, and a person for each role.
struct MarkedAgency {
    /// In no word of the program, so that where it shows it came out of the record.
    static let marker = "Xyzzyva"
    /// Who acts in each role, and in no other.
    static let people = ["clinician": "bea", "supervisor": "sue", "analyst": "ann", "administrator": "adm"]

    let agency: TestAgency
    let number: String
    private let visit: String
    private let other: String

    init() throws {
        agency = try TestAgency()
        let marker = Self.marker
        number = try agency.openCase(
            lastName: marker,
            extra: [
                "--caregiver-name", marker, "--caregiver-phone", "860-555-0142 \(marker)", "--language", marker,
                "--authority", marker, "--transfer-from", marker, "--transfer-ref", marker, "--birth-date",
                "2012-03-04", "--new-client",
            ]
        )
        other = try agency.openCase(lastName: "Another", extra: ["--new-client"])
        try agency.run(["episode", "arrived", number, "--at", "2025-06-02T12:30", "--late-reason", marker])
        visit = try agency.visit(number, at: "2025-06-03T09:00", ["--note", marker])
        try agency.activatePlan(number, PlanForms.form(coping: [marker], helpers: ["\(marker) 860-555-0142"]))
        for words in [
            ["plan", "set", number, "coping", marker],
            ["plan", "review", number, "--at", "2025-06-05T10:00", "--note", marker],
            [
                "referral", "add", number, "--service", "respite", "--agency", marker, "--at", "2025-06-03T10:00",
            ],
            ["episode", "amend", number, "--language", "\(marker) 2", "--reason", marker],
            ["client", "edit", number, "--first-name", "\(marker) 2", "--reason", marker],
        ] {
            let result = try agency.run(words)
            try #require(result.status == 0, "\(words): \(result.stderr)")
        }
        for words in [
            ["staff", "add", "adm", "--name", "Adm", "--role", "administrator"],
            ["holiday", "add", "2026-07-03", "Independence Day"], ["backup", agency.home + "/kept.db"],
        ] {
            let result = try agency.run(words, as: "amy")
            try #require(result.status == 0, "\(words): \(result.stderr)")
        }
    }

    func words(_ line: CommandTable.Line) -> [String] {
        let arguments = line.words.map { word in
            switch word {
            case "CASE": number
            case "VISIT": visit
            case "OTHER": other
            default: word.replacingOccurrences(of: "HOME", with: agency.home)
            }
        }
        let isDry = CommandTable.writing.contains(line.command)
        return line.command.split(separator: " ").map(String.init) + arguments + (isDry ? ["--dry-run"] : [])
    }
}
