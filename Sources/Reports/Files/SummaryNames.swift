internal import CrisisCare
internal import Services
internal import Storage

/// The names in the rows of a summary, each looked up once.
struct SummaryNames: Sendable {
    private(set) var names = RecurringNames()
    private let directory: Directory
    private var programs = PlaceTable()
    private var sites = PlaceTable()
    private var clinicians = PlaceTable()
    private var codes = PlaceTable()
    private let sexes: [Int]
    private let modes: [Int]

    init(_ directory: Directory) {
        self.directory = directory
        var names = RecurringNames()
        sexes = Sex.allCases.map { names.add(.code($0.rawValue)) }
        modes = ResponseMode.allCases.map { names.add(.code($0.rawValue)) }
        self.names = names
    }

    mutating func program(_ id: ProgramID) -> Int {
        programs.place(id.value) { names.add(.ifPresent(directory.policies.name(of: id), Cell.code)) }
    }

    mutating func site(_ id: SiteID) -> Int {
        sites.place(id.value) { names.add(.text(directory.siteName(id))) }
    }

    mutating func clinician(_ id: StaffID) -> Int {
        clinicians.place(id.value) { names.add(.text(directory.login(id))) }
    }

    mutating func code(_ id: CodeID?) -> Int {
        guard let id else { return RecurringNames.none }
        return codes.place(id.value) { names.add(.ifPresent(directory.codes.text(id), Cell.code)) }
    }

    func sex(_ sex: Sex) -> Int {
        switch sex {
        case .female: sexes[0]
        case .male: sexes[1]
        case .other: sexes[2]
        case .unknown: sexes[3]
        }
    }

    func mode(_ mode: ResponseMode) -> Int {
        switch mode {
        case .mobile: modes[0]
        case .deferredMobile: modes[1]
        case .phone: modes[2]
        }
    }
}
