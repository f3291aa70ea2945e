// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]
let mainActor = strict + [.defaultIsolation(MainActor.self)]
/// Tests run against the same release build that people run, so that nothing is compiled twice; there, a room whose
/// tests look at internals with `@testable` must say so itself.
let testable: [SwiftSetting] = [.unsafeFlags(["-enable-testing"])]

/// A room imports only rooms above it in this list.
let package = Package(
    name: "ws101",
    products: [
        .executable(name: "ws101", targets: ["ws101"]),
        .library(name: "Transport", targets: ["Transport"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    ],
    targets: [
        .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
        .target(name: "CHiredis", linkerSettings: [.linkedLibrary("hiredis")]),
        .target(
            name: "CCmark", linkerSettings: [.linkedLibrary("cmark-gfm-extensions"), .linkedLibrary("cmark-gfm")]),
        .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw")]),
        .target(name: "Wire", dependencies: ["CZlib"], swiftSettings: strict),
        .target(name: "Connection", dependencies: ["Wire"], swiftSettings: strict),
        .target(name: "Capture", dependencies: ["Connection", "Wire"], swiftSettings: strict + testable),
        .target(
            name: "Lint",
            dependencies: ["Connection", "Wire", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),
        .executableTarget(
            name: "Index", dependencies: [.product(name: "Yams", package: "Yams")], swiftSettings: strict),
        .plugin(
            name: "IndexPlugin", capability: .buildTool(), dependencies: ["Index"], path: "Sources/IndexPlugin"),
        .target(
            name: "Tutor",
            dependencies: [
                "CCmark", "Lint", "Connection", "Wire", .product(name: "Yams", package: "Yams"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict, plugins: ["IndexPlugin"]),
        .target(name: "Inspector", dependencies: ["Capture", "Connection", "Wire"], swiftSettings: strict),
        .target(
            name: "Transport",
            dependencies: [
                "Connection", "Wire", "CHiredis",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict),
        .target(
            name: "Certificates",
            dependencies: [
                "Transport", "Connection",
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ],
            swiftSettings: strict),
        .target(
            name: "Screen",
            dependencies: ["Tutor", "Inspector", "Lint", "Capture", "Connection", "Wire", "CNcurses"],
            swiftSettings: mainActor + testable),
        .executableTarget(
            name: "ws101",
            dependencies: [
                "Screen", "Tutor", "Inspector", "Lint", "Capture", "Certificates", "Transport", "Connection", "Wire",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict + testable),

        .testTarget(name: "WireTests", dependencies: ["Wire"], swiftSettings: strict),
        .testTarget(name: "ConnectionTests", dependencies: ["Connection", "Wire"], swiftSettings: strict),
        .testTarget(
            name: "CaptureTests", dependencies: ["Capture", "Connection", "Wire"], exclude: ["Captures"],
            swiftSettings: strict),
        .testTarget(name: "LintTests", dependencies: ["Lint", "Connection", "Wire"], swiftSettings: strict),
        .testTarget(
            name: "TutorTests",
            dependencies: ["Tutor", "Lint", "Connection", "Wire", .product(name: "GRDB", package: "GRDB.swift")],
            exclude: ["coverage.md", "published-ids.txt", "rfc6455.txt"], swiftSettings: strict),
        .testTarget(
            name: "InspectorTests", dependencies: ["Inspector", "Capture", "Connection", "Wire"],
            swiftSettings: strict),
        .testTarget(
            name: "TransportTests",
            dependencies: ["Transport", "Connection", "Wire"],
            swiftSettings: strict),
        .testTarget(
            name: "CertificatesTests",
            dependencies: ["Certificates", "Transport", "Connection"],
            swiftSettings: strict),
        .testTarget(
            name: "ScreenTests",
            dependencies: ["Screen", "Tutor", "Inspector", "Lint", "Capture", "Connection", "Wire"],
            exclude: ["Screens"],
            swiftSettings: mainActor),
        .testTarget(
            name: "ws101Tests",
            dependencies: ["ws101", "Tutor"],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
