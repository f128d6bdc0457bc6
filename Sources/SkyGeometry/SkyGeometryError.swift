/// Why a region, a position or an angle could not be made.
public struct SkyGeometryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong; more kinds may come.
  public struct Kind: RawRepresentable, Hashable, Sendable {
    /// The kind's name.
    public let rawValue: String
    /// Makes a kind from its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// There is no shape in the text.
    public static let empty = Kind(rawValue: "empty")
    /// A word that is neither a shape, a known frame nor a number where one of them is needed.
    public static let unknownWord = Kind(rawValue: "unknownWord")
    /// A number is missing: coordinates come in pairs, a circle has three numbers.
    public static let missingNumber = Kind(rawValue: "missingNumber")
    /// A number that no coordinate or radius can have.
    public static let outOfRange = Kind(rawValue: "outOfRange")
    /// A polygon with fewer than three different corners.
    public static let tooFewVertices = Kind(rawValue: "tooFewVertices")
    /// Neighbouring corners of a polygon that lie opposite each other on the sky, so that no single great circle joins them.
    public static let oppositeVertices = Kind(rawValue: "oppositeVertices")
    /// A form that is understood but cannot be had: an ellipse, an intersection, a frame that needs an epoch.
    public static let unsupported = Kind(rawValue: "unsupported")
    /// A text that is no position or no angle.
    public static let unreadable = Kind(rawValue: "unreadable")
    /// A number without the unit that it needs.
    public static let missingUnit = Kind(rawValue: "missingUnit")
  }

  /// What is wrong.
  public let kind: Kind
  /// The fault in a sentence, with what is expected instead.
  public let message: String
  /// The number of the faulty word in the text, from 1.
  public let word: Int?

  init(_ kind: Kind, _ message: String, word: Int?) {
    self.kind = kind
    self.message = message
    self.word = word
  }

  /// The sentence, with the number of the word where it is known.
  public var description: String { word.map { "Word \($0): \(message)" } ?? message }

  static func tooFewVertices(_ count: Int, word: Int?) -> Self {
    Self(.tooFewVertices, "The polygon has \(count) different corners; give at least three.", word: word)
  }
}
