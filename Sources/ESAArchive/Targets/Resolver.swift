/// A service that knows where named targets are.
public enum Resolver: String, Sendable, Hashable, CaseIterable {
  /// SIMBAD at the CDS.
  case simbad = "SIMBAD"
  /// The NASA/IPAC Extragalactic Database.
  case ned = "NED"
  /// VizieR at the CDS, by its catalogue II/336 (APASS).
  case vizier = "VIZIER"

  /// A resolver by its name in any case.
  public init?(_ name: String) { self.init(rawValue: name.uppercased()) }
}
