package import CivilTime

/// Ages in whole years.
package enum Age {
    /// The birthdays between two days; a birthday on 29 February counts on 1 March in common years.
    package static func years(from birthDate: CivilDate, to day: CivilDate) -> Int {
        let (birth, now) = (birthDate.components, day.components)
        let hadBirthday = (now.month, now.day) >= (birth.month, birth.day)
        return now.year - birth.year - (hadBirthday ? 0 : 1)
    }
}
