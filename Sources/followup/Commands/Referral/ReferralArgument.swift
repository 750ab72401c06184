internal import ArgumentParser
internal import CivilTime
internal import CrisisCare
internal import Reports
internal import Services

/// The referral that a command is about: the case, and the referral's own reference within it.
struct ReferralArgument: ParsableArguments {
    @Argument(help: .caseNumber, completion: Completions.openCases)
    var caseNumber: String?

    @Argument(help: ArgumentHelp("The referral's reference within the case: 1, 2, 3.", valueName: "ref"))
    var ref: String?

    var isIncomplete: Bool { caseNumber == nil || ref == nil }

    mutating func complete(_ questions: inout Questions) throws {
        try questions.caseNumber(&caseNumber)
        try questions.line(&ref, "Referral")
    }

    func required(_ run: CommandRun) throws -> (caseNumber: String, ref: String) {
        let number = try run.required(caseNumber: caseNumber)
        let hint = "Give its reference: followup referral list \(number) shows it."
        return (number, try Required.text(ref, "<ref>", hint: hint))
    }
}

/// A fact that is or is not so.
enum YesNo: String, CaseIterable, ExpressibleByArgument {
    case yes
    case no
}

extension CommandRun {
    /// Takes a referral further by the steps that a command stands for.
    func advance(
        _ action: String,
        _ argument: ReferralArgument,
        isDryRun: Bool,
        _ steps: (Moments) throws -> [ReferralStep]
    ) throws {
        let (number, ref) = try argument.required(self)
        var state = ReferralState.identified
        var warnings: [String] = []
        try change(action, "referral updated", isDryRun: isDryRun) { session, moments in
            let steps = try steps(moments)
            if steps.contains(where: { step in step.appointmentAt.map { $0 < step.at } ?? false }) {
                warnings.append("the appointment lies before this step; check its date, or give --at")
            }
            let result = try session.advanceReferral(number, ref, steps, action: action, isDryRun: isDryRun)
            state = result.state
            return result.change
        } adding: { _, receipt in
            receipt.add("referral_ref", "Referral", .code(ref))
            receipt.add("status", "Status", .code(state.rawValue))
        }
        for warning in warnings { console.warn(warning) }
    }

    /// The same for a command that is one step without a choice.
    func advance(
        _ action: String,
        _ argument: inout ReferralArgument,
        to state: ReferralState,
        at time: String,
        isDryRun: Bool
    ) throws {
        var asked = argument
        try ask(when: argument.isIncomplete) { try asked.complete(&$0) }
        argument = asked
        try advance(action, argument, isDryRun: isDryRun) { [ReferralStep(state, at: try $0.instant(time, "--at"))] }
    }
}
