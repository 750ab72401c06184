/// An episode with the rows of the other four files that name it, each in the order of its instants, then of the file.
struct NaiveEpisode {
    let caseRef: String
    let clientRef: String
    let firstName: String
    let lastName: String
    let birthDay: Int?
    let sex: String
    let town: String
    let caregiverPhone: String
    let program: String
    let site: String
    let clinician: String
    let referralSource: String
    let presentingProblem: String
    let responseMode: String
    let callAt: Int64
    let arrivedAt: Int64?
    let isMinorConsented: Bool
    let dischargedOn: Int?
    let dischargeReason: String

    var extensions: [NaiveExtension] = []
    var visits: [NaiveVisit] = []
    var plans: [NaivePlan] = []
    var referrals: [NaiveReferral] = []

    init(_ row: NaiveRow) throws {
        caseRef = try row.text("case_ref")
        clientRef = try row.text("client_ref")
        firstName = try row.text("first_name")
        lastName = try row.text("last_name")
        birthDay = try row.day("birth_date")
        sex = try row.code("sex")
        town = try row.code("town")
        caregiverPhone = try row.text("caregiver_phone")
        program = try row.code("program")
        site = try row.text("site")
        clinician = try row.text("clinician")
        referralSource = try row.code("referral_source")
        presentingProblem = try row.code("presenting_problem")
        responseMode = try row.code("response_mode")
        callAt = try row.requiredInstant("call_received_at")
        arrivedAt = try row.instant("arrived_at")
        isMinorConsented = try row.code("minor_consented") == "yes"
        dischargedOn = try row.day("discharged_on")
        dischargeReason = try row.code("discharge_reason")
    }

    var isAdult: Bool { program == "adult mobile crisis" }
    var isPhoneOnly: Bool { responseMode == "non-mobile (phone)" }
}

struct NaiveExtension {
    let grantedAt: Int64
    let newEnd: Int

    init(_ row: NaiveRow) throws {
        grantedAt = try row.requiredInstant("granted_at")
        guard let day = try row.day("new_end") else {
            throw NaiveError("\(row.file) line \(row.line): new_end is empty")
        }
        newEnd = day
    }
}

struct NaiveVisit {
    let at: Int64
    let isCompleted: Bool
    let isWithFamily: Bool

    init(_ row: NaiveRow) throws {
        at = try row.requiredInstant("at")
        isCompleted = try row.code("result") == "completed"
        isWithFamily = ["youth", "caregiver", "both"].contains(try row.code("with"))
    }

    /// With a school or another provider alone it is neither contact nor attempt, whatever came of it.
    var isAttempt: Bool { isWithFamily && !isCompleted }
}

struct NaivePlan {
    let activatedAt: Int64
    let reviewOn: Int?

    init(_ row: NaiveRow) throws {
        activatedAt = try row.requiredInstant("activated_at")
        reviewOn = try row.day("review_on")
    }
}

struct NaiveReferral {
    let serviceType: String
    let agency: String
    let sentAt: Int64
    let status: String
    /// When the status left `sent`; a row that names no answer was answered at its appointment, or at once.
    let answeredAt: Int64?
    let appointmentAt: Int64?
    let attendedAt: Int64?

    init(_ row: NaiveRow) throws {
        serviceType = try row.code("service_type")
        agency = try row.text("agency")
        sentAt = try row.requiredInstant("sent_at")
        status = try row.code("status")
        appointmentAt = try row.instant("appointment_at")
        let answered = try row.instant("answered_at")
        let attended = try row.instant("attended_at")
        let isAttended = status == "attended" || status == "connected"
        answeredAt = status == "sent" ? nil : answered ?? attended ?? sentAt
        attendedAt = attended ?? (isAttended ? answeredAt : nil)
    }
}
