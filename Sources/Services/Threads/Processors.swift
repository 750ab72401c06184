internal import Glibc

/// The processors on which this program may run.
package enum Processors {
    /// Those of the machine, less those from which `taskset`, a service manager or a container keeps the program: with
    /// one left, a second thread gains nothing.
    package static var available: Int {
        // The kernel's own words: the call that asks for the same is not in Swift's part of the C library.
        let status = try? ByteFile.reading("/proc/self/status").readFully(longestStatus)
        return status.flatMap(allowed) ?? sysconf(Int32(_SC_NPROCESSORS_ONLN))
    }

    /// Bytes; several times what a kernel writes today.
    private static let longestStatus = 16_384

    /// How many processors a process may use whose status the kernel writes so; `nil` when it does not say.
    package static func allowed(_ status: [UInt8]) -> Int? {
        // The set in hexadecimal digits, in groups: `Cpus_allowed:	00000000,00000003`.
        guard let line = status.split(separator: UInt8(ascii: "\n")).first(where: { $0.starts(with: name) }) else {
            return nil
        }
        let count = line.dropFirst(name.count).reduce(0) { count, digit in
            count + (Character(Unicode.Scalar(digit)).hexDigitValue?.nonzeroBitCount ?? 0)
        }
        return count > 0 ? count : nil
    }

    private static let name = Array("Cpus_allowed:".utf8)
}
