import Foundation
import Testing

@testable import CivilTime

struct ZoneFileTests {
    @Test(arguments: [
        "", " ", "/", "/usr/share/zoneinfo/America/New_York", "../zoneinfo/America/New_York", "America/../UTC", ".",
        "America/./New_York", ":America/New_York", ":", "EST5EDT,M3.2.0,M11.1.0", "<-05>5", "America//New_York",
        "America/New_York/", "/America", "America/New York", "America/New_York\n", "America/New_York\0", "zone.tab",
        "Amérique/Montréal", "right/America/New_York", "localtime", "posixrules",
        String(repeating: "a", count: 65),
    ])
    func `a name that is none, or means another zone on another host, is refused`(name: String) {
        #expect(throws: ZoneError.badName) { try Zone(named: name) }
    }

    @Test(arguments: [
        "EST5EDT9", "America/Nowhere", "America", "america/new_york", "EST5EDT4", "Foo1Bar", "New_York",
        "America/New_York2",
        "UTC/x", String(repeating: "a", count: 64),
    ])
    func `a zone that the database lacks is refused, not counted in UTC`(name: String) {
        #expect(throws: ZoneError.unknown(name: name)) { try Zone(named: name) }
    }

    @Test func `the error of an unknown zone says how names look`() {
        #expect(ZoneError.unknown(name: "Mars/Base").description.contains("America/New_York"))
        #expect(ZoneError.badName.description.contains("America/New_York"))
        #expect(ZoneError.noDatabase(folder: "/usr/share/zoneinfo").description.contains("apt-get install tzdata"))
        #expect(ZoneError.unreadable(name: "UTC").description.contains("tzdata"))
    }

    @Test func `an empty or missing database is told from an unknown zone`() throws {
        try withFolder { folder in
            #expect(throws: ZoneError.noDatabase(folder: folder)) { try ZoneFile.check("UTC", folder: folder) }
            let missing = folder + "/missing"
            #expect(throws: ZoneError.noDatabase(folder: missing)) { try ZoneFile.check("UTC", folder: missing) }
            try soundFile().write(to: URL(filePath: folder + "/UTC"))
            try ZoneFile.check("UTC", folder: folder)
            #expect(throws: ZoneError.unknown(name: "A/B")) { try ZoneFile.check("A/B", folder: folder) }
            // A file where a folder is looked for.
            #expect(throws: ZoneError.unknown(name: "UTC/B")) { try ZoneFile.check("UTC/B", folder: folder) }
        }
    }

    @Test func `a file that was cut anywhere is refused`() throws {
        let whole = [UInt8](try soundFile())
        #expect(isSound(whole))
        for length in 0..<whole.count {
            #expect(!isSound(whole.prefix(length)), "\(length) bytes of \(whole.count)")
        }
    }

    @Test func `a whole file with leap seconds, of version 1 or without a kind of time is refused`() {
        func file(version: Character = "2", leaps: (UInt8, UInt8) = (0, 0), types: UInt8 = 1) -> [UInt8] {
            func block(leaps: UInt8, instantBytes: Int) -> [UInt8] {
                let counts: [UInt8] = [0, 0, leaps, 0, types, 4].flatMap { [0, 0, 0, $0] }
                let body = 6 * Int(types) + 4 + Int(leaps) * (instantBytes + 4)
                return Array("TZif\(version)".utf8) + [UInt8](repeating: 0, count: 15) + counts
                    + [UInt8](repeating: 0, count: body)
            }
            return block(leaps: leaps.0, instantBytes: 4) + block(leaps: leaps.1, instantBytes: 8)
                + Array("\nUTC0\n".utf8)
        }
        #expect(isSound(file()))
        #expect(isSound(file(version: "4")))
        #expect(!isSound(file(version: "\0")))
        #expect(!isSound(file(leaps: (1, 0))))
        #expect(!isSound(file(leaps: (0, 1))))
        #expect(!isSound(file(types: 0)))
    }

    @Test func `a file with another first word or wrong counts is refused`() throws {
        let whole = [UInt8](try soundFile())
        let second = try #require(whole.dropFirst(44).indices.first { whole[$0...].starts(with: Array("TZif".utf8)) })
        for (index, value) in [(0, 0), (second, 0), (36, 255), (second + 35, 255)] as [(Int, UInt8)] {
            var damaged = whole
            damaged[index] = value
            #expect(!isSound(damaged), "byte \(index)")
        }
    }

    @Test(arguments: [
        ("America/New_York", true), ("Europe/London", true), ("Asia/Kolkata", true), ("Etc/GMT+5", true),
        ("Pacific/Kiritimati", true), ("America/St_Johns", true), ("UTC", false), ("Etc/GMT", false),
    ])
    func `a zone's file gives an instant at which it is not UTC, and the C library agrees`(name: String, hasOne: Bool)
        throws
    {
        let sample = try ZoneFile.check(name)
        #expect((sample != nil) == hasOne)
        guard let sample else { return }
        #expect(sample.offset != 0)
        #expect(try Zone(named: name).offset(at: Instant(seconds: sample.second)) == sample.offset)
    }

    @Test func `damaged and oversized files stop the program with a reason`() throws {
        try withFolder { folder in
            for (name, bytes) in [
                ("Empty", Data()), ("Text", Data("TZif".utf8)), ("Cut", try soundFile().dropLast(30)),
                ("Huge", Data(count: 20_000)),
            ] {
                try bytes.write(to: URL(filePath: folder + "/" + name))
                #expect(throws: ZoneError.unreadable(name: name)) { try ZoneFile.check(name, folder: folder) }
            }
        }
    }

    @Test func `seeded damage never stops the check itself`() throws {
        let whole = [UInt8](try soundFile())
        let seed: UInt64 = 99
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            var damaged = whole
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                damaged[Int.random(in: 0..<damaged.count, using: &generator)] = UInt8.random(
                    in: 0...255,
                    using: &generator
                )
            }
            let length = Int.random(in: 0...damaged.count, using: &generator)
            // The result may be either; that it returns is the test.
            _ = isSound(damaged.prefix(length))
            _ = ZoneSample(of: damaged.span)
        }
    }

    private func isSound(_ bytes: some Sequence<UInt8>) -> Bool {
        let bytes = Array(bytes)
        return ZoneFile.isSound(bytes.span)
    }

    private func soundFile() throws -> Data {
        try Data(contentsOf: URL(filePath: ZoneFile.databaseFolder + "/" + newYorkName))
    }

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zones-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path(percentEncoded: false))
    }
}
