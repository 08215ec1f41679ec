import Foundation
import HindsightValues
import Testing

/// Number against Python's `decimal`: see `Vectors/make_number_vectors.py`.
@Suite struct NumberVectorTests {
    private struct Vector {
        let line: Int
        let operation: String
        let operands: [String]
        let result: String
    }

    private func vectors() throws -> [Vector] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appendingPathComponent("Vectors/number-vectors.txt"), encoding: .utf8)
        return text.split(separator: "\n").enumerated().compactMap { index, line in
            let parts = line.split(separator: " ").map(String.init)
            if parts[0] == "#" { return nil }
            return Vector(
                line: index + 1, operation: parts[0], operands: Array(parts[1..<(parts.count - 1)]),
                result: parts[parts.count - 1])
        }
    }

    /// The answer in the words of the vectors: the operation's result as text, or the name of its error.
    private func answer(_ vector: Vector) throws -> String {
        do {
            return try evaluate(vector)
        } catch ValueError.numberOverflow {
            return "overflow"
        } catch ValueError.numberUnderflow {
            return "underflow"
        }
    }

    private func evaluate(_ vector: Vector) throws -> String {
        let left = try Number.parse(vector.operands[0], excessDigits: .rounded)
        if vector.operation.hasPrefix("round-") {
            let scale = try #require(Int(vector.operands[1]))
            return try left.rounded(toScale: scale, rule(vector.operation)).description
        }
        if vector.operation == "double" { return hexadecimal(left.doubleValue) }
        if vector.operation == "parse" { return left.description }
        return try evaluatePair(vector.operation, left, try Number.parse(vector.operands[1]))
    }

    private func evaluatePair(_ operation: String, _ left: Number, _ right: Number) throws -> String {
        switch operation {
        case "add": return try left.adding(right).description
        case "subtract": return try left.subtracting(right).description
        case "multiply": return try left.multiplied(by: right).description
        case "divide": return try left.divided(by: right).description
        case "remainder": return try left.remainder(dividingBy: right).description
        case "compare": return "\(Number.compare(left, right))"
        default: return "unknown operation \(operation)"
        }
    }

    private func rule(_ operation: String) -> FloatingPointRoundingRule {
        switch operation {
        case "round-away": .toNearestOrAwayFromZero
        case "round-zero": .towardZero
        case "round-down": .down
        case "round-up": .up
        default: .toNearestOrEven
        }
    }

    private func hexadecimal(_ double: Double) -> String {
        let digits = String(double.bitPattern, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    @Test func agreesWithPythonsDecimal() throws {
        let vectors = try vectors()
        #expect(vectors.count > 6000)
        for vector in vectors {
            let answer = try answer(vector)
            #expect(
                answer == vector.result,
                "line \(vector.line): \(vector.operation) \(vector.operands.joined(separator: " "))")
        }
    }
}
