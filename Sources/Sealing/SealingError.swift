/// Why a file could not be sealed or opened.
package enum SealingError: Error, Equatable, Sendable {
    /// The file does not begin as a sealed file does.
    case notSealed
    /// A later version of the program sealed it.
    case newerThanProgram
    /// The file asks for more memory or time than this program would ever have spent: it was not made by it.
    case excessiveCost
    /// The beginning does not answer to the passphrase. Which of the two is wrong cannot be known.
    case wrongPassphraseOrDamaged
    /// The passphrase is right, and what follows was altered, reordered, cut short or continued.
    case damaged
    /// The key takes more memory than the machine gives.
    case outOfMemory
    /// The system's libsodium does not work.
    case unavailable
}

extension SealingError: CustomStringConvertible {
    /// What happened and what to do next, for whoever sits at the terminal.
    package var description: String {
        switch self {
        case .notSealed:
            "This is not a file that this program encrypted. Check its name."
        case .newerThanProgram:
            "The file was encrypted by a newer version of this program. Install that version to open it."
        case .excessiveCost:
            "The file was not encrypted by this program, or its beginning was altered. Do not trust it; use another "
                + "copy."
        case .wrongPassphraseOrDamaged:
            "The passphrase is wrong, or the file's beginning is damaged. Try the passphrase again; if you are sure "
                + "of it, use another copy."
        case .damaged:
            "The file was altered or cut short after it was encrypted. Nothing of it was kept; use another copy."
        case .outOfMemory:
            "There is not enough memory free for the passphrase's key, which takes 256 MB. End other programs and try "
                + "again."
        case .unavailable:
            "Encryption does not work on this system. Report this."
        }
    }
}
