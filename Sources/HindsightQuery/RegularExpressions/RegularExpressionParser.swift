import HindsightValues

/// Reads the pattern of a regular expression:
///
///     pattern  ::= ( '(?' [ism]+ ')' )? choice
///     choice   ::= sequence ( '|' sequence )*
///     sequence ::= ( atom ( ( '*' | '+' | '?' | '{' n ( ',' m? )? '}' ) '?'? )? )*
///     atom     ::= '(' ( '?:' )? choice ')' | class | '.' | '^' | '$' | '\' escape | any other code point
///     class    ::= '[' '^'? ( '[:' name ':]' | '\' escape | code point ( '-' code point )? )+ ']'
struct RegularExpressionParser {
    private let text: String
    private let scalars: [Unicode.Scalar]
    private var place = 0
    private var depth = 0
    private(set) var groupCount = 0
    private(set) var options: RegularExpression.Options = []

    /// How deep groups may nest.
    private static let deepestNesting = 100
    /// The greatest number in a counted repetition.
    private static let mostRepetitions = 1_000

    init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
    }

    func failure(_ reason: String) -> EvaluationFailure {
        .failed(.invalidPattern, "the pattern '\(text.preview)' cannot be read: \(reason)")
    }

    mutating func pattern() throws(EvaluationFailure) -> RegularExpressionNode {
        if scalars.starts(with: "(?".unicodeScalars), scalars.count > 2, "ism".unicodeScalars.contains(scalars[2]) {
            place = 2
            try readOptions()
        }
        let node = try choice()
        if place < scalars.count { throw failure("a ')' has no '('") }
        return node
    }

    private mutating func readOptions() throws(EvaluationFailure) {
        var letters = ""
        while let scalar = next(), scalar != ")" { letters.unicodeScalars.append(scalar) }
        guard let read = RegularExpression.Options(letters: letters) else {
            throw failure("(?\(letters)) has an option that is none of i, s, m")
        }
        options = read
    }

    // MARK: Reading along

    private var current: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    private mutating func next() -> Unicode.Scalar? {
        guard let scalar = current else { return nil }
        place += 1
        return scalar
    }

    private mutating func consume(_ wanted: Unicode.Scalar) -> Bool {
        guard current == wanted else { return false }
        place += 1
        return true
    }

    private mutating func consume(_ wanted: String) -> Bool {
        guard scalars[place...].starts(with: wanted.unicodeScalars) else { return false }
        place += wanted.unicodeScalars.count
        return true
    }

    // MARK: Parts

    private mutating func choice() throws(EvaluationFailure) -> RegularExpressionNode {
        var alternatives = [try sequence()]
        while consume("|" as Unicode.Scalar) {
            alternatives.append(try sequence())
            if alternatives.count > RegularExpression.mostInstructions { throw failure("it has too many alternatives") }
        }
        return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
    }

    private mutating func sequence() throws(EvaluationFailure) -> RegularExpressionNode {
        var parts: [RegularExpressionNode] = []
        while let scalar = current, scalar != "|", scalar != ")" {
            let atom = try atom()
            parts.append(try repeated(atom))
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
    }

    private mutating func repeated(_ atom: RegularExpressionNode) throws(EvaluationFailure) -> RegularExpressionNode {
        guard let (least, most) = try bounds() else { return atom }
        let isLazy = consume("?" as Unicode.Scalar)
        if let scalar = current, "*+?".unicodeScalars.contains(scalar) {
            throw failure("'\(scalar)' repeats a repetition; put that into parentheses")
        }
        return .repetition(atom, least: least, most: most, isLazy: isLazy)
    }

    private mutating func bounds() throws(EvaluationFailure) -> (Int, Int?)? {
        if consume("*" as Unicode.Scalar) { return (0, nil) }
        if consume("+" as Unicode.Scalar) { return (1, nil) }
        if consume("?" as Unicode.Scalar) { return (0, 1) }
        guard current == "{", place + 1 < scalars.count, scalars[place + 1].isDigit else { return nil }
        place += 1
        let least = try count()
        var most: Int? = least
        if consume("," as Unicode.Scalar) { most = current == "}" ? nil : try count() }
        guard consume("}" as Unicode.Scalar) else { throw failure("'}' is missing") }
        if let most, most < least { throw failure("{\(least),\(most)} goes from more to less") }
        return (least, most)
    }

    private mutating func count() throws(EvaluationFailure) -> Int {
        var number = 0
        let start = place
        while let digit = current, digit.isDigit {
            number = number * 10 + Int(digit.value - 48)
            if number > Self.mostRepetitions { throw failure("it repeats more than \(Self.mostRepetitions) times") }
            place += 1
        }
        if place == start { throw failure("a number is missing in '{}'") }
        return number
    }

    private mutating func atom() throws(EvaluationFailure) -> RegularExpressionNode {
        guard let scalar = next() else { return .empty }
        switch scalar {
        case ".": return .any
        case "^": return .check(.start)
        case "$": return .check(.end)
        case "(": return try group()
        case "[": return .set(try set())
        case "\\": return try escape()
        case "*", "+", "?": throw failure("there is nothing for '\(scalar)' to repeat")
        default: return .scalar(scalar)
        }
    }

    private mutating func group() throws(EvaluationFailure) -> RegularExpressionNode {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.deepestNesting { throw failure("groups nest more than \(Self.deepestNesting) deep") }
        var number: Int?
        if !consume("?:") {
            if current == "?" {
                throw failure("of the forms with '(?' there are (?:…) and, at the start, (?i), (?s), (?m)")
            }
            groupCount += 1
            number = groupCount
            if groupCount > RegularExpression.mostGroups { throw failure("it has too many groups") }
        }
        let inner = try choice()
        guard consume(")" as Unicode.Scalar) else { throw failure("')' is missing") }
        return number.map { .group($0, inner) } ?? inner
    }

    // MARK: Classes and escapes

    private mutating func escape() throws(EvaluationFailure) -> RegularExpressionNode {
        guard let letter = next() else { throw failure("nothing follows '\\'") }
        switch letter {
        case "b": return .check(.wordBoundary)
        case "B": return .check(.noWordBoundary)
        default: break
        }
        if let element = RegularExpressionParser.named(letter) { return .set(ScalarSet(elements: [element])) }
        return .scalar(try escaped(letter))
    }

    private static func named(_ letter: Unicode.Scalar) -> ScalarSet.Element? {
        switch letter {
        case "d": .named(.digit)
        case "s": .named(.space)
        case "w": .named(.word)
        case "D": .not(.digit)
        case "S": .not(.space)
        case "W": .not(.word)
        default: nil
        }
    }

    /// The code point that a backslash and a letter stand for; a mark stands for itself.
    private mutating func escaped(_ letter: Unicode.Scalar) throws(EvaluationFailure) -> Unicode.Scalar {
        switch letter {
        case "n": return "\n"
        case "t": return "\t"
        case "r": return "\r"
        default:
            if letter.isDigit { throw failure("there are no references back to a group, such as '\\\(letter)'") }
            if ScalarSet.Name.alpha.contains(letter) { throw failure("'\\\(letter)' has no meaning") }
            return letter
        }
    }

    private mutating func set() throws(EvaluationFailure) -> ScalarSet {
        var set = ScalarSet()
        set.isNegated = consume("^" as Unicode.Scalar)
        // A bracket that comes first stands for itself.
        if consume("]" as Unicode.Scalar) { set.elements.append(.range("]"..."]")) }
        while !consume("]" as Unicode.Scalar) { set.elements.append(try element()) }
        return set
    }

    private mutating func element() throws(EvaluationFailure) -> ScalarSet.Element {
        if consume("[:") { return try className() }
        if current == "\\", place + 1 < scalars.count, let element = Self.named(scalars[place + 1]) {
            place += 2
            return element
        }
        let first = try member()
        guard current == "-", place + 1 < scalars.count, scalars[place + 1] != "]" else { return .range(first...first) }
        place += 1
        let last = try member()
        if last < first { throw failure("the range '\(first)-\(last)' goes backwards") }
        return .range(first...last)
    }

    private mutating func member() throws(EvaluationFailure) -> Unicode.Scalar {
        guard let scalar = next() else { throw failure("']' is missing") }
        guard scalar == "\\" else { return scalar }
        guard let letter = next() else { throw failure("nothing follows '\\'") }
        return try escaped(letter)
    }

    private mutating func className() throws(EvaluationFailure) -> ScalarSet.Element {
        var name = ""
        while let scalar = next(), scalar != ":" { name.unicodeScalars.append(scalar) }
        guard consume("]" as Unicode.Scalar), let known = ScalarSet.Name(rawValue: name) else {
            throw failure("there is no class '[:\(name.preview):]'")
        }
        return .named(known)
    }
}

extension RegularExpression.Options {
    /// The options of letters i, s, m; nil if there are others.
    init?(letters: String) {
        self = []
        for letter in letters.unicodeScalars {
            switch letter {
            case "i": insert(.ignoresCase)
            case "s": insert(.dotMatchesLineBreaks)
            case "m": insert(.matchesLines)
            default: return nil
            }
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
