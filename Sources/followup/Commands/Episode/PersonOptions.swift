internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services

/// Who the episode is about.
struct PersonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A client on record.", valueName: "ref"))
    var client: String?

    @Option(help: ArgumentHelp("A new client's first name; - reads a line.", valueName: "name"))
    var firstName: String?

    @Option(help: ArgumentHelp("A new client's last name; - reads a line.", valueName: "name"))
    var lastName: String?

    @Option(help: ArgumentHelp("A new client's birth date.", valueName: "date"))
    var birthDate: String?

    @Option(help: "A new client's sex (default: unknown).")
    var sex: Sex?

    @Flag(help: "The client is another one than those of nearly the same name on record.")
    var newClient = false

    var isIncomplete: Bool {
        client == nil && (firstName == nil || lastName == nil)
    }

    var names: [(name: String, text: String?)] {
        [("--first-name", firstName), ("--last-name", lastName)]
    }

    /// The client, once dates can be read.
    func client(firstName: String?, lastName: String?) throws -> (Moments) throws -> OpeningRequest.Person {
        if let client {
            guard firstName == nil, lastName == nil, birthDate == nil, sex == nil else {
                throw Failure(
                    .usage,
                    "--client names a client on record, whose names are known",
                    hint: "Leave out either --client or the names, the birth date and the sex."
                )
            }
            return { _ in .known(ref: client) }
        }
        let hint = "Name the client with --client REF, or with --first-name and --last-name."
        let first = try Required.text(firstName, "--first-name", hint: hint)
        let last = try Required.text(lastName, "--last-name", hint: hint)
        return { moments in
            let birthDate = try birthDate.map { try moments.date($0, "--birth-date") }
            return .new(firstName: first, lastName: last, birthDate: birthDate, sex: sex ?? .unknown)
        }
    }
}
