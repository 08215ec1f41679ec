import HindsightKeyValue

extension Document {
    /// Where the value stands that `path` leads to; nil if there is none.
    ///
    /// A step from NULL leads to this NULL, as a path over NULL is NULL in PartiQL; a step from any other value that is
    /// no struct, or no list, leads nowhere.
    ///
    /// - Throws: `ValueError.corruptDocument` for a broken head or directory on the way.
    /// - Complexity: O(log n) for each name in a struct of n attributes, O(1) for each index. A name whose case does not
    ///   count costs a look at all attributes of its length if none has exactly this name.
    package static func locate(_ path: DocumentPath, in document: RawSpan) throws(ValueError) -> Int? {
        var isAmbiguous = false
        return try locate(path, in: document, checksAmbiguity: false, isAmbiguous: &isAmbiguous)
    }

    /// As `locate(_:in:)`, and sets `isAmbiguous` if names that differ by case alone match a step that ignores case,
    /// which strict typing refuses. Otherwise `isAmbiguous` stays as it is.
    ///
    /// - Complexity: A name whose case does not count costs a look at all attributes of its length.
    package static func locate(
        _ path: DocumentPath, in document: RawSpan, isAmbiguous: inout Bool
    ) throws(ValueError) -> Int? {
        try locate(path, in: document, checksAmbiguity: true, isAmbiguous: &isAmbiguous)
    }

    @inline(__always)
    private static func locate(
        _ path: DocumentPath, in document: RawSpan, checksAmbiguity: Bool, isAmbiguous: inout Bool
    ) throws(ValueError) -> Int? {
        guard document.byteCount > itemOffset, document.byte(at: 0) == formatVersion else {
            throw .corruptDocument(offset: 0)
        }
        var offset = itemOffset
        for index in path.compiled.indices {
            guard let container = try Container(at: offset, in: document) else {
                return document.byte(at: offset) == Tag.null ? offset : nil
            }
            let step = path.compiled[index]
            if checksAmbiguity, step.action == .nameIgnoringCase, container.isStructure,
                try container.hasSeveralNames(step, path.names, in: document)
            {
                isAmbiguous = true
            }
            guard let next = try container.find(step, path.names, in: document) else { return nil }
            offset = next
        }
        return offset
    }
}

extension Container {
    /// Where the value stands that the step leads to.
    @inline(__always)
    func find(_ step: CompiledStep, _ names: [UInt8], in document: RawSpan) throws(ValueError) -> Int? {
        switch step.action {
        case .exactName, .nameIgnoringCase:
            guard isStructure else { return nil }
            if let exact = try find(step.name, at: step.number, in: names, document) { return exact }
            return step.action == .exactName ? nil : try findIgnoringCase(step, names, in: document)
        case .index:
            guard family == Document.Tag.list || family == Document.Tag.sexp, step.number >= 0, step.number < count
            else { return nil }
            return try element(step.number, in: document)
        case .nothing:
            return nil
        }
    }

    /// Where the value of the first attribute of exactly this name stands; the name itself starts at `start` in `names`.
    ///
    /// In a broken directory the search may go astray, but not out of the document, and what it finds is checked.
    @inline(__always)
    private func find(
        _ name: DocumentName, at start: Int, in names: [UInt8], _ document: RawSpan
    ) throws(ValueError) -> Int? {
        var low = 0
        var high = count
        var found = -1
        while low < high {
            let middle = (low &+ high) &>> 1
            let field = uncheckedElement(middle, in: document)
            let word = document.bigEndianWord(at: field) & name.mask
            if word < name.word {
                low = middle &+ 1
            } else if word > name.word {
                high = middle
            } else {
                let order = name.byteCount <= 8 ? 0 : compareRest(field, name, at: start, in: names, document)
                if order < 0 {
                    low = middle &+ 1
                } else {
                    high = middle
                    guard order == 0 else { continue }
                    found = field
                    // Where names repeat, the search goes on for the first.
                    if family == Document.Tag.structure { break }
                }
            }
        }
        guard found >= 0 else { return nil }
        guard found >= elements, found &+ name.byteCount < end else { throw .corruptDocument(offset: found) }
        return found &+ name.byteCount
    }

    /// Compares the name of the field with a name of more than eight bytes of which the first eight are the same; the
    /// lengths are among these.
    private func compareRest(
        _ field: Int, _ name: DocumentName, at start: Int, in names: [UInt8], _ document: RawSpan
    ) -> Int {
        if name.byteCount <= 16 {
            let tail = document.bigEndianWord(at: field &+ name.byteCount &- 8)
            return tail < name.tail ? -1 : tail == name.tail ? 0 : 1
        }
        guard document.contains(name.byteCount, at: field) else { return -1 }
        return document.extracting(field..<field + name.byteCount).compare(
            names.rawSpan.extracting(start..<start + name.byteCount))
    }

    // MARK: Names whose case does not count

    /// Where the value stands of the first attribute in written order that has this name but for case.
    @inline(never)
    private func findIgnoringCase(
        _ step: CompiledStep, _ names: [UInt8], in document: RawSpan
    ) throws(ValueError) -> Int? {
        var first: Int?
        for entry in entries(ofLengthOf: step.name, in: document) {
            let field = uncheckedElement(entry, in: document)
            // Fields lie in written order.
            guard field < first ?? .max, try isMatch(field, step, names, in: document) else { continue }
            first = field
        }
        return first.map { $0 + step.name.byteCount }
    }

    /// Whether attributes of different names match the step.
    func hasSeveralNames(_ step: CompiledStep, _ names: [UInt8], in document: RawSpan) throws(ValueError) -> Bool {
        var first: Int?
        for entry in entries(ofLengthOf: step.name, in: document) {
            let field = uncheckedElement(entry, in: document)
            guard try isMatch(field, step, names, in: document) else { continue }
            guard let known = first else {
                first = field
                continue
            }
            let name = document.extracting(field..<field + step.name.byteCount)
            if !name.isEqual(to: document.extracting(known..<known + step.name.byteCount)) { return true }
        }
        return false
    }

    /// The directory's entries of names that are as long as `name`; they stand behind each other.
    private func entries(ofLengthOf name: DocumentName, in document: RawSpan) -> Range<Int> {
        let mask = DocumentName.mask(byteCount: name.byteCount > Int(Document.longNameMark) ? 3 : 1)
        let length = name.word & mask
        var low = 0
        var high = count
        while low < high {
            let middle = (low &+ high) &>> 1
            if document.bigEndianWord(at: uncheckedElement(middle, in: document)) < length {
                low = middle &+ 1
            } else {
                high = middle
            }
        }
        while high < count, document.bigEndianWord(at: uncheckedElement(high, in: document)) & mask == length {
            high &+= 1
        }
        return low..<high
    }

    /// Whether the field's name is the step's but for the case of ASCII letters. Their lengths are known to be equal.
    @inline(__always)
    private func isMatch(
        _ field: Int, _ step: CompiledStep, _ names: [UInt8], in document: RawSpan
    ) throws(ValueError) -> Bool {
        let difference = (document.bigEndianWord(at: field) & step.name.mask) ^ step.name.word
        guard difference & ~DocumentName.caseBits == 0 else { return false }
        return try isMatchByteByByte(field, step, names, in: document)
    }

    private func isMatchByteByByte(
        _ field: Int, _ step: CompiledStep, _ names: [UInt8], in document: RawSpan
    ) throws(ValueError) -> Bool {
        guard field >= elements, field + step.name.byteCount < end else { throw .corruptDocument(offset: field) }
        for position in 0..<step.name.byteCount {
            let left = document.byte(at: field + position)
            let right = names[step.number + position]
            if left == right { continue }
            guard left | 0x20 == right | 0x20, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(left | 0x20) else {
                return false
            }
        }
        return true
    }
}
