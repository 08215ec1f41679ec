import HindsightValues

/// A regular expression over code points, without back references and looking around, so that a match takes time in
/// proportion to the text, whatever the pattern.
///
/// The pattern is compiled to a small program that `RegularExpressionMatcher` runs for all threads of a search at once
/// (Thompson 1968; with groups as in Pike's sam). Swift's own `Regex` backtracks, and takes exponential time for
/// patterns such as `(a*)*b`.
struct RegularExpression: Sendable {
    /// How letters, line breaks and lines are looked at.
    struct Options: OptionSet, Sendable {
        let rawValue: UInt8

        /// `i`: letters in either case match each other.
        static let ignoresCase = Options(rawValue: 1)
        /// `s`: a dot matches line breaks too.
        static let dotMatchesLineBreaks = Options(rawValue: 2)
        /// `m`: `^` and `$` match at the start and end of each line.
        static let matchesLines = Options(rawValue: 4)
    }

    /// A step of the program.
    enum Instruction: Sendable {
        case scalar(Unicode.Scalar)
        case any
        case set(ScalarSet)
        case check(Assertion)
        /// Notes the place in a slot: two for each group, the whole match being the first.
        case save(Int)
        /// Goes on at both; the first is preferred.
        case split(Int, Int)
        case jump(Int)
        case match
    }

    enum Assertion: Sendable {
        case start, end, wordBoundary, noWordBoundary
    }

    /// The most instructions that a pattern may have; a counted repetition has those of its part so many times.
    static let mostInstructions = 1_000
    /// The most groups that capture.
    static let mostGroups = 99

    private(set) var program: [Instruction] = []
    /// How many groups there are, besides the whole.
    let groupCount: Int
    let options: Options

    /// Reads a pattern.
    ///
    /// - Throws: `invalidPattern` if it cannot be read, or is beyond a limit.
    init(_ pattern: String) throws(EvaluationFailure) {
        var parser = RegularExpressionParser(pattern)
        let node = try parser.pattern()
        groupCount = parser.groupCount
        options = parser.options
        program.append(.save(0))
        guard append(node), emit(.save(1)), emit(.match) else {
            throw parser.failure("it has more than \(RegularExpression.mostInstructions) steps")
        }
    }

    // MARK: Compiling

    /// Appends the program of a part.
    ///
    /// - Returns: false if it gets too long.
    private mutating func append(_ node: RegularExpressionNode) -> Bool {
        switch node {
        case .empty: true
        case .scalar(let scalar): emit(.scalar(scalar))
        case .any: emit(.any)
        case .set(let set): emit(.set(set))
        case .check(let assertion): emit(.check(assertion))
        case .group(let number, let inner): emit(.save(2 * number)) && append(inner) && emit(.save(2 * number + 1))
        case .sequence(let parts): parts.allSatisfy { append($0) }
        case .choice(let alternatives): appendChoice(alternatives)
        case .repetition(let part, let least, let most, let isLazy): append(part, least, most, isLazy)
        }
    }

    private mutating func emit(_ instruction: Instruction) -> Bool {
        program.append(instruction)
        return program.count <= RegularExpression.mostInstructions
    }

    /// Each alternative but the last stands behind a split, and jumps to the end.
    private mutating func appendChoice(_ alternatives: [RegularExpressionNode]) -> Bool {
        var jumps: [Int] = []
        for alternative in alternatives.dropLast() {
            let split = program.count
            guard emit(.jump(0)), append(alternative) else { return false }
            jumps.append(program.count)
            guard emit(.jump(0)) else { return false }
            program[split] = .split(split + 1, program.count)
        }
        guard append(alternatives[alternatives.count - 1]) else { return false }
        for jump in jumps { program[jump] = .jump(program.count) }
        return true
    }

    private mutating func append(_ part: RegularExpressionNode, _ least: Int, _ most: Int?, _ isLazy: Bool) -> Bool {
        for _ in 0..<least {
            let start = program.count
            guard append(part) else { return false }
            // What has no steps can be repeated as often as one likes.
            if program.count == start { return true }
        }
        guard let most else { return appendLoop(part, isLazy) }
        var splits: [Int] = []
        for _ in least..<most {
            splits.append(program.count)
            guard emit(.jump(0)), append(part) else { return false }
        }
        for split in splits { program[split] = choice(split + 1, program.count, isLazy) }
        return true
    }

    private mutating func appendLoop(_ part: RegularExpressionNode, _ isLazy: Bool) -> Bool {
        let split = program.count
        guard emit(.jump(0)), append(part), emit(.jump(split)) else { return false }
        program[split] = choice(split + 1, program.count, isLazy)
        return true
    }

    private func choice(_ again: Int, _ onward: Int, _ isLazy: Bool) -> Instruction {
        isLazy ? .split(onward, again) : .split(again, onward)
    }
}

/// A part of a pattern.
indirect enum RegularExpressionNode: Sendable {
    case empty
    case scalar(Unicode.Scalar)
    case any
    case set(ScalarSet)
    case check(RegularExpression.Assertion)
    case group(Int, RegularExpressionNode)
    case sequence([RegularExpressionNode])
    case choice([RegularExpressionNode])
    case repetition(RegularExpressionNode, least: Int, most: Int?, isLazy: Bool)
}
