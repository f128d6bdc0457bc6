/// Optical elements in the beam, with the wavelengths they pass.
struct Optics: Sendable, Hashable {
  var filter: String
  var pupil: String?
  var grating: String?
  /// Wavelengths, micrometres.
  var range: ClosedRange<Double>
  /// MIRI's medium-resolution spectrometer: channels and band.
  var channel: String?
  var band: String?

  var middle: Float { Float((range.lowerBound + range.upperBound) / 2) }

  /// The elements as the observation table writes them.
  var archiveName: String {
    if let channel, let band { return "CH\(channel.first ?? "1")-\(band)" }
    if let grating { return "\(filter);\(grating)" }
    guard let pupil, pupil != "CLEAR", pupil != "CLEARP" else { return filter }
    return filter == "CLEAR" ? pupil : "\(filter);\(pupil)"
  }

  /// The elements in the name of a combined product.
  var nameInFiles: String {
    let parts: [String?]
    if let grating {
      parts = [filter, grating]
    } else if pupil == "CLEAR" || pupil == "CLEARP" {
      parts = ["clear", filter]
    } else {
      parts = [filter, pupil]
    }
    return parts.compactMap { $0?.lowercased() }.joined(separator: "-")
  }

  static func nircam(_ filter: String, pupil: String = "CLEAR") -> Optics {
    Optics(filter: filter, pupil: pupil, range: passband(filter))
  }

  /// NIRISS: short filters sit in the pupil wheel, with the filter wheel clear or holding a grism.
  static func niriss(_ filter: String, pupil: String) -> Optics {
    Optics(filter: filter, pupil: pupil, range: passband(filter == "CLEAR" || filter.hasPrefix("GR") ? pupil : filter))
  }

  static func miri(_ filter: String) -> Optics { Optics(filter: filter, range: passband(filter)) }

  static func nirspec(_ filter: String, _ grating: String) -> Optics {
    Optics(filter: filter, grating: grating, range: passband(filter + grating))
  }

  /// The spectrometer's channels on one of its two detectors.
  static func mrs(channels: String, band: String) -> Optics {
    Optics(
      filter: "NONE", range: channels == "12" ? 4.9...10.13 : 11.55...24.48, channel: channels, band: band)
  }

  private static func passband(_ name: String) -> ClosedRange<Double> {
    switch name {
    case "F090W": 0.795...1.005
    case "F115W": 1.013...1.282
    case "F150W": 1.331...1.668
    case "F187N": 1.863...1.884
    case "F200W": 1.755...2.227
    case "F277W": 2.423...3.132
    case "F335M": 3.177...3.537
    case "F356W": 3.14...3.98
    case "F444W": 3.88...4.986
    case "F480M": 4.668...4.971
    case "F770W": 6.6...8.8
    case "F1000W": 9.0...11.0
    case "F1500W": 13.5...16.6
    case "P750L": 5.0...12.0
    case "GR700XD": 0.6...2.8
    case "CLEARPRISM": 0.6...5.3
    case "F170LPG235H", "F170LPG235M": 1.66...3.17
    case "F290LPG395M": 2.87...5.27
    default: 0.6...5.0
    }
  }
}
