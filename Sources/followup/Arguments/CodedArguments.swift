internal import ArgumentParser
internal import CrisisCare

// The codes that rules depend on, which no administrator can change, are checked before a database is opened.

extension ContactMode: ExpressibleByArgument {}
extension ContactResult: ExpressibleByArgument {}
extension ContactWith: ExpressibleByArgument {}
extension ResponseMode: ExpressibleByArgument {
    /// The code, or the word by which it is spoken of: `phone`, `deferred`.
    init?(argument: String) {
        let spoken: [String: ResponseMode] = ["phone": .phone, "non-mobile": .phone, "deferred": .deferredMobile]
        guard let mode = ResponseMode(rawValue: argument) ?? spoken[argument.lowercased()] else { return nil }
        self = mode
    }
}
extension Sex: ExpressibleByArgument {}
extension AccessChannel: ExpressibleByArgument {}

extension CaseIterable where Self: RawRepresentable<String> {
    /// The codes as they are written, in the order in which they are offered.
    static var words: [String] { allCases.map { $0.rawValue } }
}

// What ArgumentParser says of such a value by itself, it finds out through key paths at several times the cost.
extension ExpressibleByArgument where Self: CaseIterable & RawRepresentable<String> {
    static var allValueStrings: [String] { words }
    static var allValueDescriptions: [String: String] { [:] }
    var defaultValueDescription: String { rawValue }
}
