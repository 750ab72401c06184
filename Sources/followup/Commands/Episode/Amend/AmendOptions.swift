internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Services

extension EpisodeAmendment.Clearable: ExpressibleByArgument {}

/// What an amendment sets right; what is not given stays.
struct AmendOptions: ParsableArguments {
    @Option(help: ArgumentHelp("When the call came.", valueName: "time"))
    var call: String?

    @Option(help: ArgumentHelp("When the call ended.", valueName: "time"))
    var callEnded: String?

    @Option(help: ArgumentHelp("When the call was handed to the provider.", valueName: "time"))
    var transferred: String?

    @Option(help: ArgumentHelp("When a clinician was sent.", valueName: "time"))
    var dispatched: String?

    @Option(help: ArgumentHelp("When the clinician was with the child.", valueName: "time"))
    var arrived: String?

    @Option(help: ArgumentHelp("Why the arrival was late.", valueName: "text"))
    var lateReason: String?

    @Option(help: "How the call was answered.")
    var mode: ResponseMode?

    @Option(help: ArgumentHelp("The client whose episode it is, by reference.", valueName: "ref"))
    var client: String?

    @Option(help: ArgumentHelp("The program.", valueName: "name"), completion: Completions.programs)
    var program: String?

    @Option(help: ArgumentHelp("Who called.", valueName: "code"), completion: Completions.codes(of: .referralSource))
    var referralSource: String?

    @Option(
        help: ArgumentHelp("What the crisis is about.", valueName: "code"),
        completion: Completions.codes(of: .presentingProblem)
    )
    var presentingProblem: String?

    @Option(
        help: ArgumentHelp("Where the response took place.", valueName: "code"),
        completion: Completions.codes(of: .location)
    )
    var location: String?

    @Option(help: ArgumentHelp("The child's town.", valueName: "town"), completion: Completions.codes(of: .town))
    var town: String?

    @Option(help: ArgumentHelp("The family's language.", valueName: "name"))
    var language: String?

    @Option(help: ArgumentHelp("The caregiver's name; - reads a line.", valueName: "name"))
    var caregiverName: String?

    @Option(help: ArgumentHelp("The caregiver's phone number; - reads a line.", valueName: "number"))
    var caregiverPhone: String?

    @Flag(inversion: .prefixedNo, help: "The youth consented to this care alone.")
    var minorConsented: Bool?

    @Flag(name: .customLong("part2"), inversion: .prefixedNo, help: "The record falls under 42 CFR Part 2.")
    var isPart2: Bool?

    @Option(help: "How an adult reached the service.")
    var accessChannel: AccessChannel?

    @Option(help: ArgumentHelp("An adult's local mental health authority.", valueName: "name"))
    var authority: String?

    @Option(help: ArgumentHelp("Who transferred the call.", valueName: "name"))
    var transferFrom: String?

    @Option(help: ArgumentHelp("That side's own reference.", valueName: "ref"))
    var transferRef: String?

    @Option(help: ArgumentHelp("Take away what never was, such as arrived; may be repeated.", valueName: "field"))
    var clear: [EpisodeAmendment.Clearable] = []
}

extension AmendOptions {
    /// Whether nothing is to be set right.
    var isEmpty: Bool {
        let texts = [
            call, callEnded, transferred, dispatched, arrived, lateReason, client, program, referralSource,
            presentingProblem, location, town, language, caregiverName, caregiverPhone, authority, transferFrom,
            transferRef,
        ]
        return texts.allSatisfy { $0 == nil } && mode == nil && accessChannel == nil && minorConsented == nil
            && isPart2 == nil && clear.isEmpty
    }

    /// What is both given and to be taken away.
    var contradiction: EpisodeAmendment.Clearable? {
        clear.first { field in
            switch field {
            case .callEnded: callEnded != nil
            case .transferred: transferred != nil
            case .dispatched: dispatched != nil
            case .arrived: arrived != nil
            case .lateReason: lateReason != nil
            case .location: location != nil
            case .town: town != nil
            case .language: language != nil
            case .caregiverName: caregiverName != nil
            case .caregiverPhone: caregiverPhone != nil
            case .accessChannel: accessChannel != nil
            case .authority: authority != nil
            case .transferFrom: transferFrom != nil
            case .transferRef: transferRef != nil
            }
        }
    }

    var names: [(name: String, text: String?)] {
        [("--caregiver-name", caregiverName), ("--caregiver-phone", caregiverPhone)]
    }

    func amendment(_ names: [String?], _ moments: Moments) throws -> EpisodeAmendment {
        var amendment = EpisodeAmendment(
            callReceivedAt: try call.map { try moments.instant($0, "--call") },
            transferredAt: try transferred.map { try moments.instant($0, "--transferred") },
            dispatchedAt: try dispatched.map { try moments.instant($0, "--dispatched") },
            arrivedAt: try arrived.map { try moments.instant($0, "--arrived") }
        )
        amendment.callEndedAt = try callEnded.map { try moments.instant($0, "--call-ended") }
        amendment.lateArrivalReason = lateReason
        amendment.mode = mode
        amendment.client = client
        amendment.program = program
        amendment.referralSource = referralSource
        amendment.presentingProblem = presentingProblem
        amendment.location = location
        amendment.town = town
        amendment.language = language
        amendment.caregiverName = names[0]
        amendment.caregiverPhone = names[1]
        amendment.minorConsented = minorConsented
        amendment.part2 = isPart2
        amendment.accessChannel = accessChannel
        amendment.authority = authority
        amendment.transferFrom = transferFrom
        amendment.transferRef = transferRef
        amendment.cleared = Set(clear)
        return amendment
    }
}
