public import Holdings

/// The products chosen from an archive's answer, in the order in which tables show them.
public struct ProductSelection: Sendable {
  /// What one condition of the selection left over.
  public struct Step: Sendable, Hashable {
    /// The condition in words, for example `--sca a1 a2`.
    public var condition: String
    /// Products before.
    public var before: Int
    /// Products after.
    public var after: Int
  }

  /// Everything the archive listed, each file once, in archive order.
  public private(set) var all: [ProductEntry]
  /// The chosen products, sorted.
  public internal(set) var products: [ProductEntry]
  /// The file types that occurred before the last conditions, in order of first occurrence; the tables count by them.
  public private(set) var fileTypes: [String?]
  /// The observations under which chosen products were listed, in archive order.
  public private(set) var observations: [ObservationEntry]
  /// Days on which observations become public, MJD UTC, by the number of the observation.
  public private(set) var releaseDates: [Int64: Double] = [:]
  /// What each condition left, in the order applied.
  public internal(set) var steps: [Step] = []
  /// Rows of the archive's answer that repeated a file already listed.
  public private(set) var duplicateRows: Int

  /// Applies the selection rules. Source: `jwst-mast-query` 10 to 13.
  ///
  /// Files that belong to several observations are listed once, under the first in archive order.
  /// - Parameters:
  ///   - observations: the observations found, in archive order.
  ///   - rows: the answer of the product search, in the order of the observations.
  ///   - criteria: which products are wanted.
  public init(observations: [Observation], products rows: [Product], criteria: SelectionCriteria) {
    var seen: Set<String> = []
    var entries = rows.filter { $0.productFilename.map { seen.insert($0).inserted } ?? true }.map(ProductEntry.init)
    duplicateRows = rows.count - entries.count
    var observationEntries = observations.map(ObservationEntry.init)
    Self.completeObservationNumbers(of: &observationEntries, and: &entries)

    for observation in observations {
      if let obsid = observation.obsid { releaseDates[obsid] = observation.t_obs_release }
    }
    all = entries
    products = entries
    fileTypes = []
    self.observations = []
    selectGuideStars(criteria.guideStars)
    select("--calib_levels", criteria.calibrationLevels) { $0.product.calib_level == Int64($1) }
    keep("--level", criteria.processingLevels) { entry in { entry.processingLevel?.hasPrefix($0) ?? false } }
    keep("--product-type", criteria.productTypes) { entry in
      { entry.product.productType?.lowercased() == $0.lowercased() }
    }
    selectFileTypes(criteria.fileTypes)
    fileTypes = Self.distinct(products.map(\.fileType))
    products = RowOrder.sorted(products) { entry in criteria.sortColumns.map { $0.cell(of: entry) } }
    // Level-3 products have no number of their own, but their name tells whose they are.
    select("--obsnums", criteria.obsnums) { $0.obsnum == $1 || $0.combinedObsnum == $1 }
    select(obsidLimits: criteria.obsidLimits)
    select(obsids: criteria.obsids)
    select("--sca", criteria.detectors, word: \.sca) { $0.detector == $1 }
    let elements = criteria.opticalElements.map { Glob($0.uppercased()) }
    keep("--filter", elements, word: \.pattern) { entry in
      let elements = entry.opticalElements
      return { elements.contains(where: $0.matches) }
    }
    keep("--rights", criteria.rights) { entry in { entry.rights.word == $0.lowercased() } }

    let parents = Set(products.map(\.product.parent_obsid))
    self.observations = observationEntries.filter { parents.contains($0.observation.obsid) }
  }

  /// The last condition that had products before it and none after it.
  public var emptyingStep: Step? { steps.last { $0.before > 0 && $0.after == 0 } }

  private mutating func selectGuideStars(_ choice: SelectionCriteria.GuideStars) {
    guard choice != .with else { return }
    let before = products.count
    products.removeAll { $0.isGuideStar != (choice == .only) }
    let condition = choice == .only ? "guide-star data only" : "no guide stars (--guidestars lists them)"
    steps.append(Step(condition: condition, before: before, after: products.count))
  }

  /// Keeps the products that match one of the values, grouped in the order of the values, each once.
  mutating func select<Value>(
    _ option: String, _ values: [Value], word: (Value) -> String = { "\($0)" }, matches: (ProductEntry, Value) -> Bool
  ) {
    guard !values.isEmpty else { return }
    let before = products.count
    var taken = [Bool](repeating: false, count: before)
    var kept: [ProductEntry] = []
    for value in values {
      for (index, entry) in products.enumerated() where !taken[index] && matches(entry, value) {
        taken[index] = true
        kept.append(entry)
      }
    }
    products = kept
    steps.append(
      Step(condition: ([option] + values.map(word)).joined(separator: " "), before: before, after: kept.count))
  }

  /// Keeps the products that match one of the values, in their order.
  private mutating func keep<Value>(
    _ option: String, _ values: [Value], word: (Value) -> String = { "\($0)" },
    matches: (ProductEntry) -> (Value) -> Bool
  ) {
    guard !values.isEmpty else { return }
    let before = products.count
    products.removeAll { !values.contains(where: matches($0)) }
    steps.append(
      Step(condition: ([option] + values.map(word)).joined(separator: " "), before: before, after: products.count))
  }

  /// There are many files and few types, so each type is judged once.
  private mutating func selectFileTypes(_ patterns: [FileTypePattern]) {
    var verdicts: [String?: [Bool]] = [:]
    for type in Set(products.map(\.fileType)) { verdicts[type] = patterns.map { $0.matches(type) } }
    select("--filetypes", Array(patterns.indices), word: { patterns[$0].word }) { verdicts[$0.fileType]?[$1] ?? false }
  }

  /// Level-3 observations take the number that all their products share, products without a number that of their parent.
  private static func completeObservationNumbers(
    of observations: inout [ObservationEntry], and products: inout [ProductEntry]
  ) {
    var byParent: [Int64: [Int]] = [:]
    for (index, entry) in products.enumerated() {
      if let parent = entry.product.parent_obsid { byParent[parent, default: []].append(index) }
    }
    for index in observations.indices {
      guard let obsid = observations[index].observation.obsid, let children = byParent[obsid] else { continue }
      if observations[index].obsnum == nil {
        let known = Set(children.compactMap { products[$0].obsnum })
        if known.count == 1 { observations[index].obsnum = known.first }
      }
      for child in children where products[child].obsnum == nil { products[child].obsnum = observations[index].obsnum }
    }
  }

  private static func distinct(_ types: [String?]) -> [String?] {
    var seen: Set<String?> = []
    return types.filter { seen.insert($0).inserted }
  }
}
