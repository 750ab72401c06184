internal import Reports

/// How a mark of the timeline is drawn and what it is called.
struct TimelineSign {
    let mark: CaseTimeline.Mark

    func character(ascii: Bool) -> Character {
        ascii ? signs.ascii : signs.unicode
    }

    /// One column each, in fonts that every terminal has. The letters for ASCII are taken from the meanings.
    private var signs: (unicode: Character, ascii: Character) {
        switch mark {
        case .call: ("▸", "[")
        case .arrival: ("▾", "A")
        case .discharge: ("◂", "]")
        case .contact: ("●", "C")
        case .attempt: ("○", "a")
        case .otherVisit: ("∙", "v")
        case .planActivated: ("■", "P")
        case .planReviewed: ("□", "r")
        case .planDeclined: ("×", "x")
        case .referralSent: ("→", ">")
        case .referralAnswered: ("←", "<")
        case .referralStep: ("∙", ".")
        case .appointment: ("△", "^")
        case .appointmentMissed: ("▽", "n")
        case .connected: ("✓", "Y")
        case .referralEnded: ("×", "x")
        case .overdue: ("!", "!")
        case .missed: ("◆", "m")
        case .due: ("◇", "d")
        }
    }

    var meaning: String {
        switch mark {
        case .call: "call"
        case .arrival: "arrival"
        case .discharge: "discharge"
        case .contact: "contact"
        case .attempt: "attempt"
        case .otherVisit: "other visit"
        case .planActivated: "plan active"
        case .planReviewed: "plan reviewed"
        case .planDeclined: "plan declined"
        case .referralSent: "sent"
        case .referralAnswered: "answered"
        case .referralStep: "referral step"
        case .appointment: "appointment"
        case .appointmentMissed: "appointment missed"
        case .connected: "attended"
        case .referralEnded: "referral ended"
        case .overdue: "overdue"
        case .missed: "missed"
        case .due: "due"
        }
    }

    func styled(_ text: String, _ style: Style) -> String {
        switch mark {
        case .overdue: style.red(text)
        case .missed, .appointmentMissed: style.yellow(text)
        case .due, .contact: style.bold(text)
        default: text
        }
    }
}
