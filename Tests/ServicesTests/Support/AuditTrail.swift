import CrisisCare
import SQLite
import Storage

extension TestAgency {
    /// Every audit entry, in order.
    func auditEntries() throws -> [AuditEntry] {
        try read { db in
            var entries: [AuditEntry] = []
            try AuditStore.forEach(in: db) { entries.append($0.entry) }
            return entries
        }
    }

    /// The first entry at which the audit is not what was written; nil when it is whole.
    func auditBreak() throws -> Int64? {
        try read { db in try AuditVerification(of: db).damages.first?.sequence }
    }
}
