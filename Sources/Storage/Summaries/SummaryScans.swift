internal import CrisisCare
internal import SQLite

/// Scans what belongs to the episodes of a range of keys, each kind once, in the order of the keys.
struct SummaryScans {
    let low: EpisodeID
    let high: EpisodeID
    /// The places of the episodes in the batch, in the order of their keys.
    let places: ArraySlice<Int>

    func fill<Mode>(_ batch: inout SummaryBatch, in db: borrowing Access<Mode>) throws {
        let reader = HistoryRowReader()
        let statements = HistoryScan(low: low, high: high)
        try scan(statements.visits, &batch, in: db) { batch, place, row in
            batch.visits.append(try reader.visit(row))
            batch.rows[place].visits.grow(to: batch.visits.count)
        }
        try scan(statements.plans, &batch, in: db) { batch, place, row in
            batch.plans.append(try reader.plan(row))
            batch.rows[place].plans.grow(to: batch.plans.count)
        }
        try scan(statements.extensions, &batch, in: db) { batch, place, row in
            batch.extensions.append(try reader.windowExtension(row))
            batch.rows[place].extensions.grow(to: batch.extensions.count)
        }
        try scan(statements.referralSteps, &batch, in: db) { batch, place, row in
            batch.steps.append(try reader.step(row))
            batch.rows[place].steps.grow(to: batch.steps.count)
        }
        try scan(statements.reviews, &batch, in: db) { batch, place, row in
            batch.reviews.append(try reader.review(row))
            batch.rows[place].reviews.grow(to: batch.reviews.count)
        }
        try scan(statements.planDeclines, &batch, in: db) { batch, place, row in
            batch.rows[place].planDeclinedAt = try row.optionalInstant(1)
        }
    }

    /// Hands on each row of a statement with the place of its episode, which the row names first.
    private func scan<Mode>(
        _ sql: SQL,
        _ batch: inout SummaryBatch,
        in db: borrowing Access<Mode>,
        _ add: (inout SummaryBatch, Int, borrowing Statement) throws -> Void
    ) throws {
        var next = places.startIndex
        var rows = try db.query(sql)
        while try rows.next() {
            let episode: EpisodeID = try rows.id(0)
            while next < places.endIndex, batch.rows[places[next]].facts.id < episode { next += 1 }
            guard next < places.endIndex else { return }
            if batch.rows[places[next]].facts.id == episode { try add(&batch, places[next], rows) }
        }
    }
}

extension Range<Int> {
    /// Takes in the last of `count` elements, which is the first or follows the last one taken in.
    fileprivate mutating func grow(to count: Int) {
        self = isEmpty ? count - 1..<count : lowerBound..<count
    }
}
