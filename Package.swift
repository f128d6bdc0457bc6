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
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Holdings", targets: ["Holdings"]),
    .library(name: "SkyGeometry", targets: ["SkyGeometry"]),
    .library(name: "TableIO", targets: ["TableIO"]),
    .library(name: "HTTPTransport", targets: ["HTTPTransport"]),
    .library(name: "MASTArchive", targets: ["MASTArchive"]),
  ],
  targets: [
    .systemLibrary(
      name: "CCurl", path: "Sources/CCurl", pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),

    .target(name: "Holdings", swiftSettings: house),
    .target(name: "SkyGeometry", swiftSettings: house),
    .target(name: "TableIO", swiftSettings: house),
    .target(name: "HTTPTransport", dependencies: ["CCurl"], swiftSettings: house),
    .target(
      name: "MASTArchive", dependencies: ["HTTPTransport", "Holdings", "SkyGeometry", "TableIO"],
      exclude: ["DownloadPlan.swift"], swiftSettings: house),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: house),
    .testTarget(name: "HoldingsTests", dependencies: ["Holdings"], swiftSettings: house),
    .testTarget(name: "SkyGeometryTests", dependencies: ["SkyGeometry"], swiftSettings: house),
    .testTarget(name: "TableIOTests", dependencies: ["TableIO"], swiftSettings: house),
    .testTarget(
      name: "MASTArchiveTests",
      dependencies: ["MASTArchive", "HTTPTransport", "Holdings", "SkyGeometry", "TableIO", "TestSupport"],
      swiftSettings: house),
    .testTarget(name: "HTTPTransportTests", dependencies: ["HTTPTransport", "TestSupport"], swiftSettings: house),
  ]
)
