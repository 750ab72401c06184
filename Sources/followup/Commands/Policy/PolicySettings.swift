internal import ArgumentParser
internal import CrisisCare
internal import Services

extension ResponseClock: ExpressibleByArgument {}

/// A number, or none of it: the program then has no such clock or limit.
enum OptionalCount: ExpressibleByArgument {
    case without
    case number(Int)

    init?(argument: String) {
        if argument == "none" {
            self = .without
            return
        }
        guard let count = Int(argument) else { return nil }
        self = .number(count)
    }

    var count: Int? {
        switch self {
        case .without: nil
        case .number(let count): count
        }
    }
}

enum YesOrNo: String, CaseIterable, ExpressibleByArgument {
    case yes
    case no
}

/// The settings of a policy that a command line changes; what it does not name stays.
struct PolicySettings: ParsableArguments {
    @Option(help: ArgumentHelp("From when the response counts.", valueName: "clock"))
    var responseClock: ResponseClock?

    @Option(help: ArgumentHelp("Within which an immediate response arrives.", valueName: "number or none"))
    var arrivalMinutes: OptionalCount?

    @Option(help: ArgumentHelp("Minutes of intake that do not count.", valueName: "number"))
    var arrivalAllowanceMinutes: OptionalCount?

    @Option(help: ArgumentHelp("Within which a deferred response arrives.", valueName: "number or none"))
    var deferredResponseHours: OptionalCount?

    @Option(help: ArgumentHelp("From the response to the first contact.", valueName: "number or none"))
    var firstContactHours: OptionalCount?

    @Option(help: ArgumentHelp("From a contact to the next.", valueName: "number or none"))
    var nextContactDays: OptionalCount?

    @Option(help: ArgumentHelp("From the response to the safety plan.", valueName: "number or none"))
    var safetyPlanDays: OptionalCount?

    @Option(help: ArgumentHelp("From a plan or review to the next review.", valueName: "number or none"))
    var planReviewDays: OptionalCount?

    @Option(help: ArgumentHelp("From sending a referral to its answer.", valueName: "number or none"))
    var referralAnswerBusinessDays: OptionalCount?

    @Option(help: ArgumentHelp("From a waiting list to the next answer.", valueName: "number or none"))
    var waitlistDays: OptionalCount?

    @Option(help: ArgumentHelp("From acceptance to the first appointment.", valueName: "number or none"))
    var firstAppointmentDays: OptionalCount?

    @Option(help: ArgumentHelp("Of the follow-up window.", valueName: "number or none"))
    var windowDays: OptionalCount?

    @Option(help: ArgumentHelp("That extensions may add in all.", valueName: "number"))
    var extensionDays: OptionalCount?

    @Option(help: ArgumentHelp("From a phone-only call to its closing.", valueName: "number"))
    var phoneOnlyCloseDays: OptionalCount?

    @Option(help: "Whether contact and plan clocks run for phone-only calls.")
    var phoneOnlyFollowUp: YesOrNo?

    @Option(help: ArgumentHelp("Attempts that allow \"unable to reach\".", valueName: "number"))
    var attemptsBeforeUnableToReach: OptionalCount?

    @Option(help: ArgumentHelp("Above which opening a case warns.", valueName: "years or none"))
    var oldestAge: OptionalCount?

    @Option(help: "Whether mobility leaves out police referrals.")
    var mobilityExcludesPolice: YesOrNo?
}

extension PolicySettings {
    /// In the order of `Policy.counts`.
    private var counts: [OptionalCount?] {
        [
            arrivalMinutes, deferredResponseHours, firstContactHours, nextContactDays, safetyPlanDays, planReviewDays,
            referralAnswerBusinessDays, waitlistDays, firstAppointmentDays, windowDays, oldestAge,
        ]
    }

    /// In the order of `Policy.limits`.
    private var limits: [OptionalCount?] {
        [arrivalAllowanceMinutes, extensionDays, phoneOnlyCloseDays, attemptsBeforeUnableToReach]
    }

    var isEmpty: Bool {
        responseClock == nil && phoneOnlyFollowUp == nil && mobilityExcludesPolice == nil
            && (counts + limits).allSatisfy { $0 == nil }
    }

    /// Refuses what no program can have: a limit that is none, a clock of nothing, a window of years.
    func validate() throws {
        for (setting, value) in zip(Policy.limits, limits) {
            try Self.check(setting.field, value, mayBeNone: false)
        }
        for (setting, value) in zip(Policy.counts, counts) { try Self.check(setting.field, value, mayBeNone: true) }
    }

    private static func check(_ field: String, _ value: OptionalCount?, mayBeNone: Bool) throws {
        let range = Policy.range(of: field)
        let isRight =
            switch value {
            case nil: true
            case .without: mayBeNone
            case .number(let count): range.contains(count)
            }
        guard isRight else {
            let numbers = "a number from \(range.lowerBound) to \(range.upperBound)"
            throw ValidationError("\(option(field)) takes \(numbers)\(mayBeNone ? ", or none" : "").")
        }
    }

    func set(_ policy: inout Policy) {
        if let responseClock { policy.responseClock = responseClock }
        for (setting, value) in zip(Policy.counts, counts) {
            if let value { policy[keyPath: setting.path] = value.count }
        }
        for (setting, value) in zip(Policy.limits, limits) {
            if let count = value?.count { policy[keyPath: setting.path] = count }
        }
        if let phoneOnlyFollowUp { policy.phoneOnlyFollowUp = phoneOnlyFollowUp == .yes }
        if let mobilityExcludesPolice { policy.mobilityExcludesPolice = mobilityExcludesPolice == .yes }
    }

    /// The option of a setting: `window_days` is `--window-days`.
    private static func option(_ field: String) -> String {
        "--" + field.replacing("_", with: "-")
    }
}
