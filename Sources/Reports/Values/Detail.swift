/// One record with its fields, and the lists and records that belong to it.
package struct Detail: Sendable {
    package struct Field: Sendable {
        package let column: Column
        package let cell: Cell
    }

    package struct Section: Sendable {
        package enum Content: Sendable {
            case listing(Listing)
            case detail(Detail)
        }

        package let key: String
        package let heading: String
        package let content: Content
    }

    package init() {}

    package private(set) var fields: [Field] = []
    package private(set) var sections: [Section] = []
    /// It shows something of an episode under 42 CFR part 2, and has no field that says so: its notice goes with it.
    package var isPart2 = false

    package mutating func add(_ key: String, _ heading: String, _ cell: Cell) {
        fields.append(Field(column: Column(key, heading), cell: cell))
    }

    package mutating func add(_ key: String, _ heading: String, _ listing: Listing) {
        sections.append(Section(key: key, heading: heading, content: .listing(listing)))
    }

    package mutating func add(_ key: String, _ heading: String, _ detail: Detail) {
        sections.append(Section(key: key, heading: heading, content: .detail(detail)))
    }
}
