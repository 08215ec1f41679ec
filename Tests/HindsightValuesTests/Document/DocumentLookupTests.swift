import HindsightTestSupport
import Testing

@testable import HindsightValues

@Suite struct DocumentLookupTests {
    private func exact(_ names: String...) -> DocumentPath {
        DocumentPath(names.map { .attribute($0, ignoringCase: false) })
    }

    private func ignoringCase(_ names: String...) -> DocumentPath {
        DocumentPath(names.map { .attribute($0, ignoringCase: true) })
    }

    /// All numbers of attributes up to 40, with names of all lengths around the words that are compared at once.
    @Test func everyAttributeIsFound() throws {
        var names: [String] = []
        for length in [1, 2, 6, 7, 8, 9, 14, 15, 16, 17, 24, 40, 253, 254, 255, 256, 300] {
            let stem = String(repeating: "n", count: length - 1)
            names += [stem + "a", stem + "b"]
            // These differ in the middle only.
            if length > 20 { names.append(stem.replacingCharacter(at: length / 2) + "a") }
        }
        for count in 0...names.count {
            let item = Structure(
                fields: names[..<count].enumerated().map { .init(name: $1, value: .int(Int64($0))) }.reversed())
            let document = try DocumentEncoder.encode(item)
            try Read.validate(document)
            for (index, name) in names.enumerated() {
                let expected: Value? = index < count ? .int(Int64(index)) : nil
                #expect(try Read.value(exact(name), document) == expected)
                #expect(try Read.value(ignoringCase(name.uppercased()), document) == expected)
            }
        }
    }

    @Test func pathsLeadInside() throws {
        let item: Structure = [
            "a": ["b": [10, 11, ["c": "deep"]], "s": "text"], "none": .null, "bag": .bag([1]), "sexp": .sexp([1, 2]),
        ]
        let document = try DocumentEncoder.encode(item)
        let toC: [DocumentPath.Step] = [
            .attribute("a", ignoringCase: true), .attribute("B", ignoringCase: true), .index(2),
            .attribute("c", ignoringCase: false),
        ]
        #expect(try Read.value(DocumentPath(toC), document) == "deep")
        #expect(try Read.value(DocumentPath([]), document) == .structure(item))
        #expect(try Read.value(exact("a", "b"), document) == [10, 11, ["c": "deep"]])
        for index in [-1, 3, .max, .min] {
            #expect(try Read.value(DocumentPath(toC[..<2] + [.index(index)]), document) == nil)
        }
        #expect(try Read.value(DocumentPath(toC[..<2] + [.index(0)]), document) == 10)
        #expect(try Read.value(DocumentPath(toC[..<1] + [.index(0)]), document) == nil)
        #expect(try Read.value(exact("a", "s", "x"), document) == nil)
        #expect(try Read.value(exact("a", "b", "x"), document) == nil)
        #expect(try Read.value(exact("a", ""), document) == nil)
        let sexpPath = DocumentPath([.attribute("sexp", ignoringCase: false), .index(1)])
        #expect(try Read.value(sexpPath, document) == 2)
        #expect(try Read.value(DocumentPath([.attribute("bag", ignoringCase: false), .index(0)]), document) == nil)
    }

    @Test func aPathOverNullIsNull() throws {
        let document = try DocumentEncoder.encode(["a": .null])
        #expect(try Read.value(exact("a", "b", "c"), document) == .null)
        #expect(try Read.value(DocumentPath([.attribute("a", ignoringCase: true), .index(4)]), document) == .null)
    }

    @Test func namesIgnoreTheCaseOfASCII() throws {
        let document = try DocumentEncoder.encode(["Straße": 1, "ÄB": 2, "x[": 3, "longer_than_Eight_bytes": 4])
        #expect(try Read.value(ignoringCase("sTRAßE"), document) == 1)
        #expect(try Read.value(exact("straße"), document) == nil)
        #expect(try Read.value(ignoringCase("äb"), document) == nil)
        #expect(try Read.value(ignoringCase("Äb"), document) == 2)
        // 5B and 7B differ by the bit of case, and are no letters.
        #expect(try Read.value(ignoringCase("X{"), document) == nil)
        #expect(try Read.value(ignoringCase("X["), document) == 3)
        #expect(try Read.value(ignoringCase("LONGER_THAN_EIGHT_BYTES"), document) == 4)
    }

    @Test func theExactNameWinsAndElseTheFirst() throws {
        let document = try DocumentEncoder.encode(["nAme": 1, "Name": 2, "name": 3, "other": 4])
        #expect(try Read.value(ignoringCase("name"), document) == 3)
        #expect(try Read.value(ignoringCase("Name"), document) == 2)
        #expect(try Read.value(ignoringCase("NAME"), document) == 1)
        for name in ["name", "Name", "NAME"] {
            #expect(try Read.isAmbiguous(ignoringCase(name), document))
            #expect(try !Read.isAmbiguous(exact(name), document))
        }
        #expect(try !Read.isAmbiguous(ignoringCase("OTHER"), document))
        #expect(try !Read.isAmbiguous(ignoringCase("absent"), document))
        let repeated = try DocumentEncoder.encode(["a": .structure(["x": 1, "x": 2])])
        #expect(try Read.value(ignoringCase("A", "X"), repeated) == 1)
        #expect(try !Read.isAmbiguous(ignoringCase("A", "X"), repeated))
        let inside = try DocumentEncoder.encode(["a": .structure(["X": 1, "x": 2])])
        #expect(try Read.isAmbiguous(ignoringCase("A", "x"), inside))
    }

    @Test func pathsPrintThemselves() {
        let path = DocumentPath([
            .attribute("a", ignoringCase: true), .attribute("b\"c", ignoringCase: false), .index(2),
        ])
        #expect(path.description == "a.\"b\"\"c\"[2]")
        #expect(path == DocumentPath(path.steps))
        #expect(path != DocumentPath(Array(path.steps.dropLast())))
        #expect(exact("a") != ignoringCase("a"))
    }

    /// Whatever is in an item is found by its path, and what is found is what is in the item.
    @Test func randomPathsAgreeWithTheItem() throws {
        let seed = TestSeed.fresh
        print("DocumentLookupTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1_500 {
            let item = RandomDocuments.item(using: &generator)
            let document = try DocumentEncoder.encode(item)
            for _ in 0..<8 {
                let path = randomPath(into: .structure(item), using: &generator)
                let found = try Read.value(path, document)
                let expected = resolve(path.steps[...], .structure(item))
                let isSame = expected.map { found?.isIdentical(to: $0) == true } ?? (found == nil)
                if !isSame { Issue.record("\(path), seed \(seed)") }
            }
        }
    }

    /// A path that mostly leads to something.
    private func randomPath(into value: Value, using generator: inout SeededGenerator) -> DocumentPath {
        var steps: [DocumentPath.Step] = []
        var value = value
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let ignoringCase = Bool.random(using: &generator)
            switch value {
            case .structure(let structure):
                let name =
                    structure.fields.randomElement(using: &generator)?.name
                    ?? RandomDocuments.name(using: &generator)
                steps.append(.attribute(ignoringCase ? name.uppercased() : name, ignoringCase: ignoringCase))
            case .list(let elements), .sexp(let elements):
                steps.append(.index(Int.random(in: -1...elements.count, using: &generator)))
            default: steps.append(.attribute("a", ignoringCase: ignoringCase))
            }
            guard let next = resolve(steps.suffix(1), value) else { break }
            value = next
        }
        return DocumentPath(steps)
    }

    private func resolve(_ steps: ArraySlice<DocumentPath.Step>, _ value: Value) -> Value? {
        guard let step = steps.first else { return value }
        if case .null = value { return .null }
        switch (step, value) {
        case (.index(let index), .list(let elements)), (.index(let index), .sexp(let elements)):
            return elements.indices.contains(index) ? resolve(steps.dropFirst(), elements[index]) : nil
        case (.attribute(let name, let ignoringCase), .structure(let structure)):
            var field = structure.fields.first { TextOrder.isEqual($0.name, name) }
            if ignoringCase {
                field = field ?? structure.fields.first { TextOrder.isEqualIgnoringCase($0.name, name) }
            }
            return field.flatMap { resolve(steps.dropFirst(), $0.value) }
        default: return nil
        }
    }
}

extension String {
    /// The ASCII text with another letter at this place.
    fileprivate func replacingCharacter(at position: Int) -> String {
        String(decoding: utf8.enumerated().map { $0 == position ? UInt8(ascii: "m") : $1 }, as: UTF8.self)
    }
}
