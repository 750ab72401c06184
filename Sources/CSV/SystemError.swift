private import Glibc

/// The system's error numbers in words for someone who has to act on them.
enum SystemError {
    static func words(for number: Int32) -> String {
        switch number {
        case ENOENT, ENOTDIR: "there is no such file. Check the name and the folder."
        case EACCES, EPERM: "you are not permitted to. Ask whoever owns it."
        case EIO: "the disk reported a fault. Copy the file to another disk and try again."
        case ENOSPC: "the disk is full. Free some space and try again."
        case EDQUOT: "your share of the disk is used up. Free some space and try again."
        case EFBIG: "the file would become too large for this disk. Write it to another."
        case EROFS: "the disk may only be read. Choose another folder."
        case EPIPE: "the program that was to receive the data has ended."
        case EMFILE, ENFILE: "too many files are open. Close other programs and try again."
        case ELOOP: "its links lead in a circle. Give the name of the file itself."
        case ENAMETOOLONG: "its name is too long."
        default: "the system reports error \(number)."
        }
    }
}
