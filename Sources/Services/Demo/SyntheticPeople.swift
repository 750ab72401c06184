internal import CivilTime
internal import CrisisCare

/// A child of a synthetic caseload. Nobody real is meant: most names are made of syllables.
struct SyntheticPerson {
    let firstName: String
    let lastName: String
    let birthDate: CivilDate
    let sex: Sex

    private static let firstStarts = [
        "Al", "Bel", "Cor", "Dar", "El", "Fen", "Gil", "Har", "Il", "Jor", "Kel", "Lor", "Mar", "Nor", "Or", "Per",
        "Ros", "Sel", "Tam", "Ul", "Vin", "Wen", "Yas", "Zan",
    ]
    private static let firstEnds = ["a", "an", "ea", "el", "ia", "in", "is", "o", "on", "ora", "us", "y"]
    private static let lastStarts = [
        "Bar", "Cal", "Dun", "Er", "Fal", "Gar", "Hol", "In", "Jan", "Kar", "Lin", "Mor", "Nel", "Ol", "Pen", "Quin",
        "Ran", "Sor", "Tol", "Ur", "Val", "Wes", "Yar", "Zel",
    ]
    private static let lastMiddles = [
        "", "a", "be", "co", "da", "e", "fi", "ga", "i", "lo", "mi", "ne", "o", "ri", "va",
    ]
    private static let lastEnds = [
        "bell", "berg", "by", "cott", "dale", "den", "ez", "feld", "ford", "ham", "ian", "ini", "kin", "ley", "man",
        "more", "ov", "sen", "ski", "son", "ton", "wick", "wood", "yama",
    ]

    /// - Parameter random: from the person's own seed, so that who comes again is the same person.
    /// - Parameter first: about when the person first comes.
    init(_ random: inout SeededRandom, first: CivilDate) {
        let isPlain = random.chance(90)
        firstName =
            isPlain
            ? random.pick(Self.firstStarts) + random.pick(Self.firstEnds) : random.pick(DemoPeople.firstNames)
        lastName =
            isPlain
            ? random.pick(Self.lastStarts) + random.pick(Self.lastMiddles) + random.pick(Self.lastEnds)
            : random.pick(DemoPeople.lastNames)
        birthDate = first.adding(days: -Int.random(in: (4 * 365)...(16 * 365), using: &random))
        sex = random.chance(53) ? .female : .male
    }
}

/// The sites of a synthetic caseload; a larger one has more of them.
struct SyntheticSites {
    let count: Int

    private static let names = [
        "Hartford", "New Britain", "Meriden", "Waterbury", "Danbury", "Torrington", "Bridgeport", "Norwalk",
        "Stamford", "New Haven", "Manchester", "Middletown", "Norwich", "Willimantic",
    ]
    /// Episodes of a year for which a site more is made: about what one team answers.
    private static let episodesPerYear = 10_000
    static let cliniciansPerSite = 11

    init(episodesPerYear: Int) {
        count = max(Self.names.count, episodesPerYear / Self.episodesPerYear)
    }

    func name(_ index: Int) -> String {
        index < Self.names.count ? Self.names[index] : "Site \(index + 1)"
    }
}
