// swift-tools-version: 6.2
import PackageDescription

// The house, bottom to top. A target depends only on targets above it in this list,
// so an arrow that points upward does not compile (ARCHITECTURE.md).
let package = Package(
    name: "followup",
    products: [.executable(name: "followup", targets: ["followup"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .target(name: "CivilTime"),
        .target(name: "CSV"),
        .target(name: "Sealing", dependencies: ["CSodium"]),
        .target(name: "SQLite", dependencies: ["CSQLite", "CSodium"]),
        .target(name: "CrisisCare", dependencies: ["CivilTime"]),
        .target(name: "Migrations", dependencies: ["SQLite"], path: "Migrations", resources: [.embedInCode("sql")]),
        .target(name: "Storage", dependencies: ["CrisisCare", "SQLite", "CivilTime", "Migrations", "CSodium"]),
        .target(name: "Services", dependencies: ["Storage", "SQLite", "Sealing", "CrisisCare", "CivilTime", "CSV"]),
        .target(name: "Reports", dependencies: ["Services", "Storage", "CrisisCare", "CivilTime", "CSV"]),
        .executableTarget(
            name: "followup",
            dependencies: [
                "Services", "Reports", "Storage", "SQLite", "Sealing", "CrisisCare", "CivilTime", "CSV",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),

        .target(name: "CaseloadOracle", path: "Tests/CaseloadOracle"),
        .testTarget(name: "CivilTimeTests", dependencies: ["CivilTime"]),
        .testTarget(name: "CSVTests", dependencies: ["CSV"]),
        .testTarget(name: "SealingTests", dependencies: ["Sealing"]),
        .testTarget(name: "SQLiteTests", dependencies: ["SQLite"]),
        .testTarget(name: "CrisisCareTests", dependencies: ["CrisisCare", "CivilTime"]),
        .testTarget(name: "StorageTests", dependencies: ["Storage", "SQLite", "CrisisCare", "CivilTime"]),
        .testTarget(
            name: "ServicesTests",
            dependencies: [
                "Services", "Reports", "Storage", "SQLite", "Sealing", "CrisisCare", "CivilTime", "CSV",
                "CaseloadOracle",
            ]
        ),
        .testTarget(name: "CaseloadOracleTests", dependencies: ["CaseloadOracle"]),
        .testTarget(
            name: "followupTests",
            dependencies: ["followup", "CaseloadOracle", "Reports", "Storage", "SQLite", "CSV", "CivilTime"]
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        // SE-0458: every unsafe line says so.
        .strictMemorySafety(),
        // SE-0443: a warning is an error.
        .treatAllWarnings(as: .error),
        // SE-0335, SE-0444, SE-0409.
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
    if target.name == "SQLite" {
        // A statement that cannot outlive its connection needs lifetime dependencies; they stay inside this module.
        target.swiftSettings?.append(.enableExperimentalFeature("Lifetimes"))
    }
}
