/// Order and equality of numbers are by value: 2.50 equals 2.5. Nothing is allocated.
extension Number: Comparable, Hashable {
    /// -1, 0, or 1, as `left` is less than, equal to, or greater than `right`.
    public static func compare(_ left: Number, _ right: Number) -> Int {
        let leftSign = left.signum
        let rightSign = right.signum
        if leftSign != rightSign { return leftSign < rightSign ? -1 : 1 }
        return leftSign == 0 ? 0 : leftSign * compareMagnitudes(left, right)
    }

    /// Compares magnitudes that are not zero.
    private static func compareMagnitudes(_ left: Number, _ right: Number) -> Int {
        if left.scaleExponent == right.scaleExponent {
            return order(left.coefficient, right.coefficient)
        }
        let leftAdjusted = left.adjustedExponent
        let rightAdjusted = right.adjustedExponent
        guard leftAdjusted == rightAdjusted else { return leftAdjusted < rightAdjusted ? -1 : 1 }
        // With the first digits at the same place the shifted coefficient has no more digits than the other one.
        let shift = left.exponent - right.exponent
        return shift > 0
            ? order(left.coefficient * PowersOfTen.power(shift), right.coefficient)
            : order(left.coefficient, right.coefficient * PowersOfTen.power(-shift))
    }

    private static func order(_ left: UInt128, _ right: UInt128) -> Int {
        left < right ? -1 : left == right ? 0 : 1
    }

    public static func < (left: Number, right: Number) -> Bool {
        compare(left, right) < 0
    }

    public static func == (left: Number, right: Number) -> Bool {
        compare(left, right) == 0
    }

    public func hash(into hasher: inout Hasher) {
        let form = normalized
        hasher.combine(form.high)
        hasher.combine(form.low)
        hasher.combine(form.scaleExponent)
        hasher.combine(form.isNegative)
    }
}
