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

    func heading(of addition: PlanAddition) -> String {
        switch (self, addition) {
        case (.english, .calm): "When I am calm"
        case (.english, .escalating): "When it is getting harder for me"
        case (.english, .triggers): "What sets it off"
        case (.english, .helped): "What has helped before"
        case (.english, .crisis): "What our family calls a crisis"
        case (.english, .school): "At school"
        case (.spanish, .calm): "Cuando estoy en calma"
        case (.spanish, .escalating): "Cuando se me hace más difícil"
        case (.spanish, .triggers): "Lo que lo provoca"
        case (.spanish, .helped): "Lo que me ha ayudado antes"
        case (.spanish, .crisis): "Lo que nuestra familia llama una crisis"
        case (.spanish, .school): "En la escuela"
        }
    }

    /// The heading of what was said of lethal means, which only the clinician's copy has.
    var lethalMeans: String {
        switch self {
        case .english: "Lethal means"
        case .spanish: "Medios letales"
        }
    }

    /// On a clinician's copy in minor-consented care (practice.md section 7).
    var youthAlone: String {
        switch self {
        case .english: "The youth consented to this care alone: nothing of this goes to a caregiver."
        case .spanish: "El menor consintió por su cuenta: nada de esto se entrega a la persona que lo cuida."
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
        switch self {
        case .english: Part2Notice.text
        case .spanish:
            Part2Notice.text
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
