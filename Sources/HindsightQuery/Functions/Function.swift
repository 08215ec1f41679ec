import HindsightSyntax
import HindsightValues

/// One built-in function: a row of the function table.
package struct Function: Sendable {
    /// How a function takes NULL and MISSING.
    package enum AbsentRule: Sendable {
        /// A MISSING argument makes the result MISSING; else a value of a wrong kind is a mismatch; else a NULL argument
        /// makes the result NULL. The body sees present values of the declared kinds only.
        case propagate
        /// The body sees absent values; present ones are still checked.
        case accept
    }

    package struct Parameter: Sendable {
        package let name: String
        package let accepts: KindSet

        package init(_ name: String, _ accepts: KindSet) {
            self.name = name
            self.accepts = accepts
        }
    }

    /// How many arguments there may be beyond `parameters`' count.
    package enum Arity: Sendable, Hashable {
        /// The last n parameters may be left out.
        case optional(Int)
        /// The last parameter may be repeated, at least once in all.
        case repeating
    }

    /// The code of a function. Most take one to three values; those are called without an array of arguments.
    package enum Body: Sendable {
        case constant(Value)
        case context(@Sendable (ExecutionContext) throws(EvaluationFailure) -> Value)
        case unary(@Sendable (Value) throws(EvaluationFailure) -> Value)
        case binary(@Sendable (Value, Value) throws(EvaluationFailure) -> Value)
        case ternary(@Sendable (Value, Value, Value) throws(EvaluationFailure) -> Value)
        case variadic(@Sendable ([Value]) throws(EvaluationFailure) -> Value)
        /// For functions whose first argument is a field of time, not a value: the code for one field.
        indirect case part([DatePart], @Sendable (DatePart) -> Body)
        /// A form with an argument that is read before it is used, such as a pattern: its place, and the code for one
        /// value of it. A constant is read once for a statement.
        indirect case prepared(Int, @Sendable (Value) throws(EvaluationFailure) -> Body)
        /// What the binder makes an expression of its own of, since not all arguments are always evaluated.
        case form(Form)
        /// An aggregate over the rows of a group.
        case aggregate(AggregateKind)
        /// Arguments, and the execution that they belong to.
        case contextual(@Sendable ([Value], ExecutionContext) throws(EvaluationFailure) -> Value)
    }

    /// Calls that are no functions of their values.
    package enum Form: Sendable, Hashable {
        /// The first present argument.
        case coalesce
        /// NULL if both are equal.
        case nullIf
        /// The second argument if the first is true, else the third or NULL.
        case conditional
        /// The parser knows the form, because it has words or a type between its arguments.
        case syntax
    }

    /// A call as `.help` shows it, with its result.
    package struct Example: Sendable {
        package let call: String
        package let result: String

        package init(_ call: String, gives result: String) {
            self.call = call
            self.result = result
        }
    }

    /// The name in capitals.
    package let name: String
    package let aliases: [String]
    package let parameters: [Parameter]
    package let arity: Arity
    package let absent: AbsentRule
    /// The same arguments always give the same result, so that a call on constants is folded.
    package let isPure: Bool
    /// A literal argument of a wrong kind is refused before anything is evaluated, in permissive typing too, where it
    /// is a mismatch in each row otherwise.
    package let refusesLiterals: Bool
    package let summary: String
    package let example: Example
    package let body: Body
    /// The code of a call with DISTINCT, where that is allowed.
    package let distinctBody: Body?
    /// The dialect that alone has this row; nil for both.
    package let dialect: Dialect.Name?

    package init(
        _ name: String, aliases: [String] = [], _ parameters: [Parameter], arity: Arity = .optional(0),
        absent: AbsentRule = .propagate, isPure: Bool = true, refusesLiterals: Bool = false,
        dialect: Dialect.Name? = nil, summary: String,
        example: Example, body: Body, distinctBody: Body? = nil
    ) {
        self.name = name
        self.aliases = aliases
        self.parameters = parameters
        self.arity = arity
        self.absent = absent
        self.isPure = isPure
        self.refusesLiterals = refusesLiterals
        self.summary = summary
        self.example = example
        self.body = body
        self.distinctBody = distinctBody
        self.dialect = dialect
    }

    /// The name and the aliases.
    package var names: [String] { [name] + aliases }

    /// The numbers of arguments that a call may have; nil above for no limit.
    package var argumentCounts: (least: Int, most: Int?) {
        switch arity {
        case .optional(let count): (parameters.count - count, parameters.count)
        case .repeating: (parameters.count, nil)
        }
    }

    /// The parameter that takes the argument at `index`.
    package func parameter(at index: Int) -> Parameter {
        parameters[min(index, parameters.count - 1)]
    }

    /// `SUBSTRING(text, start [, length])`
    package var signature: String {
        var text = name + "("
        for (index, parameter) in parameters.enumerated() {
            let isOptional: Bool =
                if case .optional(let count) = arity { index >= parameters.count - count } else { false }
            text += isOptional ? (index == 0 ? "[" : " [, ") : (index == 0 ? "" : ", ")
            text += parameter.name + (isOptional ? "]" : "")
        }
        return text + (arity == .repeating ? ", …)" : ")")
    }

    /// Whether it is an aggregate over the rows of a group.
    package var isAggregate: Bool {
        if case .aggregate = body { true } else { false }
    }

    /// Whether a field of time has to be chosen before the function can be called.
    package var needsPart: Bool {
        if case .part = body { true } else { false }
    }

    /// The function for one field of time; nil if it does not take that field.
    package func forPart(_ part: DatePart) -> Function? {
        guard case .part(let parts, let body) = body, parts.contains(part) else { return nil }
        return with(body(part))
    }

    /// The function that looks at equal values once.
    package var distinctForm: Function? {
        distinctBody.map(with)
    }

    private func with(_ body: Body) -> Function {
        Function(
            name, aliases: aliases, parameters, arity: arity, absent: absent, isPure: isPure,
            refusesLiterals: refusesLiterals, dialect: dialect,
            summary: summary, example: example, body: body)
    }
}

extension Function.Body {
    /// Runs code that takes values alone, of whatever number.
    func call(_ values: [Value]) throws(EvaluationFailure) -> Value {
        switch (self, values.count) {
        case (.constant(let value), _): return value
        case (.unary(let body), 1): return try body(values[0])
        case (.binary(let body), 2): return try body(values[0], values[1])
        case (.ternary(let body), 3): return try body(values[0], values[1], values[2])
        case (.variadic(let body), _): return try body(values)
        default: throw .failed(.internalError, "a function does not take \(values.count) values")
        }
    }
}
