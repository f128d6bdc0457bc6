// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// What every target of ours is built with: warnings are errors, and the upcoming rules that make imports and existentials explicit.
let house: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")

let package = Package(
  name: "webb",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "webb", targets: ["webb"]),
    .library(name: "Holdings", targets: ["Holdings"]),
    .library(name: "SkyGeometry", targets: ["SkyGeometry"]),
    .library(name: "TableIO", targets: ["TableIO"]),
    .library(name: "ADQL", targets: ["ADQL"]),
    .library(name: "HTTPTransport", targets: ["HTTPTransport"]),
    .library(name: "Downloads", targets: ["Downloads"]),
    .library(name: "MASTArchive", targets: ["MASTArchive"]),
    .library(name: "Mirroring", targets: ["Mirroring"]),
    .library(name: "LocalArchive", targets: ["LocalArchive"]),
    .library(name: "ArchiveServer", targets: ["ArchiveServer"]),
    .library(name: "TAP", targets: ["TAP"]),
    .library(name: "Unpacking", targets: ["Unpacking"]),
    .library(name: "ESAArchive", targets: ["ESAArchive"]),
    .library(name: "Reports", targets: ["Reports"]),
    .library(name: "SampleData", targets: ["SampleData"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0", traits: []),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.0.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CArchive", path: "Sources/CArchive", pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .systemLibrary(
      name: "CCurl", path: "Sources/CCurl", pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
    .systemLibrary(
      name: "CCFITSIO", path: "Sources/CCFITSIO", pkgConfig: "cfitsio",
      providers: [.apt(["libcfitsio-dev"]), .brew(["cfitsio"])]),
    .systemLibrary(
      name: "CLibJPEG", path: "Sources/CJPEG/libjpeg", pkgConfig: "libjpeg",
      providers: [.apt(["libjpeg62-turbo-dev"]), .brew(["jpeg-turbo"])]),
    .systemLibrary(
      name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CJPEG", dependencies: ["CLibJPEG"], exclude: ["libjpeg"], linkerSettings: [.linkedLibrary("jpeg")]),

    .target(name: "Holdings", swiftSettings: house),
    .target(name: "SkyGeometry", swiftSettings: house),
    .target(name: "TableIO", dependencies: ["CCFITSIO", "CZlib"], swiftSettings: house),
    .target(name: "ADQL", swiftSettings: house),
    .target(name: "HTTPTransport", dependencies: ["CCurl"], swiftSettings: house),
    .target(name: "Downloads", dependencies: ["HTTPTransport", crypto], swiftSettings: house),
    .target(name: "TAP", dependencies: ["ADQL", "HTTPTransport", "TableIO"], swiftSettings: house),
    .target(
      name: "Unpacking", dependencies: ["CArchive", "CZlib", "Downloads", "HTTPTransport"], swiftSettings: house),
    .target(
      name: "ESAArchive", dependencies: ["Downloads", "HTTPTransport", "SkyGeometry", "TAP", "TableIO", "Unpacking"],
      swiftSettings: house),
    .target(
      name: "MASTArchive", dependencies: ["Downloads", "HTTPTransport", "Holdings", "SkyGeometry", "TableIO"],
      swiftSettings: house),
    .target(
      name: "Mirroring",
      dependencies: [
        "Downloads", grdb,
      ], swiftSettings: house),
    .target(
      name: "LocalArchive",
      dependencies: ["ADQL", "Holdings", "SkyGeometry", "TableIO", crypto, cryptoExtras, grdb, sqlite],
      swiftSettings: house),
    .target(
      name: "ArchiveServer",
      dependencies: [
        "ADQL", "Holdings", "LocalArchive", "SkyGeometry", "TableIO",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], swiftSettings: house),
    .target(name: "Pictures", dependencies: ["CJPEG"], swiftSettings: house),
    .target(
      name: "Reports",
      dependencies: [
        "CCFITSIO", "HTTPTransport", "Pictures", "SkyGeometry", crypto,
      ], swiftSettings: house),
    .target(
      name: "SampleData", dependencies: ["CCFITSIO", "Holdings", "Pictures", "SkyGeometry", crypto],
      swiftSettings: house),
    .executableTarget(
      name: "webb",
      dependencies: [
        "ADQL", "ArchiveServer", "Downloads", "ESAArchive", "HTTPTransport", "Holdings", "LocalArchive", "MASTArchive",
        "Mirroring", "Reports",
        "SampleData",
        "SkyGeometry", "TAP", "TableIO", "Unpacking",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"),
      ], swiftSettings: house),

    .target(name: "TestSupport", dependencies: ["CZlib"], path: "Tests/TestSupport", swiftSettings: house),
    .testTarget(name: "HoldingsTests", dependencies: ["Holdings"], swiftSettings: house),
    .testTarget(name: "SkyGeometryTests", dependencies: ["SkyGeometry"], swiftSettings: house),
    .executableTarget(
      name: "sphere-answers", dependencies: ["SkyGeometry"], path: "Tests/peers/sphere/driver", swiftSettings: house),
    .testTarget(
      name: "TableIOTests", dependencies: ["CCFITSIO", "CZlib", "TableIO", "TestSupport"], swiftSettings: house),
    .executableTarget(
      name: "adql-bench", dependencies: ["ADQL"], path: "Benchmarks/adql-bench", swiftSettings: house),
    .executableTarget(
      name: "archive-bench", dependencies: ["LocalArchive"], path: "Benchmarks/archive-bench", swiftSettings: house),

    .testTarget(name: "ADQLTests", dependencies: ["ADQL", "TableIO", "TestSupport"], swiftSettings: house),
    .testTarget(name: "HTTPTransportTests", dependencies: ["HTTPTransport", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "DownloadsTests", dependencies: ["Downloads", "HTTPTransport", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "TAPTests", dependencies: ["HTTPTransport", "TAP", "TableIO", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "UnpackingTests",
      dependencies: ["CArchive", "CZlib", "Downloads", "HTTPTransport", "TestSupport", "Unpacking", crypto],
      swiftSettings: house),
    .testTarget(
      name: "ESAArchiveTests",
      dependencies: [
        "Downloads", "ESAArchive", "HTTPTransport", "SkyGeometry", "TAP", "TableIO", "TestSupport", "Unpacking",
      ], swiftSettings: house),
    .testTarget(
      name: "MASTArchiveTests",
      dependencies: ["MASTArchive", "HTTPTransport", "Holdings", "SkyGeometry", "TableIO", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "LocalArchiveTests",
      dependencies: ["ADQL", "Holdings", "LocalArchive", "SampleData", "SkyGeometry", "TableIO", grdb, sqlite],
      swiftSettings: house),
    .testTarget(
      name: "ArchiveServerTests",
      dependencies: ["ADQL", "ArchiveServer", "Holdings", "LocalArchive", "SkyGeometry", "TableIO", "TestSupport"],
      swiftSettings: house),
    .testTarget(name: "PicturesTests", dependencies: ["Pictures"], swiftSettings: house),
    .testTarget(
      name: "ReportsTests", dependencies: ["CCFITSIO", "Pictures", "Reports", "SkyGeometry", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "SampleDataTests", dependencies: ["CCFITSIO", "Holdings", "SampleData", "SkyGeometry", crypto],
      swiftSettings: house),
    .testTarget(
      name: "MirroringTests",
      dependencies: [
        "Downloads", "HTTPTransport", "Mirroring", "TestSupport", grdb,
      ], swiftSettings: house),
    .testTarget(
      name: "WebbTests",
      dependencies: [
        "HTTPTransport", "Holdings", "LocalArchive", "MASTArchive", "Reports", "SampleData", "SkyGeometry", "TableIO",
        "TestSupport", "webb", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Recorded"], swiftSettings: house),
    .testTarget(
      name: "ConformanceTests",
      dependencies: [
        "Downloads", "ESAArchive", "HTTPTransport", "SkyGeometry", "TAP", "TableIO", "TestSupport", "Unpacking", "webb",
        crypto,
      ],
      exclude: ["deviations.json", "esa_better.json", "votable_expected.json", "votable_expected.py"],
      swiftSettings: house),
  ]
)

// DocC is only for `make docs`.
if ProcessInfo.processInfo.environment["WEBB_DOCS"] != nil {
  package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin.git", from: "1.4.0"))
}
