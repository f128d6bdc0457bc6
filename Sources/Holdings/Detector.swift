/// The five science instruments of JWST.
public enum Instrument: String, Sendable, Hashable, CaseIterable, Comparable {
  case nircam, nirspec, niriss, miri, fgs

  /// The name MAST uses, in capitals.
  public var archiveName: String { rawValue.uppercased() }

  /// Alphabetical order of the names.
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The eighteen detectors, spelled as in file names.
public enum Detector: String, Sendable, Hashable, CaseIterable {
  case nrca1, nrca2, nrca3, nrca4, nrcalong, nrcb1, nrcb2, nrcb3, nrcb4, nrcblong
  case nis, nrs1, nrs2, mirimage, mirifulong, mirifushort, guider1, guider2

  /// The instrument the detector belongs to.
  public var instrument: Instrument {
    switch self {
    case .nrca1, .nrca2, .nrca3, .nrca4, .nrcalong, .nrcb1, .nrcb2, .nrcb3, .nrcb4, .nrcblong: .nircam
    case .nis: .niriss
    case .nrs1, .nrs2: .nirspec
    case .mirimage, .mirifulong, .mirifushort: .miri
    case .guider1, .guider2: .fgs
    }
  }

  /// The short name that `jwst_mast_query` calls `sca`: `a1`, `blong`, `nis`, `mirimage`.
  public var sca: String {
    instrument == .nircam ? String(rawValue.dropFirst(3)) : rawValue
  }

  /// The detector with this `sca` name in any case; `a5` and `b5` stand for the long-wave detectors, full detector names work too.
  public init?(sca: String) {
    let name = sca.lowercased()
    let spelled = name == "a5" ? "along" : name == "b5" ? "blong" : name
    guard let found = Self.allCases.first(where: { $0.sca == spelled || $0.rawValue == spelled }) else { return nil }
    self = found
  }
}
