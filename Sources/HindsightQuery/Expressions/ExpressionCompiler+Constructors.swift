import HindsightSyntax
import HindsightValues

/// Structs, lists and bags.
extension ExpressionCompiler {
    /// An attribute whose value is MISSING is left out, and so is one whose name is MISSING; a name that is not text is a
    /// mismatch.
    func compileStructure(_ fields: [BoundField]) throws(QueryError) -> Part {
        var names: [Part] = []
        var values: [Part] = []
        var sites: [EvaluationSite] = []
        for field in fields {
            names.append(try compilePart(field.name))
            values.append(try compilePart(field.value))
            sites.append(site(field.name.span))
        }
        let constantNames = names.compactMap { name -> String? in
            if case .constant(let value) = name { value.text } else { nil }
        }
        if constantNames.count == names.count {
            return try folding(structure(named: constantNames, values.map(\.evaluator)), of: values)
        }
        let evaluators = zip(names, values).map { ($0.evaluator, $1.evaluator) }
        let nameSites = sites
        return try folding(
            { (frame) throws(QueryError) in
                var structure = Structure()
                structure.reserveCapacity(evaluators.count)
                for (index, (name, value)) in evaluators.enumerated() {
                    let name = try name(&frame)
                    let value = try value(&frame)
                    if let text = name.text {
                        if value.kind != .missing { structure.append(text, value) }
                    } else if name.kind != .missing {
                        _ = try nameSites[index].mismatch(
                            "the name of an attribute is a string, found \(name.kindPhrase)")
                    }
                }
                return .structure(structure)
            }, of: names + values)
    }

    private func structure(named names: [String], _ evaluators: [Evaluator]) -> Evaluator {
        { (frame) throws(QueryError) in
            var structure = Structure()
            structure.reserveCapacity(evaluators.count)
            for (index, evaluator) in evaluators.enumerated() {
                let value = try evaluator(&frame)
                if case .missing = value { continue }
                structure.append(names[index], value)
            }
            return .structure(structure)
        }
    }

    /// Absent elements stay in the collection.
    func compileCollection(_ form: CollectionForm, _ elements: [BoundExpression]) throws(QueryError) -> Part {
        let parts = try compileParts(elements)
        let evaluators = parts.map(\.evaluator)
        return try folding(
            { (frame) throws(QueryError) in
                var values: [Value] = []
                values.reserveCapacity(evaluators.count)
                for evaluator in evaluators { values.append(try evaluator(&frame)) }
                return form.value(of: values)
            }, of: parts)
    }
}

extension CollectionForm {
    @inline(__always)
    package func value(of elements: [Value]) -> Value {
        switch self {
        case .list: .list(elements)
        case .bag: .bag(elements)
        case .sexp: .sexp(elements)
        }
    }
}
