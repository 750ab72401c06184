internal import CivilTime
internal import SQLite
internal import Services
internal import Storage
internal import Synchronization

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
            try countBeside(queue, into: collector, path, snapshot, now: now)
        } during: {
            own = try count(queue, into: collector, in: db)
        }
        if let others { own.merge(others) }
        return own
    }

    private func count<Mode>(
        _ queue: ShareQueue,
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

    /// Takes part with a connection of its own, on the same snapshot.
    ///
    /// - Returns: `nil` when it took nothing: the first reader does all of it then. So it is when the file cannot be
    ///   opened a second time, and when somebody wrote meanwhile, since every write leaves an entry in the audit.
    private func countBeside(
        _ queue: ShareQueue,
        into collector: MeasureCollector,
        _ path: String,
        _ snapshot: AuditChain,
        now: Instant
    ) throws -> MeasureCollector? {
        var hasBegun = false
        do {
            let connection = try Database.open(
                path,
                .readOnly,
                now: now.seconds,
                programVersion: ProgramVersion.current
            )
            return try connection.read { db in
                guard try AuditChain.end(in: db) == snapshot else { return nil }
                hasBegun = true
                return try count(queue, into: collector, in: db)
            }
        } catch {
            if hasBegun { throw error }
            return nil
        }
    }
}

/// The shares of a period that no reader has taken yet.
final class ShareQueue: Sendable {
    private let shares: [PeriodShare]
    private let place = Atomic<Int>(0)

    init(_ shares: [PeriodShare]) {
        self.shares = shares
    }

    var isWorthTwo: Bool { shares.count > 1 }

    func next() -> PeriodShare? {
        let (mine, _) = place.wrappingAdd(1, ordering: .relaxed)
        return mine < shares.count ? shares[mine] : nil
    }

    /// Hands out no more.
    func close() {
        place.store(shares.count, ordering: .relaxed)
    }
}
