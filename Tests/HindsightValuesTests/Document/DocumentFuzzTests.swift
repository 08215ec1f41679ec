import HindsightTestSupport
import Testing

@testable import HindsightValues

/// Bytes that are no documents: every reader answers or throws, and none traps.
@Suite struct DocumentFuzzTests {
    private let paths = [
        DocumentPath([]), DocumentPath(attribute: "a"), DocumentPath(attribute: "longer_name"),
        DocumentPath([.attribute("A", ignoringCase: true), .attribute("id", ignoringCase: true)]),
        DocumentPath([.attribute("b", ignoringCase: true), .index(1), .attribute("name", ignoringCase: false)]),
    ]

    private func read(_ document: [UInt8]) {
        _ = try? Read.item(document)
        _ = try? Read.size(document)
        for path in paths {
            _ = try? Read.value(path, document)
            _ = try? Read.isAmbiguous(path, document)
        }
    }

    /// Whether what passes as a document is one: encoding its item anew gives the same bytes.
    private func isSound(_ document: [UInt8]) throws -> Bool {
        do {
            try Read.validate(document)
        } catch {
            return true
        }
        return try DocumentEncoder.encode(Read.item(document)) == document
    }

    private func mutate(_ document: inout [UInt8], using generator: inout SeededGenerator) {
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            guard !document.isEmpty else { return }
            let position = Int.random(in: 0..<document.count, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: document[position] = UInt8.random(in: 0...255, using: &generator)
            case 1: document[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 2: document[position] &+= 1
            case 3: document.remove(at: position)
            case 4: document.insert([0, 0x60, 0x6E, 0xFF].randomElement(using: &generator) ?? 0, at: position)
            default: document.removeLast(document.count - position)
            }
        }
    }

    @Test func changedDocumentsAreHarmless() throws {
        let seed = TestSeed.fresh
        print("DocumentFuzzTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<6_000 {
            var document = try DocumentEncoder.encode(RandomDocuments.item(using: &generator))
            mutate(&document, using: &generator)
            read(document)
            if try !isSound(document) { Issue.record("\(document), seed \(seed)") }
        }
    }

    @Test func randomBytesAreHarmless() throws {
        let seed = TestSeed.fresh
        print("DocumentFuzzTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<6_000 {
            let tags: [UInt8] = [0x00, 0x01, 0x08, 0x10, 0x48, 0x50, 0x60, 0x61, 0x6C, 0x6D, 0x70, 0x90, 0xC1, 0x61]
            let noise = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                Bool.random(using: &generator)
                    ? tags.randomElement(using: &generator) ?? 0 : UInt8.random(in: 0...20, using: &generator)
            }
            let document = [1, 0x6C, UInt8(noise.count + 2)] + noise
            read(document)
            if try !isSound(document) { Issue.record("\(document), seed \(seed)") }
        }
    }

    /// Every document cut short at every place, and every value of every byte of a small one.
    @Test func everySmallChangeIsHarmless() throws {
        let document = try DocumentEncoder.encode([
            "id": 7, "tags": ["a", 1.5, .null], "n": ["x": .decimal("12.50"), "y": -300], "b": .blob([1, 2]),
        ])
        for count in document.indices {
            read(Array(document[..<count]))
            #expect(throws: ValueError.self) { try Read.validate(Array(document[..<count])) }
        }
        for position in document.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = document
                changed[position] = byte
                read(changed)
                if try !isSound(changed) { Issue.record("\(position), \(byte)") }
            }
        }
    }

    /// Containers in each other beyond any limit, and lists whose elements are all the same bytes.
    @Test func nestingDoesNotOverflowTheStack() throws {
        // 100,000 lists of one element, each with its head of 4 bytes for each size, one in the other.
        var document: [UInt8] = [1, 0x6E] + fourBytes(1_300_017) + fourBytes(1) + fourBytes(13) + [1, 0x61]
        for level in 0..<100_000 {
            document += [0x62] + fourBytes(1_300_002 - 13 * level) + fourBytes(1) + fourBytes(13)
        }
        document += [0x90, 0x90]
        read(document)
        #expect(throws: ValueError.self) { try Read.validate(document) }
        #expect(throws: ValueError.self) { try Read.item(document) }
        #expect(throws: ValueError.self) { try Read.size(document) }
    }

    private func fourBytes(_ integer: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: integer >> (8 * $0)) }
    }
}
