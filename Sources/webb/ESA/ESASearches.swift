import ArgumentParser
import ESAArchive
import SkyGeometry

struct ESACone: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cone", abstract: "Look for observations whose target lies within a radius of a position.",
    discussion: """
        webb esa cone --radius 5deg "53 -27"
        webb esa cone --radius 90arcsec --frame galactic "223.5 -54.4" -o found.ecsv
      """)

  @Option(help: "Radius, with its unit: 5deg, 1.5arcmin, 30arcsec.") var radius: AngleArgument
  @OptionGroup(title: "Search") var search: ESASearchOptions
  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions
  @OptionGroup var position: SkyPositionOptions

  func run() async throws {
    let region = SearchRegion.cone(try position.center(), radius: radius.degrees)
    try await ESASearchRun(options: search, service: service, output: output, talk: talk).run { _ in region }
  }
}

struct ESARegion: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "region",
    abstract: "Look for observations whose target lies in a box, or within a radius, around a position.",
    discussion: """
        webb esa region --width 5deg --height 5deg "53 -27"
        webb esa region --radius 10arcmin --proposal 1210 "03:32:38 -27:47:24"
      """)

  @OptionGroup(title: "Region") var extent: ExtentOptions
  @OptionGroup(title: "Search") var search: ESASearchOptions
  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions
  @OptionGroup var position: SkyPositionOptions

  func run() async throws {
    let region = extent.region(around: try position.center())
    try await ESASearchRun(options: search, service: service, output: output, talk: talk).run { _ in region }
  }
}

struct ESATarget: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "target", abstract: "Look for observations around a named object.",
    discussion: """
      The name is looked up at SIMBAD, then NED, then VizieR, until one knows it.

        webb esa target M1 --radius 5deg
        webb esa target LMC --resolver NED --width 5deg --height 5deg --async
      """)

  @Argument(help: "Name of the object.") var name: String
  @Option(help: "Who is asked for the position: ALL (one after the other), SIMBAD, NED or VIZIER.") var resolver = "ALL"
  @Option(name: .customLong("simbad-url"), help: "Address of SIMBAD's TAP service (also WEBB_SIMBAD_URL).")
  var simbadURL: String?
  @Option(name: .customLong("ned-url"), help: "Address of NED's search (also WEBB_NED_URL).") var nedURL: String?
  @Option(name: .customLong("vizier-url"), help: "Address of VizieR's VOTable service (also WEBB_VIZIER_URL).")
  var vizierURL: String?
  @OptionGroup(title: "Region") var extent: ExtentOptions
  @OptionGroup(title: "Search") var search: ESASearchOptions
  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws { _ = try resolvers() }

  private func resolvers() throws -> [Resolver] {
    if resolver.uppercased() == "ALL" { return Resolver.allCases }
    guard let one = Resolver(resolver) else {
      throw ValidationError("--resolver \(resolver) is not ALL, SIMBAD, NED or VIZIER.")
    }
    return [one]
  }

  func run() async throws {
    var addresses = ResolverAddresses()
    if let url = simbadURL ?? Environment["WEBB_SIMBAD_URL"] { addresses.simbad = url }
    if let url = nedURL ?? Environment["WEBB_NED_URL"] { addresses.ned = url }
    if let url = vizierURL ?? Environment["WEBB_VIZIER_URL"] { addresses.vizier = url }
    let (name, resolvers, extent, talk) = (name, try resolvers(), extent, talk)
    let run = ESASearchRun(options: search, service: service, output: output, talk: talk, resolverAddresses: addresses)
    try await run.run { archive in
      let target = try await archive.resolve(name, using: resolvers)
      for failure in target.failures { talk.say("\(failure)") }
      talk.say("\(name) is at \(target.position.ra) \(target.position.dec) (ICRS, \(target.resolver.rawValue)).")
      return extent.region(around: target.position)
    }
  }
}

/// How large a region is: a radius, or width and height.
struct ExtentOptions: ParsableArguments {
  @Option(help: "Radius, with its unit: 5deg, 1.5arcmin, 30arcsec.") var radius: AngleArgument?
  @Option(help: "Width of the box in right ascension on the sky, with its unit.") var width: AngleArgument?
  @Option(help: "Height of the box in declination, with its unit.") var height: AngleArgument?

  func validate() throws {
    switch (radius, width, height) {
    case (_?, nil, nil), (nil, _?, _?): break
    case (_?, _, _): throw ValidationError("--radius and --width or --height exclude each other.")
    default: throw ValidationError("Give --radius, or both --width and --height.")
    }
  }

  func region(around center: SkyPosition) -> SearchRegion {
    if let radius { return .cone(center, radius: radius.degrees) }
    return .box(center, width: width?.degrees ?? 0, height: height?.degrees ?? 0)
  }
}
