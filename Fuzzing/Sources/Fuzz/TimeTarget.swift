import CivilTime
import CrisisCare

@testable import followup

/// Times, dates and case numbers as people type them: what is read is written as something that reads the same, and
/// what is refused is refused in the same words whatever was typed.
enum TimeTarget {
    private static let zone = certain("the zone") { try Zone(named: "America/New_York") }
    private static let now = Instant(seconds: 1_795_339_500)
    private static let moments = Moments(zone: zone, now: now)
    private static let words: Set<String> = Set(["", "9999-12-31T23:59:59-23:59", "+9999999d"].flatMap(refusals))

    static func test(_ input: [UInt8]) {
        if let instant = try? zone.parse(utf8: input.span) {
            require((try? zone.parse(zone.rfc3339(instant), now: now)) == instant, "an instant reads as it is written")
        }
        if let date = CivilDate(utf8: input.span) {
            require(CivilDate(date.description) == date, "a date reads as it is written")
            require(Array(date.description.utf8) == input, "a date has one text")
        }
        let text = String(decoding: input, as: UTF8.self)
        for refusal in refusals(of: text) {
            require(words.contains(refusal), "the words of a refusal hold nothing of what was typed")
        }
        if let number = CaseNumber(text) { require(number.description == text, "a case number has one text") }
    }

    private static func refusals(of text: String) -> [String] {
        var refusals: [String] = []
        do throws(Failure) {
            let instant = try moments.instant(text, "--at")
            require((try? zone.parse(zone.rfc3339(instant), now: now)) == instant, "an instant reads as it is written")
        } catch {
            // The clocks' change is told with both readings of the time.
            if error.rule == nil { refusals.append(error.text) }
        }
        do throws(Failure) {
            let date = try moments.date(text, "--on")
            require(CivilDate(date.description) == date, "a date reads as it is written")
        } catch {
            refusals.append(error.text)
        }
        do throws(Failure) {
            _ = try moments.start(text, "--since")
        } catch {
            if error.rule == nil { refusals.append(error.text) }
        }
        return refusals
    }
}
