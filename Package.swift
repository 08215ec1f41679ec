// swift-tools-version: 6.2
import PackageDescription

/// Everything above the key-value layer is compiled with strict memory safety; bytes in place travel as `RawSpan`.
let safe: [SwiftSetting] = [.strictMemorySafety(), .enableExperimentalFeature("Lifetimes")]
let keyValueSettings: [SwiftSetting] = [.enableExperimentalFeature("Lifetimes")]

let package = Package(
    name: "Hindsight",
    platforms: [.macOS("26.0")],
    products: [
        .library(name: "Hindsight", targets: ["Hindsight"]),
        .executable(name: "pq", targets: ["pq"]),
    ],
    targets: [
        .systemLibrary(
            name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"]), .brew(["lmdb"])]),
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(
            name: "CEditLine", pkgConfig: "libedit", providers: [.apt(["libedit-dev"]), .brew(["libedit"])]),
        .target(
            name: "HindsightKeyValue", dependencies: ["CLMDB", "CSodium", "CZlib"], swiftSettings: keyValueSettings),
        .target(name: "HindsightValues", dependencies: ["HindsightKeyValue"], swiftSettings: safe),
        .target(
            name: "HindsightStorage", dependencies: ["HindsightKeyValue", "HindsightValues"], swiftSettings: safe),
        .target(name: "HindsightSyntax", dependencies: ["HindsightValues"], swiftSettings: safe),
        .target(
            name: "HindsightQuery", dependencies: ["HindsightSyntax", "HindsightStorage", "HindsightValues"],
            swiftSettings: safe),
        .target(
            name: "Hindsight",
            dependencies: ["HindsightQuery", "HindsightSyntax", "HindsightStorage", "HindsightValues"],
            exclude: ["Hindsight.docc"], swiftSettings: safe),
        .target(
            name: "HindsightShell",
            dependencies: ["Hindsight", "HindsightQuery", "HindsightSyntax", "HindsightValues", "CEditLine"],
            swiftSettings: safe),
        .executableTarget(name: "pq", dependencies: ["HindsightShell"], swiftSettings: safe),
        .executableTarget(
            name: "pq-conformance",
            dependencies: ["HindsightQuery", "HindsightStorage", "HindsightSyntax", "HindsightValues"],
            swiftSettings: safe),

        .executableTarget(name: "notes", dependencies: ["Hindsight"], path: "examples/notes", swiftSettings: safe),

        .executableTarget(
            name: "crash-writer", dependencies: ["HindsightStorage"], path: "Tests/CrashWriter", swiftSettings: safe),
        .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
        .systemLibrary(
            name: "CSQLite3", path: "Tests/SecondJudge/CSQLite3", pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .target(
            name: "SecondJudge",
            dependencies: [
                "CSQLite3", "HindsightQuery", "HindsightStorage", "HindsightSyntax", "HindsightTestSupport",
                "HindsightValues",
            ], path: "Tests/SecondJudge/SecondJudge"),
        .executableTarget(
            name: "second-judge", dependencies: ["SecondJudge"], path: "Tests/SecondJudge/second-judge"),
        .target(name: "HindsightTestSupport", dependencies: ["HindsightValues"], path: "Tests/HindsightTestSupport"),
        .testTarget(
            name: "HindsightKeyValueTests", dependencies: ["HindsightKeyValue", "HindsightTestSupport"],
            swiftSettings: keyValueSettings),
        .testTarget(
            name: "HindsightValuesTests", dependencies: ["HindsightValues", "HindsightTestSupport"],
            exclude: ["Vectors"],
            swiftSettings: safe),
        .testTarget(
            name: "HindsightStorageTests",
            dependencies: ["HindsightStorage", "HindsightTestSupport", "crash-writer"],
            swiftSettings: safe),
        .testTarget(
            name: "HindsightSyntaxTests", dependencies: ["HindsightSyntax", "HindsightTestSupport"],
            swiftSettings: safe),
        .testTarget(
            name: "HindsightQueryTests", dependencies: ["HindsightQuery", "HindsightTestSupport"],
            swiftSettings: safe),
        .testTarget(
            name: "HindsightTests", dependencies: ["Hindsight", "HindsightTestSupport", "notes", "pq"],
            swiftSettings: safe),
        .testTarget(
            name: "HindsightShellTests",
            dependencies: [
                "HindsightShell", "HindsightSyntax", "HindsightValues", "HindsightTestSupport", "CPseudoTerminal", "pq",
            ],
            swiftSettings: safe),
        .testTarget(
            name: "SecondJudgeTests", dependencies: ["SecondJudge", "HindsightTestSupport"],
            path: "Tests/SecondJudge/SecondJudgeTests"),
        .testTarget(
            name: "HouseTests",
            dependencies: [
                "Hindsight", "HindsightKeyValue", "HindsightQuery", "HindsightShell", "HindsightStorage",
                "HindsightSyntax", "HindsightTestSupport", "HindsightValues", "pq-conformance",
            ]),
    ],
    swiftLanguageModes: [.v6]
)
