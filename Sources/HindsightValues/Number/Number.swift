/// A decimal number of up to 38 significant digits: `±coefficient × 10^exponent`.
///
/// The magnitude is zero or lies in 1E-130 … 9.99…E+125, as DynamoDB has it. The scale is kept: `2.50` prints as `2.50`,
/// though it equals `2.5` and hashes alike. There is no negative zero, no infinity, and no NaN.
///
/// Shape: the coefficient (< 10^38 < 2^127) in two words of 64 bits and a 16-bit exponent, 19 bytes in all. A `UInt128`
/// property would be aligned to 16 bytes and make `Value` 32 bytes wide, so it is put together where it is used.
public struct Number: Sendable {
    @usableFromInline let high: UInt64
    @usableFromInline let low: UInt64
    @usableFromInline let scaleExponent: Int16
    /// Whether the number is below zero.
    public let isNegative: Bool

    /// Puts parts together that are known to be in range.
    @inlinable
    init(uncheckedCoefficient coefficient: UInt128, exponent: Int, isNegative: Bool) {
        high = UInt64(truncatingIfNeeded: coefficient >> 64)
        low = UInt64(truncatingIfNeeded: coefficient)
        scaleExponent = Int16(truncatingIfNeeded: exponent)
        self.isNegative = isNegative
    }

    /// The digits as an integer, without sign and without point; below 10^38.
    @inlinable
    public var coefficient: UInt128 { UInt128(high) << 64 | UInt128(low) }

    /// The power of ten by which the coefficient counts: 2.50 is 250 × 10^-2.
    @inlinable
    public var exponent: Int { Int(scaleExponent) }

    @inlinable
    public var isZero: Bool { high | low == 0 }
}

extension Number {
    /// The most significant digits that a number holds.
    public static let maximumDigits = 38
    /// The exponent of the first digit of the largest numbers.
    public static let maximumAdjustedExponent = 125
    /// The exponent of the first digit of the smallest numbers that are not zero.
    public static let minimumAdjustedExponent = -130
    /// The exponent of the last digit of the longest of the smallest numbers.
    static let minimumExponent = minimumAdjustedExponent - (maximumDigits - 1)

    /// 0 without digits after the point.
    public static let zero = Number(uncheckedCoefficient: 0, exponent: 0, isNegative: false)
    public static let greatestFiniteMagnitude = Number(
        uncheckedCoefficient: PowersOfTen.limit - 1, exponent: maximumAdjustedExponent - 37, isNegative: false)
    public static let leastNonzeroMagnitude = Number(
        uncheckedCoefficient: 1, exponent: minimumAdjustedExponent, isNegative: false)

    /// The number `±coefficient × 10^exponent`, exactly.
    ///
    /// - Throws: `numberTooPrecise`, `numberOverflow`, `numberUnderflow`.
    public init(coefficient: UInt128, exponent: Int, isNegative: Bool = false) throws(ValueError) {
        guard coefficient < PowersOfTen.limit else { throw .numberTooPrecise }
        // Exponents this far off are out of range whatever the digits are.
        let exponent = min(max(exponent, -1000), 1000)
        self = try Number.checked(coefficient, exponent: exponent, isNegative: isNegative)
    }

    /// The number of digits of the coefficient, 1 to 38.
    public var digitCount: Int { PowersOfTen.digitCount(coefficient) }

    /// The exponent of the first digit: the number is `d.ddd × 10^adjustedExponent`.
    public var adjustedExponent: Int { exponent + digitCount - 1 }

    /// -1, 0, or 1.
    public var signum: Int { isZero ? 0 : isNegative ? -1 : 1 }

    public var magnitude: Number {
        Number(uncheckedCoefficient: coefficient, exponent: exponent, isNegative: false)
    }

    /// The number with the other sign.
    public var negated: Number {
        Number(uncheckedCoefficient: coefficient, exponent: exponent, isNegative: !isNegative && !isZero)
    }

    /// Makes sure that a coefficient of at most 38 digits lies in range with its exponent.
    ///
    /// A zero out of range keeps as much of its scale as there is.
    static func checked(
        _ coefficient: UInt128, exponent: Int, isNegative: Bool
    ) throws(ValueError) -> Number {
        if coefficient == 0 {
            let clamped = min(max(exponent, minimumExponent), maximumAdjustedExponent)
            return Number(uncheckedCoefficient: 0, exponent: clamped, isNegative: false)
        }
        // Whatever the digits are, exponents in the middle are in range; this spares counting them.
        if exponent < minimumAdjustedExponent || exponent > maximumAdjustedExponent - 37 {
            let adjusted = exponent + PowersOfTen.digitCount(coefficient) - 1
            guard adjusted <= maximumAdjustedExponent else { throw .numberOverflow }
            guard adjusted >= minimumAdjustedExponent else { throw .numberUnderflow }
        }
        return Number(uncheckedCoefficient: coefficient, exponent: exponent, isNegative: isNegative)
    }
}
