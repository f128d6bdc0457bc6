/// An instrument of JWST.
public struct Instrument: RawRepresentable, Sendable, Hashable {
  /// The instrument's name.
  public var rawValue: String

  /// An instrument by its name, in any case.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Near Infrared Imager and Slitless Spectrograph.
  public static let niriss = Instrument(rawValue: "NIRISS")
  /// Near Infrared Spectrograph.
  public static let nirspec = Instrument(rawValue: "NIRSPEC")
  /// Near Infrared Camera.
  public static let nircam = Instrument(rawValue: "NIRCAM")
  /// Mid-Infrared Instrument.
  public static let miri = Instrument(rawValue: "MIRI")
  /// Fine Guidance Sensor.
  public static let fgs = Instrument(rawValue: "FGS")

  /// All instruments.
  public static let all: [Instrument] = [.niriss, .nirspec, .nircam, .miri, .fgs]

  var isKnown: Bool { Self.all.contains { $0.rawValue == rawValue.uppercased() } }
}
