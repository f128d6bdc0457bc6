public import Holdings

/// The modes MAST appends to instrument names (`NIRCAM/IMAGE`). Source: `jwst-mast-query` 8.1, `mast-protocol` a.5.
public enum ObservationMode {
  /// The known modes of an instrument, in capitals; the fine guidance sensors have none.
  public static func modes(of instrument: Instrument) -> [String] {
    switch instrument {
    case .miri: ["CORON", "IFU", "IMAGE", "SLIT", "SLITLESS", "TARGACQ", "WFSS"]
    case .nircam: ["CORON", "GRISM", "IMAGE", "TARGACQ", "WFSS"]
    case .niriss: ["AMI", "IMAGE", "SOSS", "WFSS"]
    case .nirspec: ["BOTS", "IFU", "IMAGE", "MSA", "SLIT"]
    case .fgs: []
    }
  }

  /// The archive's instrument names for modes given in any case.
  /// - Throws: an error that names the known modes when none of the instruments has one of the modes.
  static func archiveNames(instruments: [Instrument], modes: [String]) throws(MASTArchiveError) -> [String] {
    var names: [String] = []
    let candidates = instruments.isEmpty ? Instrument.allCases : instruments
    for mode in modes.map({ $0.uppercased() }) {
      let having = candidates.filter { Self.modes(of: $0).contains(mode) }
      if having.isEmpty {
        let known = candidates.map { "\($0.rawValue): \(Self.modes(of: $0).joined(separator: " ").lowercased())" }
        throw MASTArchiveError(
          .badCriteria,
          "No instrument asked for has the observing mode \"\(mode.lowercased())\". Known modes: \(known.joined(separator: "; "))."
        )
      }
      names += having.map { "\($0.archiveName)/\(mode)" }
    }
    return names
  }
}
