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
    .library(name: "HTTPTransport", targets: ["HTTPTransport"]),
    .library(name: "Downloads", targets: ["Downloads"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2")
  ],
  targets: [
    .systemLibrary(
      name: "CCurl", path: "Sources/CCurl", pkgConfig: "libcurl",
      providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
    .target(
      name: "Downloads", dependencies: ["HTTPTransport", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: house),
    .target(name: "Holdings", swiftSettings: house),
    .target(name: "HTTPTransport", dependencies: ["CCurl"], swiftSettings: house),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: house),
    .testTarget(name: "DownloadsTests", dependencies: ["Downloads", "HTTPTransport", "TestSupport"], swiftSettings: house),
    .testTarget(name: "HoldingsTests", dependencies: ["Holdings"], swiftSettings: house),
    .testTarget(name: "HTTPTransportTests", dependencies: ["HTTPTransport", "TestSupport"], swiftSettings: house),
  ]
)
