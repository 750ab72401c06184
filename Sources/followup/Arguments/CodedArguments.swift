internal import ArgumentParser
internal import CrisisCare

// The codes that rules depend on, which no administrator can change, are checked before a database is opened.

extension ContactMode: ExpressibleByArgument {}
extension ContactResult: ExpressibleByArgument {}
extension ContactWith: ExpressibleByArgument {}
extension ResponseMode: ExpressibleByArgument {}
extension Sex: ExpressibleByArgument {}
extension AccessChannel: ExpressibleByArgument {}

extension CaseIterable where Self: RawRepresentable<String> {
    /// The codes as they are written, in the order in which they are offered.
    static var words: [String] { allCases.map(\.rawValue) }
}
