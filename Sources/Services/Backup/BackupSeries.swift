package import CivilTime
internal import Glibc

/// Backups of one series: files of one folder whose names differ in their time alone.
///
///     /srv/backup/followup.db  ->  /srv/backup/followup-2026-11-21T071500Z.db
///
/// The time is UTC, so that the names sort by it over a daylight-saving change too.
package struct BackupSeries: Sendable {
    private let folder: String
    private let start: String
    private let end: String

    /// - Parameter path: the name of the series, to which the time is added before the last dot.
    package init(_ path: String) {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        folder = slash.map { String(path[...$0]) } ?? ""
        let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
        let dot = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : $0 } ?? name.endIndex
        start = name[..<dot] + "-"
        end = String(name[dot...])
    }

    package func path(at now: Instant) -> String {
        folder + start + Self.stamp(of: now) + end
    }

    /// `2026-11-21T071500Z`: a time without colons, which some file systems refuse.
    static func stamp(of instant: Instant) -> String {
        let day = instant.seconds >= 0 ? instant.seconds / 86_400 : (instant.seconds - 86_399) / 86_400
        let second = instant.seconds - day * 86_400
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = CivilDate(dayNumber: Int(day)).description
        return "\(date)T\(two(second / 3600))\(two(second / 60 % 60))\(two(second % 60))Z"
    }

    /// Removes the oldest of the series, so that so many are left with the one that was just made.
    ///
    /// Only ordinary files of exactly this form are touched, and never `kept`, whatever the clock says.
    /// - Returns: how many were removed, and how many could not be.
    func rotate(keeping count: Int, besides kept: String) -> (removed: Int, stayed: Int) {
        let others = names().filter { folder + $0 != kept }.sorted(by: >)
        var result = (removed: 0, stayed: 0)
        for name in others.dropFirst(max(0, count - 1)) {
            if unsafe unlink(folder + name) == 0 { result.removed += 1 } else { result.stayed += 1 }
        }
        return result
    }

    private func names() -> [String] {
        FolderListing.names(in: folder.isEmpty ? "." : folder).filter { name in
            guard name.hasPrefix(start), name.hasSuffix(end), name.utf8.count == start.utf8.count + 18 + end.utf8.count
            else { return false }
            var status = stat()
            guard unsafe lstat(folder + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
            return Self.isStamp(name.utf8.dropFirst(start.utf8.count).prefix(18))
        }
    }

    private static func isStamp(_ bytes: Substring.UTF8View) -> Bool {
        zip(bytes, "dddd-dd-ddTddddddZ".utf8).allSatisfy { byte, form in
            form == UInt8(ascii: "d") ? UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte : byte == form
        }
    }
}
