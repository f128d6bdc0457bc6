/// A kind of data as the archive calls it; others than these may come back in answers.
public struct DataProductType: RawRepresentable, Sendable, Hashable {
  /// The archive's word.
  public var rawValue: String

  /// A kind by its word, in any case.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Images.
  public static let image = DataProductType(rawValue: "image")
  /// Spectral cubes.
  public static let cube = DataProductType(rawValue: "cube")
  /// Catalogues and other tables of measurements.
  public static let measurements = DataProductType(rawValue: "measurements")
  /// Spectra.
  public static let spectrum = DataProductType(rawValue: "spectrum")

  /// The kinds that can be searched for.
  public static let all: [DataProductType] = [.image, .cube, .measurements, .spectrum]

  var isKnown: Bool { Self.all.contains { $0.rawValue == rawValue.lowercased() } }
}
