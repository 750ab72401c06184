import Foundation
import Testing

/// What must not compile in a module above. Each piece of code is given to the compiler with the module that was built
/// for these tests.
private struct Compiler {
    let arguments: [String]

    /// Nil when the module's files are not where the package manager usually puts them.
    init?() {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") || $0.contains(".xctest/") }
        let products = bundle.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
        let candidates = [products, root.appendingPathComponent(".build/debug")].compactMap { $0 }
        let modules = candidates.map { $0.appendingPathComponent("Modules").path }
            .first { FileManager.default.fileExists(atPath: $0 + "/SQLite.swiftmodule") }
        guard let modules else { return nil }
        // The package manager's name for the package: that of its folder as an identifier.
        let package = String(
            root.lastPathComponent.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        )
        arguments = [
            "swiftc", "-swift-version", "6", "-package-name", package, "-I", modules,
            "-I", root.appendingPathComponent("Sources/CSQLite").path,
            "-I", root.appendingPathComponent("Sources/CSodium").path,
            // Not -typecheck: who may outlive whom is decided in a later pass.
            "-emit-sil", "-",
        ]
    }

    /// The compiler's errors; nil when it has none.
    func errors(_ body: String) throws -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // A file of its own: run by root, the compiler would put its output in the place of /dev/null.
        let sil = NSTemporaryDirectory() + "guarantee-\(UUID().uuidString).sil"
        defer { try? FileManager.default.removeItem(atPath: sil) }
        process.arguments = arguments + ["-o", sil]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardError = output
        try process.run()
        try input.fileHandleForWriting.write(
            contentsOf: Data(
                "import SQLite\nfunc check(_ connection: borrowing Connection) throws {\n\(body)\n}\n".utf8
            )
        )
        try input.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 ? nil : text
    }
}

private let compiler = Compiler()

private func errors(of code: String) throws -> String? {
    try #require(compiler).errors(code)
}

@Suite(
    .enabled(if: compiler != nil, "SKIPPED: the built module was not found, so nothing is proven about the compiler")
)
struct GuaranteeTests {
    @Test(arguments: [
        "_ = try connection.read { db in try db.first(\"SELECT \\(1)\") { try $0.int(0) } }",
        "_ = try connection.write { db in try db.execute(\"DELETE FROM t\") }",
        """
        try connection.read { db in
            var rows = try db.query("SELECT 1")
            while try rows.next() { _ = try rows.bytes(0).count }
        }
        """,
        "let part: SQL = \"x = \\(true)\"; try connection.read { db in try db.forEach(\"SELECT \\(part)\") { _ in } }",
    ])
    func `what is right compiles, so that the refusals mean something`(_ code: String) throws {
        let found = try errors(of: code)
        #expect(found == nil)
    }

    @Test(arguments: [
        ("try connection.read { db in _ = try db.execute(\"DELETE FROM t\") }", "'Writing'"),
        ("try connection.read { db in try db.savepoint { _ in } }", "'Writing'"),
        (
            "func change(_ db: borrowing Access<Writing>) {}; try connection.read { db in change(db) }",
            "cannot convert value of type 'Access<Reading>'"
        ),
        ("func f<M>(_ db: borrowing Access<M>) throws { _ = try db.execute(\"DELETE FROM t\") }", "'Writing'"),
    ])
    func `a write inside a read does not compile`(_ code: String, _ reason: String) throws {
        let found = try #require(try errors(of: code))
        #expect(found.contains(reason), "\(found)")
    }

    @Test(arguments: [
        (
            "let text = readLine() ?? \"\"; try connection.read { db in try db.forEach(text) { _ in } }",
            "'String' to expected argument type 'SQL'"
        ),
        ("let text = readLine() ?? \"\"; let sql: SQL = text; _ = sql", "'String' to specified type 'SQL'"),
        (
            "let text = readLine() ?? \"\"; _ = SQL(stringLiteral: text)",
            "'String' to expected argument type 'StaticString'"
        ),
        ("let text: Substring = \"x\"; let sql: SQL = \"SELECT \\(text)\"; _ = sql", "appendInterpolation"),
        ("let sql: SQL = \"SELECT \\(1.5)\"; _ = sql", "appendInterpolation"),
        ("let sql: SQL = \"SELECT \" + \"1\"; _ = sql", "'String' to specified type 'SQL'"),
    ])
    func `a text made at run time does not become SQL`(_ code: String, _ reason: String) throws {
        let found = try #require(try errors(of: code))
        #expect(found.contains(reason), "\(found)")
    }

    @Test(arguments: [
        ("let kept: Statement = try connection.read { db in try db.query(\"SELECT 1\") }; _ = kept", "Escapable"),
        ("let kept: Access<Reading> = try connection.read { db in db }; _ = kept", "Escapable"),
        ("var kept: [Statement] = []; _ = kept", "Copyable"),
        ("struct Keeper { let db: Access<Reading> }", "Escapable"),
        (
            """
            var kept: Span<UInt8>?
            try connection.read { db in try db.forEach("SELECT 1") { row in kept = try row.bytes(0) } }
            _ = kept?.count
            """, "escapes its scope"
        ),
        (
            """
            try connection.read { db in
                var rows = try db.query("SELECT 1")
                let bytes = try rows.bytes(0)
                _ = try rows.next()
                print(bytes.count)
            }
            """, "overlapping accesses to 'rows'"
        ),
        ("let other = copy connection; _ = other", "noncopyable"),
        ("Task { _ = try connection.settings() }", "data races"),
        ("func pass(_ c: consuming Connection) {}; pass(connection)", "'connection' is borrowed"),
    ])
    func `nothing outlives the transaction or leaves its thread`(_ code: String, _ reason: String) throws {
        let found = try #require(try errors(of: code))
        #expect(found.contains(reason), "\(found)")
    }
}
