/// Sums, products, quotients and remainders: exact if the result has at most 38 digits, else rounded half to even.
///
/// The scale of a result is the one that the General Decimal Arithmetic specification gives (speleotrove.com/decimal),
/// as far as 38 digits reach: sums keep the longer scale, products add the scales, exact quotients come as near to the
/// difference of the scales as they can.
extension Number {
    /// - Throws: `numberOverflow`, `numberUnderflow`.
    public func adding(_ other: Number) throws(ValueError) -> Number {
        if scaleExponent == other.scaleExponent {
            return try Number.sumOfAligned(
                coefficient, isNegative, other.coefficient, other.isNegative, exponent: exponent)
        }
        return exponent > other.exponent
            ? try Number.sum(coarse: self, fine: other) : try Number.sum(coarse: other, fine: self)
    }

    /// - Throws: `numberOverflow`, `numberUnderflow`.
    public func subtracting(_ other: Number) throws(ValueError) -> Number {
        try adding(other.negated)
    }

    /// - Throws: `numberOverflow`, `numberUnderflow`.
    public func multiplied(by other: Number) throws(ValueError) -> Number {
        let exponent = exponent + other.exponent
        let isNegative = isNegative != other.isNegative
        if high | other.high == 0 {
            let (high, low) = low.multipliedFullWidth(by: other.low)
            let product = UInt128(high) << 64 | UInt128(low)
            if product < PowersOfTen.limit {
                return try Number.checked(product, exponent: exponent, isNegative: isNegative)
            }
        }
        let product = WideCoefficient(product: coefficient, other.coefficient)
        return try Number.rounding(product, exponent: exponent, isNegative: isNegative)
    }

    /// - Throws: `divisionByZero`, `numberOverflow`, `numberUnderflow`.
    public func divided(by divisor: Number) throws(ValueError) -> Number {
        if divisor.isZero { throw .divisionByZero }
        let idealExponent = exponent - divisor.exponent
        if isZero { return try Number.checked(0, exponent: idealExponent, isNegative: false) }
        let isNegative = isNegative != divisor.isNegative

        // The numerator is shifted so that the quotient has 38 digits, neither more nor less.
        let numerator = coefficient
        let denominator = divisor.coefficient
        let excess = PowersOfTen.digitCount(numerator) - PowersOfTen.digitCount(denominator)
        let reaches =
            excess >= 0
            ? numerator / PowersOfTen.power(excess) >= denominator
            : numerator * PowersOfTen.power(-excess) >= denominator
        let shift = Number.maximumDigits - excess - (reaches ? 1 : 0)
        let shifted = WideCoefficient(numerator, timesTenTo: shift)
        let (quotient, remainder) = denominator.dividingFullWidth((shifted.high, shifted.low))

        if remainder == 0 {
            var coefficient = quotient
            var exponent = idealExponent - shift
            Number.stripZeros(&coefficient, &exponent, upTo: idealExponent)
            return try Number.checked(coefficient, exponent: exponent, isNegative: isNegative)
        }
        let twice = remainder * 2
        let roundsUp = twice > denominator || (twice == denominator && quotient & 1 == 1)
        return try Number.checkedAfterRounding(
            roundsUp ? quotient + 1 : quotient, exponent: idealExponent - shift, isNegative: isNegative)
    }

    /// What is left of the number after a whole multiple of `divisor` was taken away towards zero; it has the number's
    /// sign and is always exact.
    ///
    /// - Throws: `divisionByZero`, `numberUnderflow`.
    public func remainder(dividingBy divisor: Number) throws(ValueError) -> Number {
        if divisor.isZero { throw .divisionByZero }
        var shift = exponent - divisor.exponent
        if shift < 0 {
            // A divisor with more digits than the number holds is greater than the number.
            guard divisor.digitCount - shift <= Number.maximumDigits else { return self }
            let rest = coefficient % (divisor.coefficient * PowersOfTen.power(-shift))
            return try Number.checked(rest, exponent: exponent, isNegative: isNegative)
        }
        var rest = coefficient % divisor.coefficient
        while shift > 0 && rest != 0 {
            let step = min(shift, 38)
            let shifted = WideCoefficient(rest, timesTenTo: step)
            // The rest is below the divisor, but times 10^38 its upper half may not be.
            rest =
                divisor.coefficient.dividingFullWidth(
                    (shifted.high % divisor.coefficient, shifted.low)
                ).remainder
            shift -= step
        }
        return try Number.checked(rest, exponent: divisor.exponent, isNegative: isNegative)
    }
}

extension Number {
    private static func sumOfAligned(
        _ left: UInt128, _ leftIsNegative: Bool, _ right: UInt128, _ rightIsNegative: Bool, exponent: Int
    ) throws(ValueError) -> Number {
        guard leftIsNegative == rightIsNegative else {
            return left >= right
                ? try checked(left - right, exponent: exponent, isNegative: leftIsNegative)
                : try checked(right - left, exponent: exponent, isNegative: rightIsNegative)
        }
        let sum = left + right  // below 2 × 10^38 < 2^128
        if sum < PowersOfTen.limit { return try checked(sum, exponent: exponent, isNegative: leftIsNegative) }
        return try rounding(WideCoefficient(sum), exponent: exponent, isNegative: leftIsNegative)
    }

    /// Adds numbers of different exponents; `coarse` has the greater one.
    private static func sum(coarse: Number, fine: Number) throws(ValueError) -> Number {
        let shift = coarse.exponent - fine.exponent
        if coarse.isZero { return fine }
        let digits = coarse.digitCount
        if digits + shift <= maximumDigits {
            return try sumOfAligned(
                coarse.coefficient * PowersOfTen.power(shift), coarse.isNegative, fine.coefficient, fine.isNegative,
                exponent: fine.exponent)
        }
        return try wideSum(coarse: coarse, digits: digits, fine: fine, shift: shift)
    }

    /// Adds numbers that have no common exponent within 38 digits.
    ///
    /// The coarse number is held to 77 digits at most. If its last digit is then still above those of the fine number,
    /// that is below a tenth of the unit in which the result is rounded, and only its sign matters.
    private static func wideSum(
        coarse: Number, digits: Int, fine: Number, shift: Int
    ) throws(ValueError) -> Number {
        let held = min(shift, 77 - digits)
        var wide = WideCoefficient(coarse.coefficient, timesTenTo: held)
        let exponent = coarse.exponent - held
        let isNegative = coarse.isNegative
        let isFarBelow = held < shift && !fine.isZero
        let amount = held == shift ? fine.coefficient : 0
        if coarse.isNegative == fine.isNegative {
            wide.add(amount)
        } else {
            wide.subtract(isFarBelow ? 1 : amount)
        }
        return try rounding(wide, exponent: exponent, isNegative: isNegative, isInexact: isFarBelow)
    }
}
