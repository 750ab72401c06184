import CSV
import Testing

/// Names and notes are health data: no error may repeat what stands in a cell, not even a header that it does not know.
@Suite struct ErrorPrivacyTests {
    private static let marker = "Zuleika"
    private static let limits = CSVLimits(cellBytes: 40, recordBytes: 60, columns: 3)

    private static let texts = [
        "\(marker),\(marker)\n",
        "a,b\n\(marker)\n",
        "a,b\n\(marker),\(marker),\(marker)\n",
        "a,b\n\"\(marker)",
        "a,b\n\"\(marker)\"\(marker),1\n",
        "a,b\n\(marker)\"\(marker),1\n",
        "a,b\n\(marker)\r\(marker),1\n",
        "a,b\n\(marker)\u{0},1\n",
        "a,b\n" + String(repeating: marker, count: 10) + ",1\n",
        "a,b\n" + String(repeating: marker, count: 5) + "," + String(repeating: marker, count: 5) + "\n",
        "a,a\n\(marker),1\n",
        "a\n\(marker)\n",
        "a,b,\(marker)\n",
        "\(marker),\(marker),\(marker),\(marker)\n",
    ]

    @Test func `no error repeats a cell`() {
        let notUTF8 = Array("a,b\n\(Self.marker)".utf8) + [0xFF] + Array("\(Self.marker),1\n".utf8)
        var kinds: Set<String> = []
        for bytes in Self.texts.map({ Array($0.utf8) }) + [notUTF8] {
            guard let error = Reading(bytes, columns: ["a", "b"], limits: Self.limits).error else {
                Issue.record("accepted")
                continue
            }
            kinds.insert(String("\(error.reason)".prefix { $0 != "(" }))
            var dumped = ""
            dump(error, to: &dumped)
            for shown in ["\(error)", String(reflecting: error), error.reason.message, dumped] {
                #expect(!shown.contains(Self.marker))
            }
        }
        #expect(
            kinds == [
                "unclosedQuote", "quoteInUnquotedCell", "textAfterClosingQuote", "loneCarriageReturn", "invalidUTF8",
                "nulByte", "cellTooLong", "recordTooLong", "tooManyColumns", "tooFewCells", "tooManyCells",
                "repeatedColumn", "unknownColumn", "missingColumns",
            ]
        )
    }

    @Test func `a message says where, what happened and what to do`() {
        #expect(
            Reading("a,b\n1,\"2\n", columns: ["a", "b"]).error?.description
                == "visits.csv line 2 column 3: the quote that opens this cell is never closed. Close it with \"."
        )
        #expect(
            Reading("a,b\n1\n", columns: ["a", "b"]).error?.description
                == "visits.csv line 2 column 1: this row has 1 cell and the header 2. "
                + "Add the missing ones: an empty cell still needs its comma."
        )
        #expect(
            Reading("a\n", columns: ["a", "b"]).error?.description
                == "visits.csv line 1 column 1: the first line lacks the column b. "
                + "Add what is missing, with empty cells if there is nothing to enter."
        )
    }
}
