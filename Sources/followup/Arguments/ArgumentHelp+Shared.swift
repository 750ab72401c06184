internal import ArgumentParser

/// What several commands say in the same words. The arguments stand in the commands themselves, because an option group
/// of one would cost each start what five options cost (decision 0011).
extension ArgumentHelp {
    /// The case that a command is about.
    static let caseNumber = ArgumentHelp("The case number, such as 2026-00042.", valueName: "case")

    /// Of every command that writes.
    static let dryRun = ArgumentHelp("Check everything and keep nothing.")

    /// When something happened.
    static let time = ArgumentHelp("When; local time, or with an offset.", valueName: "time")

    /// The instant for which a command answers.
    static let asOf = ArgumentHelp("Answer as the facts stood then (default: now).", valueName: "time")

    // What a list of cases is narrowed to.
    static let onlyClinician = ArgumentHelp("Only cases of this clinician.", valueName: "login")
    static let onlySite = ArgumentHelp("Only cases of this site.", valueName: "name")
    static let onlyProgram = ArgumentHelp("Only cases of this program.", valueName: "name")
}
