/// How many primitives a cell holds: VOTable's `arraysize` (VOTable 1.4, section 2.2).
///
/// Dimensions are in the order of the attribute, the fastest first. In a variable shape the last dimension is open.
///
///     ArrayShape("3x*")    // dimensions [3], variable
///     ArrayShape("10*")    // no fixed dimension, variable, at most 10
///     ArrayShape(nil)      // a scalar
public struct ArrayShape: Sendable, Hashable {
  /// The fixed dimensions; for a variable shape all but the last.
  public var dimensions: [Int]
  /// Whether the last dimension is open.
  public var isVariable: Bool
  /// The largest length of the open dimension, when the table gives one.
  public var limit: Int?

  /// One primitive.
  public static let scalar = ArrayShape(dimensions: [])
  /// Any number of primitives: `*`.
  public static let variable = ArrayShape(dimensions: [], isVariable: true)

  /// Describes a shape.
  public init(dimensions: [Int], isVariable: Bool = false, limit: Int? = nil) {
    self.dimensions = dimensions
    self.isVariable = isVariable
    self.limit = limit
  }

  /// Reads an `arraysize` attribute; a missing or empty one is a scalar.
  /// - Returns: `nil` when the text is no array size.
  public init?(_ arraysize: String?) {
    guard let arraysize, !arraysize.isEmpty else {
      self = .scalar
      return
    }
    var words = arraysize.split(separator: "x", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
    isVariable = false
    limit = nil
    if let last = words.last, last.hasSuffix("*") {
      isVariable = true
      words.removeLast()
      let bound = last.dropLast()
      if !bound.isEmpty {
        guard let number = Int(bound), number >= 0 else { return nil }
        limit = number
      }
    }
    dimensions = []
    for word in words {
      guard let number = Int(word), number >= 0 else { return nil }
      dimensions.append(number)
    }
  }

  /// Whether a cell is a single primitive.
  public var isScalar: Bool { dimensions.isEmpty && !isVariable }

  /// The product of the fixed dimensions: primitives in a cell of fixed shape, in one step of the open dimension otherwise.
  public var fixedCount: Int { dimensions.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue } }

  /// The attribute's text, `nil` for a scalar.
  public var text: String? {
    if isScalar { return nil }
    var words = dimensions.map(String.init)
    if isVariable { words.append((limit.map(String.init) ?? "") + "*") }
    return words.joined(separator: "x")
  }

  /// The shape of a cell counted in strings, for characters: the first dimension is the length of each.
  public var ofStrings: ArrayShape {
    if dimensions.isEmpty { return .scalar }
    return ArrayShape(dimensions: Array(dimensions.dropFirst()), isVariable: isVariable, limit: limit)
  }
}
