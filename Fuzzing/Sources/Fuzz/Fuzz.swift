import CFuzzer
import Glibc

/// Runs libFuzzer on the target that FUZZ_TARGET names; the arguments are libFuzzer's own.
///
/// The target is no argument, because libFuzzer starts this program again with the arguments that it knows.
@main
enum Fuzz {
    static func main() {
        umask(0o077)
        guard let name = getenv("FUZZ_TARGET").map({ String(cString: $0) }), let test = tests[name] else {
            print("FUZZ_TARGET names one of: \(tests.keys.sorted().joined(separator: " "))")
            exit(64)
        }
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(LLVMFuzzerRunDriver(&count, &arguments, test))
    }

    private typealias Test = @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32

    private static let tests: [String: Test] = [
        "csv": { run($0, $1, CSVTarget.test) },
        "time": { run($0, $1, TimeTarget.test) },
        "plan": { run($0, $1, PlanTarget.test) },
        "sealed": { run($0, $1, SealedTarget.test) },
        "import": { run($0, $1, ImportTarget.test) },
        "database": { run($0, $1, DatabaseTarget.test) },
    ]

    private static func run(_ start: UnsafePointer<UInt8>?, _ count: Int, _ test: ([UInt8]) -> Void) -> Int32 {
        test(Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
    }
}
