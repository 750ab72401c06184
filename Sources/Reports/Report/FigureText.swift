/// Figures as people read them.
package enum FigureText {
    /// What stands in place of a number that is not shown.
    package static let hidden = "hidden"
    /// What stands where there is no number.
    package static let none = "–"

    /// A whole number with commas.
    package static func count(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }

    /// The value with its unit, where it has one.
    package static func value(_ figure: Figure, _ measure: Measure) -> String {
        if figure.isHidden { return hidden }
        guard let tenths = figure.tenths else { return none }
        switch measure.unit {
        case .count: return count(tenths / 10)
        case .share: return Cell.decimal(tenths: tenths) + " %"
        case .ratio, .minutes, .days: return Cell.decimal(tenths: tenths)
        }
    }

    /// Numerator and denominator.
    package static func parts(_ figure: Figure, _ measure: Measure) -> String {
        guard let denominator = figure.denominator else { return "" }
        if measure.isDistribution { return "of \(count(denominator))" }
        guard let numerator = figure.numerator else { return "" }
        return "\(count(numerator)) of \(count(denominator))"
    }
}
