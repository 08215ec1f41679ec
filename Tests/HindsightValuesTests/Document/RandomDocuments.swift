import HindsightKeyValue
import HindsightTestSupport

@testable import HindsightValues

/// Random items of all kinds of values, with names that share beginnings and differ by case.
enum RandomDocuments {
    static func item(using generator: inout SeededGenerator) -> Structure {
        var item = Structure()
        for _ in 0..<Int.random(in: 0...9, using: &generator) {
            let name = name(using: &generator)
            guard item[name] == nil else { continue }
            item.append(name, value(level: 1, using: &generator))
        }
        return item
    }

    static func name(using generator: inout SeededGenerator) -> String {
        let letters = ["a", "A", "b", "id", "Id", "é", "name", "Name", "longer_name", "longer_nAme"]
        let count = [1, 1, 1, 2, 3, 30].randomElement(using: &generator) ?? 1
        return (0..<count).map { _ in letters.randomElement(using: &generator) ?? "a" }.joined()
    }

    static func value(level: Int, using generator: inout SeededGenerator) -> Value {
        let kind = Int.random(in: 0..<(level > 3 ? 13 : 18), using: &generator)
        switch kind {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2, 3: return .int(int(using: &generator))
        case 4: return .decimal(RandomValues.number(using: &generator))
        case 5: return .float(Double(bitPattern: generator.next()))
        case 6, 7: return .string(text(using: &generator))
        case 8: return .symbol(text(using: &generator))
        case 9: return .blob(RandomValues.bytes(upTo: 80, using: &generator))
        case 10: return .clob(RandomValues.bytes(upTo: 300, using: &generator))
        case 11, 12: return time(using: &generator)
        case 13: return .list(elements(level: level, using: &generator))
        case 14: return .bag(elements(level: level, using: &generator))
        case 15: return .sexp(elements(level: level, using: &generator))
        default: return .structure(structure(level: level, using: &generator))
        }
    }

    /// An int of any width, often at an edge of one.
    static func int(using generator: inout SeededGenerator) -> Int64 {
        let power = Int64(1) << Int64.random(in: 0...62, using: &generator)
        let magnitude = power &+ Int64.random(in: -2...2, using: &generator)
        return Bool.random(using: &generator) ? magnitude : -magnitude
    }

    private static func text(using generator: inout SeededGenerator) -> String {
        String(
            repeating: RandomValues.text(upTo: 4, using: &generator),
            count: [1, 1, 1, 20].randomElement(using: &generator) ?? 1)
    }

    private static func elements(level: Int, using generator: inout SeededGenerator) -> [Value] {
        (0..<Int.random(in: 0...4, using: &generator)).map { _ in value(level: level + 1, using: &generator) }
    }

    /// A struct in which names may repeat.
    private static func structure(level: Int, using generator: inout SeededGenerator) -> Structure {
        var structure = Structure()
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
            structure.append(name(using: &generator), value(level: level + 1, using: &generator))
        }
        return structure
    }

    private static func time(using generator: inout SeededGenerator) -> Value {
        let seconds = Int64.random(in: -100_000_000_000...1_000_000_000_000, using: &generator)
        let nanoseconds = Int32.random(in: 0...999_999_999, using: &generator)
        let minutes = Int16.random(in: -1439...1439, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0:
            let zones: [Timestamp.Zone] = [.none, .unknown, .utc, .offset(minutes: minutes)]
            let zone = zones.randomElement(using: &generator) ?? .utc
            return (try? Timestamp(seconds: seconds, nanoseconds: nanoseconds, zone: zone)).map(Value.timestamp)
                ?? .null
        case 1:
            return (try? CalendarDate(daysSince1970: Int(seconds / 86_400))).map(Value.date) ?? .null
        case 2:
            return .time(
                TimeOfDay(
                    uncheckedNanoseconds: abs(seconds) * 1000 % TimeOfDay.nanosecondsPerDay,
                    offsetMinutes: Bool.random(using: &generator) ? minutes : nil, fractionDigits: 6))
        default:
            return Bool.random(using: &generator)
                ? .interval(.months(seconds))
                : .interval(Interval(uncheckedFamily: .dayTime, amount: seconds, fraction: nanoseconds))
        }
    }
}

extension Value {
    /// Whether the values are the same to the last detail: kinds, scales, written order.
    func isIdentical(to other: Value) -> Bool {
        switch (self, other) {
        case (.decimal(let left), .decimal(let right)):
            left == right && left.exponent == right.exponent
        case (.float(let left), .float(let right)): left.bitPattern == right.bitPattern
        case (.time(let left), .time(let right)):
            left.nanoseconds == right.nanoseconds && left.offsetMinutes == right.offsetMinutes
                && left.fractionDigits == right.fractionDigits
        case (.timestamp(let left), .timestamp(let right)):
            left == right && left.zone == right.zone && left.precision == right.precision
        case (.list(let left), .list(let right)), (.bag(let left), .bag(let right)),
            (.sexp(let left), .sexp(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isIdentical(to: $1) }
        case (.structure(let left), .structure(let right)): left.isIdentical(to: right)
        default: kind == other.kind && self == other
        }
    }
}

extension Structure {
    func isIdentical(to other: Structure) -> Bool {
        count == other.count
            && zip(fields, other.fields).allSatisfy {
                TextOrder.isEqual($0.name, $1.name) && $0.value.isIdentical(to: $1.value)
            }
    }
}

/// The readers of documents for documents that are held as arrays.
enum Read {
    static func item(_ document: [UInt8]) throws -> Structure { try Document.structure(in: document.rawSpan) }

    static func validate(_ document: [UInt8]) throws { try Document.validate(document.rawSpan) }

    static func size(_ document: [UInt8]) throws -> Int { try Document.itemSize(document.rawSpan) }

    static func locate(_ path: DocumentPath, _ document: [UInt8]) throws -> Int? {
        try Document.locate(path, in: document.rawSpan)
    }

    static func value(_ path: DocumentPath, _ document: [UInt8]) throws -> Value? {
        guard let offset = try Document.locate(path, in: document.rawSpan) else { return nil }
        return try Document.value(at: offset, in: document.rawSpan)
    }

    static func isAmbiguous(_ path: DocumentPath, _ document: [UInt8]) throws -> Bool {
        var isAmbiguous = false
        _ = try Document.locate(path, in: document.rawSpan, isAmbiguous: &isAmbiguous)
        return isAmbiguous
    }
}
