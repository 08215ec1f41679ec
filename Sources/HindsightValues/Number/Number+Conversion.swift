#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc  // for libm, which unoptimised float conversions call
#endif

/// Numbers from and to the machine's integers and floats.
extension Number {
    /// The integer, exactly.
    public init(_ integer: Int64) {
        self.init(uncheckedCoefficient: UInt128(integer.magnitude), exponent: 0, isNegative: integer < 0)
    }

    /// The decimal that a float counts as: the integer itself if it is one of 64 bits, else the shortest decimal that
    /// reads back as the same float, so that 0.1 stays 0.1.
    ///
    /// - Throws: `typeMismatch` for NaN and the infinities; `numberOverflow`, `numberUnderflow`.
    public init(_ float: Double) throws(ValueError) {
        guard float.isFinite else { throw .typeMismatch }
        if let integer = Int64(exactly: float) {
            self.init(integer)
        } else {
            self = try Number.parse(float.description)
        }
    }

    /// The number as an integer, if it is one and fits.
    public var exactInt64: Int64? {
        guard !isZero else { return 0 }
        guard scaleExponent != 0 else { return Number.int64(coefficient, isNegative: isNegative) }
        let form = normalized
        guard form.exponent >= 0, form.exponent <= 18, form.high == 0 else { return nil }
        let (product, overflow) = form.low.multipliedReportingOverflow(by: PowersOfTen.small[form.exponent])
        return overflow ? nil : Number.int64(UInt128(product), isNegative: isNegative)
    }

    /// The number rounded half to even, as CAST to an integer does it.
    ///
    /// - Throws: `integerOverflow`.
    public func roundedToInt64() throws(ValueError) -> Int64 {
        guard let integer = try rounded(toScale: 0).exactInt64 else { throw .integerOverflow }
        return integer
    }

    private static func int64(_ magnitude: UInt128, isNegative: Bool) -> Int64? {
        if isNegative {
            guard magnitude <= UInt128(Int64.max) + 1 else { return nil }
            return Int64(truncatingIfNeeded: 0 &- UInt64(truncatingIfNeeded: magnitude))
        }
        return Int64(exactly: magnitude)
    }

    /// The nearest float, ties to even.
    ///
    /// - Complexity: constant for up to 15 digits and small exponents; else the text is made and read.
    public var doubleValue: Double {
        // Up to 2^53 and 10^22 both operands are exact, so that one operation rounds once (Clinger 1990).
        if high == 0, low <= 1 << 53, exponent >= -22, exponent <= 22 {
            let digits = Double(low)
            let power = Number.exactPowers[abs(exponent)]
            let magnitude = exponent < 0 ? digits / power : digits * power
            return isNegative ? -magnitude : magnitude
        }
        var text: [UInt8] = []
        appendScientific(to: &text)
        return Double(String(decoding: text, as: UTF8.self)) ?? .nan
    }

    /// The powers of ten that a float holds exactly.
    private static let exactPowers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}
