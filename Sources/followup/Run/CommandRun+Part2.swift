internal import CrisisCare
internal import Reports

extension CommandRun {
    /// Says the notice of 42 CFR part 2 beside what is shown of such an episode, where no field of it does.
    func tellPart2(_ isPart2: Bool) {
        if isPart2 { console.warn(Part2Notice.text) }
    }

    /// Says what an exported file holds, and writes the notice of 42 CFR part 2 beside a file: its columns are fixed.
    ///
    /// The notice is written first: there is no moment at which the file stands without it.
    func tell(_ contents: ExportContents, beside output: String?, sparing spared: SparedFiles) throws {
        tellPart2(contents.isPart2)
        if contents.withheldCaregivers > 0 {
            let cases = contents.withheldCaregivers == 1 ? "1 case" : "\(contents.withheldCaregivers) cases"
            console.warn(
                "the file holds the caregiver's name or phone number of \(cases) of minor-consented care, because it "
                    + "is the record itself. See to it that nothing of it goes to a caregiver."
            )
        }
        guard contents.isPart2, let output, output != "-" else { return }
        let notice = try OutputSink.open(output + ".part2-notice.txt", sparing: spared)
        try notice.write(Part2Notice.text + "\n")
        try notice.finish()
    }
}
