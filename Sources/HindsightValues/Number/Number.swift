/// A decimal number of up to 38 significant digits: `±coefficient × 10^exponent`.
///
/// The magnitude is zero or lies in 1E-130 … 9.99…E+125, as DynamoDB has it. The scale is kept: `2.50` prints as `2.50`,
/// though it equals `2.5` and hashes alike. There is no negative zero.
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

    /// 0 without digits after the point.
    public static let zero = Number(uncheckedCoefficient: 0, exponent: 0, isNegative: false)
}
