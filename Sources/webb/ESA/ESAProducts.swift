import ArgumentParser
import ESAArchive
import TableIO

/// Which files of an observation.
struct ESAProductOptions: ParsableArguments {
  @Option(
    name: .customLong("cal-level"),
    help: "Calibration level: ALL for the observation's own and all below, or a number from -1 to 4.")
  var calLevel = "ALL"

  func level() throws -> ProductLevel {
    guard let level = ProductLevel(NegativeNumbers.restored(calLevel)) else {
      throw ValidationError("--cal-level \(calLevel) is not ALL or a number.")
    }
    return level
  }

  func validate() throws { _ = try level() }
}

struct ESAProducts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "products", abstract: "List the files of an observation.",
    discussion: "  webb esa products jw97012001001_02101_00001_guider1 --product-type science")

  @Argument(help: "Identifier of the observation.") var observation: String
  @OptionGroup(title: "Files") var options: ESAProductOptions
  @Option(
    name: .customLong("product-type"), help: "Only files of this kind: info, thumbnail, auxiliary, science or preview.")
  var productType: String?
  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let (observation, level) = (observation, try options.level())
    let type = productType.map { ArtifactType(rawValue: $0.lowercased()) }
    let rows = try ResultOutput(output: output, talk: talk)
    let listing = try await service.withArchive(talk: talk) {
      try await $0.products(of: observation, level: level, type: type)
    }
    let empty = Table(
      columns: ["uri", "artifactid", "filename", "contenttype", "producttype", "calibrationlevel", "public"]
        .map { .text($0) }, name: "products")
    try rows.write(listing.table ?? empty)
  }
}

struct ESARelated: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "related", abstract: "List the observations made from an observation, or those it was made from.",
    discussion: "  webb esa related jw00777011001_02104_00001_nrcblong")

  @Argument(help: "Identifier of the observation.") var observation: String
  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let observation = observation
    let rows = try ResultOutput(output: output, talk: talk)
    let related = try await service.withArchive(talk: talk) { try await $0.related(to: observation) }
    var table = Table(columns: [.text("observationid")], name: "related")
    for id in related { try table.append(row: [id]) }
    try rows.write(table)
  }
}
