internal import CrisisCare

/// What was counted of one measure: of one episode, or of a group's episodes in a period.
package struct Tally: Sendable {
    /// By category; a measure without categories has one. Shorter than the categories when the last ones are empty.
    package private(set) var numerators: [Int] = []
    package private(set) var denominator = 0
    package private(set) var distribution: Distribution
    /// Clients by category: a client counts once, however many episodes.
    private var people: [[Int64]] = []

    package init(for measure: Measure) {
        distribution = Distribution(step: measure.unit == .minutes ? 60 : 1)
    }

    package func numerator(of category: Int = 0) -> Int {
        category < numerators.count ? numerators[category] : 0
    }

    /// Adds to a category, and what is added counts in the denominator too when there are categories to share it.
    mutating func add(_ count: Int = 1, to category: Int = 0) {
        if category >= numerators.count {
            numerators += repeatElement(0, count: category + 1 - numerators.count)
        }
        numerators[category] += count
    }

    /// Adds to the denominator.
    mutating func outOf(_ count: Int = 1) {
        denominator += count
    }

    /// Counts a share: one in the denominator, and in the numerator if so.
    mutating func count(_ isCounted: Bool) {
        denominator += 1
        add(isCounted ? 1 : 0)
    }

    /// Counts clocks that were met or have run out, each as a share.
    mutating func count(_ clocks: KeptClocks) {
        denominator += clocks.counted
        add(clocks.kept)
    }

    /// Counts one of a category of which the denominator is all.
    mutating func count(in category: Int) {
        denominator += 1
        add(to: category)
    }

    /// Adds a value whose median is wanted.
    mutating func add(value: Int) {
        denominator += 1
        distribution.add(value)
    }

    /// Adds a client, who counts once.
    mutating func add(person: ClientID, to category: Int = 0) {
        while people.count <= category { people.append([]) }
        people[category].append(person.value)
    }

    mutating func merge(_ other: Tally) {
        for (category, count) in other.numerators.enumerated() { add(count, to: category) }
        denominator += other.denominator
        distribution.merge(other.distribution)
        for (category, list) in other.people.enumerated() {
            while people.count <= category { people.append([]) }
            people[category] += list
        }
    }

    /// Puts the clients in order, which makes merging and counting them quick.
    mutating func sortClients() {
        for category in people.indices { people[category].sort() }
    }

    /// Counts the clients, once all are in.
    mutating func settle() {
        for category in people.indices {
            people[category].sort()
            let list = people[category]
            var count = 0
            for (index, person) in list.enumerated() where index == 0 || list[index - 1] != person { count += 1 }
            add(count, to: category)
            denominator += count
        }
        people = []
    }

    /// The clients that were added, before they are counted.
    var clients: [(category: Int, client: Int64)] {
        people.enumerated().flatMap { category, list in list.map { (category, $0) } }
    }
}
