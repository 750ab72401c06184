// swift-tools-version: 6.2
import PackageDescription

// The program's own sources, compiled once more with the coverage that libFuzzer steers by. It stands apart, so that
// neither the program's build nor its tests know of it. `House` and `Migrations` are links to the sources.
//
// FUZZER_RUNTIME is the path of the compiler's libclang_rt.fuzzer_no_main; Scripts/fuzz.sh finds it.
let package = Package(
    name: "fuzzing",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .systemLibrary(name: "CSQLite", path: "House/CSQLite", pkgConfig: "sqlite3"),
        .systemLibrary(name: "CSodium", path: "House/CSodium", pkgConfig: "libsodium"),
        .target(name: "CivilTime", path: "House/CivilTime"),
        .target(name: "CSV", path: "House/CSV"),
        .target(name: "Sealing", dependencies: ["CSodium"], path: "House/Sealing"),
        .target(name: "SQLite", dependencies: ["CSQLite", "CSodium"], path: "House/SQLite"),
        .target(name: "CrisisCare", dependencies: ["CivilTime"], path: "House/CrisisCare"),
        .target(name: "Migrations", dependencies: ["SQLite"], path: "Migrations", resources: [.embedInCode("sql")]),
        .target(
            name: "Storage",
            dependencies: ["CrisisCare", "SQLite", "CivilTime", "Migrations", "CSodium"],
            path: "House/Storage"
        ),
        .target(
            name: "Services",
            dependencies: ["Storage", "SQLite", "Sealing", "CrisisCare", "CivilTime", "CSV"],
            path: "House/Services"
        ),
        .target(
            name: "Reports",
            dependencies: ["Services", "Storage", "CrisisCare", "CivilTime", "CSV"],
            path: "House/Reports"
        ),
        .target(
            name: "followup",
            dependencies: [
                "Services", "Reports", "Storage", "SQLite", "Sealing", "CrisisCare", "CivilTime", "CSV",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "House/followup",
            // The program's own beginning gives way to the fuzzer's.
            swiftSettings: [
                .unsafeFlags(["-Xfrontend", "-entry-point-function-name", "-Xfrontend", "followup_main"])
            ]
        ),
        .systemLibrary(name: "CFuzzer", path: "Sources/CFuzzer"),
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "CFuzzer", "followup", "Services", "Reports", "Storage", "SQLite", "Sealing", "CrisisCare",
                "CivilTime", "CSV",
            ],
            linkerSettings: [
                .unsafeFlags([Context.environment["FUZZER_RUNTIME"] ?? "FUZZER_RUNTIME-is-not-set"]),
                .linkedLibrary("stdc++"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    var settings = target.swiftSettings ?? []
    settings += [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .unsafeFlags(["-sanitize=fuzzer", "-enable-testing"]),
    ]
    if target.name == "SQLite" { settings.append(.enableExperimentalFeature("Lifetimes")) }
    target.swiftSettings = settings
}
