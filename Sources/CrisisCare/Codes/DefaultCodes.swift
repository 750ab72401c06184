extension CodeList {
    /// The codes that `init` ships, in the order in which they are offered. Source: practice.md section 3.
    ///
    /// Towns come from the file of Connecticut's 169 towns and are not repeated here.
    package var shipped: [String] {
        switch self {
        case .town: []
        case .referralSource:
            [
                "self/family", "school", "emergency department", "other community provider",
                "other program within agency", "police", "probation/court", "child welfare (DCF)", "foster parent",
                "psychiatric hospital", "physician", "congregate care facility", "info line (2-1-1)", "988",
                "other state agency", "community natural support", "family advocate", "other",
            ]
        case .presentingProblem:
            [
                "harm or risk of harm to self", "disruptive behavior", "depression", "harm or risk of harm to others",
                "anxiety", "family conflict", "trauma", "school problem", "psychosis", "substance use", "other",
            ]
        case .location:
            [
                "home", "school", "emergency department", "community", "provider office", "residential", "phone",
                "other",
            ]
        case .dischargeReason:
            [
                "met treatment goals", "family discontinued", NamedCode.unableToReach, "psychiatrically hospitalized",
                "medically hospitalized", "agency discontinued: clinical", "agency discontinued: administrative",
                "requires out-of-home care", "ran away", "family moved", "incarcerated", "death",
                "transferred to another provider",
            ]
        case .serviceType:
            [
                "outpatient", "intensive in-home (IICAPS, MST, MDFT, FFT)", "intensive outpatient", "partial hospital",
                "extended day", "care coordination", "respite", "urgent crisis center",
                "crisis stabilization (sub-acute)", "inpatient", "group home", "residential",
                "school-based health center", "substance use treatment", "family support", "medical",
                "original provider", "other",
            ]
        case .planReason:
            [
                "first plan", "scheduled review", "new crisis", "change of home, school or placement",
                "new safety concern", "new helper", "major life event", "runaway", "other",
            ]
        }
    }
}
