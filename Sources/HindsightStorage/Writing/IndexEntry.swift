import HindsightKeyValue
import HindsightValues

/// What an index has for an item.
struct IndexEntry {
    let key: ItemKey
    /// The key attributes of the index and of the table.
    let document: [UInt8]
}

/// Makes the entries of one index from items.
struct IndexEntryMaker {
    let index: TableInfo
    private let keys: [KeyAttribute]
    private let attributes: [KeyAttribute]
    /// The ways to attributes of the index's own keys, whatever the case of their names.
    private let otherCase: [DocumentPath]

    init(_ index: TableInfo) {
        self.index = index
        keys = index.indexKeyAttributes
        attributes = index.keyAttributes
        otherCase = keys.map { DocumentPath([.attribute($0.name, ignoringCase: true)]) }
    }

    /// What an item is to the index.
    enum Outcome {
        case entry(IndexEntry)
        /// It has no entry, and this must be known of it.
        case absent(IndexInfo.Traits)
    }

    /// Whether two states of an item have the same entry, or none.
    func isSame(_ old: RawSpan, _ new: RawSpan) throws(StorageError) -> Bool {
        do throws(ValueError) {
            for attribute in attributes where try !Document.isEqual(at: attribute.path, old, new) { return false }
            return true
        } catch {
            throw malformed(error)
        }
    }

    /// Whether the index's own keys are the same in both states of an item as far as they cannot be in the index.
    func isFaultKept(_ old: RawSpan, _ new: RawSpan) throws(StorageError) -> Bool {
        for (position, key) in keys.enumerated() {
            do {
                try check(key, limit: position == 0 ? Limits.partitionKeyBytes : Limits.sortKeyBytes, in: new)
            } catch .malformedDocument(let table, let reason) {
                throw .malformedDocument(table: table, reason: reason)
            } catch {
                do throws(ValueError) {
                    guard try Document.isEqual(at: key.path, old, new) else { return false }
                } catch {
                    throw malformed(error)
                }
            }
        }
        return true
    }

    /// The entry of an item that is to be written.
    ///
    /// - Throws: `.indexKeyMismatch`, `.indexKeyEmpty`, `.indexKeyTooLong`, `.malformedDocument`.
    func outcome(of document: RawSpan) throws(StorageError) -> Outcome {
        if let traits = try absence(in: document) { return .absent(traits) }
        for (position, key) in keys.enumerated() {
            try check(key, limit: position == 0 ? Limits.partitionKeyBytes : Limits.sortKeyBytes, in: document)
        }
        return .entry(try entry(of: document))
    }

    /// The entry of an item that was there before the index: one that could not be written now is passed over.
    func lenientOutcome(of document: RawSpan) throws(StorageError) -> Outcome {
        do {
            return try outcome(of: document)
        } catch .indexKeyMismatch(_, _, _, let found) {
            return .absent(
                found == "symbol" ? [.hasOtherTypes, .hasSymbols, .hasPartial] : [.hasOtherTypes, .hasPartial])
        } catch .indexKeyEmpty, .indexKeyTooLong {
            return .absent([.hasOtherTypes, .hasSymbols, .hasPartial])
        } catch {
            throw error
        }
    }

    /// - Returns: `nil` if the item has all key attributes of the index.
    private func absence(in document: RawSpan) throws(StorageError) -> IndexInfo.Traits? {
        do throws(ValueError) {
            var isPresent: [Bool] = []
            for key in keys { isPresent.append(try Document.locate(key.path, in: document) != nil) }
            guard isPresent.contains(false) else { return nil }
            var traits: IndexInfo.Traits = isPresent[0] ? .hasPartial : []
            for (position, path) in otherCase.enumerated() where !isPresent[position] {
                if try Document.locate(path, in: document) != nil { traits.insert(.hasOtherCase) }
            }
            return traits
        } catch {
            throw malformed(error)
        }
    }

    /// Checks a key attribute that is there, in place.
    private func check(_ key: KeyAttribute, limit: Int, in document: RawSpan) throws(StorageError) {
        var found = ""
        var length: Int?
        do throws(ValueError) {
            guard let offset = try Document.locate(key.path, in: document) else { return }
            let kind = try Document.kind(at: offset, in: document)
            switch (key.kind, kind) {
            case (.string, .string), (.binary, .blob):
                length = try Document.octets(at: offset, in: document)?.count ?? 0
            case (.number, .int), (.number, .decimal): return
            case (.number, .float):
                var component: [UInt8] = []
                if (try? KeyCode.append(valueAt: offset, in: document, to: &component)) != nil { return }
                found = "a float that is no number"
            default: found = "\(kind)"
            }
        } catch {
            throw malformed(error)
        }
        guard let length else {
            throw .indexKeyMismatch(index: index.name, attribute: key.name, expected: key.kind, found: found)
        }
        guard length > 0 else { throw .indexKeyEmpty(index: index.name, attribute: key.name) }
        guard length <= limit else {
            throw .indexKeyTooLong(index: index.name, attribute: key.name, bytes: length, limit: limit)
        }
    }

    private func entry(of document: RawSpan) throws(StorageError) -> IndexEntry {
        let bytes: [UInt8]
        do throws(ValueError) {
            var entry = Structure()
            for attribute in attributes {
                guard let offset = try Document.locate(attribute.path, in: document) else { continue }
                entry.append(attribute.name, try Document.value(at: offset, in: document))
            }
            bytes = try DocumentEncoder.encode(entry)
        } catch {
            throw malformed(error)
        }
        let span = bytes.rawSpan
        return IndexEntry(key: ItemKey(try KeyExtractor(table: index).key(of: span)), document: bytes)
    }

    private func malformed(_ error: ValueError) -> StorageError {
        .malformedDocument(table: index.name, reason: "\(error)")
    }
}
