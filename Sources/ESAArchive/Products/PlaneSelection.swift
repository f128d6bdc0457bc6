/// The planes of an observation whose files are wanted, and what the archive needs to know to deliver them.
public struct PlaneSelection: Sendable, Hashable {
  /// The observation.
  public var observationID: String
  /// The level that was asked for.
  public var level: ProductLevel
  /// The highest level that the observation has.
  public var topLevel: Int
  /// The database keys of the planes, each once, in the archive's order.
  public var planeIDs: [String]

  /// What the data service calls the choice of levels.
  var levelWord: String {
    switch level {
    case .level(topLevel), .level(2): "SELECTED"
    case .level(1): "LEVEL1ONLY"
    default: level.description
    }
  }
}

/// A plane in an answer.
struct PlaneRow: Sendable, Hashable {
  var id: String
  var level: Int
}

extension PlaneSelection {
  /// Begins with the planes of the highest level.
  /// - Throws: ``ESAArchiveError`` when there is no plane or the wanted level is higher than any.
  init(observationID: String, level: ProductLevel, planes: [PlaneRow]) throws(ESAArchiveError) {
    guard let top = planes.map(\.level).max() else {
      throw ESAArchiveError(
        .notFound, "The archive has no observation '\(observationID)'; check the identifier, which is in lower case.",
        subject: observationID)
    }
    if case .level(let wanted) = level, wanted > top {
      throw ESAArchiveError(
        .levelTooHigh,
        "Products of level \(wanted) were asked for, but observation '\(observationID)' has none above \(top). Those that"
          + " were made from it belong to its related observations.",
        option: "level", subject: observationID)
    }
    self.observationID = observationID
    self.level = level
    topLevel = top
    planeIDs = planes.filter { $0.level == top }.map(\.id).withoutRepetition
  }

  /// Whether the planes of the highest level are all that is wanted.
  var isComplete: Bool { level == .level(topLevel) }
}

extension Array where Element: Hashable {
  /// Each element where it comes first.
  var withoutRepetition: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
