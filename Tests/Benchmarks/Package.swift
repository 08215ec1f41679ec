// swift-tools-version: 6.2
import PackageDescription

/// The benchmark is a package of its own, so that SQLite, its peer, is no dependency of Hindsight.
let package = Package(
    name: "HindsightBenchmarks",
    platforms: [.macOS("26.0")],
    dependencies: [.package(name: "Hindsight", path: "../..")],
    targets: [
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .executableTarget(
            name: "pq-bench", dependencies: [.product(name: "Hindsight", package: "Hindsight"), "CSQLite"]),
    ],
    swiftLanguageModes: [.v6]
)
