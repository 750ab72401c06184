import Glibc
import Testing

@testable import followup

struct OutputWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("e\u{301}\u{323}", 1), ("山", 2), ("ｆ", 2), ("한", 2),
        ("\u{1112}\u{1161}\u{11AB}", 2), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("🇺🇸", 2), ("❤️", 2), ("1️⃣", 2), ("❤", 1),
        ("नमस्ते", 4), ("שלום", 4), ("a\u{200B}b", 2), ("a\u{AD}b", 3), ("⏎", 1), ("─", 1), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
    ])
    func `a text takes the columns that terminals give it`(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    /// Blocks in which Unicode has changed its mind since glibc's table, or glibc differs from terminals on purpose.
    private static let disputed: [ClosedRange<UInt32>] = [
        0x2630...0x2637, 0x268A...0x268F, 0x4DC0...0x4DFF, 0x1D300...0x1D376,  // wide since Unicode 16
        0x1171E...0x1171E,  // a vowel sign that Unicode 15 made a spacing one
        0x3248...0x324F,  // of ambiguous width
        0x1F1E6...0x1F1FF,  // half a flag
    ]

    @Test func `the width of every character agrees with the C library's`() {
        // wcwidth is hidden by the headers' default feature set.
        guard let symbol = unsafe dlsym(nil, "wcwidth"), let locale = unsafe newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
        else {
            Issue.record("SKIPPED: this system has no C.UTF-8 locale to compare with", severity: .warning)
            return
        }
        typealias WidthFunction = @convention(c) (wchar_t) -> Int32
        let wcwidth = unsafe unsafeBitCast(symbol, to: WidthFunction.self)
        let previous = unsafe uselocale(locale)
        defer {
            unsafe uselocale(previous)
            unsafe freelocale(locale)
        }
        var differences: [String] = []
        for value in UInt32(0x20)...0x3FFFF where !Self.disputed.contains(where: { $0.contains(value) }) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let width = Int(wcwidth(wchar_t(bitPattern: value)))
            // -1 is a control, or a character that this C library does not know yet.
            guard width >= 0, scalar.properties.generalCategory != .unassigned else { continue }
            if scalar.displayWidth != width {
                differences.append("U+\(String(value, radix: 16)) \(scalar.displayWidth) for \(width)")
            }
        }
        #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(200).joined(separator: ", "))")
    }
}
