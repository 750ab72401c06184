/// The five files of a caseload, in the order in which the rows of one case are read. Import and export share them.
package enum CaseloadFile: Int, CaseIterable, Sendable {
    case episodes
    case extensions
    case plans
    case visits
    case referrals

    package var name: String {
        switch self {
        case .episodes: "episodes.csv"
        case .extensions: "extensions.csv"
        case .plans: "plans.csv"
        case .visits: "visits.csv"
        case .referrals: "referrals.csv"
        }
    }

    package var columns: [String] { Self.tables[rawValue].columns }

    /// The index of a column of the file, by its name.
    package func index(of column: String) -> Int? {
        let table = Self.tables[rawValue]
        let length = column.utf8.count
        // Lengths first: asked for every cell, comparing names with each other would cost more than to read the cell.
        for index in table.lengths.indices where table.lengths[index] == length && table.columns[index] == column {
            return index
        }
        return nil
    }

    /// For each column, whether it holds what a person wrote.
    package var areText: [Bool] { Self.tables[rawValue].areText }

    package func isText(_ column: Int) -> Bool { Self.tables[rawValue].areText[column] }

    /// What is asked of a file for every cell of it.
    private struct Table {
        let columns: [String]
        let areText: [Bool]
        let lengths: [Int]

        init(_ file: CaseloadFile) {
            columns = file.header
            lengths = columns.map(\.utf8.count)
            // The reason of an extension is a sentence, the reason of a plan a code.
            areText = columns.map { CaseloadFile.textColumns.contains($0) || (file == .extensions && $0 == "reason") }
        }
    }

    private static let tables = allCases.map(Table.init)

    private var header: [String] {
        switch self {
        case .episodes:
            [
                "case_ref", "client_ref", "first_name", "last_name", "birth_date", "sex", "town", "language",
                "caregiver_name", "caregiver_phone", "program", "site", "clinician", "referral_source",
                "presenting_problem", "response_mode", "location", "call_received_at", "transferred_at",
                "dispatched_at", "arrived_at", "minor_consented", "part2", "discharged_on", "discharge_reason",
            ]
        case .extensions: ["case_ref", "granted_at", "new_end", "approved_by", "reason"]
        case .plans:
            [
                "case_ref", "activated_at", "author", "reason", "warning_signs", "coping", "distraction", "helpers",
                "professionals", "safe_environment", "lethal_means", "youth_took_part", "caregiver_took_part",
                "copy_given", "review_on",
            ]
        case .visits: ["case_ref", "at", "mode", "result", "with", "minutes", "clinician", "note"]
        case .referrals:
            [
                "case_ref", "referral_ref", "service_type", "agency", "sent_at", "status", "answered_at",
                "appointment_at", "attended_at", "warm_handoff",
            ]
        }
    }

    /// The columns that hold what a person wrote; only these are guarded against being run as formulas.
    package static let textColumns: Set<String> = [
        "case_ref", "client_ref", "first_name", "last_name", "language", "caregiver_name", "caregiver_phone", "site",
        "clinician", "approved_by", "author", "warning_signs", "coping", "distraction", "helpers", "professionals",
        "safe_environment", "lethal_means", "copy_given", "note", "referral_ref", "agency",
    ]
}
