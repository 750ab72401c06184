import Foundation
import Testing

/// Every command of the program with every role, against the table of who may do what.
struct RoleTests {
    @Test func `every command of the program stands in the table, and no other`() throws {
        let commands = try CommandDump.read().all.filter { $0.command.below.isEmpty && !$0.path.isEmpty }
            .map { $0.path.joined(separator: " ") }
        let known = Set(CommandTable.lines.map(\.command)).union(CommandTable.withoutRoles)
        #expect(Set(commands).subtracting(known).sorted() == [], "say in CommandTable who may use it")
        #expect(known.subtracting(commands).sorted() == [], "the program has no such command")
    }

    @Test(arguments: ["clinician", "supervisor", "analyst", "administrator"])
    func `who has one role may use the commands of the table and no others, and each leaves its entries`(
        role: String
    ) throws {
        let marked = try MarkedAgency()
        let login = try #require(MarkedAgency.people[role])
        for line in CommandTable.lines {
            let words = marked.words(line)
            let last = try StoredRows.linkedAudit(marked.agency).last?.sequence ?? 0
            let result = try marked.agency.run(words, as: login)
            let isRefused = result.status == 77 || result.stderr.contains("extension-needs-supervisor")
            let place: Comment = "\(role): \(words) \(result.status) \(result.stderr)"
            #expect(isRefused == !line.need.roles.contains(role), place)
            // What may be done is understood and done, or refused by a rule of the practice.
            if !isRefused { #expect([0, 1, 3, 66].contains(result.status), place) }
            if isRefused { #expect(result.stdout.isEmpty, place) }
            guard line.command != "restore" else { continue }
            let added = try StoredRows.linkedAudit(marked.agency, after: last)
            let commands = added.filter { $0.command == nil }
            #expect(commands.map(\.row.action) == [line.command] && commands.first == added.first, place)
            #expect(commands.map(\.row.outcome) == ["begun"], place)
            let linked = added.dropFirst()
            #expect(!linked.isEmpty && linked.allSatisfy { $0.command == added.first?.sequence }, place)
            #expect(added.allSatisfy { $0.row.login == login && !$0.row.osUser.isEmpty }, place)
            // A client is not a case: what is done to one names none, though a case may stand for it.
            let isOfCase = line.words.first == "CASE" && !line.command.hasPrefix("client")
            if isOfCase { #expect(linked.allSatisfy { $0.caseNumber == marked.number }, place) }
            #expect(linked.contains { $0.row.outcome.hasPrefix("refused") } == (result.status == 1 || isRefused), place)
        }
        let verified = try marked.agency.run(["audit", "verify"], as: "amy")
        #expect(verified.status == 0, "\(verified.stdout)")
    }

    @Test func `an administrator alone writes and reads no case until given another role`() throws {
        let agency = try TestAgency.empty()
        try agency.run(["init", "--agency", "Test", "--admin", "amy", "--admin-only"], as: "amy")
        try agency.run(["site", "add", "Hartford", "--town", "Hartford"], as: "amy")
        #expect(try agency.run(TestAgency.opening(), as: "amy").status == 77)
        #expect(try agency.run(["overdue"], as: "amy").status == 77)
        #expect(try agency.run(["staff", "list"], as: "amy").status == 0)
        let roles = ["staff", "set", "amy", "--role", "administrator", "--role", "clinician@Hartford"]
        #expect(try agency.run(roles, as: "amy").status == 0)
        #expect(try agency.run(TestAgency.opening(), as: "amy").status == 0)
    }
}
