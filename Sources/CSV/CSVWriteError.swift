/// Why a CSV file could not be written. What was written before is incomplete and is to be thrown away.
package struct CSVWriteError: Error, Sendable, Equatable {
    /// The system's error number.
    package let errno: Int32

    package init(errno: Int32) {
        self.errno = errno
    }
}

extension CSVWriteError: CustomStringConvertible {
    package var description: String {
        "The CSV output is incomplete and is not to be used: \(SystemError.words(for: errno))"
    }
}
