internal import Synchronization

/// The shares of some work that no reader has taken yet.
final class ShareQueue<Share: Sendable>: Sendable {
    private let shares: [Share]
    private let place = Atomic<Int>(0)

    init(_ shares: [Share]) {
        self.shares = shares
    }

    var isWorthTwo: Bool { shares.count > 1 }

    func next() -> Share? {
        let (mine, _) = place.wrappingAdd(1, ordering: .relaxed)
        return mine < shares.count ? shares[mine] : nil
    }

    /// Hands out no more.
    func close() {
        place.store(shares.count, ordering: .relaxed)
    }
}
