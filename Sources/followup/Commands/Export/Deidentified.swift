internal import Reports

extension ExportKind {
    /// The same file without anything that names a person, where there is one.
    var deidentified: DeidentifiedFile? {
        DeidentifiedFile(rawValue: rawValue)
    }
}

extension Console {
    /// Says what a de-identified file is without, before anything else is said; also with `--quiet`, because who hands
    /// the file on has to know it.
    func tellDeidentified() {
        let lines = [
            "de-identified by safe harbor (45 CFR 164.514(b)(2)). Left out: names, case numbers and all other references,",
            "towns and sites, clinicians, agencies, phone numbers, language, every note and other text, and of dates all",
            "but the year. Ages over 89 are one group, 90+. The rows are in no order of time.",
            "Whoever hands the file on must not know a way to tell who somebody in it is.",
        ]
        for line in lines { notice(line) }
    }
}
