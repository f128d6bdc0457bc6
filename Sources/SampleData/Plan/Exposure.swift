import Holdings
import SkyGeometry

/// One exposure (or a segment of it) on one detector.
struct Exposure: Sendable {
  var programme: Int
  var observation: Int
  var mode: Mode
  var target: SkyTarget
  var detector: Detector
  var optics: Optics
  /// Visit group, sequence and activity: `02101`.
  var activity: String
  var number: Int
  /// Segment and number of segments.
  var segment: Int?
  var segments = 1
  /// Integrations of the whole exposure, and those in this segment, from 1.
  var integrations: Int
  var integrationRange: ClosedRange<Int>
  var groups: Int
  var dither: Int
  var dithers: Int
  var isParallel: Bool
  /// Start and end, Unix milliseconds.
  var start: Int64
  var end: Int64
  var attitude: Attitude
  /// Number of the observation row.
  var obsid: Int64 = 0
  /// Number among the programme's exposures, for the names of associations.
  var ordinal = 0

  var visitID: String { "\(programme.padded(to: 5))\(observation.padded(to: 3))001" }
  var fileSet: String { "jw\(visitID)_\(activity)_\(number.padded(to: 5))" }
  var root: String {
    fileSet + (segment.map { "-seg\(($0).padded(to: 3))" } ?? "") + "_" + detector.rawValue
  }

  /// Seconds of light in an integration and in the exposure.
  var integrationTime: Double { mode.frameTime * Double(mode.framesPerGroup * groups) }
  var exposureTime: Double { integrationTime * Double(integrations) }

  /// The part of the focal plane that the exposure covers.
  var fields: [FocalField] {
    switch mode {
    case .nirspecMSA: FocalField.shutters
    case .nirspecIFU: [FocalField.nirspecIFU]
    case .nirspecBOTS: [FocalField.nirspecWideSlit]
    case .nirissSOSS: [FocalField.nirissStrip]
    case .nirissAMI: [FocalField.nirissInterferometer]
    case .nircamCoron: [FocalField.nircamRoundMask]
    case .miriLRS: [FocalField.miriSlit]
    default: [FocalField.imaging(detector)]
    }
  }

  /// The pixels on the sky; for spectra the pixels that a picture of the same field would have.
  var frame: Frame {
    attitude.frame(of: fields[0], width: mode.pixels.width, height: mode.pixels.height)
  }

  /// The footprint: one outline per field.
  var outlines: [[SkyPosition]] {
    fields.map { attitude.frame(of: $0, width: 1, height: 1).corners }
  }
}
