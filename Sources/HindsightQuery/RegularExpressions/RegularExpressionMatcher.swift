/// Searches a text: all threads of the program go through it together, at most one for each instruction, in the order in
/// which a backtracking search would prefer them. The leftmost match is found, and of several the preferred one.
///
/// - Complexity: O(code points · instructions) for one search, with groups times their number.
struct RegularExpressionMatcher {
    /// The places where a match and its groups begin and end, in code points.
    struct Match {
        fileprivate let slots: [Int]

        var range: Range<Int> { slots[0]..<slots[1] }

        /// The range of a group, 0 for the whole; nil if the group took no part.
        func range(ofGroup number: Int) -> Range<Int>? {
            guard 2 * number + 1 < slots.count, slots[2 * number + 1] >= 0 else { return nil }
            return slots[2 * number]..<slots[2 * number + 1]
        }
    }

    private struct Threads {
        /// Instruction and slots, in order of preference.
        var entries: [(place: Int, slots: [Int])] = []
        /// The step in which an instruction was reached last.
        var reached: [Int]

        init(count: Int) {
            reached = [Int](repeating: -1, count: count)
        }
    }

    /// The most steps of threads that the searches of one text may take: seconds of work. A search for all matches can
    /// come to the square of the text's length, since each may look at all that follows.
    static let mostSteps = 20_000_000

    let text: [Unicode.Scalar]
    private var steps = 0
    private let program: [RegularExpression.Instruction]
    private let options: RegularExpression.Options
    private let slotCount: Int

    /// - Parameter options: those beside the pattern's own.
    init(_ expression: RegularExpression, _ text: String, _ options: RegularExpression.Options) {
        self.text = Array(text.unicodeScalars)
        program = expression.program
        self.options = expression.options.union(options)
        slotCount = 2 * (expression.groupCount + 1)
    }

    /// All matches, from left to right, none in another; an empty one does not follow another at once.
    ///
    /// - Throws: `limitExceeded` beyond `mostSteps`.
    mutating func matches() throws(EvaluationFailure) -> [Match] {
        var found: [Match] = []
        var start = 0
        while start <= text.count, let match = try firstMatch(from: start) {
            let isBehind = match.range.isEmpty && found.last?.range.upperBound == match.range.lowerBound
            if !isBehind { found.append(match) }
            start = match.range.isEmpty ? match.range.upperBound + 1 : match.range.upperBound
        }
        return found
    }

    /// - Parameter isEnough: whether it is enough to know that there is one; its places mean nothing then.
    /// - Throws: `limitExceeded` beyond `mostSteps`.
    mutating func firstMatch(
        from start: Int = 0, anyIsEnough isEnough: Bool = false
    ) throws(EvaluationFailure) -> Match? {
        var current = Threads(count: program.count)
        var next = Threads(count: program.count)
        var found: Match?
        var place = start
        while true {
            // A search begins at each place, until one has found something; the later, the less it is preferred.
            if found == nil { follow(0, at: place, [Int](repeating: -1, count: slotCount), into: &current) }
            try count(current.entries.count + 1)
            let scalar = place < text.count ? text[place] : nil
            for thread in current.entries {
                if case .match = program[thread.place] {
                    found = Match(slots: thread.slots)
                    break
                }
                guard let scalar, isMatched(thread.place, scalar) else { continue }
                follow(thread.place + 1, at: place + 1, thread.slots, into: &next)
            }
            if found != nil, isEnough || next.entries.isEmpty { return found }
            guard scalar != nil else { return found }
            swap(&current, &next)
            next.entries.removeAll(keepingCapacity: true)
            place += 1
        }
    }

    private mutating func count(_ more: Int) throws(EvaluationFailure) {
        steps += more
        guard steps <= RegularExpressionMatcher.mostSteps else {
            throw .failed(
                .limitExceeded,
                "the regular expression takes more than \(RegularExpressionMatcher.mostSteps) steps on this text")
        }
    }

    private func isMatched(_ instruction: Int, _ scalar: Unicode.Scalar) -> Bool {
        let ignoresCase = options.contains(.ignoresCase)
        switch program[instruction] {
        case .scalar(let wanted): return scalar == wanted || ignoresCase && scalar.folded == wanted.folded
        case .any: return scalar != "\n" || options.contains(.dotMatchesLineBreaks)
        case .set(let set): return set.contains(scalar, ignoringCase: ignoresCase)
        default: return false
        }
    }

    /// Adds the threads that an instruction leads to without taking a code point, each instruction once.
    private func follow(_ start: Int, at place: Int, _ slots: [Int], into threads: inout Threads) {
        var waiting = [(start, slots)]
        while let (instruction, slots) = waiting.popLast() {
            guard threads.reached[instruction] != place else { continue }
            threads.reached[instruction] = place
            switch program[instruction] {
            case .jump(let target): waiting.append((target, slots))
            case .split(let first, let second):
                waiting.append((second, slots))
                waiting.append((first, slots))
            case .save(let slot):
                var noted = slots
                noted[slot] = place
                waiting.append((instruction + 1, noted))
            case .check(let assertion):
                if holds(assertion, at: place) { waiting.append((instruction + 1, slots)) }
            case .scalar, .any, .set, .match: threads.entries.append((instruction, slots))
            }
        }
    }

    private func holds(_ assertion: RegularExpression.Assertion, at place: Int) -> Bool {
        switch assertion {
        case .start: place == 0 || options.contains(.matchesLines) && text[place - 1] == "\n"
        case .end: place == text.count || options.contains(.matchesLines) && text[place] == "\n"
        case .wordBoundary: isWord(place - 1) != isWord(place)
        case .noWordBoundary: isWord(place - 1) == isWord(place)
        }
    }

    private func isWord(_ place: Int) -> Bool {
        text.indices.contains(place) && ScalarSet.Name.word.contains(text[place])
    }

    /// The text of a range of code points.
    func text(_ range: some RangeExpression<Int>) -> String {
        var part = String.UnicodeScalarView()
        part.append(contentsOf: text[range])
        return String(part)
    }
}
