extension Prompt {
    /// A longer list is shown only when asked for, so that it does not push the question's context off the screen;
    /// arbitrary.
    private static let longestShownList = 40

    /// Asks for one of the options, by its number, its name, or as many first letters as tell it from the others.
    ///
    /// - Parameter fallback: the index that an empty line stands for.
    /// - Returns: the index of the option.
    func choice(_ title: String, options: [String], default fallback: Int? = nil) throws(Failure) -> Int {
        // A question without an answer would be asked forever.
        precondition(!options.isEmpty, "a choice needs options")
        let isLong = options.count > Self.longestShownList
        if isLong {
            say("\(style.bold(title)): type the first letters, or ? for all \(options.count)")
        } else {
            say(style.bold(title))
            list(Array(options.indices), of: options)
        }
        while true {
            guard let typed = try answer(to: title, hint: fallback.map { options[$0] }) else { continue }
            switch Self.match(typed, options: options) {
            case _ where typed.isEmpty && fallback != nil:
                if let fallback { return fallback }
            case _ where typed == "?":
                list(Array(options.indices), of: options)
            case .one(let index):
                return index
            case .several(let indices):
                say("That fits more than one:")
                list(indices, of: options)
            case .none:
                say("That is none of them. Type a number or the first letters\(isLong ? ", or ? for all" : "").")
            }
        }
    }

    enum Match: Equatable {
        case none
        case one(Int)
        case several([Int])
    }

    /// What was typed, among the options: a whole name first, for a name may be a number (988); then a number; then
    /// the beginning of a name. Upper and lower case are alike.
    static func match(_ typed: String, options: [String]) -> Match {
        guard !typed.isEmpty else { return .none }
        let wanted = typed.lowercased()
        let names = options.map { $0.lowercased() }
        if let whole = names.firstIndex(of: wanted) { return .one(whole) }
        if let number = Int(wanted), options.indices.contains(number - 1) { return .one(number - 1) }
        let fitting = names.indices.filter { names[$0].hasPrefix(wanted) }
        if fitting.count > 1 { return .several(fitting) }
        return fitting.first.map(Match.one) ?? .none
    }

    private func list(_ indices: [Int], of options: [String]) {
        let width = String(options.count).count
        for index in indices {
            let number = String(index + 1)
            let margin = String(repeating: " ", count: 2 + width - number.count)
            say("\(margin)\(style.dim(number))  \(VisibleText.oneLine(options[index], ascii: true))")
        }
    }
}
