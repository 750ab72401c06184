internal import Storage

/// What an exported file holds that has to be said beside it; its columns are fixed.
package struct ExportContents: Sendable {
    /// A row is of an episode under 42 CFR part 2.
    package var isPart2 = false
    /// Rows with a caregiver's name or phone number, of minor-consented care.
    package var withheldCaregivers = 0

    package init(isPart2: Bool = false) {
        self.isPart2 = isPart2
    }

    mutating func add(_ record: EpisodeRecord, showsCaregiver: Bool) {
        if record.part2 { isPart2 = true }
        guard showsCaregiver, record.minorConsented else { return }
        if !record.caregiverName.isEmpty || !record.caregiverPhone.isEmpty { withheldCaregivers += 1 }
    }
}
