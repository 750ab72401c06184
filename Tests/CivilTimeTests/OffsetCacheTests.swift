import Foundation
import Testing

@testable import CivilTime

struct OffsetCacheTests {
    @Test func `what is remembered of every zone of the database is what the C library says`() throws {
        let table = try String(contentsOfFile: ZoneFile.databaseFolder + "/zone1970.tab", encoding: .utf8)
        let names = table.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .compactMap { $0.split(separator: "\t").dropFirst(2).first.map(String.init) }
        #expect(names.count > 250)
        // Half of a remembered span: a change that is undone within a span would be noticed.
        let seconds = Array(stride(from: Int64(940_000_000), to: 2_850_000_000, by: 1 << 18))
        for name in names {
            let cache = OffsetCache(zoneName: name)
            let remembered = seconds.map { cache.offset(at: $0) }
            let actual = SystemZone.withOffsets(of: name) { offset in seconds.map { offset($0) } }
            #expect(remembered == actual, "\(name)")
        }
    }

    @Test func `the ends of what is remembered join what is asked each time`() {
        let cache = OffsetCache(zoneName: newYorkName)
        let first: Int64 = 946_684_800
        let last = first + 3_612 << 19
        for edge in [first, last] {
            for shift in Int64(-2)...2 {
                let actual = SystemZone.withOffsets(of: newYorkName) { offset in offset(edge + shift) }
                #expect(cache.offset(at: edge + shift) == actual)
                #expect(cache.offset(at: edge + shift) == actual)
            }
        }
    }
}
