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

    /// The entry at which the chain of the audit does not hold; nil when it is whole.
    func auditBreak() throws -> Int64? {
        try read { db in try AuditStore.firstBreak(in: db) }
    }
}
