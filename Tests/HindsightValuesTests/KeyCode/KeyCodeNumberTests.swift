import Foundation
import HindsightTestSupport
import Testing

@testable import HindsightValues

/// The key code of numbers against Python's `decimal` (see `Vectors/make_key_vectors.py`) and against `Number`'s order.
@Suite struct KeyCodeNumberTests {
    private struct Vector {
        let key: String
        let texts: [String]
    }

    private func vectors() throws -> [Vector] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appendingPathComponent("Vectors/key-vectors.txt"), encoding: .utf8)
        return text.split(separator: "\n").dropFirst().map { line in
            let parts = line.split(separator: " ").map(String.init)
            return Vector(key: parts[0], texts: Array(parts.dropFirst()))
        }
    }

    private func key(_ value: Value) throws -> [UInt8] { try KeyCode.encode([value]) }

    private func hexadecimal(_ value: Value) throws -> String {
        let key = try key(value)
        return key.rawSpan.hexadecimal
    }

    @Test func bytesAreThoseOfTheVectors() throws {
        for vector in try vectors() {
            for text in vector.texts {
                let number = try Number.parse(text)
                #expect(try hexadecimal(.decimal(number)) == vector.key, "\(text)")
                if let integer = number.exactInt64 {
                    #expect(try hexadecimal(.int(integer)) == vector.key, "\(text)")
                }
            }
        }
    }

    @Test func orderIsThatOfTheVectors() throws {
        var last: [UInt8] = []
        for vector in try vectors() {
            let key = try key(.decimal(Number.parse(vector.texts[0])))
            #expect(last.lexicographicallyPrecedes(key), "\(vector.texts[0])")
            last = key
        }
    }

    @Test func numbersComeBack() throws {
        for vector in try vectors() {
            let number = try Number.parse(vector.texts[0])
            let decoded = try KeyCodeOrder.decode(try key(.decimal(number)))
            #expect(decoded.count == 1)
            if let integer = number.exactInt64 {
                #expect(decoded.first?.intPayload == integer, "\(number)")
            } else {
                #expect(decoded.first?.decimalPayload == number, "\(number)")
            }
        }
    }

    @Test func allSmallIntegersAreInOrder() throws {
        var last: [UInt8] = []
        for integer in Int64(-20_100)...20_100 {
            let key = try key(.int(integer))
            let others = try [self.key(.decimal(Number(integer))), self.key(.float(Double(integer)))]
            // A plain `if` around the expectation: there are 40,201 integers.
            if !last.lexicographicallyPrecedes(key) || others != [key, key] { Issue.record("\(integer)") }
            last = key
        }
    }

    @Test func smallNumbersAreShort() throws {
        #expect(try key(.int(7)) == [0x20, 14])
        #expect(try key(.int(-7)) == [0x1A, 0xFF - 14])
        #expect(try key(.int(100)) == [0x21, 2])
        #expect(try key(.int(205)) == [0x21, 5, 10])
        #expect(try key(.int(1042)) == [0x21, 21, 84])
        #expect(try key(.decimal(Number.parse("12.5"))) == [0x20, 25, 100])
        #expect(try key(.int(.max)).count == 11)
        #expect(try key(.int(.min)).count == 11)
        #expect(try key(.decimal(Number.parse("-1.2345678901234567890123456789012345678E-128"))).count == 22)
    }

    @Test func theEndsOfIntegersComeBack() throws {
        for integer in [Int64.min, .min + 1, .max - 1, .max] {
            let decoded = try KeyCodeOrder.decode(try key(.int(integer)))
            #expect(decoded.first?.intPayload == integer)
        }
        let beyond = try Number.parse("9223372036854775808")
        #expect(try KeyCodeOrder.decode(key(.decimal(beyond))).first?.decimalPayload == beyond)
    }

    @Test func floatsThatAreNoNumbersAreRefused() {
        #expect(throws: ValueError.typeMismatch) { try key(.float(.nan)) }
        #expect(throws: ValueError.typeMismatch) { try key(.float(-.infinity)) }
        #expect(throws: ValueError.numberOverflow) { try key(.float(1e200)) }
        #expect(throws: ValueError.numberUnderflow) { try key(.float(1e-200)) }
    }

    @Test func randomPairsCompareAsNumbersDo() throws {
        let seed = TestSeed.fresh
        print("KeyCodeNumberTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5_000 {
            let left = RandomValues.number(using: &generator)
            // Half of the time a near neighbour, for random pairs mostly differ in the first byte.
            let right =
                Bool.random(using: &generator)
                ? RandomValues.number(using: &generator) : RandomValues.neighbour(of: left, using: &generator)
            let order = KeyCodeOrder.compare(try key(.decimal(left)), try key(.decimal(right)))
            #expect(order == Number.compare(left, right).signum(), "\(left), \(right), seed \(seed)")
        }
    }
}

extension Value {
    /// The integer, if it is an int.
    fileprivate var intPayload: Int64? {
        if case .int(let integer) = self { integer } else { nil }
    }

    /// The number, if it is a decimal.
    fileprivate var decimalPayload: Number? {
        if case .decimal(let number) = self { number } else { nil }
    }
}
