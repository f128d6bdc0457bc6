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
    .library(name: "SampleData", targets: ["SampleData"]),
    .library(name: "SkyGeometry", targets: ["SkyGeometry"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2")
  ],
  targets: [
    .systemLibrary(
      name: "CCFITSIO", path: "Sources/CCFITSIO", pkgConfig: "cfitsio",
      providers: [.apt(["libcfitsio-dev"]), .brew(["cfitsio"])]),
    .systemLibrary(
      name: "CLibJPEG", path: "Sources/CJPEG/libjpeg", pkgConfig: "libjpeg",
      providers: [.apt(["libjpeg62-turbo-dev"]), .brew(["jpeg-turbo"])]),
    .target(name: "CJPEG", dependencies: ["CLibJPEG"], exclude: ["libjpeg"], linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "Holdings", swiftSettings: house),
    .target(
      name: "SampleData",
      dependencies: [
        "Holdings", "SkyGeometry", "CCFITSIO", "CJPEG", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house),
    .target(name: "SkyGeometry", swiftSettings: house),
    .testTarget(name: "HoldingsTests", dependencies: ["Holdings"], swiftSettings: house),
    .testTarget(
      name: "SampleDataTests",
      dependencies: [
        "SampleData", "Holdings", "SkyGeometry", "CCFITSIO", .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: house
    ),
    .testTarget(name: "SkyGeometryTests", dependencies: ["SkyGeometry"], swiftSettings: house),
  ]
)
