internal import CivilTime
internal import CrisisCare

/// The language of a printed plan's own words; the entries stay in the person's.
package enum PlanLanguage: String, CaseIterable, Sendable {
    case english = "en"
    case spanish = "es"

    var title: String {
        switch self {
        case .english: "My Safety Plan"
        case .spanish: "Mi plan de seguridad"
        }
    }

    func heading(of step: PlanStep) -> String {
        switch (self, step) {
        case (.english, .warningSigns): "Warning signs"
        case (.english, .coping): "Things I can do by myself"
        case (.english, .distraction): "People and places that take my mind off it"
        case (.english, .helpers): "People I can ask for help"
        case (.english, .professionals): "Professionals to call in a crisis"
        case (.english, .safeEnvironment): "Making my surroundings safe"
        case (.spanish, .warningSigns): "Señales de alerta"
        case (.spanish, .coping): "Lo que puedo hacer por mi cuenta"
        case (.spanish, .distraction): "Personas y lugares que me distraen"
        case (.spanish, .helpers): "Personas a quienes puedo pedir ayuda"
        case (.spanish, .professionals): "Profesionales a quienes llamar en una crisis"
        case (.spanish, .safeEnvironment): "Cómo hacer más seguro mi entorno"
        }
    }

    /// The numbers that stand at the foot of every copy (practice.md section 4), each with what to do.
    var helpLines: [(number: String, use: String)] {
        switch self {
        case .english:
            [("988", "call or text"), ("741741", "text HOME"), ("2-1-1", "call, then press 1")]
        case .spanish:
            [("988", "llame y oprima 2"), ("741741", "envíe AYUDA"), ("2-1-1", "llame y oprima 1")]
        }
    }

    var danger: String {
        switch self {
        case .english: "In immediate danger, call 911."
        case .spanish: "Si hay peligro inmediato, llame al 911."
        }
    }

    func review(on date: CivilDate) -> String {
        switch self {
        case .english: "We look at this plan again on \(text(of: date))."
        case .spanish: "Revisaremos este plan el \(text(of: date))."
        }
    }

    /// The short notice of 42 CFR 2.32 against passing the record on.
    var part2Notice: String {
        let notice = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
        switch self {
        case .english: return notice
        case .spanish:
            return notice
                + " (La norma federal 42 CFR parte 2 prohíbe usar o divulgar estos datos sin autorización.)"
        }
    }

    func text(of date: CivilDate) -> String {
        let parts = date.components
        switch self {
        case .english: return "\(Self.englishMonths[parts.month - 1]) \(parts.day), \(parts.year)"
        case .spanish: return "\(parts.day) de \(Self.spanishMonths[parts.month - 1]) de \(parts.year)"
        }
    }

    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let spanishMonths = [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
    ]
}
