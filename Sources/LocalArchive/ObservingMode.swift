/// CAOM's names of instruments with their mode.
enum ObservingMode {
  /// The name CAOM gives an instrument in the mode of an exposure type, for example `NIRCAM/WFSS`; the bare instrument where the
  /// type belongs to no mode.
  static func instrumentName(instrume: String?, exp_type: String?) -> String? {
    guard let instrument = instrume?.uppercased() else { return nil }
    guard let mode = exp_type.flatMap({ modes[$0.uppercased()] }) else { return instrument }
    return instrument + "/" + mode
  }

  private static let modes: [String: String] = [
    "NRC_IMAGE": "IMAGE", "NRC_TSIMAGE": "IMAGE", "NRC_WFSS": "WFSS", "NRC_GRISM": "GRISM", "NRC_TSGRISM": "GRISM",
    "NRC_CORON": "CORON", "NRC_TACQ": "TARGACQ", "NRC_TACONFIRM": "TARGACQ",
    "MIR_IMAGE": "IMAGE", "MIR_MRS": "IFU", "MIR_LRS-FIXEDSLIT": "SLIT", "MIR_LRS-SLITLESS": "SLITLESS",
    "MIR_LYOT": "CORON", "MIR_4QPM": "CORON", "MIR_CORONCAL": "CORON", "MIR_TACQ": "TARGACQ",
    "MIR_TACONFIRM": "TARGACQ",
    "NIS_IMAGE": "IMAGE", "NIS_AMI": "AMI", "NIS_SOSS": "SOSS", "NIS_WFSS": "WFSS",
    "NRS_MSASPEC": "MSA", "NRS_IFU": "IFU", "NRS_FIXEDSLIT": "SLIT", "NRS_BRIGHTOBJ": "BOTS", "NRS_IMAGE": "IMAGE",
  ]
}

/// The optical elements of an exposure.
enum OpticalElements {
  /// CAOM's `filters`: the elements joined by `;`, without those that let everything pass. NIRSpec's CLEAR stays, as one names
  /// the pair (`CLEAR;PRISM`).
  static func filters(_ facts: KeywordFacts) -> String? {
    if let grating = facts.text("grating") {
      return [facts.text("filter"), grating].compactMap { $0 }.joined(separator: ";")
    }
    var elements = [facts.text("filter"), facts.text("pupil")].compactMap { $0 }
    if elements.isEmpty, let band = facts.text("band") {
      elements = [facts.text("channel").map { "CH" + $0 }, band].compactMap { $0 }
      return elements.joined(separator: ";")
    }
    let selective = elements.filter { $0 != "CLEAR" && $0 != "CLEARP" }
    if selective.isEmpty { return elements.first }
    return selective.sorted().joined(separator: ";")
  }
}
