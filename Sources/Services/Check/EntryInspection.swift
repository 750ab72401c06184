internal import CrisisCare
internal import SQLite
internal import Storage

/// Holds the records of every case beside the audit's entries of how they came there.
///
/// No record is deleted, and each leaves an entry when it is entered: a visit, a plan, an extension and a referral by
/// hand one of its own, those of an imported case the one of its import, which counts them. So a case has as many of
/// each kind, voided and superseded ones included, as its entries tell, whatever was amended, voided or moved to another
/// client later. Steps of referrals, reviews and drafts are not counted.
enum EntryInspection {
    static func finding(in db: borrowing Access<SQLite.Reading>) throws -> Finding {
        var cases = 0
        var wrong: [CaseNumber] = []
        try EnteredRecords.forEach(in: db) { episode, number, records in
            cases += 1
            var told = EnteredRecords()
            try AuditStore.forEachDone(at: episode, in: db) { action, detail in told.add(action, detail) }
            if told != records { wrong.append(number) }
        }
        guard let first = wrong.first else {
            return Finding("entries", .ok, "the records of \(cases) cases are as many as the audit tells")
        }
        return Finding(
            "entries",
            .error,
            "the records of \(wrong.count) cases are not as many as the audit tells, the first is \(first.description)",
            remedy: "Somebody changed the file by other means: see followup audit list --case CASE, and a backup."
        )
    }
}

extension EnteredRecords {
    /// Adds what an entry of the audit says was entered.
    fileprivate mutating func add(_ action: String, _ detail: String) {
        switch action {
        case "visit log": visits += 1
        case "plan activate": plans += 1
        case "episode extend": extensions += 1
        case "referral add": referrals += 1
        case "episode import": addBrought(detail)
        default: break
        }
    }

    /// Adds the counts of `{"visits":[null,2],"plans":[null,1]}`. `RecordedDetail` would say the same, at several times
    /// the cost for each of a million cases.
    private mutating func addBrought(_ detail: String) {
        var rest = detail.utf8[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "\"")) {
            rest = rest[rest.index(after: start)...]
            guard let end = rest.firstIndex(of: UInt8(ascii: "\"")),
                let comma = rest[end...].firstIndex(of: UInt8(ascii: ",")),
                let close = rest[comma...].firstIndex(of: UInt8(ascii: "]"))
            else { return }
            let field = rest[..<end]
            let count = Int(Substring(rest[rest.index(after: comma)..<close])) ?? 0
            if field.elementsEqual("visits".utf8) {
                visits += count
            } else if field.elementsEqual("plans".utf8) {
                plans += count
            } else if field.elementsEqual("extensions".utf8) {
                extensions += count
            } else if field.elementsEqual("referrals".utf8) {
                referrals += count
            }
            rest = rest[close...]
        }
    }
}
