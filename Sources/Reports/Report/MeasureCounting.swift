internal import CivilTime
internal import SQLite
internal import Services
internal import Storage

extension MeasureScan {
    /// Counts the episodes of some days, in two threads where there is enough to do and a second processor to do it.
    ///
    /// - Parameter path: the database, which the second thread opens for itself.
    func count<Mode>(
        into collector: MeasureCollector,
        from first: CivilDate,
        to last: CivilDate,
        in db: borrowing Access<Mode>,
        openedFrom path: String,
        now: Instant
    ) throws -> MeasureCollector {
        let queue = ShareQueue(try shares(from: first, to: last, in: db))
        guard queue.isWorthTwo, Processors.available > 1 else { return try count(queue, into: collector, in: db) }
        let snapshot = try AuditChain.end(in: db)
        var own = collector
        let others = try SecondThread.run {
            try SecondReader.read(path, snapshot, now: now) { db in try count(queue, into: collector, in: db) }
        } during: {
            own = try count(queue, into: collector, in: db)
        }
        if let others { own.merge(others) }
        return own
    }

    private func count<Mode>(
        _ queue: ShareQueue<PeriodShare>,
        into collector: MeasureCollector,
        in db: borrowing Access<Mode>
    ) throws -> MeasureCollector {
        // Where one reader fails, the other need not go on.
        defer { queue.close() }
        var collector = collector
        while let share = queue.next() {
            try forEach(of: share, in: db) { collector.add($0) }
        }
        collector.sortClients()
        return collector
    }
}
