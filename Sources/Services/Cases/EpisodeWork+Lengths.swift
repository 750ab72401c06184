internal import CrisisCare
internal import Storage

extension EpisodeWork {
    /// Refuses what a person typed and the schema would not take. An import says the same with the line of its file.
    func checkLengths() throws(ServiceError) {
        for visit in visits {
            try TextLimit.note.check(visit.note, "the note")
            try TextLimit.reason.check(visit.overrideReason, "the reason")
        }
        for plan in plans { try Self.check(plan.content) }
        let reasons =
            voidedVisits.map(\.reason) + extensions.map(\.reason) + referralSteps.map(\.reason)
            + [record.lateArrivalReason, record.closingOverride, record.handoverReason, voidReason ?? ""]
        for reason in reasons { try TextLimit.reason.check(reason, "the reason") }
    }

    private static func check(_ content: PlanContent) throws(ServiceError) {
        for part in PlanPart.allCases where part.isList {
            for entry in content.lines(of: part) {
                try TextLimit.planEntry.check(entry, "an entry of \(part.rawValue)")
            }
        }
        try TextLimit.reason.check(content.copyGiven, "why no copy was given")
    }
}
