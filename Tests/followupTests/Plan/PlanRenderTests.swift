import Foundation
import Testing

/// A printed plan as a browser lays it out: one Letter sheet, with every word on it.
@Suite(.serialized)
struct PlanRenderTests {
    /// How much a plan says: entries for a part, words in each of them, and entries for each addition.
    struct Amount: CustomTestStringConvertible {
        let entries: Int
        let words: Int
        var additions = 0

        var testDescription: String { "\(entries) entries of \(words) words, \(additions) in each addition" }
    }

    /// Chromium and the tools that read what it prints, where they are installed.
    private static let hasBrowser = ["/usr/bin/chromium", "/usr/bin/pdfinfo", "/usr/bin/pdftotext"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(
        .enabled(if: hasBrowser, "SKIPPED: needs chromium and poppler-utils: apt-get install chromium poppler-utils"),
        arguments: [
            Amount(entries: 1, words: 3), Amount(entries: 9, words: 3), Amount(entries: 5, words: 14),
            Amount(entries: 1, words: 60), Amount(entries: 1, words: 4, additions: 1),
            Amount(entries: 3, words: 6, additions: 2), Amount(entries: 4, words: 8, additions: 2),
            Amount(entries: 2, words: 4, additions: 8), Amount(entries: 2, words: 12, additions: 2),
        ]
    )
    func `what is said to fit prints on one Letter sheet with every word of it`(amount: Amount) throws {
        let agency = try TestAgency()
        // The most that can stand on the sheet: all notices, both copies, both languages.
        let number = try agency.arrivedCase(extra: ["--part2", "--minor-consented"])
        var words = Words(seed: UInt64(amount.entries * 1_000 + amount.words * 10 + amount.additions))
        let coping = words.entries(amount.entries * 3, of: amount.words)
        let helpers = words.entries(amount.entries * 3, of: amount.words).map { $0 + " 860-555-0142" }
        // An odd number of additions, one of them alone in its row.
        let headings = amount.additions == 8 ? Array(PlanForms.additions.prefix(5)) : PlanForms.additions
        var additions: [String: [String]] = [:]
        for heading in headings { additions[heading] = words.entries(amount.additions, of: amount.words) }
        try agency.activatePlan(number, PlanForms.form(coping: coping, helpers: helpers, additions: additions))
        for (extra, has) in [
            ([], [number, "locked by caregiver", "nothing of this goes to a caregiver"]),
            (["--language", "es"], [number, "Medios letales", "nada de esto se entrega"]),
            (["--family", "--override", "x"], ["Only"]),
            (["--family", "--override", "x", "--language", "es"], ["Mi plan de seguridad", "norma federal"]),
        ] {
            let page = try agency.run(["plan", "print", number, "-o", agency.home + "/plan.html"] + extra)
            try #require(page.status == 0, "\(page.stderr)")
            #expect(page.stderr.isEmpty, "seed \(words.seed): \(page.stderr)")
            let text = try printed(agency, "seed \(words.seed) \(extra)")
            for phrase in ["988", "741741", "2-1-1", "911", "42 CFR part 2", "pacing"] + has {
                #expect(text.contains(phrase), "\(phrase)")
            }
            for entry in coping + helpers + additions.values.joined() {
                #expect(text.contains(entry), "seed \(words.seed) \(extra): an entry of \(amount)")
            }
            if extra.contains("--family") {
                for word in [number, "bea", "locked by caregiver"] { #expect(!text.contains(word), "\(word)") }
            }
        }
    }

    /// The text of the plan's page as Chromium prints it, on one line.
    private func printed(_ agency: TestAgency, _ comment: String) throws -> String {
        let pdf = agency.home + "/plan.pdf"
        _ = try tool(
            [
                "/usr/bin/chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                "--user-data-dir=\(agency.home)/browser", "--print-to-pdf=\(pdf)", agency.home + "/plan.html",
            ],
            agency
        )
        let info = try tool(["/usr/bin/pdfinfo", pdf], agency)
        #expect(info.contains(/Pages: +1\n/), "\(comment): \(info)")
        #expect(info.contains("(letter)"))
        // In the order of the page's source, so that columns do not mix.
        let text = try tool(["/usr/bin/pdftotext", "-raw", pdf, "-"], agency)
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// What a program writes, by way of a file: nothing here waits at a pipe.
    private func tool(_ words: [String], _ agency: TestAgency) throws -> String {
        let output = agency.home + "/tool-output"
        try Data().write(to: URL(filePath: output))
        let process = Process()
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let deadline = Date(timeIntervalSinceNow: 120)
        while process.isRunning, Date() < deadline { usleep(5_000) }
        guard !process.isRunning else {
            process.terminate()
            throw CommandLineTool.NotFinished()
        }
        return String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self)
    }

    /// Words of all widths, by a seed; every entry is like no other.
    private struct Words {
        let seed: UInt64
        private var generator: OutputFixture.Generator
        private var count = 0

        init(seed: UInt64) {
            self.seed = seed
            generator = OutputFixture.Generator(seed: seed)
        }

        mutating func entries(_ number: Int, of words: Int) -> [String] {
            (0..<number).map { _ in
                count += 1
                let rest = (1..<words).map { _ in Self.vocabulary.randomElement(using: &generator) ?? "" }
                return (["e\(count)e"] + rest).joined(separator: " ")
            }
        }

        private static let vocabulary = [
            "walk", "MUSIC", "grandmother", "to", "the", "basketball", "WWWW", "in", "library", "860-555-0142",
            "señora", "illicit",
        ]
    }
}
