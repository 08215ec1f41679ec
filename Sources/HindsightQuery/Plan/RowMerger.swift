import HindsightValues

/// `SELECT *` and `t.*`: puts result rows together from whole structs and single values.
struct RowMerger: Sendable {
    private enum Part: Sendable {
        case all(Evaluator, otherwiseNamed: String)
        case item(String, Evaluator)
    }

    private let parts: [Part]

    init(_ parts: [Projector.MergePart], _ compiler: ExpressionCompiler) throws(QueryError) {
        var compiled: [Part] = []
        for part in parts {
            switch part {
            case .all(let expression, let name):
                compiled.append(.all(try compiler.compile(expression), otherwiseNamed: name))
            case .item(let name, let expression):
                compiled.append(.item(name, try compiler.compile(expression)))
            }
        }
        self.parts = compiled
    }

    var evaluator: Evaluator {
        // The item of a single table is the row as it is.
        if parts.count == 1, case .all(let whole, let name) = parts[0] {
            return { (frame) throws(QueryError) in
                let value = try whole(&frame)
                if case .structure = value { return value }
                var row = Structure()
                RowMerger.append(value, named: name, to: &row)
                return .structure(row)
            }
        }
        return { [self] (frame) throws(QueryError) in .structure(try row(&frame)) }
    }

    private func row(_ frame: inout Frame) throws(QueryError) -> Structure {
        var row = Structure()
        for part in parts {
            switch part {
            case .item(let name, let evaluator):
                RowMerger.append(try evaluator(&frame), named: name, to: &row)
            case .all(let evaluator, let name):
                let value = try evaluator(&frame)
                if case .structure(let structure) = value {
                    row.fields.append(contentsOf: structure.fields)
                } else {
                    RowMerger.append(value, named: name, to: &row)
                }
            }
        }
        return row
    }

    private static func append(_ value: Value, named name: String, to row: inout Structure) {
        if case .missing = value { return }
        row.append(name, value)
    }
}
