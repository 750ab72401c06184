internal import CivilTime
internal import CrisisCare
internal import Services
internal import Storage

/// The cells of one row of a caseload's file, in the order of its columns.
enum CaseloadRow {
    static func episode(_ record: EpisodeRecord, _ client: ClientRecord, _ directory: Directory) -> [Cell] {
        let codes = directory.codes
        func code(_ id: CodeID?) -> Cell { .ifPresent(codes.text(id), Cell.code) }
        return [
            .text(record.caseRef), .text(client.clientRef), .text(client.firstName), .text(client.lastName),
            .ifPresent(client.birthDate, Cell.date), .code(client.sex.rawValue), code(record.town),
            .text(record.language), .text(record.caregiverName), .text(record.caregiverPhone),
            .ifPresent(directory.policies.name(of: record.program), Cell.code), .text(directory.siteName(record.site)),
            .text(directory.login(record.clinician)), code(record.referralSource), code(record.presentingProblem),
            .code(record.mode.rawValue), code(record.location), .instant(record.callReceivedAt),
            .ifPresent(record.transferredAt, Cell.instant), .ifPresent(record.dispatchedAt, Cell.instant),
            .ifPresent(record.arrivedAt, Cell.instant), .bool(record.minorConsented), .bool(record.part2),
            .ifPresent(record.discharge?.on, Cell.date), code(record.dischargeReason),
        ]
    }

    static func windowExtension(_ record: ExtensionRecord, of episode: EpisodeRecord, _ directory: Directory) -> [Cell]
    {
        [
            .text(episode.caseRef), .instant(record.windowExtension.grantedAt), .date(record.windowExtension.newEnd),
            .text(directory.login(record.approvedBy)), .text(record.reason),
        ]
    }

    static func plan(_ record: PlanRecord, of episode: EpisodeRecord, _ directory: Directory) -> [Cell] {
        let content = record.content
        func step(_ step: PlanStep) -> Cell { .text(PlanEntries.join(content.entries[step] ?? [])) }
        return [
            .text(episode.caseRef), .instant(record.version.activatedAt), .text(directory.login(record.author)),
            .ifPresent(directory.codes.text(record.reason), Cell.code), step(.warningSigns), step(.coping),
            step(.distraction), step(.helpers), step(.professionals), step(.safeEnvironment),
            .text(content.lethalMeans.map(\.text).joined(separator: ";")), .ifPresent(content.youthTookPart, Cell.bool),
            .ifPresent(content.caregiverTookPart, Cell.bool), .text(content.copyGiven),
            .ifPresent(content.reviewOn, Cell.date),
        ]
    }

    static func visit(_ record: VisitRecord, of episode: EpisodeRecord, _ directory: Directory) -> [Cell] {
        let visit = record.visit
        return [
            .text(episode.caseRef), .instant(visit.at), .code(visit.mode.rawValue), .code(visit.result.rawValue),
            .code(visit.with.rawValue), .ifPresent(record.minutes, Cell.int), .text(directory.login(record.clinician)),
            .text(record.note),
        ]
    }

    static func referral(_ record: ReferralRecord, of episode: EpisodeRecord, _ directory: Directory) -> [Cell] {
        let referral = record.referral
        return [
            .text(episode.caseRef), .text(record.ref), .ifPresent(directory.codes.text(record.serviceType), Cell.code),
            .text(record.agency), .ifPresent(referral.reached(.sent), Cell.instant), .code(referral.state.rawValue),
            .ifPresent(referral.answeredAt, Cell.instant), .ifPresent(referral.appointmentAt, Cell.instant),
            .ifPresent(referral.reached(.attended), Cell.instant), .ifPresent(record.warmHandoff, Cell.bool),
        ]
    }
}
