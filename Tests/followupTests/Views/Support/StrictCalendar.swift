import Foundation

/// A second reading of RFC 5545, written without a look at the writer: it refuses whatever the standard does not allow.
struct StrictCalendar {
    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    struct Property {
        let name: String
        let parameters: [String: String]
        let value: String
    }

    /// A component with its properties, in the order of the file.
    struct Component {
        let name: String
        var properties: [Property] = []
        var components: [Component] = []

        func all(_ name: String) -> [Property] { properties.filter { $0.name == name } }
        func value(_ name: String) -> String? { all(name).first?.value }
    }

    struct Event {
        let uid: String
        let stamp: Date
        let modified: Date
        /// The days of an all-day entry, the second exclusive; `nil` for one at an instant.
        let days: (first: String, end: String)?
        let instant: Date?
        let summary: String
        let description: String
        let isOverdue: Bool
        /// Triggers in seconds from the start.
        let alarms: [Int]

        /// The part of the summary before its colon.
        var caseNumber: String { String(summary.prefix { $0 != ":" }) }
        /// The deadline's code, as it stands in the UID between the case number and the key.
        var kind: String {
            uid.dropFirst(caseNumber.count + 1).prefix { $0 != "@" }.split(separator: "-").dropLast()
                .joined(separator: "-")
        }
    }

    let root: Component
    let events: [Event]

    init(_ data: Data) throws {
        root = try Self.component(Self.contentLines(data))
        guard root.name == "VCALENDAR" else { throw Broken(description: "not a calendar") }
        try Self.require(root, once: ["PRODID", "VERSION"], atMostOnce: ["CALSCALE", "METHOD", "X-WR-CALNAME"])
        guard root.value("VERSION") == "2.0", root.value("CALSCALE") ?? "GREGORIAN" == "GREGORIAN" else {
            throw Broken(description: "not version 2.0 of the Gregorian calendar")
        }
        guard !root.components.isEmpty else { throw Broken(description: "a calendar has a component") }
        events = try root.components.filter { $0.name == "VEVENT" }.map(Self.event)
        guard Set(events.map(\.uid)).count == events.count else { throw Broken(description: "a UID comes twice") }
    }

    // MARK: Section 3.1: lines

    /// The unfolded lines.
    static func contentLines(_ data: Data) throws -> [String] {
        var lines: [[UInt8]] = []
        var line: [UInt8] = []
        var rest = Array(data)[...]
        while let byte = rest.popFirst() {
            guard byte == 13 else {
                guard byte != 10, byte >= 32 || byte == 9, byte != 127 else {
                    throw Broken(description: "a control character, or a line feed by itself")
                }
                line.append(byte)
                continue
            }
            guard rest.popFirst() == 10 else { throw Broken(description: "a carriage return by itself") }
            guard !line.isEmpty, line.count <= 75 else { throw Broken(description: "\(line.count) octets in a line") }
            guard String(validating: line, as: UTF8.self) != nil else {
                throw Broken(description: "a character is broken in two")
            }
            if line[0] == 32 || line[0] == 9 {
                guard let last = lines.popLast() else { throw Broken(description: "a fold before the first line") }
                lines.append(last + line.dropFirst())
            } else {
                lines.append(line)
            }
            line = []
        }
        guard line.isEmpty else { throw Broken(description: "the last line has no end") }
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func property(_ line: String) throws -> Property {
        // No value of these files has a quote in its parameters, which would hide a colon.
        guard let colon = line.firstIndex(of: ":") else { throw Broken(description: "a line without a colon") }
        let parts = line[..<colon].split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        let isName = parts[0].allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "-") }
        guard isName, !parts[0].isEmpty else { throw Broken(description: "no name before the colon") }
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2, parameters.updateValue(pair[1], forKey: pair[0]) == nil else {
                throw Broken(description: "a parameter that is none, or comes twice")
            }
        }
        return Property(name: parts[0], parameters: parameters, value: String(line[line.index(after: colon)...]))
    }

    private static func component(_ lines: [String]) throws -> Component {
        var open: [Component] = []
        for (index, line) in lines.enumerated() {
            let property = try property(line)
            switch property.name {
            case "BEGIN":
                open.append(Component(name: property.value))
            case "END":
                guard let done = open.popLast(), done.name == property.value else {
                    throw Broken(description: "an END of another component")
                }
                if open.isEmpty {
                    guard index == lines.count - 1 else { throw Broken(description: "something after the end") }
                    return done
                }
                open[open.count - 1].components.append(done)
            default:
                guard !open.isEmpty else { throw Broken(description: "a property outside") }
                guard open[open.count - 1].components.isEmpty else {
                    throw Broken(description: "a property after a component")
                }
                open[open.count - 1].properties.append(property)
            }
        }
        throw Broken(description: "a component is not ended")
    }

    private static func require(_ component: Component, once: [String], atMostOnce: [String]) throws {
        for name in once where component.all(name).count != 1 {
            throw Broken(description: "\(component.name) needs one \(name)")
        }
        for name in atMostOnce where component.all(name).count > 1 {
            throw Broken(description: "\(component.name) has two of \(name)")
        }
        let known = Set(once + atMostOnce)
        if let other = component.properties.first(where: { !known.contains($0.name) }) {
            throw Broken(description: "\(component.name) has \(other.name)")
        }
    }

    // MARK: Sections 3.6.1 and 3.6.6: events and alarms

    private static func event(_ component: Component) throws -> Event {
        try require(
            component,
            once: ["UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "CATEGORIES", "LAST-MODIFIED"],
            atMostOnce: ["DTEND", "CLASS", "TRANSP"]
        )
        guard component.value("CLASS") == "CONFIDENTIAL", component.value("TRANSP") == "TRANSPARENT",
            let start = component.all("DTSTART").first, let uid = component.value("UID"), uid.hasSuffix("@followup"),
            let category = component.value("CATEGORIES"), ["DUE", "OVERDUE"].contains(category)
        else { throw Broken(description: "an event is not as it should be") }
        var days: (String, String)?
        var instant: Date?
        if start.parameters == ["VALUE": "DATE"] {
            guard let end = component.all("DTEND").first, end.parameters == start.parameters else {
                throw Broken(description: "an all-day event ends on a day")
            }
            let first = try date(start.value)
            guard try date(end.value) > first else { throw Broken(description: "an event ends before it begins") }
            days = (start.value, end.value)
        } else {
            guard start.parameters.isEmpty, component.all("DTEND").isEmpty else {
                throw Broken(description: "an event at an instant has no end of its own")
            }
            instant = try Self.instant(start.value)
        }
        return Event(
            uid: uid,
            stamp: try Self.instant(component.value("DTSTAMP") ?? ""),
            modified: try Self.instant(component.value("LAST-MODIFIED") ?? ""),
            days: days,
            instant: instant,
            summary: try text(component.value("SUMMARY") ?? ""),
            description: try text(component.value("DESCRIPTION") ?? ""),
            isOverdue: category == "OVERDUE",
            alarms: try component.components.map(alarm)
        )
    }

    private static func alarm(_ component: Component) throws -> Int {
        guard component.name == "VALARM" else { throw Broken(description: "not an alarm") }
        try require(component, once: ["ACTION", "TRIGGER", "DESCRIPTION"], atMostOnce: [])
        guard component.value("ACTION") == "DISPLAY", let trigger = component.value("TRIGGER"),
            let match = trigger.wholeMatch(of: /(-?)PT(?:(\d+)H)?(?:(\d+)M)?/)
        else { throw Broken(description: "an alarm is not as it should be") }
        let seconds = (match.2.flatMap { Int($0) } ?? 0) * 3600 + (match.3.flatMap { Int($0) } ?? 0) * 60
        return match.1.isEmpty ? seconds : -seconds
    }

    // MARK: Section 3.3: values

    private static func date(_ text: String) throws -> Date {
        guard text.wholeMatch(of: /\d{8}/) != nil else { throw Broken(description: "not a date") }
        return try instant(text + "T000000Z")
    }

    private static func instant(_ text: String) throws -> Date {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "yyyyMMdd'T'HHmmss'Z'"
        formatter.isLenient = false
        guard text.wholeMatch(of: /\d{8}T\d{6}Z/) != nil, let date = formatter.date(from: text) else {
            throw Broken(description: "not an instant in UTC")
        }
        return date
    }

    private static func text(_ value: String) throws -> String {
        var text = ""
        var rest = value[...]
        while let character = rest.popFirst() {
            switch character {
            case "\\":
                switch rest.popFirst() {
                case "n", "N": text += "\n"
                case "\\": text += "\\"
                case ";": text += ";"
                case ",": text += ","
                default: throw Broken(description: "an escape that is none")
                }
            case ";", ",": throw Broken(description: "a comma or semicolon that is not escaped")
            default: text.append(character)
            }
        }
        return text
    }
}
