import Foundation
import Glibc
import Testing

@testable import followup

/// Both ways of making the file: without a name until it is whole, and under a temporary name.
@Suite struct OutputFileTests {
    private func contents(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    private func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    private func write(_ text: String, to path: String, named: Bool, commit: Bool = true) throws {
        let file = try AtomicFile.create(at: path, named: named, sparing: SparedFiles())
        do { try Descriptor.write(Array(text.utf8), to: file.descriptor) } catch {
            throw OutputSink.failure(code: error.code)
        }
        if commit { try file.commit() }
    }

    private func failure(_ body: () throws -> Void) throws -> Failure {
        try #require(#expect(throws: Failure.self) { try body() })
    }

    @Test(arguments: [true, false])
    func `a file appears whole, for its owner only, and alone`(named: Bool) throws {
        try OutputFixture.inTemporaryFolder { folder in
            let path = folder + "/plan.html"
            try write("plan", to: path, named: named)
            #expect(try contents(path) == "plan")
            #expect(try names(in: folder) == ["plan.html"])
            // A combining mark after the slash.
            try write("x", to: folder + "/\u{301}x", named: named)
            #expect(try contents(folder + "/\u{301}x") == "x")
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test(arguments: [true, false])
    func `nothing stands there before the end, and nothing stays when there is none`(named: Bool) throws {
        try OutputFixture.inTemporaryFolder { folder in
            let path = folder + "/plan.html"
            let file = try AtomicFile.create(at: path, named: named, sparing: SparedFiles())
            try Descriptor.write(Array("half".utf8), to: file.descriptor)
            #expect(!FileManager.default.fileExists(atPath: path))
            withExtendedLifetime(file) {}
            try write("half", to: folder + "/other.html", named: named, commit: false)
            #expect(!FileManager.default.fileExists(atPath: folder + "/other.html"))
        }
    }

    @Test(arguments: [true, false])
    func `a file that is given up leaves the folder as it was`(named: Bool) throws {
        try OutputFixture.inTemporaryFolder { folder in
            let path = folder + "/plan.html"
            try write("old", to: path, named: named)
            try write("new, but given up", to: path, named: named, commit: false)
            #expect(try contents(path) == "old")
            #expect(try names(in: folder) == ["plan.html"])
        }
    }

    @Test(arguments: [true, false])
    func `an existing file is replaced in one step`(named: Bool) throws {
        try OutputFixture.inTemporaryFolder { folder in
            let path = folder + "/plan.html"
            try write("old", to: path, named: named)
            unsafe chmod(path, 0o644)
            let reader = try #require(FileHandle(forReadingAtPath: path))
            try write("new", to: path, named: named)
            // Whoever had it open keeps the old one whole.
            #expect(try reader.readToEnd() == Data("old".utf8))
            #expect(try contents(path) == "new")
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func `without a name nothing of an unfinished file can be found`() throws {
        try OutputFixture.inTemporaryFolder { folder in
            let file = try AtomicFile.create(at: folder + "/plan.html", sparing: SparedFiles())
            try Descriptor.write(Array("half".utf8), to: file.descriptor)
            if try !names(in: folder).isEmpty {
                Issue.record("SKIPPED: this file system has no files without a name", severity: .warning)
            }
            try file.commit()
            #expect(try names(in: folder) == ["plan.html"])
        }
    }

    @Test func `a folder that is missing is named as the trouble`() throws {
        try OutputFixture.inTemporaryFolder { folder in
            let failure = try failure { try write("", to: folder + "/missing/plan.html", named: false) }
            #expect(failure.status == .inputOutput)
            #expect(failure.text.contains("Make the folder first"))
            #expect(try names(in: folder).isEmpty)
        }
    }

    @Test(arguments: [true, false])
    func `a symbolic link is refused, whether it leads somewhere or not`(named: Bool) throws {
        try OutputFixture.inTemporaryFolder { folder in
            try write("kept", to: folder + "/real", named: named)
            for (link, target) in [("link", "real"), ("dangling", "nowhere")] {
                try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(link)", withDestinationPath: target)
                let failure = try failure { try write("new", to: "\(folder)/\(link)", named: named) }
                #expect(failure.text.contains("symbolic link"))
            }
            #expect(try contents(folder + "/real") == "kept")
            #expect(try names(in: folder) == ["dangling", "link", "real"])
        }
    }

    @Test(arguments: [true, false])
    func `a link that is slipped in meanwhile is neither followed nor replaced`(named: Bool) throws {
        try OutputFixture.inTemporaryFolder { folder in
            try write("kept", to: folder + "/real", named: named)
            try {
                let file = try AtomicFile.create(at: folder + "/plan.html", named: named, sparing: SparedFiles())
                try FileManager.default.createSymbolicLink(
                    atPath: folder + "/plan.html",
                    withDestinationPath: "real"
                )
                #expect(throws: Failure.self) { try file.commit() }
            }()
            #expect(try contents(folder + "/real") == "kept")
            #expect(try names(in: folder) == ["plan.html", "real"])
        }
    }

    @Test(arguments: ["", "/", "/sub", "/sub/", "/sub/.", "/sub/..", "/pipe"])
    func `a folder or a device is refused`(suffix: String) throws {
        try OutputFixture.inTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: folder + "/sub", withIntermediateDirectories: false)
            let isMade = unsafe mkfifo(folder + "/pipe", 0o600) == 0
            #expect(isMade)
            let failure = try failure { try write("x", to: folder + suffix, named: false) }
            #expect(failure.status == .inputOutput)
            #expect(failure.hint != nil)
            #expect(try names(in: folder) == ["pipe", "sub"])
        }
        #expect(throws: Failure.self) { try AtomicFile.create(at: "/dev/null", sparing: SparedFiles()) }
        #expect(throws: Failure.self) { try AtomicFile.create(at: "", sparing: SparedFiles()) }
    }

    @Test func `the sink puts the file in its place only when it is finished`() throws {
        try OutputFixture.inTemporaryFolder { folder in
            let path = folder + "/list.csv"
            let sink = try OutputSink.open(path, sparing: SparedFiles())
            #expect(sink.isFile)
            let presentation = Presentation.of(
                sink,
                zone: try OutputFixture.newYork.get(),
                noColor: false,
                environment: Environment { _ in nil }
            )
            #expect(presentation.width == nil && !presentation.ascii)
            for _ in 0..<100_000 { try sink.write("0123456789") }
            #expect(!FileManager.default.fileExists(atPath: path))
            try sink.finish()
            #expect(try contents(path).utf8.count == 1_000_000)
        }
    }

    @Test func `without a path or with a dash the sink is the standard output`() throws {
        #expect(try OutputSink.open(nil, sparing: SparedFiles()).descriptor == 1)
        #expect(try OutputSink.open("-", sparing: SparedFiles()).descriptor == 1)
    }

    @Test(arguments: [true, false])
    func `a disk that fills up is an error and leaves the old file whole`(named: Bool) throws {
        try OutputFixture.inTemporaryFolder { folder in
            guard unsafe mount("tmpfs", folder, "tmpfs", 0, "size=64k") == 0 else {
                Issue.record("SKIPPED: a small file system to fill cannot be mounted here", severity: .warning)
                return
            }
            defer { unsafe umount2(folder, Int32(MNT_DETACH)) }
            try write("old", to: folder + "/list.csv", named: named)
            let failure = try failure {
                try write(String(repeating: "x", count: 200_000), to: folder + "/list.csv", named: named)
            }
            #expect(failure.text.contains("Make room on the disk"))
            #expect(try contents(folder + "/list.csv") == "old")
            #expect(try names(in: folder) == ["list.csv"])
        }
    }
}
