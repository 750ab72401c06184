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
        for visit in voidedVisits { try Self.check(reason: visit.reason) }
        for granted in extensions { try Self.check(reason: granted.reason) }
        for step in referralSteps { try Self.check(reason: step.reason) }
        try Self.check(reason: record.lateArrivalReason)
        try Self.check(reason: record.closingOverride)
        try Self.check(reason: record.handoverReason)
        try Self.check(reason: voidReason ?? "")
    }

    private static func check(reason: String) throws(ServiceError) {
        try TextLimit.reason.check(reason, "the reason")
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
