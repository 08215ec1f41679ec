import HindsightSyntax
import HindsightValues

/// A LIKE pattern: `%` stands for any text, `_` for any one code point, the escape character takes the meaning from the
/// one after it.
struct LikePattern: Sendable {
    /// The usual shapes need no search.
    private enum Shape: Sendable {
        case exact(String)
        case prefix(String)
        case suffix(String)
        case infix(String)
        case general([Element])
    }

    private enum Element: Sendable, Hashable {
        case scalar(Unicode.Scalar)
        case anyScalar
        case anyText
    }

    private let shape: Shape

    /// Reads a pattern.
    ///
    /// - Throws: `invalidPattern` if the escape is not one code point, or stands before another than `%`, `_` and itself.
    init(_ pattern: String, escape: String?) throws(EvaluationFailure) {
        var escapeScalar: Unicode.Scalar?
        if let escape {
            guard let scalar = escape.unicodeScalars.first, escape.unicodeScalars.count == 1 else {
                throw .failed(.invalidPattern, "ESCAPE expects one character, found '\(escape)'")
            }
            escapeScalar = scalar
        }
        shape = LikePattern.shape(of: try LikePattern.elements(of: pattern, escape: escapeScalar))
    }

    private static func elements(
        of pattern: String, escape: Unicode.Scalar?
    ) throws(EvaluationFailure) -> [Element] {
        var elements: [Element] = []
        var isEscaped = false
        for scalar in pattern.unicodeScalars {
            if isEscaped {
                guard scalar == "%" || scalar == "_" || scalar == escape else {
                    throw .failed(.invalidPattern, "the escape character stands before '\(scalar)', which needs none")
                }
                elements.append(.scalar(scalar))
                isEscaped = false
            } else if scalar == escape {
                isEscaped = true
            } else if scalar == "%" {
                if elements.last != .anyText { elements.append(.anyText) }
            } else {
                elements.append(scalar == "_" ? .anyScalar : .scalar(scalar))
            }
        }
        if isEscaped { throw .failed(.invalidPattern, "the escape character stands at the end of the pattern") }
        return elements
    }

    private static func shape(of elements: [Element]) -> Shape {
        let startsOpen = elements.first == .anyText
        let endsOpen = elements.last == .anyText && elements.count > 1
        let middle = elements.dropFirst(startsOpen ? 1 : 0).dropLast(endsOpen ? 1 : 0)
        var literal = ""
        for element in middle {
            guard case .scalar(let scalar) = element else { return .general(elements) }
            literal.unicodeScalars.append(scalar)
        }
        switch (startsOpen, endsOpen) {
        case (false, false): return .exact(literal)
        case (false, true): return .prefix(literal)
        case (true, false): return .suffix(literal)
        case (true, true): return .infix(literal)
        }
    }

    /// Whether the whole of `text` follows the pattern.
    ///
    /// - Complexity: O(text × pattern) at worst.
    func matches(_ text: String) -> Bool {
        switch shape {
        case .exact(let literal): TextOrder.isEqual(text, literal)
        case .prefix(let literal): text.hasBytePrefix(literal)
        case .suffix(let literal): text.hasByteSuffix(literal)
        case .infix(let literal): text.firstByteOffset(of: literal) != nil
        case .general(let elements): LikePattern.matches(elements, text)
        }
    }

    /// Greedy matching: after a mismatch the last `%` takes one more code point.
    private static func matches(_ elements: [Element], _ text: String) -> Bool {
        let scalars = text.unicodeScalars
        var place = scalars.startIndex
        var element = 0
        var retry: (element: Int, place: String.Index)?
        while place < scalars.endIndex {
            if element < elements.count, elements[element] == .anyText {
                retry = (element, place)
                element += 1
            } else if element < elements.count, matches(elements[element], scalars[place]) {
                element += 1
                place = scalars.index(after: place)
            } else if let last = retry {
                let next = scalars.index(after: last.place)
                retry = (last.element, next)
                element = last.element + 1
                place = next
            } else {
                return false
            }
        }
        return elements[element...].allSatisfy { $0 == .anyText }
    }

    private static func matches(_ element: Element, _ scalar: Unicode.Scalar) -> Bool {
        switch element {
        case .scalar(let wanted): wanted == scalar
        case .anyScalar, .anyText: true
        }
    }
}
