import CSV
import CrisisCare
import Foundation
import Services
import Storage
import Testing

/// Files in the order of their cases are read side by side, all others are sorted first; both give the same.
struct ImportOrderTests {
    /// What references may be made of: bytes in no order that a person would call one, two of them the same letter.
    private static let pieces = ["a", "B", "b", "\u{E9}", "e\u{301}", "-", " ", "10", "9", "\u{1F600}", "z"]

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `ordered files and files in any order give the same record`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        // Two ways to write one word are two cases.
        var refs: Set<[UInt8]> = [Array("x\u{E9}x".utf8), Array("xe\u{301}x".utf8)]
        while refs.count < 40 {
            var ref = "x"
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                ref += Self.pieces.randomElement(using: &random) ?? ""
            }
            refs.insert(Array((ref + "x").utf8))
        }
        let ordered = refs.sorted { $0.lexicographicallyPrecedes($1) }
        let shuffled = ordered.shuffled(using: &random)
        let given = try [ordered, shuffled].map { try export(of: $0.map { String(decoding: $0, as: UTF8.self) }) }
        for file in CaseloadFile.allCases {
            let isSame = given[0][file] == given[1][file]
            #expect(isSame, "\(file.name)")
        }
    }

    private func export(of refs: [String]) throws -> [CaseloadFile: [UInt8]] {
        let agency = try TestAgency()
        var files = CaseloadFiles()
        // Two of each, so that the rows of a case have an order of their own, and clients whom several cases share.
        for ref in refs {
            files.episode(ref, ["client_ref": "C" + ref.suffix(2), "last_name": "Child", "birth_date": ""])
            files.visit(ref, ["note": "first"])
            files.visit(ref, ["note": "second"])
            if ref.utf8.count % 3 == 0 { files.plan(ref) }
            if ref.utf8.count % 4 == 0 { files.referral(ref) }
        }
        let summary = try agency.take(files)
        #expect(summary.count(.refused) == 0 && summary.count(.kept, of: .visits) == 2 * refs.count)
        #expect(summary.newClients == Set(refs.map { Array($0.suffix(2).utf8) }).count)
        let exported = try agency.exportAll(to: agency.folder + "/exported")
        withExtendedLifetime(agency) {}
        return exported
    }

    @Test(arguments: CaseloadFile.allCases)
    func `one file in another order gives the same record`(file: CaseloadFile) throws {
        var exported: [[CaseloadFile: [UInt8]]] = []
        for reverses in [false, true] {
            let agency = try TestAgency()
            let source = agency.folder + "/ordered"
            var files = CaseloadFiles()
            for number in 10...40 {
                files.episode("A\(number)", ["birth_date": ""])
                files.plan("A\(number)")
                files.visit("A\(number)")
                files.referral("A\(number)")
                files.windowExtension("A\(number)")
            }
            try files.write(to: source)
            if reverses {
                let path = URL(fileURLWithPath: source + "/" + file.name)
                let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\r\n")
                try #require(lines.count == 32)
                let turned = [lines[0]] + lines.dropFirst().reversed()
                try Data((turned.joined(separator: "\r\n") + "\r\n").utf8).write(to: path)
            }
            #expect(try agency.importCaseload(source).count(.kept) == 5 * 31)
            exported.append(try agency.exportAll(to: agency.folder + "/exported"))
            withExtendedLifetime(agency) {}
        }
        let isSame = exported[0] == exported[1]
        #expect(isSame)
    }

    @Test(arguments: 1...5)
    func `of several files that cannot be read the first is named`(round: Int) throws {
        let agency = try TestAgency()
        let source = agency.folder + "/unreadable"
        var files = CaseloadFiles()
        for number in 1000...1400 {
            files.episode("A\(number)")
            files.visit("A\(number)")
            files.plan("A\(number)")
        }
        try files.write(to: source)
        // What is wrong with the second stands at its beginning, and is found sooner.
        for (file, row) in [(CaseloadFile.plans, 300), (.visits, 1)] {
            let path = URL(fileURLWithPath: source + "/" + file.name)
            var lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\r\n")
            lines[row] += ",one cell more"
            try Data((lines.joined(separator: "\r\n") + "\r\n").utf8).write(to: path)
        }
        do {
            _ = try agency.importCaseload(source)
            Issue.record("the files were read")
        } catch let error as CSVError {
            #expect(error.file == "plans.csv")
        }
        withExtendedLifetime(agency) {}
    }

    @Test func `a pipe in place of a file is read, once`() throws {
        let agency = try TestAgency()
        let source = agency.folder + "/piped"
        var files = CaseloadFiles()
        for number in 1...30 {
            files.episode("A\(number)")
            files.visit("A\(number)")
        }
        try files.write(to: source)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: source + "/visits.csv"))
        try FileManager.default.removeItem(atPath: source + "/visits.csv")
        try #require(unsafe mkfifo(source + "/visits.csv", 0o600) == 0)
        let feeder = Thread {
            // Waits for a reader; a second one would wait for ever.
            let pipe = unsafe fopen(source + "/visits.csv", "w")
            if let pipe = unsafe pipe {
                _ = unsafe bytes.withUnsafeBytes { unsafe fwrite($0.baseAddress, 1, $0.count, pipe) }
                unsafe fclose(pipe)
            }
        }
        feeder.start()
        #expect(try agency.importCaseload(source).count(.kept, of: .visits) == 30)
        withExtendedLifetime(agency) {}
    }

    /// What may become of the file of visits, after it was looked at and before all of it was taken.
    enum Change: CaseIterable {
        case otherOrder
        case cutAtRow
        case cutInRow
        case addedTo

        func bytes(of text: String) -> Data {
            // One Character, and the last line has it too.
            let lines = text.split(separator: "\r\n")
            switch self {
            case .otherOrder: return Data(text.replacingOccurrences(of: "A12000", with: "A10000").utf8)
            case .cutAtRow: return Data((lines.dropLast().joined(separator: "\r\n") + "\r\n").utf8)
            case .cutInRow: return Data(text.utf8.dropLast(30))
            case .addedTo: return Data((text + (lines.last ?? "") + "\r\n").utf8)
            }
        }
    }

    /// Writes into the file itself, so that whoever has it open reads the new bytes.
    private static func overwrite(_ file: URL, with bytes: Data) {
        let handle = try? FileHandle(forWritingTo: file)
        try? handle?.truncate(atOffset: 0)
        try? handle?.write(contentsOf: bytes)
    }

    @Test(arguments: Change.allCases)
    func `a file that changes while it is read is refused, and nothing is kept`(change: Change) throws {
        let agency = try TestAgency()
        let source = agency.folder + "/changing"
        var files = CaseloadFiles()
        // More than are read before the first case is written.
        for number in 1...2000 {
            let ref = "A" + String(10_000 + number)
            files.episode(ref, ["birth_date": ""])
            files.visit(ref, ["note": String(repeating: "calm ", count: 400)])
        }
        try files.write(to: source)
        let before = try agency.tableCounts()
        let visits = URL(fileURLWithPath: source + "/visits.csv")
        let text = try String(contentsOf: visits, encoding: .utf8)
        let changed = change.bytes(of: text)
        try #require(changed != Data(text.utf8))
        var hasChanged = false
        let listener = ImportListener(
            progress: { phase, _, _ in
                guard phase == .applying, !hasChanged else { return }
                hasChanged = true
                Self.overwrite(visits, with: changed)
            }
        )
        var options = ImportOptions()
        options.createsMissing = true
        do {
            _ = try agency.open().importCaseload(from: source, options, listener: listener)
            Issue.record("the import was kept")
        } catch ServiceError.tryAgain(let what, _) {
            #expect(what.contains("the files were changed while they were read"))
        }
        #expect(hasChanged)
        #expect(try agency.tableCounts() == before)
        // What it was before is taken.
        try Data(text.utf8).write(to: visits)
        #expect(try agency.importCaseload(source).count(.kept) == 4000)
        withExtendedLifetime(agency) {}
    }

    @Test(arguments: [Change.cutAtRow, .cutInRow, .addedTo])
    func `a file in another order that changes while it is read is refused, and nothing is kept`(
        change: Change
    ) throws {
        let agency = try TestAgency()
        let source = agency.folder + "/changing"
        var files = CaseloadFiles()
        files.episode("A1")
        files.episode("A2")
        // More than are read before the first word of progress is heard.
        for number in 0..<40_000 { files.visit(number < 20_000 ? "A2" : "A1") }
        try files.write(to: source)
        let before = try agency.tableCounts()
        let visits = URL(fileURLWithPath: source + "/visits.csv")
        let changed = change.bytes(of: try String(contentsOf: visits, encoding: .utf8))
        var hasChanged = false
        let listener = ImportListener(
            progress: { phase, _, _ in
                guard phase == .reading, !hasChanged else { return }
                hasChanged = true
                Self.overwrite(visits, with: changed)
            }
        )
        do {
            _ = try agency.open().importCaseload(from: source, ImportOptions(), listener: listener)
            Issue.record("the import was kept")
        } catch ServiceError.tryAgain(let what, _) {
            #expect(what.contains("the files were changed while they were read"))
        }
        #expect(hasChanged)
        #expect(try agency.tableCounts() == before)
        withExtendedLifetime(agency) {}
    }
}
