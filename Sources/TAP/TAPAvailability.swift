import TableIO

/// Whether a service works at the moment. Source: VOSI 1.1, section 3.
public struct TAPAvailability: Sendable, Hashable {
  /// Whether it takes requests.
  public var isAvailable: Bool
  /// Since when it has been up, as it spells it.
  public var upSince: String?
  /// When it will go down.
  public var downAt: String?
  /// When it will be back.
  public var backAt: String?
  /// What it adds for people.
  public var notes: [String]

  /// Reads the availability document.
  /// - Throws: ``TAPError`` of kind `.badAnswer`.
  init(reading bytes: [UInt8], url: String) throws(TAPError) {
    let root = try XMLTree(bytes, roots: ["availability"], what: "the service's availability", url: url)
    isAvailable = ["true", "1"].contains(root.words("available"))
    upSince = root.words("upSince")
    downAt = root.words("downAt")
    backAt = root.words("backAt")
    notes = root.elements("note").compactMap(\.words)
  }
}
