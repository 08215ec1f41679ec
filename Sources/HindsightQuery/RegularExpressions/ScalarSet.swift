/// The code points that a class such as `[a-z\d]` or `\W` matches.
struct ScalarSet: Sendable {
    enum Element: Sendable {
        case range(ClosedRange<Unicode.Scalar>)
        case named(Name)
        /// All that are not of the name.
        case not(Name)
    }

    /// Classes with a name, in all scripts.
    enum Name: String, Sendable {
        case digit, space, word, alpha, alnum, upper, lower, punct

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            let properties = scalar.properties
            return switch self {
            case .digit: properties.generalCategory == .decimalNumber
            case .space: properties.isWhitespace
            case .word: properties.isAlphabetic || properties.generalCategory == .decimalNumber || scalar == "_"
            case .alpha: properties.isAlphabetic
            case .alnum: properties.isAlphabetic || properties.generalCategory == .decimalNumber
            case .upper: properties.isUppercase
            case .lower: properties.isLowercase
            case .punct: Name.marks.contains(properties.generalCategory)
            }
        }

        private static let marks: Set<Unicode.GeneralCategory> = [
            .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol,
        ]
    }

    var elements: [Element] = []
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar, ignoringCase: Bool) -> Bool {
        let isFound =
            holds(scalar)
            || ignoringCase
                && (holds(scalar.inOtherCase(\.lowercaseMapping)) || holds(scalar.inOtherCase(\.uppercaseMapping)))
        return isFound != isNegated
    }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        elements.contains { element in
            switch element {
            case .range(let range): range.contains(scalar)
            case .named(let name): name.contains(scalar)
            case .not(let name): !name.contains(scalar)
            }
        }
    }
}

extension Unicode.Scalar {
    /// The same letter in another case, where that is one code point; else itself.
    func inOtherCase(_ mapping: KeyPath<Unicode.Scalar.Properties, String>) -> Unicode.Scalar {
        let mapped = properties[keyPath: mapping].unicodeScalars
        return mapped.count == 1 ? mapped[mapped.startIndex] : self
    }

    /// The code point by which letters of either case are one.
    var folded: Unicode.Scalar { inOtherCase(\.lowercaseMapping) }
}
