import CrisisCare
import Services
import Storage
import Testing

/// Rows of referrals.csv: a state needs its times, and has no others.
struct ImportReferralRefusalTests {
    private static let sent = "2026-09-07T10:00:00-04:00"
    private static let answered = "2026-09-09T10:00:00-04:00"
    private static let later = "2026-09-20T10:00:00-04:00"

    private func refuse(_ change: [String: String], _ rule: Rule = .stateOrder) throws {
        var files = CaseloadFiles()
        files.episode("A")
        let line = files.referral("A", 1, change)
        try TestAgency().expectRefusal(of: files, .referrals, line: line, rule, secret: "Counseling")
    }

    @Test(arguments: [
        ["status": "accepted", "answered_at": "2026-09-07T09:59:59-04:00"],
        ["status": "rejected", "answered_at": "2026-09-07T09:59:59-04:00"],
        ["status": "declined by family", "answered_at": "2026-09-07T09:59:59-04:00"],
    ])
    func `an answer before the referral was sent is refused`(change: [String: String]) throws {
        try refuse(change)
    }

    @Test func `an answer in the second of sending is kept`() throws {
        var files = CaseloadFiles()
        files.episode("A")
        files.referral("A", 1, ["status": "accepted", "answered_at": Self.sent])
        try TestAgency().expectKept(files)
    }

    @Test(arguments: [
        ["status": "connected", "answered_at": answered, "appointment_at": later],
        ["status": "attended", "answered_at": answered],
        ["status": "connected", "attended_at": later],
        ["status": "accepted"], ["status": "rejected"], ["status": "waitlisted"],
        ["status": "scheduled", "answered_at": answered], ["status": "no-show", "answered_at": answered],
        ["status": "cancelled", "answered_at": answered],
        ["status": "accepted", "sent_at": "", "answered_at": answered],
        ["sent_at": ""],
    ])
    func `a state without the time it needs is refused`(change: [String: String]) throws {
        try refuse(change)
    }

    @Test(arguments: [
        ["answered_at": answered], ["appointment_at": later], ["attended_at": later],
        ["status": "waitlisted", "answered_at": answered, "appointment_at": later],
        ["status": "rejected", "answered_at": answered, "appointment_at": later],
        ["status": "accepted", "answered_at": answered, "attended_at": later],
        ["status": "scheduled", "answered_at": answered, "appointment_at": later, "attended_at": later],
    ])
    func `a state with a time that it cannot have is refused, because the time would be lost`(
        change: [String: String]
    ) throws {
        try refuse(change)
    }

    @Test func `an appointment attended before the answer is refused`() throws {
        try refuse(["status": "connected", "answered_at": Self.answered, "attended_at": "2026-09-09T09:59:59-04:00"])
    }

    @Test func `a referral before the call or sent in the future is refused`() throws {
        try refuse(["sent_at": "2026-09-01T09:59:59-04:00"], .beforeEpisode)
        try refuse(["sent_at": "2026-11-20T09:00:01-05:00"], .inTheFuture)
        let appointment = [
            "status": "connected", "answered_at": Self.answered, "attended_at": "2026-11-20T09:00:01-05:00",
        ]
        try refuse(appointment, .inTheFuture)
    }

    @Test func `sent after the discharge is refused, answered after it is not`() throws {
        var files = CaseloadFiles()
        files.episode("A", ["discharged_on": "2026-09-08", "discharge_reason": "met treatment goals"])
        files.referral("A", 1, ["status": "connected", "answered_at": Self.answered, "attended_at": Self.later])
        try TestAgency().expectKept(files)
        let line = files.referral("A", 2, ["sent_at": "2026-09-10T10:00:00-04:00"])
        try TestAgency().expectRefusal(of: files, .referrals, line: line, .episodeClosed)
    }

    @Test func `a referral_ref may occur once in a case, and in as many cases as there are`() throws {
        var files = CaseloadFiles()
        files.episode("A")
        files.episode("B")
        files.referral("A", 1, ["referral_ref": "1"])
        files.referral("B", 1, ["referral_ref": "1"])
        let line = files.referral("A", 2, ["referral_ref": "1", "sent_at": "2026-09-08T10:00:00-04:00"])
        try TestAgency().expectRefusal(of: files, .referrals, line: line, .duplicateRef)
    }

    @Test(arguments: [["status": "send"], ["service_type": "outpatients"], ["referral_ref": ""], ["warm_handoff": "x"]])
    func `a value of a referral that is missing or on no list is refused`(change: [String: String]) throws {
        try refuse(change, .badValue)
    }
}
