internal import Synchronization

/// The shares of some work that no thread has taken yet.
package final class ShareQueue<Share: Sendable>: Sendable {
    private let shares: [Share]
    private let place = Atomic<Int>(0)

    package init(_ shares: [Share]) {
        self.shares = shares
    }

    package var isWorthTwo: Bool { shares.count > 1 }

    package func next() -> Share? {
        let (mine, _) = place.wrappingAdd(1, ordering: .relaxed)
        return mine < shares.count ? shares[mine] : nil
    }

    /// Hands out no more.
    package func close() {
        place.store(shares.count, ordering: .relaxed)
    }
}
