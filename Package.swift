// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is built with: warnings are errors, and the upcoming rules that make imports and existentials explicit.
let house: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "webb",
  platforms: [.macOS(.v14)],
  products: [
    .library(name: "Holdings", targets: ["Holdings"]),
    .library(name: "SkyGeometry", targets: ["SkyGeometry"]),
    .library(name: "TableIO", targets: ["TableIO"]),
    .library(name: "LocalArchive", targets: ["LocalArchive"]),
    .library(name: "ArchiveServer", targets: ["ArchiveServer"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.6.0"),
  ],
  targets: [
    .target(name: "Holdings", swiftSettings: house),
    .testTarget(name: "HoldingsTests", dependencies: ["Holdings"], swiftSettings: house),

    .target(name: "SkyGeometry", swiftSettings: house),
    .testTarget(name: "SkyGeometryTests", dependencies: ["SkyGeometry"], swiftSettings: house),

    .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "TableIO", dependencies: ["CZlib"], swiftSettings: house),
    .testTarget(name: "TableIOTests", dependencies: ["TableIO", "CZlib"], swiftSettings: house),

    .target(
      name: "LocalArchive",
      dependencies: [
        "Holdings", "SkyGeometry", "TableIO", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ], swiftSettings: house),
    .testTarget(
      name: "LocalArchiveTests", dependencies: ["LocalArchive", "Holdings", "SkyGeometry"], swiftSettings: house),
    .target(
      name: "ArchiveServer",
      dependencies: [
        "Holdings", "LocalArchive", "SkyGeometry", "TableIO",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], swiftSettings: house),
    .testTarget(
      name: "ArchiveServerTests",
      dependencies: ["ArchiveServer", "Holdings", "LocalArchive", "SkyGeometry", "TableIO"], swiftSettings: house),
  ]
)
