import CivilTime
import CrisisCare

/// Why a step cannot be done: ids of rules, or `failed` where no rule is asked; empty when it can be done.
typealias Reasons = Set<String>

/// The agency as somebody with a notebook would keep it: what was accepted, and the rules as the practice states them.
///
/// It shares no code with the rules of the program but the calendar and the words of the codes.
struct Notebook {
    /// What somebody may want to do. Source: the roles as `docs/security.md` describes them.
    enum Duty {
        case read, write, supervise, bringIn, administer, seeChanges, seeFigures, exportDeidentified, inspect, readAudit
    }

    struct Person {
        var roles: [(role: Role, site: String?)]
        var isRetired = false
    }

    struct Client {
        let ref: String
        /// Clients of one family name are near each other when they were born on one day.
        let family: Int
        var birth: CivilDate
        var sex = Sex.female
        var version = 1
    }

    struct Merge {
        let kept: Int
        let duplicate: Int
        let cases: [String]
    }

    let zone: Zone
    var people: [String: Person] = [:]
    var cases: [NotebookCase] = []
    var clients: [Client] = []
    /// In their order; those that were undone are taken out.
    var merges: [Merge] = []
    /// By program, in the order of their days.
    var policies: [String: [NotebookPolicy]] = [:]
    var holidays: Set<CivilDate> = []
    var sites: Set = ["Hartford", "Danbury"]
    var codes: Set<String> = []

    init(zone: Zone) {
        self.zone = zone
        people = [
            "casey": Person(roles: [(.clinician, "Hartford")]), "kim": Person(roles: [(.clinician, "Hartford")]),
            "sam": Person(roles: [(.supervisor, "Hartford")]), "dana": Person(roles: [(.clinician, "Danbury")]),
            "sue": Person(roles: [(.supervisor, nil)]), "ana": Person(roles: [(.analyst, nil)]),
            "boss": Person(roles: [(.administrator, nil)]),
            "admin": Person(roles: [(.administrator, nil), (.supervisor, nil)]),
        ]
        policies = [Self.youth: [.youth], Self.adult: [.adult]]
    }

    static let youth = "youth mobile crisis"
    static let adult = "adult mobile crisis"

    private static func duties(of role: Role) -> Set<Duty> {
        switch role {
        case .clinician: [.read, .write, .seeChanges, .seeFigures, .exportDeidentified]
        case .supervisor:
            [.read, .write, .supervise, .bringIn, .seeChanges, .seeFigures, .exportDeidentified, .inspect, .readAudit]
        case .analyst: [.seeFigures, .exportDeidentified]
        case .administrator: [.administer, .seeChanges, .seeFigures, .inspect, .readAudit]
        }
    }

    func may(_ login: String, _ duty: Duty) -> Bool {
        people[login]?.roles.contains { Self.duties(of: $0.role).contains(duty) } ?? false
    }

    func may(_ login: String, _ duty: Duty, at site: String) -> Bool {
        people[login]?.roles.contains { Self.duties(of: $0.role).contains(duty) && ($0.site ?? site) == site } ?? false
    }

    /// What keeps somebody from doing something anywhere.
    func denial(_ login: String, _ duty: Duty) -> Reasons {
        may(login, duty) ? [] : ["not-permitted"]
    }

    /// What keeps somebody from doing something in a case, whatever it is.
    func denial(_ login: String, _ duty: Duty, _ known: NotebookCase) -> Reasons {
        var reasons: Reasons = may(login, duty, at: known.site) ? [] : ["not-permitted"]
        if known.isVoided { reasons.insert("failed") }
        return reasons
    }

    /// A case keeps the policy of the day of its call.
    func policy(of known: NotebookCase) -> NotebookPolicy {
        let day = zone.date(of: known.call)
        return policies[known.program]?.last { $0.from <= day } ?? .adult
    }

    func place(of number: String) -> Int? { cases.firstIndex { $0.number == number } }

    /// Whom a client stands for: itself, or who was kept of two.
    func standing(_ client: Int) -> Int {
        var client = client
        while let merge = merges.first(where: { $0.duplicate == client }) { client = merge.kept }
        return client
    }

    /// Where somebody sees a client: where a case of the client stands, or while none stands, where one was voided.
    func sites(of client: Int) -> Set<String> {
        let all = cases.filter { $0.client == client }
        let standing = all.filter { !$0.isVoided }
        return Set((standing.isEmpty ? all : standing).map(\.site))
    }

    /// The cases that somebody may read, voided ones left out.
    func visible(to login: String) -> [NotebookCase] {
        cases.filter { !$0.isVoided && may(login, .read, at: $0.site) }
    }

    /// What is owed in the cases at an instant, of which the notebook knows what had happened up to then.
    func owed(in cases: [NotebookCase], asOf instant: Instant) -> [Clock] {
        cases.filter { !$0.isVoided }.compactMap { $0.asOf(instant) }
            .flatMap { $0.openClocks(policy(of: $0), zone, holidays) }.sorted()
    }
}

/// The numbers of the practice. Source: the table of clocks.
struct NotebookPolicy {
    var from: CivilDate
    var arrivalMinutes: Int?
    var deferredHours: Int?
    var firstContactHours: Int?
    var nextContactDays: Int?
    var planDays: Int?
    var reviewDays: Int?
    var answerBusinessDays = 3
    var waitingDays = 14
    var appointmentDays = 14
    var windowDays: Int?
    var extensionDays = 14
    var phoneDays = 1
    var attempts = 3

    private static let ever = CivilDate(dayNumber: -100_000)

    static let youth = NotebookPolicy(
        from: ever,
        arrivalMinutes: 45,
        deferredHours: 48,
        firstContactHours: 48,
        nextContactDays: 7,
        planDays: 7,
        reviewDays: 14,
        windowDays: 42
    )
    /// None of the youth clocks, and no window.
    static let adult = NotebookPolicy(from: ever)
}
