import Testing

@testable import CrisisCare

/// Who may do what, every permission with every role, against a table written here.
@Suite struct PermissionTests {
    private static let table: [Permission: Set<Role>] = [
        .readCases: [.clinician, .supervisor],
        .writeCases: [.clinician, .supervisor],
        .supervise: [.supervisor],
        .importCases: [.supervisor],
        .administer: [.administrator],
        .readFigures: [.clinician, .supervisor, .analyst, .administrator],
        .inspect: [.supervisor, .administrator],
        .readChanges: [.clinician, .supervisor, .administrator],
        .readAudit: [.supervisor, .administrator],
        .exportDeidentified: [.clinician, .supervisor, .analyst],
        .backUp: [.administrator],
    ]

    private let here = SiteID(1)
    private let there = SiteID(2)

    private func actor(_ grants: RoleGrant...) -> Actor {
        Actor(staff: StaffID(7), login: "zz-login", grants: grants)
    }

    @Test(arguments: Permission.allCases, Role.allCases)
    func `a role carries exactly the permissions of the table`(permission: Permission, role: Role) throws {
        let expected = try #require(Self.table[permission]).contains(role)
        let everywhere = actor(RoleGrant(role: role, site: nil))
        #expect(everywhere.may(permission, at: here) == expected)
        let local = actor(RoleGrant(role: role, site: here))
        #expect(local.may(permission, at: here) == expected)
        #expect(!local.may(permission, at: there))
        #expect(
            ruleRefusing { () throws(RuleViolation) in try local.require(permission) }
                == (expected ? nil : .notPermitted)
        )
    }

    @Test func `a refusal says where the role is needed, where it is needed somewhere`() throws {
        let nobody = actor()
        func words(_ body: () throws(RuleViolation) -> Void) -> String {
            do { try body() } catch { return error.message }
            return ""
        }
        #expect(
            words { () throws(RuleViolation) in try nobody.require(.administer) }
                == "this takes the role of administrator"
        )
        #expect(
            words { () throws(RuleViolation) in try nobody.require(.readCases, at: here) }
                == "this takes the role of clinician or supervisor at the case's site"
        )
        #expect(
            words { () throws(RuleViolation) in try nobody.require(.importCases, at: here) }
                == "this takes the role of supervisor at every site in the files"
        )
    }

    @Test(arguments: Permission.allCases)
    func `without a role nobody may do anything`(permission: Permission) {
        let nobody = actor()
        #expect(nobody.scope(of: permission) == .some([]))
        #expect(nobody.scope(of: permission).isEmpty)
        #expect(ruleRefusing { () throws(RuleViolation) in try nobody.require(permission) } == .notPermitted)
        #expect(ruleRefusing { () throws(RuleViolation) in try nobody.require(permission, at: here) } == .notPermitted)
    }

    @Test func `a role at one site reaches no other site`() {
        let clinician = actor(RoleGrant(role: .clinician, site: here))
        #expect(clinician.scope(of: .readCases) == .some([here]))
        #expect(ruleRefusing { () throws(RuleViolation) in try clinician.require(.writeCases, at: here) } == nil)
        #expect(
            ruleRefusing { () throws(RuleViolation) in try clinician.require(.writeCases, at: there) } == .notPermitted
        )
    }

    @Test func `roles at several sites add up, and each keeps to its site`() {
        let person = actor(
            RoleGrant(role: .clinician, site: here),
            RoleGrant(role: .supervisor, site: there)
        )
        #expect(person.scope(of: .readCases) == .some([here, there]))
        #expect(person.scope(of: .supervise) == .some([there]))
        #expect(!person.may(.supervise, at: here))
        #expect(person.scope(of: .administer).isEmpty)
    }

    @Test func `a role at every site is not narrowed by another at one site`() {
        let person = actor(RoleGrant(role: .supervisor, site: nil), RoleGrant(role: .clinician, site: here))
        #expect(person.scope(of: .readCases) == .all)
        #expect(person.scope(of: .supervise) == .all)
        #expect(person.may(.readCases, at: SiteID(99)))
    }

    @Test func `a role at every site does not widen another permission's site`() {
        let person = actor(RoleGrant(role: .analyst, site: nil), RoleGrant(role: .clinician, site: here))
        #expect(person.scope(of: .readFigures) == .all)
        #expect(person.scope(of: .readCases) == .some([here]))
    }

    @Test func `an administrator and an analyst see no case`() {
        for role in [Role.administrator, .analyst] {
            let person = actor(RoleGrant(role: role, site: nil))
            #expect(person.scope(of: .readCases).isEmpty)
            #expect(person.scope(of: .writeCases).isEmpty)
        }
    }

    @Test func `a scope contains its sites and no others`() {
        #expect(SiteScope.all.contains(here))
        #expect(!SiteScope.all.isEmpty)
        #expect(SiteScope.some([here]).contains(here))
        #expect(!SiteScope.some([here]).contains(there))
        #expect(SiteScope.some([]).isEmpty)
        #expect(!SiteScope.some([here]).isEmpty)
    }

    @Test func `a refusal names the roles and not the person`() {
        let person = actor(RoleGrant(role: .clinician, site: here))
        do throws(RuleViolation) {
            try person.require(.supervise, at: here)
            Issue.record("a clinician may supervise")
        } catch {
            #expect(error.message.contains("supervisor"))
            #expect(!"\(error)".contains("zz-login"))
        }
    }
}
