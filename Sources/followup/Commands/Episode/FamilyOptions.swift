internal import ArgumentParser
internal import Services

/// The child's family, as this episode knows it.
struct FamilyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The family's language.", valueName: "name"))
    var language: String?

    @Option(help: ArgumentHelp("The caregiver's name; - reads a line.", valueName: "name"))
    var caregiverName: String?

    @Option(help: ArgumentHelp("The caregiver's phone number; - reads a line.", valueName: "number"))
    var caregiverPhone: String?

    @Flag(help: "The youth consented to this care alone: nothing goes to a caregiver.")
    var minorConsented = false

    @Flag(name: .customLong("part2"), help: "The record falls under 42 CFR Part 2.")
    var isPart2 = false

    var names: [(name: String, text: String?)] {
        [("--caregiver-name", caregiverName), ("--caregiver-phone", caregiverPhone)]
    }

    func apply(to request: inout OpeningRequest) {
        request.language = language ?? ""
        request.minorConsented = minorConsented
        request.part2 = isPart2
    }
}
