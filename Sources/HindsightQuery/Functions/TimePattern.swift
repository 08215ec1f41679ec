/// A format of TO_STRING and TO_TIMESTAMP, in the style of java.time: letters stand for fields, repeated for width,
/// quoted text and all other characters for themselves.
///
///     y year   M month   d day   a AM/PM   h hour 1–12   H hour 0–23   m minute   s second
///     S digits of the second   n nanosecond   X offset, Z for UTC   x offset
struct TimePattern: Sendable {
    enum Field: Character, Sendable, Hashable {
        case year = "y"
        case month = "M"
        case day = "d"
        case halfOfDay = "a"
        case hourOfHalf = "h"
        case hour = "H"
        case minute = "m"
        case second = "s"
        case fraction = "S"
        case nanosecond = "n"
        case offsetOrZ = "X"
        case offset = "x"

        /// The most letters that have a meaning.
        fileprivate var longestRun: Int {
            switch self {
            case .year: 4
            case .month, .offsetOrZ, .offset: 5
            case .day, .hourOfHalf, .hour, .minute, .second: 2
            case .halfOfDay: 1
            case .fraction, .nanosecond: 9
            }
        }
    }

    enum Item: Sendable, Hashable {
        case field(Field, width: Int)
        case literal(String)
    }

    let items: [Item]

    /// Reads a pattern.
    ///
    /// - Throws: `invalidPattern` for a letter without meaning, too many letters, or an open quote.
    init(_ text: String) throws(EvaluationFailure) {
        var items: [Item] = []
        var rest = text.unicodeScalars[...]
        while let scalar = rest.first {
            if scalar == "'" {
                items.append(.literal(try TimePattern.takeQuoted(&rest, of: text)))
            } else if scalar.properties.isAlphabetic && scalar.isASCII {
                items.append(try TimePattern.takeField(&rest, of: text))
            } else if "[]{}#".unicodeScalars.contains(scalar) {
                throw .failed(.invalidPattern, "the character '\(scalar)' is reserved in the pattern '\(text)'")
            } else {
                items.append(.literal(String(scalar)))
                rest.removeFirst()
            }
        }
        self.items = items
    }

    private static func takeQuoted(
        _ rest: inout Substring.UnicodeScalarView, of text: String
    ) throws(EvaluationFailure) -> String {
        rest.removeFirst()
        if rest.first == "'" {
            rest.removeFirst()
            return "'"
        }
        var literal = ""
        while let scalar = rest.popFirst() {
            if scalar != "'" {
                literal.unicodeScalars.append(scalar)
            } else if rest.first == "'" {
                literal.unicodeScalars.append("'")
                rest.removeFirst()
            } else {
                return literal
            }
        }
        throw .failed(.invalidPattern, "a quote is not closed in the pattern '\(text)'")
    }

    private static func takeField(
        _ rest: inout Substring.UnicodeScalarView, of text: String
    ) throws(EvaluationFailure) -> Item {
        let letter = rest.removeFirst()
        var width = 1
        while rest.first == letter {
            rest.removeFirst()
            width += 1
        }
        guard let field = Field(rawValue: Character(letter)) else {
            throw .failed(.invalidPattern, "the letter '\(letter)' has no meaning in the pattern '\(text)'")
        }
        guard width <= field.longestRun else {
            throw .failed(.invalidPattern, "the letter '\(letter)' is repeated too often in the pattern '\(text)'")
        }
        return .field(field, width: width)
    }

    static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

/// The fields of a point in time as its own offset shows them.
struct TimeFields: Sendable, Hashable {
    var year = 1
    var month: Int?
    var day: Int?
    var hour: Int?
    var minute: Int?
    var second: Int?
    var nanosecond: Int?
    /// Digits that the text had after the second.
    var fractionDigits: Int?
    /// Minutes east of UTC; nil if unknown.
    var offsetMinutes: Int?
}
