internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services
internal import Storage

/// The call, and how it is answered.
struct CallOptions: ParsableArguments {
    @Option(help: ArgumentHelp("When the call came; local time, or with an offset.", valueName: "time"))
    var call: String?

    @Option(help: ArgumentHelp("When the call was handed to the provider.", valueName: "time"))
    var transferred: String?

    @Option(help: "How the call is answered.")
    var mode: ResponseMode?

    @Option(help: ArgumentHelp("Who called.", valueName: "code"), completion: Completions.codes(of: .referralSource))
    var referralSource: String?

    @Option(
        help: ArgumentHelp("What the crisis is about.", valueName: "code"),
        completion: Completions.codes(of: .presentingProblem)
    )
    var presentingProblem: String?

    @Option(
        help: ArgumentHelp("Where the response takes place.", valueName: "code"),
        completion: Completions.codes(of: .location)
    )
    var location: String?

    @Option(
        help: ArgumentHelp("The program (default: \(ShippedProgram.youth.rawValue)).", valueName: "name"),
        completion: Completions.programs
    )
    var program: String?

    @Option(
        help: ArgumentHelp("The site (default: the one that answers calls from the town).", valueName: "name"),
        completion: Completions.sites
    )
    var site: String?

    @Option(
        help: ArgumentHelp("The case's clinician (default: who opens it).", valueName: "login"),
        completion: Completions.logins
    )
    var clinician: String?

    @Option(help: "How an adult reached the service.")
    var accessChannel: AccessChannel?

    @Option(help: ArgumentHelp("An adult's local mental health authority.", valueName: "name"))
    var authority: String?

    @Option(help: ArgumentHelp("Who transferred the call.", valueName: "name"))
    var transferFrom: String?

    @Option(help: ArgumentHelp("That side's own reference.", valueName: "ref"))
    var transferRef: String?

    @Option(help: ArgumentHelp("The child's town.", valueName: "town"), completion: Completions.codes(of: .town))
    var town: String?

    var isIncomplete: Bool {
        call == nil || mode == nil || referralSource == nil || presentingProblem == nil
    }

    /// - Parameter birthDate: the client's, by which an adult is known.
    mutating func complete(_ questions: inout Questions, birthDate: CivilDate?) throws {
        try completeProgram(&questions, birthDate)
        try questions.time(&call, "Call received at")
        try questions.choice(&mode, "Response mode")
        try questions.code(&referralSource, "Referral source", of: .referralSource)
        try questions.code(&presentingProblem, "Presenting problem", of: .presentingProblem)
        try questions.code(&town, "Town", of: .town, isOptional: true)
        let sites = questions.sites
        if town == nil, sites.count > 1 { try questions.choice(&site, "Site", among: sites) }
        try completeTransfer(&questions)
    }

    /// An adult's program has other clocks, so that it is asked for when the client is none of the youth's.
    private mutating func completeProgram(_ questions: inout Questions, _ birthDate: CivilDate?) throws {
        if program == nil, policy(in: questions)?.ageBeyondLimit(born: birthDate, on: questions.moments.today) != nil {
            try questions.choice(&program, "Program", among: questions.directory.policies.programs.map(\.name))
        }
        guard policy(in: questions)?.isForAdults == true else { return }
        try questions.choice(&accessChannel, "Access channel")
        try questions.line(&authority, "Local mental health authority", isOptional: true)
    }

    /// The policy that the program has today; the use case takes that of the day of the call.
    private func policy(in questions: Questions) -> Policy? {
        let policies = questions.directory.policies
        return policies.program(named: program ?? ShippedProgram.youth.rawValue).flatMap {
            policies.policy(of: $0, on: questions.moments.today)
        }
    }

    /// A warm transfer is known by who made it, and by that side's reference.
    private mutating func completeTransfer(_ questions: inout Questions) throws {
        guard transferFrom == nil, let referralSource, NamedCode.callCenters.contains(referralSource) else { return }
        try questions.line(&transferFrom, "Warm transfer from", default: referralSource)
        try questions.line(&transferRef, "Their reference", isOptional: true)
    }

    func required() throws(Failure) -> (
        time: String, mode: ResponseMode, referralSource: String, presentingProblem: String
    ) {
        (
            try Required.value(call, "--call", hint: "Give the time of the call, such as --call \"today 14:05\"."),
            try Required.value(mode, "--mode", oneOf: ResponseMode.words),
            try Required.value(referralSource, "--referral-source", hint: "Such as --referral-source school."),
            try Required.value(presentingProblem, "--presenting-problem", hint: "Such as --presenting-problem anxiety.")
        )
    }

    func apply(to request: inout OpeningRequest, _ moments: Moments) throws {
        request.program = program ?? ShippedProgram.youth.rawValue
        request.site = site
        request.clinician = clinician
        request.location = location
        request.town = town
        request.accessChannel = accessChannel
        request.authority = authority ?? ""
        request.transferFrom = transferFrom ?? ""
        request.transferRef = transferRef ?? ""
        request.transferredAt = try transferred.map { try moments.instant($0, "--transferred") }
    }
}
