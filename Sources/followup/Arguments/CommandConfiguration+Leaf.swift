internal import ArgumentParser

extension CommandConfiguration {
    /// A command that does something itself, and has none below it.
    ///
    /// Where such a command is parsed alone, the parser would first look for a request of completion scripts, at half
    /// the cost of the parsing. It does not for the command of another program, which is what the name above says. A
    /// request is understood all the same: what a command cannot parse alone goes to the whole program's parser.
    static func leaf(commandName: String, abstract: String, discussion: String = "") -> CommandConfiguration {
        CommandConfiguration(
            commandName: commandName,
            _superCommandName: "followup",
            abstract: abstract,
            discussion: discussion
        )
    }
}
