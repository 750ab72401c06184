/// Rounding as the reports do it: one decimal, half up (practice.md section 6).
package enum Rounding {
    /// `numerator / denominator` in tenths, half up; both not negative, the denominator above zero.
    package static func tenths(_ numerator: Int, over denominator: Int) -> Int {
        (numerator * 20 + denominator) / (denominator * 2)
    }

    /// A share in tenths of a percent, half up; `nil` of nothing.
    package static func percentTenths(_ part: Int, of whole: Int) -> Int? {
        whole == 0 ? nil : tenths(part * 100, over: whole)
    }
}
