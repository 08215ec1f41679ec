/// A number that loses digits loses them here: to 38 digits after an operation, or to a scale.
extension Number {
    /// Rounds `coefficient × 10^exponent` half to even to 38 digits.
    ///
    /// - Parameter isInexact: whether the true value lies a little above `coefficient`, by less than one.
    /// - Throws: `numberOverflow`, `numberUnderflow`.
    static func rounding(
        _ wide: WideCoefficient, exponent: Int, isNegative: Bool, isInexact: Bool = false
    ) throws(ValueError) -> Number {
        if wide.high == 0 && wide.low < PowersOfTen.limit && !isInexact {
            return try checked(wide.low, exponent: exponent, isNegative: isNegative)
        }
        var wide = wide
        var exponent = exponent
        var isInexact = isInexact
        var dropped = wide.digitCount - maximumDigits
        if dropped > maximumDigits {  // 10^39 is too wide a divisor
            isInexact = wide.divideByTen() != 0 || isInexact
            exponent += 1
            dropped -= 1
        }
        guard dropped > 0 else {
            return try checked(wide.low, exponent: exponent, isNegative: isNegative)
        }
        let divisor = PowersOfTen.power(dropped)
        let (quotient, remainder) = divisor.dividingFullWidth((wide.high, wide.low))
        let half = divisor / 2
        let roundsUp = remainder > half || (remainder == half && (isInexact || quotient & 1 == 1))
        return try checkedAfterRounding(
            roundsUp ? quotient + 1 : quotient, exponent: exponent + dropped, isNegative: isNegative)
    }

    /// Takes a coefficient that rounding may have carried to 10^38.
    static func checkedAfterRounding(
        _ coefficient: UInt128, exponent: Int, isNegative: Bool
    ) throws(ValueError) -> Number {
        guard coefficient == PowersOfTen.limit else {
            return try checked(coefficient, exponent: exponent, isNegative: isNegative)
        }
        return try checked(coefficient / 10, exponent: exponent + 1, isNegative: isNegative)
    }

    /// The number with at most `scale` digits after the point; a number that has fewer stays as it is.
    ///
    /// A negative scale rounds to tens, hundreds, and so on.
    /// - Throws: `numberOverflow` if rounding away from zero leaves the range.
    public func rounded(
        toScale scale: Int, _ rule: FloatingPointRoundingRule = .toNearestOrEven
    ) throws(ValueError) -> Number {
        // Scales this far off keep everything, or nothing, whatever the digits are.
        let scale = min(max(scale, -1000), 1000)
        let dropped = -scale - exponent
        guard dropped > 0 else { return self }
        let (quotient, remainder) =
            dropped <= 38
            ? coefficient.quotientAndRemainder(
                dividingBy: PowersOfTen.power(dropped)) : (0, coefficient)
        let half = dropped <= 38 ? PowersOfTen.power(dropped) / 2 : UInt128.max
        let roundsUp = remainder != 0 && goesAway(remainder, half: half, isOdd: quotient & 1 == 1, rule)
        return try Number.checkedAfterRounding(
            roundsUp ? quotient + 1 : quotient, exponent: -scale, isNegative: isNegative)
    }

    /// Whether a magnitude with this remainder, which is not zero, is rounded away from zero.
    private func goesAway(
        _ remainder: UInt128, half: UInt128, isOdd: Bool, _ rule: FloatingPointRoundingRule
    ) -> Bool {
        switch rule {
        case .toNearestOrEven: remainder > half || (remainder == half && isOdd)
        case .toNearestOrAwayFromZero: remainder >= half
        case .towardZero: false
        case .awayFromZero: true
        case .up: !isNegative
        case .down: isNegative
        @unknown default: remainder > half || (remainder == half && isOdd)
        }
    }

    /// The number with exactly `scale` digits after the point: rounded half to even, or filled up with zeros.
    ///
    /// - Throws: `numberTooPrecise` if that takes more than 38 digits; `numberOverflow`.
    public func rescaled(toScale scale: Int) throws(ValueError) -> Number {
        let scale = min(max(scale, -1000), 1000)
        let rounded = try rounded(toScale: scale)
        let missing = rounded.exponent + scale
        guard missing > 0 else { return rounded }
        if rounded.isZero { return try Number.checked(0, exponent: -scale, isNegative: false) }
        guard rounded.digitCount + missing <= Number.maximumDigits else { throw .numberTooPrecise }
        return try Number.checked(
            rounded.coefficient * PowersOfTen.power(missing), exponent: -scale, isNegative: isNegative)
    }

    /// The greatest integer that is not greater.
    /// - Throws: `numberOverflow`, which no number of less than 38 digits before the point meets.
    public func floor() throws(ValueError) -> Number { try rounded(toScale: 0, .down) }

    /// The least integer that is not less.
    /// - Throws: `numberOverflow`, which no number of less than 38 digits before the point meets.
    public func ceiling() throws(ValueError) -> Number { try rounded(toScale: 0, .up) }

    /// The integer part.
    public func truncated() -> Number {
        let dropped = -exponent
        guard dropped > 0 else { return self }
        let integer = dropped <= 38 ? coefficient / PowersOfTen.power(dropped) : 0
        return Number(uncheckedCoefficient: integer, exponent: 0, isNegative: isNegative && integer != 0)
    }

    /// Whether there is nothing after the point.
    public var isInteger: Bool {
        exponent >= 0 || isZero || normalized.exponent >= 0
    }

    /// The same number in the one form without trailing zeros in its coefficient; zero is 0 × 10^0.
    ///
    /// This is the form in which DynamoDB and the key code see numbers: 2.50 is 25 × 10^-1 and 1000 is 1 × 10^3.
    public var normalized: Number {
        if low & 1 == 1 { return self }
        if isZero { return .zero }
        var coefficient = coefficient
        var exponent = exponent
        Number.stripZeros(&coefficient, &exponent, upTo: Int.max)
        return Number(uncheckedCoefficient: coefficient, exponent: exponent, isNegative: isNegative)
    }

    /// Moves trailing zeros of a coefficient that is not zero into the exponent, until that reaches `limit`.
    static func stripZeros(_ coefficient: inout UInt128, _ exponent: inout Int, upTo limit: Int) {
        for step in [32, 16, 8, 4, 2, 1] where exponent <= limit - step {
            let (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: PowersOfTen.power(step))
            if remainder == 0 {
                coefficient = quotient
                exponent += step
            }
        }
    }
}
