internal import Services

/// The progress of an import, one line after the other.
final class ImportProgress {
    private let quiet: Bool
    private let descriptor: Int32
    private let isActive: Bool?
    private let clock: () -> Int64
    private var phase: ImportListener.Phase?
    private var line: Progress?
    /// A phase took so long that a line was shown.
    private var isLong = false

    /// The descriptor, whether to show anything there, and the clock are those of `Progress`.
    init(
        quiet: Bool,
        descriptor: Int32 = 2,
        isActive: Bool? = nil,
        clock: @escaping () -> Int64 = Progress.monotonicMilliseconds
    ) {
        self.quiet = quiet
        self.descriptor = descriptor
        self.isActive = isActive
        self.clock = clock
    }

    func update(_ phase: ImportListener.Phase, _ done: Int, _ total: Int) {
        let label = Self.label(of: phase)
        if phase == .saving { return show(label) }
        if phase != self.phase {
            self.phase = phase
            begin(label, total: total)
        }
        line?.update(done)
    }

    /// All is there for good by now, which somebody who waits no longer has to know: the cases are counted.
    func count() {
        show("Saved; counting cases")
    }

    /// Erases the line, before anything else is said.
    func finish() {
        isLong = isLong || line?.isShown ?? false
        line?.finish()
    }

    /// Shows at once what cannot be counted, after a phase that was long.
    private func show(_ label: String) {
        begin(label, total: nil)
        if isLong { line?.showLabel() }
    }

    private func begin(_ label: String, total: Int?) {
        finish()
        line = Progress(label, total: total, quiet: quiet, descriptor: descriptor, isActive: isActive, clock: clock)
    }

    private static func label(of phase: ImportListener.Phase) -> String {
        switch phase {
        case .reading: "Reading bytes"
        case .applying: "Applying rows"
        case .comparingClients: "Comparing birth dates"
        case .storingNames: "Storing words of names"
        case .saving: "Saving"
        }
    }
}
