internal import SkyGeometry

/// Who may have a file, in the words of MAST's column `dataRights`.
enum DataRights {
  /// The column of observations and products that says it.
  static let column = "dataRights"

  static let open = "PUBLIC"
  /// Held back until its release.
  static let exclusive = "EXCLUSIVE_ACCESS"
  /// Held back for another reason.
  static let restricted = "RESTRICTED"

  /// The rights that keywords give, where rights may be known already. What is released later than a day is exclusive; what is marked is
  /// restricted. Otherwise it is public, unless it is known to be held back and the keywords are silent about the reason.
  static func rights(
    _ facts: KeywordFacts, on day: ModifiedJulianDate, known: @autoclosure () throws -> String?
  ) rethrows -> String {
    let release = facts.number("publicReleaseDate_mjd")
    let mark = facts.number("isRestricted")
    if let release, release > day.rawValue { return exclusive }
    if mark == 1 { return restricted }
    guard release == nil || mark == nil, let known = try known() else { return open }
    return switch known.uppercased() {
    case open: open
    case exclusive where release != nil: open
    case restricted where mark != nil: open
    default: known
    }
  }

  /// The strictest of some rights; `nil` when there are none.
  static func strictest(_ rights: some Sequence<String>) -> String? {
    rights.max { rank($0) < rank($1) }
  }

  /// A word that is not known holds back as well.
  private static func rank(_ rights: String) -> Int {
    switch rights.uppercased() {
    case open: 0
    case exclusive: 1
    default: 2
    }
  }
}
