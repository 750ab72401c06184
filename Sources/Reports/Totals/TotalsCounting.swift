internal import CivilTime
internal import SQLite
internal import Services
internal import Storage

/// Counts the totals of shares of a period, in two threads where there is more than one.
struct TotalsCounting: Sendable {
    let scan: SummaryScan
    let codes: CodeBook

    /// - Parameter path: the database, which the second thread opens for itself.
    func count<Mode>(
        _ shares: [SummaryShare],
        in db: borrowing Access<Mode>,
        besides path: String,
        now: Instant
    ) throws -> CaseloadTotals {
        let queue = ShareQueue(shares)
        guard queue.isWorthTwo else { return try count(queue, in: db) }
        let snapshot = try AuditChain.end(in: db)
        var totals = CaseloadTotals()
        let others = try SecondThread.run {
            try SecondReader.read(path, snapshot, now: now) { db in try count(queue, in: db) }
        } during: {
            totals = try count(queue, in: db)
        }
        if let others { totals.merge(others) }
        return totals
    }

    private func count<Mode>(_ queue: ShareQueue<SummaryShare>, in db: borrowing Access<Mode>) throws -> CaseloadTotals
    {
        // Where one reader fails, the other need not go on.
        defer { queue.close() }
        var totals = CaseloadTotals()
        while let share = queue.next() {
            try scan.forEach(of: share, in: db) { summary, _ in
                totals.add(summary, referralSource: codes.text(summary.row.referralSource))
            }
        }
        return totals
    }
}
