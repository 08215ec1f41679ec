import HindsightSyntax
import HindsightValues

/// Paths: `a.b[2]."c"`, and with wildcards `a[*].b`.
extension ExpressionCompiler {
    func compilePath(_ root: BoundExpression, _ steps: [BoundStep]) throws(QueryError) -> Part {
        var parts = [try compilePart(root)]
        var compiled: [CompiledPathStep] = []
        for step in steps {
            let site = site(step.span)
            switch step {
            case .attribute(let name, let isCaseSensitive, _):
                compiled.append(.attribute(name, isCaseSensitive: isCaseSensitive, site))
            case .index(let index, _): compiled.append(.index(index, site))
            case .computed(let key, let mayBeName):
                let part = try compilePart(key)
                parts.append(part)
                compiled.append(.computed(part.evaluator, mayBeName: mayBeName, site))
            case .allElements: compiled.append(.allElements(site))
            case .allAttributes: compiled.append(.allAttributes(site))
            }
        }
        return try folding(navigation(from: parts[0], compiled), of: parts)
    }

    private func navigation(from root: Part, _ steps: [CompiledPathStep]) -> Evaluator {
        if steps.contains(where: \.isWildcard) {
            let evaluator = root.evaluator
            return { (frame) throws(QueryError) in
                try PathNavigation.wildcards(steps, from: try evaluator(&frame), &frame)
            }
        }
        if case .slot(let slot) = root, steps.count == 1,
            case .attribute(let name, let isCaseSensitive, let site) = steps[0]
        {
            return { (frame) throws(QueryError) in
                try PathNavigation.attribute(name, isCaseSensitive, of: frame.slots[slot], site)
            }
        }
        let evaluator = root.evaluator
        return { (frame) throws(QueryError) in
            var value = try evaluator(&frame)
            for step in steps { value = try PathNavigation.take(step, from: value, &frame) }
            return value
        }
    }
}

/// A step of a path with what it needs at run time.
enum CompiledPathStep: Sendable {
    case attribute(String, isCaseSensitive: Bool, EvaluationSite)
    case index(Int, EvaluationSite)
    case computed(Evaluator, mayBeName: Bool, EvaluationSite)
    case allElements(EvaluationSite)
    case allAttributes(EvaluationSite)

    var isWildcard: Bool {
        switch self {
        case .allElements, .allAttributes: true
        case .attribute, .index, .computed: false
        }
    }
}

/// Walking along a path through values. A path over NULL is NULL and one over MISSING is MISSING; where there is nothing
/// to find, or nothing that has parts, is a mismatch.
enum PathNavigation {
    static func take(
        _ step: CompiledPathStep, from value: Value, _ frame: inout Frame
    ) throws(QueryError) -> Value {
        switch step {
        case .attribute(let name, let isCaseSensitive, let site): try attribute(name, isCaseSensitive, of: value, site)
        case .index(let index, let site): try element(Int64(index), of: value, site)
        case .computed(let key, let mayBeName, let site):
            try computed(try key(&frame), mayBeName: mayBeName, of: value, site)
        case .allElements(let site): .bag(try elements(of: value, site))
        case .allAttributes(let site): .bag(try attributes(of: value, site))
        }
    }

    /// An attribute by name. Without case sensitivity its exact name is preferred; in strict typing a name that fits
    /// several attributes is an error.
    @inline(__always)
    static func attribute(
        _ name: String, _ isCaseSensitive: Bool, of value: Value, _ site: EvaluationSite
    ) throws(QueryError) -> Value {
        if case .structure(let structure) = value, isCaseSensitive || site.typing == .permissive,
            let exact = structure[name]
        {
            return exact
        }
        return try foldedAttribute(name, isCaseSensitive, of: value, site)
    }

    /// An attribute that is not there under its exact name, or that has to be the only one.
    @inline(never)
    private static func foldedAttribute(
        _ name: String, _ isCaseSensitive: Bool, of value: Value, _ site: EvaluationSite
    ) throws(QueryError) -> Value {
        if value.isAbsent { return value }
        guard case .structure(let structure) = value else {
            return try site.mismatch("'\(name)' is sought in \(value.kindPhrase), which has no attributes")
        }
        if !isCaseSensitive {
            let matches = structure.fields.filter { TextOrder.isEqualIgnoringCase($0.name, name) }
            if matches.count > 1, site.typing == .strict {
                throw QueryError(
                    .ambiguousName, "several attributes match '\(name)'", at: site.span,
                    hint: "write the name in double quotes")
            }
            if let first = matches.first { return first.value }
        }
        return try site.mismatch("there is no attribute '\(name)'")
    }

    static func element(_ index: Int64, of value: Value, _ site: EvaluationSite) throws(QueryError) -> Value {
        switch value {
        case .list(let elements), .sexp(let elements):
            if index >= 0 && index < elements.count { return elements[Int(index)] }
            return try site.mismatch("index \(index) lies outside a list of \(elements.count)")
        case .null, .missing: return value
        default: return try site.mismatch("an element is sought in \(value.kindPhrase), which is no list")
        }
    }

    private static func computed(
        _ key: Value, mayBeName: Bool, of value: Value, _ site: EvaluationSite
    ) throws(QueryError) -> Value {
        if key.kind == .missing || value.kind == .missing { return .missing }
        if let name = key.text {
            if mayBeName { return try attribute(name, true, of: value, site) }
            return try site.mismatch("a string from elsewhere names no attribute; write CAST(… AS STRING)")
        }
        if case .int(let index) = key { return try element(index, of: value, site) }
        if key.isAbsent { return .null }
        return try site.mismatch("an index is an integer, found \(key.kindPhrase)")
    }

    /// Steps of which some are wildcards: each of those makes a bag, and all steps after it are taken from each element.
    static func wildcards(
        _ steps: [CompiledPathStep], from root: Value, _ frame: inout Frame
    ) throws(QueryError) -> Value {
        var values = [root]
        for step in steps {
            switch step {
            case .allElements(let site):
                values = try flatMap(values) { (value) throws(QueryError) in try elements(of: value, site) }
            case .allAttributes(let site):
                values = try flatMap(values) { (value) throws(QueryError) in try attributes(of: value, site) }
            default:
                for index in values.indices { values[index] = try take(step, from: values[index], &frame) }
            }
        }
        return .bag(values)
    }

    private static func flatMap(
        _ values: [Value], _ transform: (Value) throws(QueryError) -> [Value]
    ) throws(QueryError) -> [Value] {
        var result: [Value] = []
        for value in values { result += try transform(value) }
        return result
    }

    /// All elements; a value that is no collection is taken as the only element.
    private static func elements(of value: Value, _ site: EvaluationSite) throws(QueryError) -> [Value] {
        if let elements = value.elements { return elements }
        if value.isAbsent { return [] }
        _ = try site.mismatch("'[*]' expects a collection, found \(value.kindPhrase)")
        return [value]
    }

    /// The values of all attributes; a value that is no struct is taken as the only one.
    private static func attributes(of value: Value, _ site: EvaluationSite) throws(QueryError) -> [Value] {
        if case .structure(let structure) = value { return structure.fields.map(\.value) }
        if value.isAbsent { return [] }
        _ = try site.mismatch("'.*' expects a struct, found \(value.kindPhrase)")
        return [value]
    }
}
