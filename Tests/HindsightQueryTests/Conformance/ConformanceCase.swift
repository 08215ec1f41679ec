import Foundation
import HindsightValues

/// One line of the PartiQL conformance cases.
struct ConformanceCase: Decodable {
    let id: String
    let category: String
    let file: String
    let kind: String
    let statement: String
    let env: String?
    let mode: [String]?
    let expect: [String: Expectation]?

    struct Expectation: Decodable {
        let result: ConformanceValue?
        let error: Bool?
    }

    /// The cases of a file, split at line feeds alone.
    static func read(_ path: String) throws -> [ConformanceCase] {
        try lines(path).map { try JSONDecoder().decode(ConformanceCase.self, from: $0) }
    }

    static func readEnvironments(_ path: String) throws -> [String: [String: Value]] {
        struct Line: Decodable {
            let env: String
            let globals: [String: ConformanceValue]
        }
        var environments: [String: [String: Value]] = [:]
        for line in try lines(path) {
            let decoded = try JSONDecoder().decode(Line.self, from: line)
            environments[decoded.env] = decoded.globals.compactMapValues(\.value)
        }
        return environments
    }

    private static func lines(_ path: String) throws -> [Data] {
        try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: 0x0A).map { Data($0) }
    }
}

/// A value as the cases write it: an object of one tag. nil for graphs.
struct ConformanceValue: Decodable {
    let value: Value?

    private struct Tag: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) { nil }
    }

    private struct Interval: Decodable {
        let sign: Int64
        let years, months, days, hours, minutes, seconds, nanos: Int64?
    }

    private struct Pair: Decodable {
        let name: String
        let value: ConformanceValue

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            name = try container.decode(String.self)
            value = try container.decode(ConformanceValue.self)
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Tag.self)
        guard let tag = container.allKeys.first else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no tag"))
        }
        func text() throws -> String { try container.decode(String.self, forKey: tag) }
        func values() throws -> [Value] {
            try container.decode([ConformanceValue].self, forKey: tag).compactMap(\.value)
        }
        switch tag.stringValue {
        case "missing": value = .missing
        case "null": value = .null
        case "bool": value = .bool(try container.decode(Bool.self, forKey: tag))
        case "int": value = ConformanceValue.integer(try text())
        case "decimal": value = .decimal(try Number.parse(try text()))
        case "float": value = .float(ConformanceValue.float(try text()))
        case "string": value = .string(try text())
        case "symbol": value = .symbol(try text())
        case "blob": value = .blob([UInt8](Data(base64Encoded: try text()) ?? Data()))
        case "clob": value = .clob([UInt8](Data(base64Encoded: try text()) ?? Data()))
        case "date": value = .date(try CalendarDate.parse(try text()))
        case "time": value = .time(try TimeOfDay.parse(try text()))
        case "timestamp": value = ConformanceValue.timestamp(try text())
        case "interval_ym", "interval_dt":
            value = .interval(ConformanceValue.interval(try container.decode(Interval.self, forKey: tag)))
        case "list": value = .list(try values())
        case "bag": value = .bag(try values())
        case "sexp": value = .sexp(try values())
        case "struct":
            let pairs = try container.decode([Pair].self, forKey: tag)
            value = .structure(
                Structure(fields: pairs.map { Structure.Field(name: $0.name, value: $0.value.value ?? .missing) }))
        case "ion": value = try container.decode(ConformanceValue.self, forKey: tag).value
        default: value = nil
        }
    }

    /// An integer of any size, as the language reads it.
    private static func integer(_ text: String) -> Value {
        if let integer = Int64(text) { return .int(integer) }
        return (try? Number.parse(text, excessDigits: .rounded)).map { .decimal($0) } ?? .null
    }

    private static func float(_ text: String) -> Double {
        switch text {
        case "nan": .nan
        case "inf": .infinity
        case "-inf": -.infinity
        default: Double(text) ?? .nan
        }
    }

    /// Years beyond four digits have no sign in the cases.
    private static func timestamp(_ text: String) -> Value? {
        let year = text.prefix { $0 != "-" && $0 != "T" }
        let signed = year.count == 5 ? "+" + text : text
        return (try? Timestamp.parse(signed)).map { .timestamp($0) }
    }

    private static func interval(_ parts: Interval) -> HindsightValues.Interval {
        if let years = parts.years { return .months(parts.sign * (years * 12 + (parts.months ?? 0))) }
        let hours = (parts.days ?? 0) * 24 + (parts.hours ?? 0)
        let seconds = (hours * 60 + (parts.minutes ?? 0)) * 60 + (parts.seconds ?? 0)
        let nanoseconds = parts.sign * (parts.nanos ?? 0)
        return (try? .seconds(parts.sign * seconds, nanoseconds: nanoseconds)) ?? .months(0)
    }
}
