import HindsightKeyValue
import HindsightValues

/// Cuts a file into records: the lines of Ion, the values of JSON, the rows of CSV.
struct ImportRecords {
    private let bytes: ImportBytes
    private let format: ExchangeFormat
    /// What CSV's first line names.
    private var columns: [String]?
    private var isInArray = false
    private var hasBegun = false

    /// No record is longer: an item of 400 KB takes less in any form.
    static let byteLimit = 16 << 20

    /// One record, with the line that it begins in.
    struct Record {
        let line: Int
        let content: Content

        enum Content {
            case text([UInt8])
            case cells([(name: String, text: String, isQuoted: Bool)])
        }
    }

    init(_ bytes: ImportBytes, _ format: ExchangeFormat) {
        self.bytes = bytes
        self.format = format
    }

    /// The next record; nil at the end.
    ///
    /// - Throws: `ImportFault` for a record without end, or a row that does not fit; `KeyValueError`.
    mutating func next() throws -> Record? {
        switch format {
        case .ion: try nextLine()
        case .dynamoDBJSON, .json: try nextJSON()
        case .csv, .csvText: try nextRow()
        }
    }

    // MARK: Lines

    private func nextLine() throws -> Record? {
        try skipSpace()
        let line = bytes.line
        var text: [UInt8] = []
        while let byte = try bytes.next(), byte != UInt8(ascii: "\n") { try append(byte, to: &text, line) }
        return text.isEmpty ? nil : Record(line: line, content: .text(text))
    }

    private func skipSpace() throws(KeyValueError) {
        while let byte = try bytes.peek(), byte <= UInt8(ascii: " ") { bytes.advance() }
    }

    private func append(_ byte: UInt8, to text: inout [UInt8], _ line: Int) throws(ImportFault) {
        guard text.count < Self.byteLimit else { throw ImportFault(line, "it has no end within 16 MiB") }
        text.append(byte)
    }

    // MARK: JSON

    /// A value of a sequence of values, or an element of the one array in the file.
    private mutating func nextJSON() throws -> Record? {
        try skipSpace()
        if !hasBegun {
            hasBegun = true
            if try bytes.peek() == UInt8(ascii: "[") {
                bytes.advance()
                isInArray = true
                try skipSpace()
            }
        } else if isInArray, try bytes.peek() != UInt8(ascii: "]") {
            guard try bytes.next() == UInt8(ascii: ",") else {
                throw ImportFault(bytes.line, "a `,` or `]` is missing in the array")
            }
            try skipSpace()
            guard try bytes.peek() != UInt8(ascii: "]") else {
                throw ImportFault(bytes.line, "an element is missing behind a `,`")
            }
        }
        if isInArray, try bytes.peek() == UInt8(ascii: "]") {
            bytes.advance()
            isInArray = false
            try skipSpace()
            guard try bytes.peek() == nil else { throw ImportFault(bytes.line, "there is more behind the array") }
        }
        guard try bytes.peek() != nil else {
            if isInArray { throw ImportFault(bytes.line, "the array has no end") }
            return nil
        }
        return try value()
    }

    /// Reads up to where the brackets are closed, or where the line ends if there are none.
    private func value() throws -> Record {
        let line = bytes.line
        var text: [UInt8] = []
        var depth = 0
        var isInString = false
        while let byte = try bytes.peek() {
            if depth == 0, !isInString, byte == UInt8(ascii: "\n") || isInArray && Self.endsElement(byte) { break }
            bytes.advance()
            try append(byte, to: &text, line)
            if isInString {
                if byte == UInt8(ascii: "\\"), let escaped = try bytes.next() {
                    try append(escaped, to: &text, line)
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth <= 0 { return Record(line: line, content: .text(text)) }
            default: break
            }
        }
        return Record(line: line, content: .text(text))
    }

    private static func endsElement(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]")
    }

    // MARK: CSV

    private mutating func nextRow() throws -> Record? {
        if columns == nil { try readHeader() }
        guard let columns else { return nil }
        while true {
            let line = bytes.line
            guard let cells = try cells(line) else { return nil }
            if cells.count == 1, cells[0].text.isEmpty, !cells[0].isQuoted, columns.count > 1 { continue }
            guard cells.count == columns.count else {
                throw ImportFault(line, "the row has \(cells.count) cells, and the first line names \(columns.count)")
            }
            let named = zip(columns, cells).map { (name: $0, text: $1.text, isQuoted: $1.isQuoted) }
            return Record(line: line, content: .cells(named))
        }
    }

    private mutating func readHeader() throws {
        guard let cells = try cells(1) else { return }
        let names = cells.map(\.text)
        for (index, name) in names.enumerated() {
            if name.isEmpty { throw ImportFault(1, "column \(index + 1) has no name") }
            if names[..<index].contains(where: { TextOrder.isEqual($0, name) }) {
                throw ImportFault(1, "two columns are named '\(name)'")
            }
        }
        columns = names
    }

    private typealias Cell = (text: String, isQuoted: Bool)

    /// The cells of a row; nil at the end of the file.
    private func cells(_ line: Int) throws -> [Cell]? {
        guard try bytes.peek() != nil else { return nil }
        var cells: [Cell] = []
        var size = 0
        while true {
            let cell = try cell(line)
            size += cell.text.utf8.count
            guard size < Self.byteLimit else { throw ImportFault(line, "the row is longer than 16 MiB") }
            cells.append(cell)
            guard let byte = try bytes.next() else { return cells }
            if byte == UInt8(ascii: ",") { continue }
            if byte == UInt8(ascii: "\r"), try bytes.peek() == UInt8(ascii: "\n") { bytes.advance() }
            return cells
        }
    }

    /// One cell, up to what ends it.
    private func cell(_ line: Int) throws -> Cell {
        guard try bytes.peek() == UInt8(ascii: "\"") else {
            var text: [UInt8] = []
            while let byte = try bytes.peek(), !Self.endsCell(byte) {
                bytes.advance()
                try append(byte, to: &text, line)
            }
            return (try Self.text(text, line), false)
        }
        bytes.advance()
        var text: [UInt8] = []
        while true {
            guard let byte = try bytes.next() else { throw ImportFault(line, "a quoted cell has no end") }
            if byte == UInt8(ascii: "\"") {
                guard try bytes.peek() == UInt8(ascii: "\"") else { break }
                bytes.advance()
            }
            try append(byte, to: &text, line)
        }
        if let byte = try bytes.peek(), !Self.endsCell(byte) {
            throw ImportFault(line, "there is more behind the quotes of a cell")
        }
        return (try Self.text(text, line), true)
    }

    private static func endsCell(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    private static func text(_ bytes: [UInt8], _ line: Int) throws(ImportFault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ImportFault(line, "the bytes are not UTF-8")
        }
        return text
    }
}

/// Why a record cannot be imported.
struct ImportFault: Error {
    let line: Int
    let reason: String

    init(_ line: Int, _ reason: String) {
        self.line = line
        self.reason = reason
    }
}
