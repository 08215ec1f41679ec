extension Printer {
    mutating func print(_ type: DataType) {
        switch type.kind {
        case .any: write("ANY")
        case .null: write("NULL")
        case .missing: write("MISSING")
        case .bool: write("BOOL")
        case .tinyInt: write("TINYINT")
        case .smallInt: write("SMALLINT")
        case .integer: write("INTEGER")
        case .int: write("INT")
        case .bigInt: write("BIGINT")
        case .decimal(let precision, let scale): sized("DECIMAL", [precision, scale])
        case .number: write("NUMBER")
        case .real: write("REAL")
        case .doublePrecision: write("DOUBLE PRECISION")
        case .float(let precision): sized("FLOAT", [precision])
        case .char(let length): sized("CHAR", [length])
        case .varchar(let length): sized("VARCHAR", [length])
        case .string(let length): sized("STRING", [length])
        case .symbol: write("SYMBOL")
        case .clob(let length): sized("CLOB", [length])
        case .blob(let length): sized("BLOB", [length])
        case .binary: write("BINARY")
        case .date: write("DATE")
        case .time(let precision, let hasZone): sized("TIME", [precision], hasZone ? " WITH TIME ZONE" : "")
        case .timestamp(let precision, let hasZone): sized("TIMESTAMP", [precision], hasZone ? " WITH TIME ZONE" : "")
        case .interval(let qualifier):
            write("INTERVAL")
            if let qualifier { print(qualifier) }
        case .list: write("LIST")
        case .bag: write("BAG")
        case .sexp: write("SEXP")
        case .structure: write("STRUCT")
        case .map: write("MAP")
        }
    }

    /// `WORD (a, b) rest`, without the parentheses if no size is given.
    private mutating func sized(_ word: String, _ sizes: [Int?], _ rest: String = "") {
        let given = sizes.compactMap { $0 }
        let arguments = given.isEmpty ? "" : " (\(given.map(String.init).joined(separator: ", ")))"
        write(word + arguments + rest)
    }

    private mutating func print(_ qualifier: IntervalQualifier) {
        write(" ")
        guard qualifier.first != .second else {
            return sized("SECOND", [qualifier.precision, qualifier.fractionDigits])
        }
        sized(qualifier.first.rawValue, [qualifier.precision])
        guard let last = qualifier.last else { return }
        write(" TO ")
        sized(last.rawValue, [qualifier.fractionDigits])
    }
}
