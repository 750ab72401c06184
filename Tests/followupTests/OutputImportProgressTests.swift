import Services
import Testing

@testable import followup

struct OutputImportProgressTests {
    /// What is shown of an import whose phases take so many milliseconds each.
    private func shown(_ milliseconds: Int64, quiet: Bool = false) throws -> String {
        var now: Int64 = 0
        return try OutputFixture.written { descriptor in
            let progress = ImportProgress(quiet: quiet, descriptor: descriptor, isActive: true) { now }
            progress.update(.reading, 0, 10)
            now += milliseconds
            progress.update(.reading, 10, 10)
            progress.finish()
            progress.update(.saving, 0, 0)
            progress.count()
            progress.finish()
        }
    }

    @Test func `of a long import the screen says what follows its last row, until it is done`() throws {
        let erased = "\r\u{1B}[K"
        let lines = ["Reading bytes  10 of 10  100 %", "Saving", "Saved; counting cases"]
        #expect(try shown(100) == lines.map { "\r" + $0 + "\u{1B}[K" + erased }.joined())
    }

    @Test func `of a short one nothing flickers, and of a quiet one nothing is shown`() throws {
        #expect(try shown(99).isEmpty)
        #expect(try shown(100, quiet: true).isEmpty)
    }
}
