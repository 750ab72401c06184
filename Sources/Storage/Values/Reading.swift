package import CivilTime
package import CrisisCare
package import SQLite

// How the columns of a row become values of the practice.
extension Statement {
    package func instant(_ index: Int) throws(SQLiteError) -> Instant {
        Instant(seconds: try int64(index))
    }

    package func optionalInstant(_ index: Int) throws(SQLiteError) -> Instant? {
        try optionalInt64(index).map(Instant.init(seconds:))
    }

    package func date(_ index: Int) throws(SQLiteError) -> CivilDate {
        CivilDate(dayNumber: try int(index))
    }

    package func optionalDate(_ index: Int) throws(SQLiteError) -> CivilDate? {
        try optionalInt(index).map(CivilDate.init(dayNumber:))
    }

    package func id<Record>(_ index: Int) throws(SQLiteError) -> RecordID<Record> {
        RecordID(try int64(index))
    }

    package func optionalID<Record>(_ index: Int) throws(SQLiteError) -> RecordID<Record>? {
        try optionalInt64(index).map { RecordID($0) }
    }

    package func optionalBytes(_ index: Int) throws(SQLiteError) -> [UInt8]? {
        guard !isNull(index) else { return nil }
        let bytes = try bytes(index)
        return bytes.indices.map { bytes[$0] }
    }

    /// A code that the schema's CHECK holds to the program's list.
    ///
    /// The bytes of the column are compared with those of the codes that are as long: a switch over strings makes one of
    /// each.
    package func code<Code: RawRepresentable<String> & CaseIterable>(_ index: Int) throws -> Code {
        let stored = try bytes(index)
        for code in Code.allCases {
            var word = code.rawValue
            let isStored = word.withUTF8 { bytes in
                guard bytes.count == stored.count else { return false }
                for place in bytes.indices {
                    guard unsafe bytes[place] == stored[place] else { return false }
                }
                return true
            }
            if isStored { return code }
        }
        throw UnknownCode()
    }

    package func optionalCode<Code: RawRepresentable<String> & CaseIterable>(_ index: Int) throws -> Code? {
        try isNull(index) ? nil : code(index)
    }
}

/// A stored code that this program does not know; the schema's CHECKs keep this from happening.
package struct UnknownCode: Error {}
