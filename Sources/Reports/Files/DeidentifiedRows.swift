internal import CivilTime
internal import CrisisCare
internal import Services
internal import SQLite
internal import Storage

/// Which files can be written without anything that names a person.
package enum DeidentifiedFile: String, CaseIterable, Sendable {
    case summary
    case episodes
    case extensions
    case visits
    case plans
    case referrals

    package var columns: [Column] {
        let keys =
            switch self {
            case .summary:
                [
                    "call_year", "program", "age_at_call", "sex", "referral_source", "presenting_problem",
                    "response_mode", "response_minutes", "arrival_met", "hours_to_first_contact", "contacts",
                    "attempts", "days_to_plan", "referrals", "referrals_connected", "extended", "discharge_year",
                    "discharge_reason", "length_of_stay_days", "open", "overdue",
                ]
            case .episodes:
                [
                    "call_year", "program", "age_at_call", "sex", "referral_source", "presenting_problem",
                    "response_mode", "location", "discharge_year", "discharge_reason",
                ]
            case .extensions: ["granted_year", "days"]
            case .visits: ["year", "mode", "result", "with", "minutes"]
            case .plans: ["activated_year", "reason", "youth_took_part", "caregiver_took_part", "copy_given"]
            case .referrals: ["sent_year", "service_type", "status", "days_to_answer", "warm_handoff"]
            }
        return keys.map { Column($0, $0) }
    }
}

/// The cells of de-identified rows: 45 CFR 164.514(b)(2), safe harbor.
///
/// Of dates the year alone, no place smaller than the state and so neither town nor site, ages over 89 as one, no
/// name, number or reference of anybody, and no text that a person wrote. Spans of time are kept: they are no dates.
struct DeidentifiedRows {
    let context: RuleContext

    func summary(_ summary: borrowing EpisodeSummary) -> [Cell] {
        let (row, outline) = (summary.row, summary.outline)
        return [
            .int(summary.callDay.year), program(row.program), age(summary.age),
            .code(row.sex.rawValue), code(row.referralSource), code(row.presentingProblem),
            .code(row.mode.rawValue),
            .ifPresent(summary.responseSeconds) { .tenths(Rounding.tenths($0, over: 60)) },
            .ifPresent(outline.arrival, Cell.bool),
            .ifPresent(summary.secondsToFirstContact) { .tenths(Rounding.tenths($0, over: 3600)) },
            .int(outline.contacts), .int(outline.attempts), .ifPresent(summary.daysToPlan, Cell.int),
            .int(outline.referrals), .int(outline.referralsConnected), .bool(outline.isWindowExtended),
            .ifPresent(summary.dischargedOn) { .int($0.year) },
            summary.isOpen ? .null : code(row.dischargeReason),
            .ifPresent(summary.lengthOfStay, Cell.int), .bool(summary.isOpen), .int(outline.overdue),
        ]
    }

    func rows<Mode>(
        of file: DeidentifiedFile,
        _ record: EpisodeRecord,
        in db: borrowing Access<Mode>
    ) throws -> [[Cell]] {
        switch file {
        case .summary:
            // Made by `summary`.
            return []
        case .episodes:
            guard let client = try ClientStore.find(record.client, in: db) else { return [] }
            return [episode(record, client)]
        case .extensions:
            return try ExtensionStore.records(of: record.id, in: db).map { record in
                [
                    year(record.windowExtension.grantedAt),
                    .int(record.windowExtension.newEnd.days(since: record.previousEnd)),
                ]
            }
        case .visits:
            return try VisitStore.records(of: record.id, in: db).map { record in
                [
                    year(record.visit.at), .code(record.visit.mode.rawValue), .code(record.visit.result.rawValue),
                    .code(record.visit.with.rawValue), .ifPresent(record.minutes, Cell.int),
                ]
            }
        case .plans:
            return try PlanStore.active(of: record.id, in: db).map { plan in
                [
                    [
                        year(plan.version.activatedAt), code(plan.reason),
                        .ifPresent(plan.content.youthTookPart, Cell.bool),
                        .ifPresent(plan.content.caregiverTookPart, Cell.bool), .bool(plan.content.copyGiven == "yes"),
                    ]
                ]
            } ?? []
        case .referrals:
            return try ReferralStore.records(of: record.id, in: db).map(referral)
        }
    }

    private func episode(_ record: EpisodeRecord, _ client: ClientRecord) -> [Cell] {
        let day = context.zone.date(of: record.callReceivedAt)
        return [
            year(record.callReceivedAt), program(record.program),
            age(client.birthDate.map { Age.years(from: $0, to: day) }), .code(client.sex.rawValue),
            code(record.referralSource), code(record.presentingProblem), .code(record.mode.rawValue),
            code(record.location), .ifPresent(record.discharge) { .int($0.on.year) }, code(record.dischargeReason),
        ]
    }

    private func referral(_ record: ReferralRecord) -> [Cell] {
        let referral = record.referral
        let sent = referral.reached(.sent)
        let days = sent.flatMap { sent in
            referral.answeredAt.map { context.zone.date(of: $0).days(since: context.zone.date(of: sent)) }
        }
        return [
            .ifPresent(sent, year), code(record.serviceType), .code(referral.state.rawValue),
            .ifPresent(days, Cell.int), .ifPresent(record.warmHandoff, Cell.bool),
        ]
    }

    private func year(_ instant: Instant) -> Cell {
        .int(context.zone.date(of: instant).year)
    }

    /// From 90 on ages are one group (45 CFR 164.514(b)(2)(i)(C)).
    private func age(_ years: Int?) -> Cell {
        .ifPresent(years) { $0 > 89 ? .code("90+") : .int($0) }
    }

    private func program(_ id: ProgramID) -> Cell {
        .ifPresent(context.directory.policies.name(of: id), Cell.code)
    }

    private func code(_ id: CodeID?) -> Cell {
        .ifPresent(context.directory.codes.text(id), Cell.code)
    }
}
