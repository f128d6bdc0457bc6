/// Where the resolvers are.
public struct ResolverAddresses: Sendable, Hashable {
  /// SIMBAD's table service.
  public var simbad = "https://simbad.cds.unistra.fr/simbad/sim-tap"
  /// NED's search by name.
  public var ned = "https://ned.ipac.caltech.edu/cgi-bin/objsearch"
  /// VizieR's service of catalogues as VOTables.
  public var vizier = "https://vizier.cds.unistra.fr/viz-bin/votable"

  /// The public services.
  public init() {}
}
