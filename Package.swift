// swift-tools-version: 6.2
// The house plan. Every module is a row of `rooms`: its floor, and what it stands on.
// A module imports lower floors only; the manifest refuses to load when a row points up.

import PackageDescription

enum Language { case swift, c, executable, systemLibrary(pkgConfig: String, apt: String) }

struct Room {
    let name: String
    let floor: Int
    let language: Language
    let rests: [String]
    let libraries: [Target.Dependency]

    init(
        _ name: String, floor: Int, _ language: Language = .swift,
        on rests: [String] = [], using libraries: [Target.Dependency] = []
    ) {
        self.name = name
        self.floor = floor
        self.language = language
        self.rests = rests
        self.libraries = libraries
    }
}

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let dequeModule: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let heapModule: Target.Dependency = .product(name: "HeapModule", package: "swift-collections")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let rooms: [Room] = [
    // Floor 0: what everything may use.
    Room("Quantities", floor: 0),
    Room("CProbes", floor: 0, .c),
    Room("CProcess", floor: 0, .c),
    // The plainest programs for a task, to measure the product beside.
    Room("CFloors", floor: 0, .c),
    // A header for programs that are measured: others take the file, and need nothing else of this package.
    Room("CTrace", floor: 0, .c),
    Room("CJemalloc", floor: 0, .systemLibrary(pkgConfig: "jemalloc", apt: "libjemalloc-dev")),
    Room("CZlib", floor: 0, .systemLibrary(pkgConfig: "zlib", apt: "zlib1g-dev")),
    // Floor 1
    Room("Randomness", floor: 1, on: ["Quantities"]),
    Room("TraceModel", floor: 1, on: ["Quantities"]),
    Room("Monitoring", floor: 1),
    Room("Timekeeping", floor: 1, on: ["CProcess", "Quantities"], using: [dequeModule]),
    // Floor 2: the two wings part here and meet only at TraceModel.
    Room("Recording", floor: 2, on: ["CProbes", "TraceModel", "Quantities"]),
    Room(
        "Simulation", floor: 2, on: ["Randomness", "TraceModel", "Timekeeping", "Quantities"], using: [dequeModule]),
    Room("Experiments", floor: 2, on: ["Monitoring", "Randomness", "TraceModel", "Quantities"], using: [yams]),
    Room("Pairing", floor: 2, on: ["TraceModel", "Quantities"], using: [heapModule]),
    Room("Statistics", floor: 2),
    Room("Importing", floor: 2, on: ["TraceModel", "Quantities"]),
    Room("Diagnosing", floor: 2, on: ["Monitoring", "Quantities"]),
    // Floor 3
    Room("AssayTrace", floor: 3, on: ["Recording", "TraceModel"]),
    Room("Following", floor: 3, on: ["Pairing", "Statistics", "TraceModel", "Quantities"]),
    Room("Exporting", floor: 3, on: ["CZlib", "Pairing", "TraceModel", "Quantities"], using: [heapModule]),
    Room(
        "Archiving", floor: 3, on: ["Experiments", "Monitoring", "Quantities", "TraceModel"], using: [systemPackage]),
    Room(
        "Auditing", floor: 3,
        on: ["Experiments", "Monitoring", "Pairing", "Randomness", "Statistics", "TraceModel", "Quantities"]),
    // Floor 4
    Room(
        "Running", floor: 4, on: ["Archiving", "Experiments", "Importing", "Quantities"],
        using: [subprocess, systemPackage]),
    Room(
        "Analysis", floor: 4,
        on: [
            "Archiving", "Auditing", "Experiments", "Following", "Monitoring", "Pairing", "Quantities", "Randomness",
            "Statistics", "TraceModel",
        ],
        using: [systemPackage]),
    // Floor 5
    Room(
        "Selftesting", floor: 5,
        on: [
            "Analysis", "Auditing", "Experiments", "Monitoring", "Pairing", "Quantities", "Randomness", "Statistics",
            "TraceModel",
        ]),
    Room("Gating", floor: 5, on: ["Experiments", "Quantities", "Randomness", "Statistics"]),
    // Floor 6
    Room("Calibrating", floor: 6, on: ["Experiments", "Gating", "Quantities", "Randomness", "Statistics"]),
    Room(
        "Reporting", floor: 6,
        on: [
            "Analysis", "Archiving", "Auditing", "Experiments", "Following", "Gating", "Pairing", "Quantities",
            "Selftesting", "Statistics", "TraceModel",
        ]),
    Room(
        "Comparing", floor: 6,
        on: ["Analysis", "Archiving", "Auditing", "Experiments", "Gating", "Running", "Statistics", "TraceModel"],
        using: [systemPackage]),
    // Floor 7
    Room(
        "Commands", floor: 7,
        on: [
            "Analysis", "Archiving", "Auditing", "Comparing", "Diagnosing", "Experiments", "Exporting", "Following",
            "Gating", "Importing", "Monitoring", "Pairing", "Quantities", "Reporting", "Running", "Selftesting",
            "Statistics", "TraceModel",
        ],
        using: [argumentParser, systemPackage]),
    // The roof
    Room("assay", floor: 8, .executable, on: ["Commands"], using: [argumentParser]),
    Room("assay-launcher", floor: 8, .c),
    Room(
        "system-simulator", floor: 8, .executable,
        on: [
            "CJemalloc", "CProcess", "Quantities", "Randomness", "Recording", "Simulation", "Timekeeping", "TraceModel",
        ],
        using: [argumentParser]),
    Room(
        "assay-benchmark", floor: 8, .executable,
        on: [
            "Analysis", "Archiving", "CFloors", "CProbes", "CProcess", "Calibrating", "Experiments", "Gating",
            "Quantities", "Randomness", "Recording", "Reporting", "Running", "Simulation", "Statistics", "TraceModel",
            "Timekeeping",
        ],
        using: [heapModule, subprocess, systemPackage]),
]

let floors = Dictionary(uniqueKeysWithValues: rooms.map { ($0.name, $0.floor) })
for room in rooms {
    for below in room.rests {
        guard let floor = floors[below] else { fatalError("\(room.name) rests on \(below), which is no room") }
        precondition(
            floor < room.floor,
            "\(room.name) (floor \(room.floor)) may not import \(below) (floor \(floor)): arrows point down")
    }
}

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    // Each hop between executors costs a green thread some 100 ns, also where it leads nowhere.
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let target: (Room) -> Target = { room in
    let dependencies = room.rests.map { Target.Dependency.target(name: $0) } + room.libraries
    switch room.language {
    case .swift:
        return .target(
            name: room.name, dependencies: dependencies, swiftSettings: strict, linkerSettings: [.linkedLibrary("m")])
    case .executable:
        return .executableTarget(name: room.name, dependencies: dependencies, swiftSettings: strict)
    case .c where room.floor == 8:
        return .executableTarget(
            name: room.name, dependencies: dependencies,
            cSettings: [.treatAllWarnings(as: .error), .define("_GNU_SOURCE")])
    case .c:
        return .target(
            name: room.name, dependencies: dependencies,
            cSettings: [.treatAllWarnings(as: .error), .define("_GNU_SOURCE")])
    case .systemLibrary(let pkgConfig, let package):
        return .systemLibrary(name: room.name, pkgConfig: pkgConfig, providers: [.apt([package])])
    }
}

/// A suite for each Swift room: `Tests/<Room>Tests`, one file per source file.
let suites: [Target] = [
    "Quantities", "Randomness", "TraceModel", "Monitoring", "Timekeeping", "Recording", "Simulation", "Experiments",
    "Pairing", "Statistics", "Importing", "Following", "Exporting", "Diagnosing", "Archiving", "Auditing", "Running",
    "Analysis", "Selftesting", "Gating", "Comparing", "Calibrating", "Reporting", "Commands",
].map { name in
    let room = rooms.first { $0.name == name }!
    // The simulator is held against closed forms, within Student's intervals; what is sampled is read back; clean data are
    // simulated without a process.
    let tools = [
        "Simulation": ["Statistics"], "Running": ["Monitoring"], "Selftesting": ["Simulation", "Timekeeping"],
    ][name, default: []]
    let dependencies =
        ([name, "TestSupport"] + tools + room.rests).map { Target.Dependency.target(name: $0) } + room.libraries
    return .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests",
        exclude: ["Diagnosing": ["Golden"], "Reporting": ["Golden"], "Importing": ["Samples"]][name, default: []],
        swiftSettings: strict)
}

let package = Package(
    name: "assay",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "assay", targets: ["assay"]),
        .executable(name: "system-simulator", targets: ["system-simulator"]),
        .library(name: "AssayTrace", targets: ["AssayTrace"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: rooms.map(target) + suites + [
        // A test builds and runs it, as a program of somebody else's would.
        .executableTarget(
            name: "trace-example", dependencies: ["AssayTrace"], path: "Examples/swift", swiftSettings: strict),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(
            name: "RepositoryTests", dependencies: ["TestSupport", subprocess, systemPackage],
            path: "Tests/RepositoryTests",
            swiftSettings: strict),
    ]
)
