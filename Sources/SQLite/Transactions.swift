extension Connection {
    /// Runs `body` on one snapshot of the database: that of the moment the call begins.
    package borrowing func read<R>(_ body: (borrowing Access<Reading>) throws -> R) throws -> R {
        try handle.begin(.reading)
        do {
            let result = try body(Access<Reading>(self))
            try handle.commit()
            return result
        } catch {
            handle.rollBack()
            throw error
        }
    }

    /// Runs `body` alone among writers; everything it wrote is kept, or nothing when it throws.
    ///
    /// When this returns, the change is on the disk. With `durable: false` a power cut may undo the latest of such
    /// transactions, in order and each as a whole: for audit entries of reads, which then cost no sync.
    @discardableResult
    package borrowing func write<R>(
        durable: Bool = true,
        _ body: (borrowing Access<Writing>) throws -> R
    ) throws -> R {
        try handle.begin(.writing(durable: durable))
        do {
            let result = try body(Access<Writing>(self))
            try handle.commit()
            return result
        } catch {
            handle.rollBack()
            LogBound.cut(handle)
            throw error
        }
    }
}

extension Handle {
    enum Transaction {
        case reading
        case writing(durable: Bool)
    }

    func begin(_ transaction: Transaction) throws(SQLiteError) {
        do throws(SQLiteError) {
            try beginAtOnce(transaction)
        } catch {
            throw explained(error)
        }
    }

    private func beginAtOnce(_ transaction: Transaction) throws(SQLiteError) {
        guard !isInTransaction else { throw .misuse("a transaction inside a transaction") }
        switch transaction {
        case .reading:
            try run("BEGIN")
            do throws(SQLiteError) {
                // BEGIN alone would leave the snapshot to the first query, whenever that comes.
                try run("SELECT 1 FROM sqlite_schema LIMIT 1")
                try refuseIfReplaced()
            } catch {
                rollBack()
                throw error
            }
        case .writing(let durable):
            try synchronize(fully: durable)
            do throws(SQLiteError) {
                // The lock at once: a read that becomes a write fails without waiting when another wrote meanwhile.
                try busyHandler.inTurn(beside: path) { () throws(SQLiteError) in try run("BEGIN IMMEDIATE") }
            } catch {
                restoreSynchronization()
                throw error
            }
            do throws(SQLiteError) {
                try refuseIfReplaced()
            } catch {
                rollBack()
                throw error
            }
        }
    }

    /// Whoever waited for the lock of a database that was restored meanwhile would write into the old one, where
    /// nobody looks. Asked under the lock, so that nobody takes its place afterwards.
    private func refuseIfReplaced() throws(SQLiteError) {
        guard isReplaced else { return }
        throw SQLiteError(kind: .replaced, message: "another file has taken the database's place")
    }

    func commit() throws(SQLiteError) {
        guard isInTransaction else { throw .misuse("the transaction has ended") }
        try run("COMMIT")
        restoreSynchronization()
    }

    /// Undoes the transaction if SQLite has not done so itself.
    ///
    /// A failure is not reported: the caller throws what led here, and the next `begin` finds the open transaction.
    func rollBack() {
        if isInTransaction { try? run("ROLLBACK") }
        restoreSynchronization()
    }

    /// `begin` reads the setting back before every durable transaction, so a failure here cannot go unnoticed.
    private func restoreSynchronization() {
        try? synchronize(fully: true)
    }
}
