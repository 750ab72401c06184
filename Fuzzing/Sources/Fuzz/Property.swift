@testable import followup

/// Stands in every personal cell of the seeds, so that a message that tells one is known by it. Digits, because the
/// program would fold the case of letters.
let marker = "Qz7731"

/// Ends the run: libFuzzer keeps the input.
func require(_ holds: Bool, _ property: @autoclosure () -> String) {
    if !holds { fatalError("does not hold: \(property())") }
}

/// What has to work whatever the input is.
func certain<Result: ~Copyable>(_ what: String, _ body: () throws -> Result) -> Result {
    do {
        return try body()
    } catch {
        fatalError("\(what) failed: \(error)")
    }
}

/// Any error becomes words and a documented status, and tells nothing of a person.
func requireTellsNothing(_ error: any Error) {
    requireTellsNothing(Failure.of(error).text)
    requireTellsNothing(Failure.of(error).json)
}

func requireTellsNothing(_ message: String) {
    require(!message.contains(marker), "a message that tells no cell")
    require(message.utf8.count < 4_000, "a message that can be read")
}
