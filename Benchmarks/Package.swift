// swift-tools-version: 6.2
import PackageDescription

// What measures the program in its own process, and the peers that are compiled. A package of its own, so that neither
// the program's build nor its tests build any of it. Product and Schema are links to the program's own sources: their
// modules are built here once more, because what they share among themselves no other package may use.
// GRDB is the one peer that has to be fetched; without it the others are built all the same.
let hasGRDB = Context.environment["FOLLOWUP_WITHOUT_GRDB"] == nil

let package = Package(
    name: "followup-benchmarks",
    dependencies: hasGRDB ? [.package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0")] : [],
    targets: [
        .systemLibrary(name: "CSQLite", path: "Product/CSQLite", pkgConfig: "sqlite3"),
        .systemLibrary(name: "CSodium", path: "Product/CSodium", pkgConfig: "libsodium"),
        .target(name: "CivilTime", path: "Product/CivilTime"),
        .target(name: "CSV", path: "Product/CSV"),
        .target(name: "Sealing", dependencies: ["CSodium"], path: "Product/Sealing"),
        .target(name: "SQLite", dependencies: ["CSQLite", "CSodium"], path: "Product/SQLite"),
        .target(name: "CrisisCare", dependencies: ["CivilTime"], path: "Product/CrisisCare"),
        .target(name: "Migrations", dependencies: ["SQLite"], path: "Schema", resources: [.embedInCode("sql")]),
        .target(
            name: "Storage",
            dependencies: ["CrisisCare", "SQLite", "CivilTime", "Migrations", "CSodium"],
            path: "Product/Storage"
        ),
        .target(
            name: "Services",
            dependencies: ["Storage", "SQLite", "Sealing", "CrisisCare", "CivilTime", "CSV"],
            path: "Product/Services"
        ),
        .target(name: "Trace", dependencies: ["CSQLite"], path: "Trace"),
        .executableTarget(
            name: "ours",
            dependencies: ["Services", "Storage", "SQLite", "CrisisCare", "CivilTime", "Trace"],
            path: "Ours"
        ),
        .executableTarget(name: "c-peer", dependencies: ["CSQLite"], path: "Replay"),
        .executableTarget(name: "c-export", dependencies: ["CSQLite"], path: "Export"),
    ],
    swiftLanguageModes: [.v6]
)

if hasGRDB {
    package.targets.append(
        .executableTarget(
            name: "grdb-peer",
            dependencies: [.product(name: "GRDB", package: "GRDB.swift")],
            path: "GRDBPeer"
        )
    )
}

for target in package.targets where target.type == .regular {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
    if target.name == "SQLite" {
        target.swiftSettings?.append(.enableExperimentalFeature("Lifetimes"))
    }
}
