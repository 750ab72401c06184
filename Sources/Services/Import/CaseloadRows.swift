internal import CivilTime
internal import CrisisCare
internal import SQLite
internal import Storage

// How the rows of the five files become what the use cases take. A site or a person is looked up by name.

extension RowCells {
    /// The visit's clinician is looked up by the caller.
    func visit() throws -> NewVisit {
        var visit = NewVisit(
            at: try instant("at"),
            mode: try code("mode"),
            result: try code("result"),
            with: try code("with")
        )
        visit.minutes = try optionalInt("minutes", in: 0...1440)
        visit.note = text("note")
        return visit
    }

    func planContent() throws -> PlanContent {
        let steps: [(PlanStep, String)] = [
            (.warningSigns, "warning_signs"), (.coping, "coping"), (.distraction, "distraction"),
            (.helpers, "helpers"), (.professionals, "professionals"), (.safeEnvironment, "safe_environment"),
        ]
        var content = PlanContent(
            lethalMeans: LethalMeans.list(from: text("lethal_means")),
            youthTookPart: try optionalBool("youth_took_part"),
            caregiverTookPart: try optionalBool("caregiver_took_part"),
            copyGiven: text("copy_given"),
            reviewOn: try optionalDate("review_on")
        )
        for (step, column) in steps {
            content.entries[step] = PlanEntries.split(text(column))
        }
        return content
    }

    func client(_ id: ClientID) throws -> ClientRecord {
        ClientRecord(
            id: id,
            clientRef: try requiredText("client_ref"),
            firstName: text("first_name"),
            lastName: text("last_name"),
            birthDate: try optionalDate("birth_date"),
            sex: text("sex").isEmpty ? .unknown : try code("sex")
        )
    }

    /// The discharge and its reason; both or neither.
    func discharge() throws -> NewDischarge? {
        let day = try optionalDate("discharged_on")
        let reason = try optionalCode("discharge_reason", in: .dischargeReason)
        switch (day, reason) {
        case (nil, nil): return nil
        case (nil, .some): throw BadCell(column: "discharged_on", problem: "is empty beside a discharge reason")
        case (.some, nil): throw BadCell(column: "discharge_reason", problem: "is empty beside a discharge date")
        case (let day?, let reason?):
            var new = NewDischarge(
                discharge: Discharge(on: day, in: zone),
                reason: reason,
                isUnableToReach: text("discharge_reason") == NamedCode.unableToReach
            )
            new.overrideReason = ImportedHistory.reason
            return new
        }
    }

    func referral(call: Instant) throws -> NewReferral {
        NewReferral(
            ref: try requiredText("referral_ref"),
            serviceType: try code("service_type", in: .serviceType),
            agency: text("agency"),
            warmHandoff: try optionalBool("warm_handoff"),
            steps: try ReferralRow(
                state: try code("status"),
                sentAt: try optionalInstant("sent_at"),
                answeredAt: try optionalInstant("answered_at"),
                appointmentAt: try optionalInstant("appointment_at"),
                attendedAt: try optionalInstant("attended_at")
            ).steps(call: call),
            isImportedHistory: true
        )
    }
}

/// The entries of a step of a plan as one cell: divided by `|`.
package enum PlanEntries {
    package static func split(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        return text.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
    }

    package static func join(_ entries: [String]) -> String {
        entries.joined(separator: "|")
    }
}
