import CaseloadOracle
import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// The main job on whole caseloads: the totals that the generator wrote beside its files.
struct CaseloadImportTests {
    /// Counted by one reader, and by two who take turns of few episodes.
    @Test(arguments: ImportedCaseload.all, [(readers: 1, shareLength: 4096), (readers: 2, shareLength: 13)])
    func `a caseload imports whole and gives the expected totals`(
        arguments: [String],
        counting: (readers: Int, shareLength: Int)
    ) throws {
        let caseload = try ImportedCaseload.of(arguments)
        let totals = try caseload.open().totals(readers: counting.readers, shareLength: counting.shareLength)
        let expected = try NaiveTotals.expected(directory: caseload.folder)
        #expect(totals.episodes == expected.episodes)
        #expect(totals.children == expected.children)
        #expect(totals.open == expected.open)
        #expect(totals.visits == expected.visits)
        #expect(totals.contacts == expected.contacts)
        #expect(totals.plans == expected.plans)
        #expect(totals.referrals == expected.referrals)
        #expect(totals.connected == expected.connected)
        #expect(totals.extensions == expected.extensions)
        #expect(totals.overLongStay == expected.losOver45)
        #expect(totals.immediateMobile == expected.immediateMobile)
        #expect(totals.withinArrivalStandard == expected.within45)
        let mobility = Rounding.percentTenths(totals.mobile, of: totals.episodes)
        #expect(mobility == expected.mobilityPct.map { Int(($0 * 10).rounded()) })
        let inTime = Rounding.percentTenths(totals.withinArrivalStandard, of: totals.immediateMobile)
        #expect(inTime == expected.within45Pct.map { Int(($0 * 10).rounded()) })
    }
}
