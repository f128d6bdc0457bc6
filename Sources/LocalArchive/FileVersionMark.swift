internal import Holdings

/// What tells versions of a file apart, as far as a row says it.
struct FileVersionMark: Equatable {
  var archiveFileID: Int64?
  /// MJD UTC.
  var ingestCompletionDate: Double?

  /// How a row that arrives relates to the one that is there.
  enum Relation { case older, same, newer }

  /// MAST numbers versions upwards; the date decides where a number is missing. A row that says neither belongs to the version at hand.
  func relation(to known: FileVersionMark) -> Relation {
    if let mine = archiveFileID, let other = known.archiveFileID {
      return mine == other ? .same : mine < other ? .older : .newer
    }
    // Dates lose up to a millisecond between their two spellings.
    if let mine = ingestCompletionDate, let other = known.ingestCompletionDate, abs(mine - other) > 1e-6 {
      return mine < other ? .older : .newer
    }
    return .same
  }
}
