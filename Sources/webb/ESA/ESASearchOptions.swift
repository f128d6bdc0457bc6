import ArgumentParser
import ESAArchive
import SkyGeometry
import TAP
import TableIO

/// What observations to look for at ESA: the filters of the Python module under their names.
struct ESASearchOptions: ParsableArguments {
  @Option(
    name: .customLong("observation-id"),
    help: "Identifier of the observation; % and _ stand for any characters and any one.")
  var observationID: String?

  @Option(
    name: .customLong("cal-level"),
    help: "Calibration level: Top for the highest of each observation, a number from -1 to 4, or any.")
  var calLevel = "Top"

  @Option(name: .customLong("product-type"), help: "Kind of data: image, cube, measurements or spectrum.")
  var productType: String?

  @Option(help: "Instrument: NIRISS, NIRSPEC, NIRCAM, MIRI or FGS.")
  var instrument: String?

  @Option(help: "Optical element, exactly (F200W); * stands for anything (*F200W*).")
  var filter: String?

  @Option(help: "Programme number, exactly, with or without leading zeros; * stands for anything.")
  var proposal: String?

  @Flag(name: .customLong("public-only"), help: "Only data that everyone may fetch.")
  var publicOnly = false

  @Flag(name: .customLong("all-columns"), help: "All columns of the table in place of the usual eleven.")
  var allColumns = false

  @Flag(name: .customLong("async"), help: "Run the search as a job, for answers that take long.")
  var isJob = false

  @Flag(help: "Start a job, print its identifier and do not wait; fetch it with webb tap results.")
  var background = false

  @Option(
    help: "Take at most this many rows. Default: all; an answer that the service cuts is asked for again as a job.")
  var limit: Int?

  @Option(
    help: "The archive's table layout: main (jwst.main) or archive (jwst.archive). Default: what the service has.")
  var layout: Layout?

  enum Layout: String, ExpressibleByArgument, CaseIterable {
    case main, archive

    var value: TableLayout { self == .main ? .main : .archive }
  }

  private var level: ObservationFilters.Level? { ObservationFilters.Level(NegativeNumbers.restored(calLevel)) }

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit \(limit) is not a number of rows.") }
    guard level != nil else {
      throw ValidationError("--cal-level \(calLevel) is not Top, any or a number.")
    }
  }

  /// The search in a region.
  func search(in region: SearchRegion?) -> ObservationSearch {
    ObservationSearch(
      region: region,
      filters: ObservationFilters(
        observationID: observationID, calibrationLevel: level ?? .top,
        publicOnly: publicOnly,
        productType: productType.map { DataProductType(rawValue: $0.lowercased()) },
        instrument: instrument.map { Instrument(rawValue: $0.uppercased()) }, filter: filter, programme: proposal),
      columns: allColumns ? .all : .standard)
  }

  /// Applies the options that are about asking.
  func configure(_ configuration: inout ESAArchive.Configuration) {
    configuration.layout = layout?.value
    configuration.rowLimit = limit
  }
}

/// Where on the sky, as people type it.
struct SkyPositionOptions: ParsableArguments {
  @Argument(
    parsing: .remaining,
    help:
      "Position: \"53.16 -27.79\" (degrees) or \"03:32:38 -27:47:24\" (hours and degrees). For names see webb esa target."
  )
  var position: [String]

  @Option(help: "Frame of the position: icrs, fk5 or galactic. Positions that are written are always ICRS.")
  var frame = Frame.icrs

  enum Frame: String, ExpressibleByArgument, CaseIterable {
    case icrs, fk5, galactic

    init?(argument: String) { self.init(rawValue: argument.lowercased()) }

    var value: SkyFrame {
      switch self {
      case .icrs: .icrs
      case .fk5: .fk5
      case .galactic: .galactic
      }
    }
  }

  func center() throws -> SkyPosition {
    let text = position.joined(separator: " ")
    do { return try SkyPosition(text: text, frame: frame.value) } catch {
      if text.first?.isLetter == true {
        throw Failure.usage(
          "'\(text)' is no position but looks like a name. To search around a named object: webb esa target '\(text)'")
      }
      throw Failure.usage("\(error)")
    }
  }
}

/// An angle with its unit: `5deg`, `1.5arcmin`, `30"`.
struct AngleArgument: ExpressibleByArgument {
  var degrees: Double

  init?(argument: String) {
    guard let angle = try? SkyAngle(text: argument) else { return nil }
    degrees = angle.degrees
  }
}

/// Runs a search and writes what it finds.
struct ESASearchRun {
  var options: ESASearchOptions
  var service: TAPServiceOptions
  var output: TableOutputOptions
  var talk: TalkOptions
  var resolverAddresses = ResolverAddresses()

  func run(_ region: @escaping @Sendable (ESAArchive) async throws -> SearchRegion?) async throws {
    let (options, talk, addresses) = (options, talk, resolverAddresses)
    let rows = try ResultOutput(
      output: output, talk: talk, limit: .init(option: "--limit", rows: options.limit), isJob: options.isJob)
    let jobTalk = JobTalk(talk)
    let configure = { @Sendable (configuration: inout ESAArchive.Configuration) in
      options.configure(&configuration)
      configuration.resolvers = addresses
    }
    let answer = try await service.withArchive(talk: talk, configure: configure) { archive -> ObservationAnswer? in
      let search = options.search(in: try await region(archive))
      if options.background {
        Console.print(try await archive.startJob(search))
        return nil
      }
      return try await archive.observations(search, mode: options.isJob ? .job : .direct) {
        jobTalk.show($0, $1)
      }
    }
    guard let answer else { return }
    talk.explain(answer.statement.text)
    if answer.wasRunAgain { talk.say("The service cut the direct answer, so the search was run as a job.") }
    try rows.write(answer.table, isOverflow: answer.isOverflow)
  }
}
