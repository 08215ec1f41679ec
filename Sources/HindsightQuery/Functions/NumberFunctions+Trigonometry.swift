import HindsightValues

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension NumberFunctions {
    /// Angles are in radians, results are floats.
    static let trigonometry: [Function] = [
        Function(
            "PI", [], summary: "the circle's circumference over its diameter",
            example: .init("PI()", gives: "`3.141592653589793e0`"), body: .constant(.float(.pi))),
        real("DEGREES", "an angle in radians as degrees", "DEGREES(PI())", "`180e0`") { $0 * 180 / .pi },
        real("RADIANS", "an angle in degrees as radians", "RADIANS(180)", "PI()") { $0 * .pi / 180 },
        real("SIN", "the sine", "SIN(0)", "`0e0`", accepts: \.isFinite, sin),
        real("COS", "the cosine", "COS(0)", "`1e0`", accepts: \.isFinite, cos),
        real("TAN", "the tangent", "TAN(0)", "`0e0`", accepts: \.isFinite, tan),
        real(
            "COT", "the cotangent", "COT(PI() / 2) < 0.0001", "true", accepts: { $0.isFinite && $0 != 0 },
            { 1 / tan($0) }),
        real("ASIN", "the angle of a sine", "ASIN(0)", "`0e0`", accepts: { abs($0) <= 1 }, asin),
        real("ACOS", "the angle of a cosine", "ACOS(1)", "`0e0`", accepts: { abs($0) <= 1 }, acos),
        real("ATAN", "the angle of a tangent", "ATAN(0)", "`0e0`", atan),
        Function(
            "ATAN2", [.init("y", .number), .init("x", .number)], summary: "the angle of the point (x, y)",
            example: .init("ATAN2(0, 1)", gives: "`0e0`"),
            body: .binary { (y, x) throws(EvaluationFailure) in .float(atan2(try float(y), try float(x))) }),
        real("SINH", "the hyperbolic sine", "SINH(0)", "`0e0`", sinh),
        real("COSH", "the hyperbolic cosine", "COSH(0)", "`1e0`", cosh),
        real("TANH", "the hyperbolic tangent", "TANH(0)", "`0e0`", tanh),
        real("ASINH", "the number of a hyperbolic sine", "ASINH(0)", "`0e0`", asinh),
        real("ACOSH", "the number of a hyperbolic cosine", "ACOSH(1)", "`0e0`", accepts: { $0 >= 1 }, acosh),
        real("ATANH", "the number of a hyperbolic tangent", "ATANH(0)", "`0e0`", accepts: { abs($0) < 1 }, atanh),
    ]

    /// What floats have besides numbers.
    static let floats: [Function] = [
        test("IS_NAN", "whether a number is the float that is no number", "IS_NAN(`nan`)", "true") { $0.isNaN },
        test("IS_INFINITE", "whether a number is an infinite float", "IS_INFINITE(`+inf`)", "true") { $0.isInfinite },
        test("IS_FINITE", "whether a number is neither infinite nor no number", "IS_FINITE(1.5)", "true") {
            $0.isFinite
        },
    ]

    private static func test(
        _ name: String, _ summary: String, _ call: String, _ result: String,
        _ holds: @escaping @Sendable (Double) -> Bool
    ) -> Function {
        Function(
            name, [.init("number", .number)], summary: summary, example: .init(call, gives: result),
            body: .unary { (value) throws(EvaluationFailure) in .bool(holds(try float(value))) })
    }
}
