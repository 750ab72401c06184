internal import CivilTime
internal import CrisisCare
internal import Services
internal import Storage

extension EpisodeSummary {
    /// The columns of `export summary`, on which scripts rely (cli.md).
    package static let columns = [
        "case_number", "source_ref", "client_ref", "program", "site", "clinician", "town", "age_at_call", "sex",
        "referral_source", "presenting_problem", "call_received_at", "response_mode", "arrived_at",
        "response_minutes", "arrival_met", "first_contact_at", "hours_to_first_contact", "contacts", "attempts",
        "plan_activated_at", "days_to_plan", "referrals", "referrals_connected", "window_ends_on", "extended",
        "discharged_on", "discharge_reason", "length_of_stay_days", "open", "overdue",
    ].map { Column($0, $0) }

    /// Puts the cells of the row in place of those of the row before.
    func write(to cells: inout [Cell], _ names: inout SummaryNames) {
        cells.removeAll(keepingCapacity: true)
        cells.append(.code(row.caseNumber.description))
        cells.append(.ifPresent(row.sourceRef, Cell.text))
        cells.append(.text(row.clientRef))
        cells.append(names.program(row.program))
        cells.append(names.site(row.site))
        cells.append(names.clinician(row.clinician))
        cells.append(names.code(row.town))
        cells.append(.ifPresent(age, Cell.int))
        cells.append(.code(row.sex.rawValue))
        cells.append(names.code(row.referralSource))
        cells.append(names.code(row.presentingProblem))
        cells.append(.instant(facts.callReceivedAt))
        cells.append(.code(facts.mode.rawValue))
        cells.append(.ifPresent(facts.arrivedAt, Cell.instant))
        cells.append(.ifPresent(responseSeconds) { .tenths(Rounding.tenths($0, over: 60)) })
        cells.append(.ifPresent(arrivalMet, Cell.bool))
        cells.append(.ifPresent(firstContactAt, Cell.instant))
        cells.append(.ifPresent(secondsToFirstContact) { .tenths(Rounding.tenths($0, over: 3600)) })
        cells.append(.int(contacts))
        cells.append(.int(attempts))
        cells.append(.ifPresent(firstPlanAt, Cell.instant))
        cells.append(.ifPresent(daysToPlan, Cell.int))
        cells.append(.int(referrals))
        cells.append(.int(referralsConnected))
        cells.append(.ifPresent(window?.lastDay, Cell.date))
        cells.append(.bool(window?.isExtended ?? false))
        cells.append(.ifPresent(facts.discharge?.on, Cell.date))
        cells.append(facts.discharge == nil ? .null : names.code(row.dischargeReason))
        cells.append(.ifPresent(lengthOfStay, Cell.int))
        cells.append(.bool(facts.discharge == nil))
        cells.append(.int(overdue))
    }
}

/// The cells of names that come again in every row, each looked up once.
struct SummaryNames {
    private let directory: Directory
    private var programs: [ProgramID: Cell] = [:]
    private var sites: [SiteID: Cell] = [:]
    private var clinicians: [StaffID: Cell] = [:]
    private var codes: [CodeID: Cell] = [:]

    init(_ directory: Directory) {
        self.directory = directory
    }

    mutating func program(_ id: ProgramID) -> Cell {
        Self.known(id, in: &programs) { .ifPresent(directory.policies.name(of: id), Cell.code) }
    }

    mutating func site(_ id: SiteID) -> Cell {
        Self.known(id, in: &sites) { .text(directory.siteName(id)) }
    }

    mutating func clinician(_ id: StaffID) -> Cell {
        Self.known(id, in: &clinicians) { .text(directory.login(id)) }
    }

    mutating func code(_ id: CodeID?) -> Cell {
        guard let id else { return .null }
        return Self.known(id, in: &codes) { .ifPresent(directory.codes.text(id), Cell.code) }
    }

    private static func known<ID: Hashable>(_ id: ID, in cells: inout [ID: Cell], _ make: () -> Cell) -> Cell {
        if let cell = cells[id] { return cell }
        let cell = make()
        cells[id] = cell
        return cell
    }
}
