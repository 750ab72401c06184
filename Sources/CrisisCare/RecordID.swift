/// The key of one stored record: 63 bits, made by the program, ascending in the order of entry.
///
/// The phantom `Record` keeps a visit's key from being used where a referral's is meant.
package struct RecordID<Record>: Hashable, Comparable, Sendable {
    package let value: Int64

    package init(_ value: Int64) {
        self.value = value
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.value < right.value
    }
}

/// Records that the rules only point at; they have no shape here.
package enum StaffMember {}
package enum Site {}
package enum Program {}
package enum Client {}
/// An entry of a `CodeList`.
package enum Code {}

package typealias EpisodeID = RecordID<EpisodeHistory>
package typealias StaffID = RecordID<StaffMember>
package typealias SiteID = RecordID<Site>
package typealias ProgramID = RecordID<Program>
package typealias ClientID = RecordID<Client>
package typealias CodeID = RecordID<Code>
