// swift-tools-version: 6.2
import PackageDescription

/// The fuzzers are a package of their own: libFuzzer brings its own `main`, and all code is compiled for coverage.
/// `Tests/Fuzzing/run` builds and runs them with the flags that this needs.
let package = Package(
    name: "HindsightFuzzing",
    platforms: [.macOS("26.0")],
    dependencies: [.package(name: "Hindsight", path: "../..")],
    targets: [
        .target(name: "LibFuzzer"),
        .executableTarget(
            name: "fuzz-syntax", dependencies: ["LibFuzzer", .product(name: "Hindsight", package: "Hindsight")]),
        .executableTarget(
            name: "fuzz-query", dependencies: ["LibFuzzer", .product(name: "Hindsight", package: "Hindsight")]),
    ],
    swiftLanguageModes: [.v6]
)
