internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

extension PersonOptions {
    /// The most clients that are offered; arbitrary, a screen's worth.
    private static let mostOffered = 9
    private static let somebodyElse = "somebody else: a new client"

    /// Finds the client first, by near names and closed cases too, and asks for a new one's names only then.
    ///
    /// - Parameter isShort: a new client's sex is taken when it was typed, and not asked for; the birth date is, by which
    ///   the next caller finds the child again.
    /// - Returns: the client's birth date, as far as it is known now.
    mutating func complete(
        _ questions: inout Questions,
        _ run: CommandRun,
        isShort: Bool = false
    ) throws -> CivilDate? {
        guard isIncomplete else { return try typedBirthDate(questions) }
        var offered: Set<String> = []
        if firstName == nil, lastName == nil {
            let typed = try questions.prompt.line(
                "Client: last name, first name and birth date, or the reference",
                complaint: ClientLine.complaint
            )
            let line = ClientLine(typed)
            let found = try run.session("client find") { session in
                try session.clients(like: line.search, limit: Self.mostOffered)
            }
            if let known = try pick(found, typed, line, &questions) {
                know(known, &questions)
                return known.birthDate
            }
            offered = Set(found.map(\.clientRef))
            if !line.firstName.isEmpty { firstName = line.firstName }
            if !line.lastName.isEmpty { lastName = line.lastName }
            birthDate = birthDate ?? line.birthDate?.description
            sex = sex ?? line.sex
        }
        try questions.line(&lastName, "Last name")
        try questions.line(&firstName, "First name")
        try questions.date(&birthDate, "Birth date", isOptional: true)
        if !isShort || sex != nil { try questions.choice(&sex, "Sex", default: .unknown) }
        let born = try typedBirthDate(questions)
        try checkDuplicates(shown: offered, &questions, run)
        return born
    }

    private func typedBirthDate(_ questions: Questions) throws -> CivilDate? {
        try birthDate.map { try questions.moments.date($0, "--birth-date") }
    }

    /// The client on record who is meant; `nil` for a new one.
    private func pick(
        _ found: [NearClient],
        _ typed: String,
        _ line: ClientLine,
        _ questions: inout Questions
    ) throws -> NearClient? {
        guard !found.isEmpty else { return nil }
        // Who types a reference has said who it is.
        if let named = found.first(where: { $0.clientRef.lowercased() == typed.lowercased() }) { return named }
        let place = try questions.prompt.choice("Who is it", options: found.map(\.label) + [Self.somebodyElse])
        return place < found.count ? found[place] : nil
    }

    private mutating func know(_ known: NearClient, _ questions: inout Questions) {
        client = known.clientRef
        questions.tell("Client", known.label)
    }

    /// Whoever bears nearly that name and was born that day is offered before a second record of one child is made.
    private mutating func checkDuplicates(
        shown: Set<String>,
        _ questions: inout Questions,
        _ run: CommandRun
    ) throws {
        guard !newClient, let day = try typedBirthDate(questions), let firstName, let lastName else { return }
        let near = try run.session("client find") { session in
            try session.possibleDuplicates(ofFirstName: firstName, lastName: lastName, born: day)
        }
        guard !near.isEmpty else { return }
        newClient = true
        if near.allSatisfy({ shown.contains($0.clientRef) }) { return }
        let options = near.map(\.label) + [Self.somebodyElse]
        let place = try questions.prompt.choice("Is it one of these, who were born that day", options: options)
        guard place < near.count else { return }
        newClient = false
        self.firstName = nil
        self.lastName = nil
        // A client on record keeps the birth date and the sex that are known.
        birthDate = nil
        sex = nil
        know(near[place], &questions)
    }
}
