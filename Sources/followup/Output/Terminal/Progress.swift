internal import Glibc

/// How far long work has come: one line on a terminal, rewritten in place and erased at the end.
///
/// It shows counts, never data; it is finished before anything else is said. Without a terminal, or with `--quiet`, it is silent.
final class Progress {
    /// A line that changes more often is not easier to read.
    private static let leastMilliseconds: Int64 = 100

    private let label: String
    private let total: Int?
    private let descriptor: Int32
    private let isActive: Bool
    private let clock: () -> Int64
    private var lastChange: Int64
    private(set) var isShown = false

    /// - Parameters:
    ///   - label: what is being done, such as `Reading visits.csv`.
    ///   - total: the count at the end, or nil when it is not known.
    ///   - isActive: whether to show anything; nil lets the descriptor decide.
    ///   - clock: milliseconds of a clock that never goes back.
    init(
        _ label: String,
        total: Int?,
        quiet: Bool,
        descriptor: Int32 = 2,
        isActive: Bool? = nil,
        clock: @escaping () -> Int64 = Progress.monotonicMilliseconds
    ) {
        self.label = VisibleText.oneLine(label, ascii: true)
        self.total = total
        self.descriptor = descriptor
        self.isActive = !quiet && (isActive ?? Terminal.obeysControls(descriptor))
        self.clock = clock
        // Work that is done at once shows no line that flickers.
        lastChange = clock()
    }

    /// Shows that so many are done, at most ten times a second.
    func update(_ done: Int) {
        guard isActive else { return }
        let now = clock()
        guard now - lastChange >= Self.leastMilliseconds else { return }
        lastChange = now
        isShown = true
        show("\r\(line(done))\u{1B}[K")
    }

    /// Shows what is being done, where nothing can be counted, and at once.
    func showLabel() {
        guard isActive else { return }
        isShown = true
        show("\r\(label)\u{1B}[K")
    }

    /// Erases the line; called again, or at the end of its life, it does nothing more.
    func finish() {
        guard isShown else { return }
        isShown = false
        show("\r\u{1B}[K")
    }

    deinit { finish() }

    private func line(_ done: Int) -> String {
        guard let total, total > 0 else { return "\(label)  \(Self.grouped(done))" }
        // Never more than 100: a total may be an estimate.
        let percent = min(Int(Double(done) / Double(total) * 100), 100)
        return "\(label)  \(Self.grouped(done)) of \(Self.grouped(total))  \(percent) %"
    }

    private func show(_ text: String) {
        try? Descriptor.write(Array(text.utf8), to: descriptor)
    }

    /// A count with a comma between thousands.
    private static func grouped(_ value: Int) -> String {
        let digits = String(value)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }

    static func monotonicMilliseconds() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
