internal import CrisisCare
package import Storage

/// What became of a call that a call center transferred warm, in the words in which it is told (practice.md section 1).
package struct TransferDisposition: Hashable, Sendable {
    package let text: String
    /// Whether there is something to tell: before any response the case is still on its way.
    package let isKnown: Bool

    package init(of record: EpisodeRecord, _ codes: CodeBook) {
        let isMet = !record.mode.isMobile || record.arrivedAt != nil
        if record.discharge != nil {
            let reason = codes.text(record.dischargeReason) ?? ""
            text = "\(isMet ? "closed" : "closed without arrival"): \(reason)"
            isKnown = true
        } else if isMet {
            text = record.mode.isMobile ? "seen, in follow-up" : "answered by phone, in follow-up"
            isKnown = true
        } else {
            text = record.dispatchedAt == nil ? "awaiting response" : "on the way"
            isKnown = false
        }
    }
}

extension EpisodeRecord {
    /// Whether a call center transferred the call warm: the case says who, or under which reference of theirs.
    package var isWarmTransfer: Bool {
        !transferFrom.isEmpty || !transferRef.isEmpty
    }
}
