internal import CSodium

/// One step from an older schema to a newer one. Its name and text never change once it has been released.
package struct Migration: Sendable {
    package let name: String

    /// Statements in UTF-8. No BEGIN, COMMIT or PRAGMA: the migrator wraps them in a transaction.
    package let sql: [UInt8]

    package init(name: String, sql: [UInt8]) {
        self.name = name
        self.sql = sql
    }

    /// BLAKE2b-256 of the text.
    func checksum() throws(SQLiteError) -> [UInt8] {
        guard sodium_init() >= 0 else {
            throw SQLiteError(kind: .other, message: "libsodium does not start")
        }
        var result = [UInt8](repeating: 0, count: 32)
        let code = unsafe crypto_generichash(&result, result.count, sql, UInt64(sql.count), nil, 0)
        guard code == 0 else { throw SQLiteError(kind: .other, message: "libsodium computes no checksum") }
        return result
    }
}
