import Holdings

/// A later state of the sample archive: what has happened to its files since the first one.
///
/// Decided by the file's name and the seed alone, so that a revision is the same however much of the archive is made.
struct SampleRevision: Sendable, Hashable {
  /// What has become of a file.
  enum Fate: Sendable, Hashable {
    case unchanged
    /// Made again; a header has room, so the size stays.
    case reprocessed
    /// Made again with a longer header.
    case extended
    /// No longer in the archive.
    case withdrawn
  }

  /// 1 is the archive as it is made first.
  let number: Int
  let seed: UInt64

  /// What has become of an exposure's FITS file; raw data never change.
  func fate(of name: String, suffix: String) -> Fate {
    guard number > 1, suffix != "uncal" else { return .unchanged }
    return switch lot(name) {
    case ..<0.16: .reprocessed
    case ..<0.24: .extended
    case ..<0.32: .withdrawn
    default: .unchanged
    }
  }

  /// The suffix of a file that an exposure has got since.
  func newSuffix(of root: String, mode: Mode) -> String? {
    guard number > 1, lot(root) < 0.5 else { return nil }
    if mode.exposureSuffixes.contains("calints") { return "crfints" }
    return mode.exposureSuffixes.contains("cal") ? "crf" : nil
  }

  /// Cards that lengthen a header by more than one block of 36.
  static let history = (1...40).map { FITSCard.remark("Reprocessed, step \($0).") }

  /// How long after the first processing the files were made again, milliseconds.
  static let delay: Int64 = 20 * 86_400_000

  private func lot(_ name: String) -> Double {
    var random = RandomSource(seed: seed &+ UInt64(number), name: "revision " + name)
    return random.uniform()
  }
}

extension Calibration {
  /// The version of the pipeline that made what changed after the first revision.
  static let next = Calibration(version: "1.21.0", context: "jwst_1500.pmap", system: "2026_1a")
}
