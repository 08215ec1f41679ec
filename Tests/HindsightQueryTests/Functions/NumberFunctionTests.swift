import HindsightQuery
import HindsightValues
import Testing

/// Numbers against those that Python 3 computes (modules math and decimal with 38 digits).
@Suite struct NumberFunctionTests {
    @Test(arguments: [
        ("SQRT(2)", 1.4142135623730951), ("SQRT(0.01)", 0.1), ("SQRT(10000000000)", 100000.0),
        ("SQRT(12345678.9)", 3513.6418286444623), ("CBRT(27)", 3.0), ("CBRT(-27)", -3.0), ("CBRT(1000)", 10.0),
        ("EXP(1)", 2.718281828459045), ("EXP(-10)", 4.5399929762484854e-05), ("EXP(100.5)", 4.4319559098458955e+43),
        ("LN(2)", 0.6931471805599453), ("LN(10)", 2.302585092994046), ("LN(0.001)", -6.907755278982137),
        ("LOG10(2)", 0.3010299956639812), ("LOG10(0.001)", -3.0), ("LOG10(100000000000000000000)", 20.0),
        ("LOG2(3)", 1.584962500721156), ("LOG2(1024)", 10.0), ("LOG2(0.1)", -3.321928094887362),
        ("SIN(0.5)", 0.479425538604203), ("SIN(-2)", -0.9092974268256817), ("SIN(10)", -0.5440211108893698),
        ("COS(0.5)", 0.8775825618903728), ("COS(-2)", -0.4161468365471424), ("COS(10)", -0.8390715290764524),
        ("TAN(0.5)", 0.5463024898437905), ("TAN(-2)", 2.185039863261519), ("TAN(10)", 0.6483608274590866),
        ("SINH(0.5)", 0.5210953054937474), ("SINH(-2)", -3.626860407847019), ("SINH(10)", 11013.232874703393),
        ("COSH(0.5)", 1.1276259652063807), ("COSH(-2)", 3.7621956910836314), ("COSH(10)", 11013.232920103324),
        ("TANH(0.5)", 0.46211715726000974), ("TANH(-2)", -0.9640275800758169), ("TANH(10)", 0.9999999958776927),
        ("ATAN(0.5)", 0.4636476090008061), ("ATAN(-2)", -1.1071487177940904), ("ATAN(10)", 1.4711276743037347),
        ("ASINH(0.5)", 0.48121182505960347), ("ASINH(-2)", -1.4436354751788103), ("ASINH(10)", 2.99822295029797),
        ("ASIN(0.5)", 0.5235987755982989), ("ASIN(-0.25)", -0.25268025514207865), ("ACOS(0.5)", 1.0471975511965979),
        ("ACOS(-0.25)", 1.8234765819369754), ("ATANH(0.5)", 0.5493061443340548),
        ("ATANH(-0.25)", -0.25541281188299536), ("ACOSH(1.5)", 0.9624236501192069),
        ("ACOSH(100)", 5.298292365610484), ("DEGREES(1)", 57.29577951308232),
        ("DEGREES(-3.5)", -200.53522829578813), ("RADIANS(90)", 1.5707963267948966),
        ("RADIANS(-1)", -0.017453292519943295), ("ATAN2(1, -1)", 2.356194490192345),
        ("ATAN2(-1, -2)", -2.677945044588987), ("ATAN2(0, -1)", 3.141592653589793), ("LOG(3, 81)", 4.0),
        ("POWER(2.5, 1.5)", 3.952847075210474), ("POWER(2, -3)", 0.125),
    ])
    func givesTheFloat(call: String, expected: Double) throws {
        guard case .float(let found) = try ConstantEvaluator().evaluate(call) else {
            Issue.record("\(call) is no float")
            return
        }
        #expect(abs(found - expected) <= 4 * expected.ulp, "\(call) gives \(found)")
    }

    @Test(arguments: [
        ("POWER(1.1, 20)", "6.72749994932560009201"), ("POWER(0.5, 10)", "0.0009765625"), ("POWER(-3, 3)", "-27"),
        ("POWER(10., 30)", "1000000000000000000000000000000."),
        ("FACTORIAL(30)", "265252859812191058636308480000000."), ("ROUND(2.345, 2)", "2.35"),
        ("ROUND(-2.345, 2)", "-2.35"), ("ROUND(1250, -2)", "1300"), ("ROUND(0.125, 2)", "0.13"),
        ("TRUNC(1234.5678, -2)", "12E+2"), ("CEIL(-0.5)", "0."), ("FLOOR(-0.5)", "-1."),
        ("FLOOR(12345678901234567890123456789.9)", "12345678901234567890123456789."), ("DIV(7.5, 2)", "3."),
        ("DIV(-7, 2)", "-3"), ("MOD(-7.5, 2)", "-1.5"), ("GCD(1071, 462)", "21"), ("LCM(21, 6)", "42"),
        ("GCD(9223372036854775807, 2147483647)", "1"), ("BIT_XOR(-1, 5)", "-6"), ("BIT_COUNT(-1)", "64"),
        ("SHIFT_RIGHT(-9, 1)", "-5"), ("LCM(-4, 6)", "12"),
    ])
    func givesTheExactNumber(call: String, expected: String) throws {
        let evaluator = ConstantEvaluator()
        let found = try evaluator.evaluate(call)
        let wanted = try evaluator.evaluate(expected)
        #expect(found == wanted && found.kind == wanted.kind, "\(call) gives \(found)")
    }

    /// No arguments make a function trap: each is called with awkward values in all places.
    @Test func noArgumentsTrap() throws {
        let awkward = [
            "NULL", "MISSING", "-9223372036854775808", "9223372036854775807", "0", "-1", "1E+125", "-1E-130", "`nan`",
            "`-inf`", "`1e308`", "''", "'%'", "'\u{0}😀'", "[]", "<<NULL>>", "{}", "DATE '0001-01-01'",
            "TIMESTAMP '9999-12-31 23:59:59.999999999+14:00'", "INTERVAL '1' MONTH", "`{{/w==}}`", "true",
        ]
        for function in FunctionTable.all where !function.isAggregate && !function.needsPart {
            let (least, most) = function.argumentCounts
            for count in least...(most ?? least + 1) {
                for shift in awkward.indices {
                    let arguments = (0..<count).map { awkward[(shift + $0 * 5) % awkward.count] }
                    for typing in [TypingMode.permissive, .strict] {
                        let call = "\(function.name)(\(arguments.joined(separator: ", ")))"
                        _ = try? ConstantEvaluator(typing: typing).evaluate(call)
                    }
                }
            }
        }
    }
}
