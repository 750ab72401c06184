internal import CivilTime
package import CrisisCare
internal import SQLite
package import Storage

/// One episode being worked on: its facts in memory, changed only by the rules, and what is to be written.
///
/// Every use case of an episode is a method here that lets the rules decide and notes what follows; nothing is written
/// before `save`. A person's command carries out one of them, an import thousands, by the same code.
package struct EpisodeWork {
    package internal(set) var record: EpisodeRecord
    package internal(set) var history: EpisodeHistory { didSet { ruling = nil } }
    package internal(set) var practice: Practice { didSet { ruling = nil } }
    /// What the rules give for the facts as they stand, once somebody asked.
    private var ruling: Ruling?
    /// The version that was read; `nil` for an episode that is opened now.
    let readVersion: Int?
    var isChanged = false
    var visits: [VisitRecord] = []
    var amendedVisits: [VisitRecord] = []
    var voidedVisits: [(id: RecordID<Visit>, reason: String)] = []
    var extensions: [ExtensionRecord] = []
    var plans: [PlanRecord] = []
    var referrals: [ReferralRecord] = []
    var referralSteps: [(event: ReferralEvent, referral: RecordID<Referral>, reason: String)] = []
    var handoffs: [(referral: RecordID<Referral>, tookPlace: Bool)] = []
    /// Why the episode is voided; it owes nothing from then on.
    var voidReason: String?
    /// What the audit is to say of each use case, in their order.
    var notes: [Note] = []

    private struct Ruling {
        let deadlines: [Deadline]
        let standing: CaseStanding

        init(_ history: EpisodeHistory, under practice: Practice) {
            deadlines = history.deadlines(under: practice)
            standing = CaseStanding(of: history, deadlines, under: practice)
        }
    }

    init(record: EpisodeRecord, history: EpisodeHistory, practice: Practice, readVersion: Int?) {
        self.record = record
        self.history = history
        self.practice = practice
        self.readVersion = readVersion
    }

    /// The version that the episode has once it is saved.
    var version: Int {
        readVersion.map { isChanged ? $0 + 1 : $0 } ?? record.version
    }

    /// Lets the rules look at the facts now, for one who saves in another thread.
    mutating func settle() {
        ruling = Ruling(history, under: practice)
    }

    /// Writes what the use cases noted, the episode's deadlines as the rules now give them, and the audit entries.
    func save(_ change: inout Change, audited: Auditing = .eachUseCase, in db: borrowing Access<Writing>) throws {
        var record = record
        let ruling = ruling ?? Ruling(history, under: practice)
        record.standing = ruling.standing
        if let readVersion {
            if isChanged {
                record.version = version
                guard try EpisodeStore.update(record, readAtVersion: readVersion, in: db) else {
                    throw try StaleEpisode.refusal(record.id, record.caseNumber, read: readVersion, in: db)
                }
            }
            if record.standing != self.record.standing {
                try EpisodeStore.update(record.standing, of: record.id, in: db)
            }
        } else {
            try EpisodeStore.insert(record, in: db)
        }
        for visit in visits { try VisitStore.insert(visit, in: db) }
        for visit in amendedVisits { try StaleVisit.write(visit, of: self.record, in: db) }
        for visit in voidedVisits {
            _ = try VisitStore.void(
                visit.id,
                of: record.id,
                at: change.now,
                by: change.actor.staff,
                reason: visit.reason,
                in: db
            )
        }
        for granted in extensions { try ExtensionStore.insert(granted, in: db) }
        for plan in plans { try PlanStore.insert(plan, in: db) }
        for referral in referrals { try ReferralStore.insert(referral, in: db) }
        for step in referralSteps {
            try ReferralStore.insert(
                step.event,
                of: step.referral,
                reason: step.reason,
                at: change.now,
                by: change.actor.staff,
                in: db
            )
        }
        for handoff in handoffs {
            try ReferralStore.update(handoff.referral, warmHandoff: handoff.tookPlace, in: db)
        }
        let stored = readVersion == nil ? [] : try DeadlineStore.deadlines(of: record.id, in: db)
        let deadlines = voidReason == nil ? ruling.deadlines : []
        try DeadlineStore.store(deadlines, of: record, replacing: stored, in: db)
        if isChanged, readVersion != nil { try DeadlineStore.follow(record, in: db) }
        if let voidReason {
            try EpisodeStore.void(record.id, at: change.now, by: change.actor.staff, reason: voidReason, in: db)
        }
        try audit(as: audited, &change, in: db)
    }
}
