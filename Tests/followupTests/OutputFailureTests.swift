import Foundation
import Glibc
import Services
import Testing

@testable import followup

struct OutputFailureTests {
    private func reported(_ failure: Failure, as format: OutputFormat, style: Style = .plain) throws -> String {
        try OutputFixture.written { descriptor in
            Console(quiet: true, style: style, descriptor: descriptor).report(failure, as: format)
        }
    }

    private let late = Failure.refused(
        "window-closed",
        "the visit lies after the follow-up window of case 2026-00042, which ended on 2026-11-19",
        hint: "Ask a supervisor for an extension: followup episode extend 2026-00042"
    )

    @Test func `a refusal names its rule, what happened and what to do, even with quiet`() throws {
        let expected = """
            refused [window-closed]: the visit lies after the follow-up window of case 2026-00042, which ended on \
            2026-11-19. Ask a supervisor for an extension: followup episode extend 2026-00042

            """
        #expect(try reported(late, as: .table) == expected)
        #expect(try reported(late, as: .csv) == expected)
    }

    @Test func `any other failure is an error`() throws {
        #expect(try reported(Failure(.busy, "the database is busy"), as: .table) == "error: the database is busy.\n")
        let failure = Failure(.usage, "What is the case?", hint: "See --help.")
        #expect(try reported(failure, as: .table) == "error: What is the case? See --help.\n")
    }

    @Test func `a program gets the failure as one line of JSON`() throws {
        let expected =
            #"{"error":"refused","rule":"window-closed","message":"the visit lies after the follow-up "#
            + #"window of case 2026-00042, which ended on 2026-11-19","hint":"Ask a supervisor for an extension: "#
            + #"followup episode extend 2026-00042"}"# + "\n"
        #expect(try reported(late, as: .json, style: .colored) == expected)
        let bare = #"{"error":"busy","rule":null,"message":"a \"b\"\nc","hint":null}"# + "\n"
        #expect(try reported(Failure(.busy, "a \"b\"\nc"), as: .json) == bare)
        let object = try JSONSerialization.jsonObject(with: Data(bare.utf8)) as? [String: Any]
        #expect(object?["message"] as? String == "a \"b\"\nc")
    }

    @Test func `the statuses and their words are those that scripts rely on`() {
        let expected: [Int32: String] = [
            0: "ok", 1: "refused", 3: "found", 64: "usage", 65: "bad-data", 66: "not-found", 69: "unusable",
            74: "input-output", 75: "busy", 77: "not-permitted",
        ]
        let actual = Dictionary(uniqueKeysWithValues: ExitStatus.allCases.map { ($0.rawValue, $0.kind) })
        #expect(actual == expected)
    }

    @Test func `what may go through later is told as busy, with what to do`() {
        let failure = Failure.of(ServiceError.tryAgain(what: "the files were changed", hint: "Import them again."))
        #expect(failure.status == .busy)
        #expect(failure.message == "the files were changed")
        #expect(failure.hint == "Import them again.")
    }

    @Test func `not permitted is a rule with a status of its own`() {
        #expect(Failure.refused("not-permitted", "only a supervisor may").status == .notPermitted)
        #expect(Failure.refused("window-closed", "late").status == .refused)
    }

    @Test func `a full disk says what to do`() throws {
        let failure = Failure.system("the output could not be written", code: ENOSPC)
        #expect(failure.status == .inputOutput)
        let expected =
            "error: the output could not be written: No space left on device. "
            + "Make room on the disk and run the command again.\n"
        #expect(try reported(failure, as: .table) == expected)
    }

    @Test func `the label is red and the message cannot command the terminal`() throws {
        let failure = Failure(.badData, "line one\nline \u{1B}[2Jtwo", hint: "Correct both lines.")
        let expected = "\u{1B}[31merror\u{1B}[0m: line one\nline \\u{1B}[2Jtwo\nCorrect both lines.\n"
        #expect(try reported(failure, as: .table, style: .colored) == expected)
    }
}
