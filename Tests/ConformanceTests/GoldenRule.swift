import Foundation

@testable import webb

/// What a recorded step was given and did, as far as rules look at it.
struct GoldenView {
  let step: GoldenCase.Step
  let arguments: [String: SourcedValue]
  let configuration: [String: String]
  /// What the Python tool printed.
  let output: String
  let requestCount: Int
  let recorded: [String: GoldenTable]
  /// The tables and exit code of the run compared with it.
  var ours: [String: GoldenTable] = [:]
  var status: Int32 = 0
  var talk = ""

  var isQuery: Bool { step.program.contains("query.py") || step.program.hasSuffix("jwst_query") }
  var failed: Bool { step.exit != 0 }
  var hasToken: Bool {
    !(step.environment["MAST_API_TOKEN"] ?? "").isEmpty || arguments["token"] != nil || configuration["token"] != nil
  }

  /// The words in force for an option.
  func words(_ name: String) -> [String] {
    arguments[name]?.words ?? configuration[name].map(GoldenConfiguration.words)
      ?? DropInOption.all.first { $0.name == name }?.builtIn ?? []
  }

  /// The observation numbers asked for.
  var obsnums: Set<Int> {
    let further = words("propID").dropFirst().compactMap { Int($0) }
    return Set(further.isEmpty ? words("obsnums").compactMap { Int($0) } : further)
  }

  func isOn(_ name: String) -> Bool { words(name).first?.lowercased() == "true" }

  /// All rows of tables of products, recorded and ours.
  func productRows(_ tables: [String: GoldenTable]) -> [(table: GoldenTable, row: [String])] {
    tables.filter { $0.key.hasSuffix("products") }.flatMap { entry in entry.value.rows.map { (entry.value, $0) } }
  }
}

/// How a comparison may be weaker than byte by byte, since a rule says why.
struct Relaxation {
  typealias Reduction = (_ table: String, _ ours: GoldenTable, _ recorded: GoldenTable) -> (GoldenTable, GoldenTable)

  /// Nothing is compared but that the run ends in order.
  var skipsAll = false
  var skipsTables = false
  var skipsExit = false
  /// The run must refuse what it was given.
  var mustRefuse = false
  /// Folders differ: files are compared by name.
  var comparesByName = false
  var reductions: [Reduction] = []
  var mayAdd: (String) -> Bool = { _ in false }
  var mayLack: (String) -> Bool = { _ in false }

  mutating func merge(_ other: Relaxation) {
    skipsAll = skipsAll || other.skipsAll
    skipsTables = skipsTables || other.skipsTables
    skipsExit = skipsExit || other.skipsExit
    mustRefuse = mustRefuse || other.mustRefuse
    comparesByName = comparesByName || other.comparesByName
    reductions += other.reductions
    let (add, lack) = (mayAdd, mayLack)
    mayAdd = { add($0) || other.mayAdd($0) }
    mayLack = { lack($0) || other.mayLack($0) }
  }

  static var all: Relaxation { Relaxation(skipsAll: true) }
  static var refusal: Relaxation { Relaxation(mustRefuse: true) }
  static var places: Relaxation {
    Relaxation(
      comparesByName: true,
      reductions: [
        { _, ours, recorded in
          (ours.dropping { $0 == "outfilename" }, recorded.dropping { $0 == "outfilename" })
        }
      ])
  }
}

/// A difference from the recordings that holds wherever its condition does, because the specification (section 20) calls what
/// the Python tool does wrong. The reasons stand in `deviations.json` under the rule's name.
struct GoldenRule {
  let name: String
  let relaxation: (GoldenView) -> Relaxation
  let applies: (GoldenView) -> Bool

  init(_ name: String, _ relaxation: Relaxation, _ applies: @escaping (GoldenView) -> Bool) {
    self.init(name, { _ in relaxation }, applies)
  }

  init(_ name: String, _ relaxation: @escaping (GoldenView) -> Relaxation, _ applies: @escaping (GoldenView) -> Bool) {
    self.name = name
    self.relaxation = relaxation
    self.applies = applies
  }
}
