/// What an archive holds, in numbers.
public struct ArchiveStatistics: Sendable, Hashable {
  /// A word and how many rows have it.
  public struct Count: Sendable, Hashable {
    /// The word, for example `NIRCAM`.
    public var name: String
    /// Rows with it.
    public var count: Int

    /// Pairs a word with a count.
    public init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// Rows of the observation table.
  public var observations = 0
  /// Observations by instrument, without modes.
  public var instruments: [Count] = []
  /// Observations by programme number.
  public var programs: [Count] = []
  /// Observations by calibration level.
  public var levels: [Count] = []
  /// Observations by data rights.
  public var rights: [Count] = []
  /// Start of the first observation, MJD UTC.
  public var firstStart: Double?
  /// End of the last observation, MJD UTC.
  public var lastEnd: Double?
  /// Rows of the product table: a file counts once for each observation that lists it.
  public var productRows = 0
  /// Different files among the products.
  public var distinctFiles = 0
  /// Their size together, bytes.
  public var distinctFileBytes: Int64 = 0
  /// Files on disk.
  public var storedFiles = 0
  /// Their size together, bytes.
  public var storedBytes: Int64 = 0
  /// Rows of each keyword service.
  public var keywordRows: [Count] = []
  /// Versions of files, past ones included.
  public var fileVersions = 0
}
