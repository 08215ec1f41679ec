import Testing

/// The line of targets, lowest first: each may import only what stands before it.
private let layers = [
    "CLMDB", "CSodium", "CZlib", "HindsightKeyValue", "HindsightValues", "HindsightStorage", "HindsightSyntax",
    "HindsightQuery", "Hindsight", "CEditLine", "HindsightShell", "pq",
]

private let withoutFoundation = layers.prefix { $0 != "Hindsight" }

struct LayerTests {
    /// The modules that a source file imports.
    private func imports(of path: String) throws -> [String] {
        try Repository.text(path).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard let index = words.firstIndex(of: "import"), index + 1 < words.count, index <= 2 else { return nil }
            return words[..<index].allSatisfy { $0.hasPrefix("@") || $0 == "public" || $0 == "package" }
                ? words[index + 1] : nil
        }
    }

    @Test(arguments: layers)
    func importsGoDownOnly(layer: String) throws {
        let allowed = try #require(layers.firstIndex(of: layer))
        for file in Repository.files(under: "Sources/\(layer)", ending: ".swift") {
            for module in try imports(of: file) {
                guard let position = layers.firstIndex(of: module) else { continue }
                #expect(position < allowed, "\(file) imports \(module)")
            }
        }
    }

    @Test(arguments: withoutFoundation)
    func coreDoesWithoutFoundation(layer: String) throws {
        for file in Repository.files(under: "Sources/\(layer)", ending: ".swift") {
            #expect(try !imports(of: file).contains { $0.hasPrefix("Foundation") }, "\(file)")
        }
    }

    @Test func onlyTheKeyValueLayerImportsItsLibraries() throws {
        for layer in layers where layer != "HindsightKeyValue" {
            for file in Repository.files(under: "Sources/\(layer)", ending: ".swift") {
                #expect(try !imports(of: file).contains { ["CLMDB", "CSodium", "CZlib"].contains($0) }, "\(file)")
            }
        }
    }

    @Test func theQueryLayerNamesStorageInItsAdapterAlone() throws {
        for file in Repository.files(under: "Sources/HindsightQuery", ending: ".swift")
        where !file.contains("/StorageAdapter/") {
            #expect(try !imports(of: file).contains("HindsightStorage"), "\(file)")
        }
    }

    @Test func unsafeSwiftStaysInTheKeyValueLayerAndTwoFilesOfTheShell() throws {
        let shellFilesWithPointers = [
            "Sources/HindsightShell/LineEditor/EditLineHandle.swift",
            "Sources/HindsightShell/System/SystemCalls.swift",
        ]
        for file in Repository.files(under: "Sources", ending: ".swift")
        where !file.contains("/HindsightKeyValue/") && !shellFilesWithPointers.contains(file) {
            let words = try Repository.text(file).split { !$0.isLetter && $0 != "_" && $0 != "@" && $0 != "/" }
            #expect(!words.contains("unsafe") && !words.contains("UnsafeRawPointer"), "\(file)")
        }
    }

    @Test func sourcesAreFound() {
        #expect(Repository.files(under: "Sources/HindsightKeyValue", ending: ".swift").count > 1)
    }
}
