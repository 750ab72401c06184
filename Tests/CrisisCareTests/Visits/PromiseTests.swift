import CivilTime
import Testing

@testable import CrisisCare

/// The date of the next contact, promised to the family.
@Suite struct PromiseTests {
    private let visit = at("2026-07-01 12:00")

    @Test(arguments: [
        ("2026-06-30", Rule.promiseOutsideWindow), ("2026-07-01", nil), ("2026-07-02", nil), ("2026-07-12", nil),
        ("2026-07-13", nil), ("2026-07-14", .promiseOutsideWindow), ("2027-07-01", .promiseOutsideWindow),
    ])
    func `a promise lies between the visit's day and the window's last day`(promised: String, rule: Rule?) {
        #expect(Case.mobile().refusal(ofVisitAt: visit, promised: day(promised)) == rule)
    }

    @Test func `an extension granted before the visit widens what may be promised, a later one does not`() {
        var history = Case.mobile()
        history.addExtension(visit, to: day("2026-07-20"))
        #expect(history.refusal(ofVisitAt: visit, promised: day("2026-07-20")) == nil)
        #expect(history.refusal(ofVisitAt: visit, promised: day("2026-07-21")) == .promiseOutsideWindow)
        #expect(history.refusal(ofVisitAt: visit - 1, promised: day("2026-07-14")) == .promiseOutsideWindow)
    }

    @Test func `without a window any later day may be promised`() {
        #expect(Case.mobile().refusal(ofVisitAt: visit, promised: day("2027-07-01"), under: adult) == nil)
        #expect(
            Case.mobile().refusal(ofVisitAt: visit, promised: day("2026-06-30"), under: adult) == .promiseOutsideWindow
        )
    }

    @Test func `a late visit's promise counts from its local day`() {
        let late = at("2026-07-01 23:59:59")
        #expect(Case.mobile().refusal(ofVisitAt: late, promised: day("2026-07-01")) == nil)
        #expect(Case.mobile().refusal(ofVisitAt: late + 1, promised: day("2026-07-01")) == .promiseOutsideWindow)
    }

    @Test(arguments: ContactResult.allCases)
    func `only a completed visit carries a promise`(result: ContactResult) {
        let rule = Case.mobile().refusal(ofVisitAt: visit, result, promised: day("2026-07-05"))
        #expect(rule == (result == .completed ? nil : .promiseWithoutContact))
    }

    @Test(arguments: ContactWith.allCases)
    func `only a visit with the family carries a promise`(with: ContactWith) {
        let rule = Case.mobile().refusal(ofVisitAt: visit, with: with, promised: day("2026-07-05"))
        #expect(rule == ([.school, .otherProvider].contains(with) ? .promiseWithoutContact : nil))
    }

    @Test func `a visit before the response is no contact and carries no promise`() {
        let history = Case.mobile()
        #expect(history.refusal(ofVisitAt: Case.arrival - 1, promised: day("2026-06-05")) == .promiseWithoutContact)
        #expect(history.refusal(ofVisitAt: Case.arrival, promised: day("2026-06-05")) == nil)
        #expect(
            Case.mobile(arrived: nil).refusal(ofVisitAt: visit, promised: day("2026-07-05")) == .promiseWithoutContact
        )
    }
}
