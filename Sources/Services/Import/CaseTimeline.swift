internal import CivilTime
internal import CrisisCare
internal import Storage

/// The rows of one case in the order in which they are applied: by their instants, at one instant by kind, then by line.
struct CaseTimeline {
    enum Event {
        case transfer
        case dispatch
        case arrival
        case `extension`(RowCells, NewExtension)
        case plan(RowCells, NewPlan)
        case visit(RowCells, NewVisit)
        case referral(RowCells, NewReferral)
        case discharge(NewDischarge)

        /// The caseload files' description: call, transfer, dispatch, arrival, extension, plan, visit, referral,
        /// discharge last.
        fileprivate var rank: Int {
            switch self {
            case .transfer: 1
            case .dispatch: 2
            case .arrival: 3
            case .extension: 4
            case .plan: 5
            case .visit: 6
            case .referral: 7
            case .discharge: 8
            }
        }
    }

    private var events: [(at: Instant, line: Int, event: Event)] = []

    mutating func add(_ event: Event, at instant: Instant, line: Int = 0) {
        events.append((instant, line, event))
    }

    var inOrder: [(at: Instant, event: Event)] {
        // Places are sorted, not events: to move one costs more than to compare two.
        let keys = events.map { ($0.at, $0.event.rank, $0.line) }
        return events.indices.sorted { keys[$0] < keys[$1] }.map { (events[$0].at, events[$0].event) }
    }
}
