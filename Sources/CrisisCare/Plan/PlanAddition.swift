/// What a plan for a child and a family says beyond the six steps, where they want it to. None of it is needed for a
/// plan to be complete. Source: practice.md section 4.
package enum PlanAddition: Int, CaseIterable, Sendable {
    // The numbers are stored beside those of the steps, and leave room after them.
    case calm = 11
    case escalating
    case triggers
    case helped
    case crisis
    case school

    package var name: String {
        switch self {
        case .calm: "how the youth looks when calm"
        case .escalating: "how the youth looks when escalating"
        case .triggers: "triggers"
        case .helped: "what has helped"
        case .crisis: "what the family calls a crisis"
        case .school: "the school's part"
        }
    }
}
