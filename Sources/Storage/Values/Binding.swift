package import CivilTime
package import CrisisCare
package import SQLite

// How the values of the practice become parameters of a statement.
extension SQL.StringInterpolation {
    package mutating func appendInterpolation(_ value: Instant) { appendInterpolation(value.seconds) }
    package mutating func appendInterpolation(_ value: Instant?) { appendInterpolation(value?.seconds) }
    package mutating func appendInterpolation(_ value: CivilDate) { appendInterpolation(value.dayNumber) }
    package mutating func appendInterpolation(_ value: CivilDate?) { appendInterpolation(value?.dayNumber) }
    package mutating func appendInterpolation(_ value: CaseNumber) { appendInterpolation(value.order) }
    package mutating func appendInterpolation<Record>(_ value: RecordID<Record>) { appendInterpolation(value.value) }
    package mutating func appendInterpolation<Record>(_ value: RecordID<Record>?) { appendInterpolation(value?.value) }
    package mutating func appendInterpolation<Code: RawRepresentable<String>>(_ value: Code) {
        appendInterpolation(value.rawValue)
    }
    package mutating func appendInterpolation<Code: RawRepresentable<String>>(_ value: Code?) {
        appendInterpolation(value?.rawValue)
    }
}
