import Foundation
import HindsightValues

/// A value as the cases write it: an object of one member, whose name is the tag.
struct CaseValue: Decodable {
    /// The value, or why it cannot be held.
    let value: Result<Value, UsageError>

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Tag.self)
        guard let tag = container.allKeys.first, container.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no single tag"))
        }
        do {
            value = .success(try TaggedPayload(container: container, tag: tag).value())
        } catch let error as UsageError {
            value = .failure(error)
        } catch let error as ValueError {
            value = .failure(UsageError("a value of the case cannot be held: \(error)"))
        }
    }

    fileprivate struct Tag: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) { nil }
    }
}

/// Reads what stands under the tag.
private struct TaggedPayload {
    let container: KeyedDecodingContainer<CaseValue.Tag>
    let tag: CaseValue.Tag

    func value() throws -> Value {
        switch tag.stringValue {
        case "missing": .missing
        case "null": .null
        case "bool": .bool(try container.decode(Bool.self, forKey: tag))
        case "int": try integer()
        case "decimal": .decimal(try Number.parse(try text()))
        case "float": .float(try float())
        case "string": .string(try text())
        case "symbol": .symbol(try text())
        case "blob": .blob(try octets())
        case "clob": .clob(try octets())
        case "date": .date(try CalendarDate.parse(try text()))
        case "time": .time(try TimeOfDay.parse(try text()))
        case "timestamp": .timestamp(try timestamp())
        case "interval_ym", "interval_dt": .interval(try container.decode(IntervalParts.self, forKey: tag).interval())
        case "list": .list(try values())
        case "bag": .bag(try values())
        case "sexp": .sexp(try values())
        case "struct": .structure(try structure())
        case "graph": try container.decode(CaseGraph.self, forKey: tag).value()
        case "ion": try container.decode(CaseValue.self, forKey: tag).value.get()
        default: throw UsageError("values of the kind '\(tag.stringValue)' cannot be held")
        }
    }

    private func text() throws -> String {
        try container.decode(String.self, forKey: tag)
    }

    private func values() throws -> [Value] {
        try container.decode([CaseValue].self, forKey: tag).map { try $0.value.get() }
    }

    private func structure() throws -> Structure {
        let pairs = try container.decode([Pair].self, forKey: tag)
        return Structure(fields: try pairs.map { Structure.Field(name: $0.name, value: try $0.value.value.get()) })
    }

    /// An integer of any size; those beyond 64 bits are numbers here.
    private func integer() throws -> Value {
        let text = try text()
        return try Int64(text).map { .int($0) } ?? .decimal(try Number.parse(text))
    }

    private func float() throws -> Double {
        let text = try text()
        guard let float = Double(text) else { throw UsageError("no float: '\(text)'") }
        return float
    }

    private func octets() throws -> [UInt8] {
        guard let data = Data(base64Encoded: try text()) else { throw UsageError("octets that are not in base 64") }
        return [UInt8](data)
    }

    /// Years of five digits have no sign in the cases, but have one in ISO 8601.
    private func timestamp() throws -> Timestamp {
        let text = try text()
        let year = text.prefix { $0 != "-" && $0 != "T" }
        return try Timestamp.parse(year.count == 5 ? "+" + text : text)
    }
}

/// An attribute of a struct: an array of its name and its value.
private struct Pair: Decodable {
    let name: String
    let value: CaseValue

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        name = try container.decode(String.self)
        value = try container.decode(CaseValue.self)
    }
}

private struct IntervalParts: Decodable {
    let sign: Int64
    let years, months, days, hours, minutes, seconds, nanos: Int64?

    func interval() throws -> Interval {
        if let years { return .months(sign * (years * 12 + (months ?? 0))) }
        let minutes = ((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)
        return try .seconds(sign * (minutes * 60 + (seconds ?? 0)), nanoseconds: sign * (nanos ?? 0))
    }
}

/// A graph of an environment, as the struct that MATCH reads.
private struct CaseGraph: Decodable {
    let nodes: [Node]
    let edges: [Edge]

    struct Node: Decodable {
        let id: String
        let labels: [String]?
        let payload: CaseValue?
    }

    struct Edge: Decodable {
        let labels: [String]?
        let payload: CaseValue?
        /// A node, `->`, `<-` or `--`, and a node.
        let ends: [String]
    }

    func value() throws -> Value {
        let nodes = try nodes.map { node in
            try element(node.labels, node.payload, [.init(name: "id", value: .string(node.id))])
        }
        let edges = try edges.map { edge in
            guard edge.ends.count == 3 else { throw UsageError("an edge without two ends") }
            let isReversed = edge.ends[1] == "<-"
            return try element(
                edge.labels, edge.payload,
                [
                    .init(name: "from", value: .string(edge.ends[isReversed ? 2 : 0])),
                    .init(name: "to", value: .string(edge.ends[isReversed ? 0 : 2])),
                    .init(name: "directed", value: .bool(edge.ends[1] != "--")),
                ])
        }
        return .structure(
            Structure(fields: [.init(name: "nodes", value: .list(nodes)), .init(name: "edges", value: .list(edges))]))
    }

    private func element(
        _ labels: [String]?, _ payload: CaseValue?, _ fields: [Structure.Field]
    ) throws -> Value {
        var fields = fields
        fields.append(.init(name: "labels", value: .list((labels ?? []).map { .string($0) })))
        if let payload { fields.append(.init(name: "payload", value: try payload.value.get())) }
        return .structure(Structure(fields: fields))
    }
}
