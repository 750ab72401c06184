/// Finds out what happened to the entries whose hash does not follow from the entry before them.
///
/// A hash covers the entry's number and the hash before it. An entry that was moved or renumbered still bears the hash
/// of its old place, and so tells its old number.
enum AuditDiagnosis {
    /// The number with which a suspect was written.
    private struct Origin {
        let sequence: Int64
        /// The entry that stands before it now stood before it then.
        var keepsNeighbor = false
    }

    /// How far from its place an entry's old number is looked for; arbitrary.
    private static let reach: Int64 = 64
    /// Among so many suspects each is tried in the place of each; arbitrary, the tries grow with the third power.
    private static let fewSuspects = 12

    static func damages(_ suspects: [AuditSuspect]) -> [AuditDamage] {
        let texts = exchangedTexts(suspects)
        guard texts.isEmpty else { return texts }
        let origins = suspects.map { origin(of: $0, among: suspects) }
        return reordered(suspects, origins) ?? shifted(suspects, origins)
    }

    /// Two entries whose contents were exchanged while numbers and hashes stayed.
    private static func exchangedTexts(_ suspects: [AuditSuspect]) -> [AuditDamage] {
        guard suspects.count == 2, let one = suspects.first, let other = suspects.last else { return [] }
        let isExchanged =
            AuditHasher.hash(of: other.stored.entry, sequence: one.sequence, after: one.before[0]) == one.stored.hash
            && AuditHasher.hash(of: one.stored.entry, sequence: other.sequence, after: other.before[0])
                == other.stored.hash
        return isExchanged ? [.exchanged(one.sequence, other.sequence)] : []
    }

    private static func origin(of suspect: AuditSuspect, among suspects: [AuditSuspect]) -> Origin? {
        // The hash of the entry before it was overwritten.
        if suspect.wasWritten(as: suspect.sequence, after: suspect.computedBefore) {
            return Origin(sequence: suspect.sequence)
        }
        for distance in 1...reach {
            for sequence in [suspect.sequence + distance, suspect.sequence - distance] {
                if suspect.wasWritten(as: sequence, after: suspect.before[0]) {
                    // A copied hash makes a neighbor of the entry that was put in.
                    return Origin(sequence: sequence, keepsNeighbor: suspect.before[0] != suspect.before.last)
                }
                // One that was put in before it stands between it and its neighbor.
                if let second = suspect.before.last, suspect.wasWritten(as: sequence, after: second) {
                    return Origin(sequence: sequence)
                }
            }
        }
        guard suspects.count <= fewSuspects else { return nil }
        for hash in suspects.flatMap({ [$0.stored.hash] + $0.before }) {
            for other in suspects where suspect.wasWritten(as: other.sequence, after: hash) {
                return Origin(sequence: other.sequence)
            }
        }
        return nil
    }

    /// Entries that stand in each other's places, and no others; `nil` when it is not that.
    private static func reordered(_ suspects: [AuditSuspect], _ origins: [Origin?]) -> [AuditDamage]? {
        var places: [Int64] = []
        var written: [Int64] = []
        var unknown: [AuditDamage] = []
        for (suspect, origin) in zip(suspects, origins) {
            if let origin, origin.sequence != suspect.sequence {
                places.append(suspect.sequence)
                written.append(origin.sequence)
            } else if origin == nil {
                unknown.append(.changed(suspect.sequence))
            }
        }
        guard !places.isEmpty, places == written.sorted() else { return nil }
        let damage: AuditDamage = places.count == 2 ? .exchanged(places[0], places[1]) : .reordered(places)
        return [damage] + unknown
    }

    /// Entries behind one that was taken out or put in bear their numbers less or more the same count.
    private static func shifted(_ suspects: [AuditSuspect], _ origins: [Origin?]) -> [AuditDamage] {
        var damages: [AuditDamage] = []
        var unknown: [Int64] = []
        var shift: Int64 = 0
        for (suspect, origin) in zip(suspects, origins) {
            guard let origin else {
                unknown.append(suspect.sequence)
                continue
            }
            let now = origin.sequence - suspect.sequence
            if now > shift {
                // The first one behind the gap has lost its neighbor, by which it would be known.
                let isBehind = unknown.last == suspect.sequence - 1
                let place = isBehind ? unknown.removeLast() : suspect.sequence
                damages.append(.removedBefore(place, count: now - shift))
            } else if now < shift {
                let last = suspect.sequence - (origin.keepsNeighbor ? 2 : 1)
                let first = max(1, last - (shift - now) + 1)
                unknown.removeAll { $0 >= first }
                damages.append(.inserted(first...max(first, last)))
            }
            shift = now
            damages += unknown.map(AuditDamage.changed)
            unknown.removeAll()
        }
        return damages + unknown.map(AuditDamage.changed)
    }
}
