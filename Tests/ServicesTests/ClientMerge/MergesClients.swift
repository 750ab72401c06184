import CivilTime
import CrisisCare
import Reports
import Services
import Storage
import Testing

/// A suite about merges: opens cases of people alike, merges them and looks at what is recorded of them.
protocol MergesClients {
    var desk: CrisisDesk { get }
}

extension MergesClients {
    func open(
        _ first: String,
        _ last: String,
        call: String = "2026-11-10T10:00",
        site: String? = nil
    ) throws -> String {
        try desk.open("x", call: call, mode: .phone) { request in
            let born = CivilDate("2012-05-01")
            request.person = .new(firstName: first, lastName: last, birthDate: born, sex: .female)
            request.site = site
        }
    }

    func ref(_ number: String) throws -> String {
        try desk.agency.read { db in
            try #require(try ClientStore.find(CaseFinder.find(number, in: db).client, in: db)).clientRef
        }
    }

    /// Merges; what `check` finds afterwards has to be nothing.
    @discardableResult
    func merge(_ kept: String, _ duplicate: String, as login: String = "sam", at time: String? = nil) throws
        -> ClientMerge
    {
        let session = try desk.agency.open(as: login, at: time.map(desk.instant))
        let merge = try session.mergeClients(keeping: kept, duplicate: duplicate, reason: "one child")
        #expect(try desk.agency.errors() == [])
        #expect(try desk.agency.auditBreak() == nil)
        return merge
    }

    @discardableResult
    func undo(_ duplicate: String, as login: String = "sam") throws -> ClientMerge {
        let merge = try desk.agency.open(as: login).undoMerge(of: duplicate, reason: "two cousins")
        #expect(try desk.agency.errors() == [])
        #expect(try desk.agency.auditBreak() == nil)
        return merge
    }

    func find(_ text: String) throws -> [String] {
        try desk.agency.open(as: "casey").clientList(text, limit: nil).rows.map { row in
            if case .code(let ref) = row[0] { ref } else { "" }
        }
    }

    /// The case numbers of a client, voided ones among them.
    func cases(of ref: String) throws -> [String] {
        try desk.agency.read { db in
            let client = try #require(try ClientStore.find(recordedAs: ref, in: db))
            return try EpisodeStore.episodes(of: client.id, in: db).map(\.caseNumber.description)
        }
    }

    /// Everything recorded of all cases, whoever's they are: children, deadlines and what the case itself says.
    func records(_ numbers: [String]) throws -> [String] {
        try desk.agency.read { db in
            try numbers.flatMap { number in
                let record = try CaseFinder.find(number, in: db)
                let history = try HistoryStore.history(of: record, in: db)
                return try ["\(history)"] + DeadlineStore.deadlines(of: record.id, in: db).map { "\($0)" }
                    + VisitStore.records(of: record.id, in: db).map { "\($0)" }
            }
        }
    }
}
