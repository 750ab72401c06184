/// What goes with a record of an episode under 42 CFR part 2 wherever it is shown, printed or exported.
package enum Part2Notice {
    /// The short form, word for word. Source: 42 CFR 2.32(a)(2).
    package static let text = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
}
