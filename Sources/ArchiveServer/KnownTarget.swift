/// A target whose position the server knows without asking a resolver.
struct KnownTarget: Sendable {
  var name: String
  var aliases: [String]
  /// Right ascension and declination, degrees ICRS, good to some arcseconds.
  var ra: Double
  var dec: Double
  var kind: String

  /// The target with a name or alias; case, blanks, hyphens and underscores do not count.
  static func named(_ name: String) -> KnownTarget? { index[folded(name)].map { all[$0] } }

  private static let index: [String: Int] = {
    var index: [String: Int] = [:]
    for (place, target) in all.enumerated() {
      for name in [target.name] + target.aliases { index[folded(name)] = place }
    }
    return index
  }()

  private static func folded(_ name: String) -> String {
    name.lowercased().filter { !" -_'’".contains($0) }
  }

  private init(_ name: String, _ aliases: [String], _ ra: Double, _ dec: Double, _ kind: String) {
    self.name = name
    self.aliases = aliases
    self.ra = ra
    self.dec = dec
    self.kind = kind
  }

  static let all: [KnownTarget] = [
    KnownTarget("M 1", ["Messier 1", "Crab Nebula", "NGC 1952"], 83.6331, 22.0145, "SNRemnant"),
    KnownTarget(
      "M 16", ["Messier 16", "Eagle Nebula", "NGC 6611", "Pillars of Creation"], 274.7000, -13.8067, "Cluster"),
    KnownTarget("M 31", ["Messier 31", "Andromeda Galaxy", "NGC 224"], 10.6847, 41.2688, "Galaxy"),
    KnownTarget("M 33", ["Messier 33", "Triangulum Galaxy", "NGC 598"], 23.4621, 30.6599, "Galaxy"),
    KnownTarget("M 42", ["Messier 42", "Orion Nebula", "NGC 1976"], 83.8221, -5.3911, "HII"),
    KnownTarget("M 51", ["Messier 51", "Whirlpool Galaxy", "NGC 5194"], 202.4696, 47.1952, "Galaxy"),
    KnownTarget("M 57", ["Messier 57", "Ring Nebula", "NGC 6720"], 283.3962, 33.0292, "PlanetaryNeb"),
    KnownTarget("M 74", ["Messier 74", "Phantom Galaxy", "NGC 628"], 24.1739, 15.7837, "Galaxy"),
    KnownTarget("M 77", ["Messier 77", "NGC 1068"], 40.6699, -0.0133, "Seyfert2"),
    KnownTarget("M 82", ["Messier 82", "Cigar Galaxy", "NGC 3034"], 148.9685, 69.6797, "Galaxy"),
    KnownTarget("M 83", ["Messier 83", "NGC 5236"], 204.2538, -29.8658, "Galaxy"),
    KnownTarget("M 87", ["Messier 87", "Virgo A", "NGC 4486"], 187.7059, 12.3911, "AGN"),
    KnownTarget("M 92", ["Messier 92", "NGC 6341"], 259.2808, 43.1359, "GlobCluster"),
    KnownTarget("M 101", ["Messier 101", "Pinwheel Galaxy", "NGC 5457"], 210.8024, 54.3488, "Galaxy"),
    KnownTarget("M 104", ["Messier 104", "Sombrero Galaxy", "NGC 4594"], 189.9976, -11.6231, "Galaxy"),
    KnownTarget("NGC 253", ["Sculptor Galaxy"], 11.8880, -25.2882, "Galaxy"),
    KnownTarget("NGC 346", [], 14.7708, -72.1772, "Cluster"),
    KnownTarget("NGC 604", [], 23.6383, 30.7839, "HII"),
    KnownTarget("NGC 1300", [], 49.9208, -19.4111, "Galaxy"),
    KnownTarget("NGC 1365", [], 53.4015, -36.1404, "Galaxy"),
    KnownTarget("NGC 1433", [], 55.5062, -47.2219, "Galaxy"),
    KnownTarget("NGC 3132", ["Southern Ring Nebula", "Southern Ring"], 151.7573, -40.4364, "PlanetaryNeb"),
    KnownTarget("NGC 3324", ["Cosmic Cliffs", "Carina Nebula NGC 3324"], 159.3292, -58.6333, "HII"),
    KnownTarget("NGC 4151", [], 182.6357, 39.4057, "Seyfert1"),
    KnownTarget("NGC 5128", ["Centaurus A", "Cen A"], 201.3651, -43.0191, "AGN"),
    KnownTarget("NGC 6822", ["Barnard's Galaxy"], 296.2358, -14.7892, "Galaxy"),
    KnownTarget("NGC 7469", [], 345.8151, 8.8740, "Seyfert1"),
    KnownTarget("Stephan's Quintet", ["HCG 92", "Hickson 92"], 338.9896, 33.9600, "CompactGroup"),
    KnownTarget("Cartwheel Galaxy", ["ESO 350-40", "Cartwheel"], 9.4213, -33.7164, "Galaxy"),
    KnownTarget("Arp 220", ["IC 4553"], 233.7385, 23.5032, "Galaxy"),
    KnownTarget("30 Doradus", ["Tarantula Nebula", "30 Dor", "NGC 2070"], 84.6758, -69.1008, "HII"),
    KnownTarget("SN 1987A", ["SN1987A"], 83.8668, -69.2697, "SNRemnant"),
    KnownTarget("Cassiopeia A", ["Cas A"], 350.8500, 58.8150, "SNRemnant"),
    KnownTarget("Horsehead Nebula", ["Barnard 33", "B33"], 85.2458, -2.4583, "DarkNebula"),
    KnownTarget("L1527", ["L1527 IRS", "IRAS 04368+2557"], 69.9746, 26.0528, "YSO"),
    KnownTarget("Sgr A*", ["Sagittarius A*", "Galactic Center", "Galactic Centre"], 266.4168, -29.0078, "BlackHole"),
    KnownTarget("SMACS J0723.3-7327", ["SMACS 0723", "SMACS J0723", "SMACS0723-73"], 110.8268, -73.4545, "ClG"),
    KnownTarget("Abell 2744", ["A2744", "Pandora's Cluster"], 3.5864, -30.4000, "ClG"),
    KnownTarget("El Gordo", ["ACT-CL J0102-4915"], 15.7188, -49.2494, "ClG"),
    KnownTarget("HUDF", ["Hubble Ultra Deep Field", "UDF", "GOODS-S", "GOODS-South"], 53.1625, -27.7914, "Field"),
    KnownTarget("HDF-N", ["Hubble Deep Field", "HDF", "GOODS-N", "GOODS-North"], 189.2058, 62.2161, "Field"),
    KnownTarget("COSMOS", ["COSMOS field"], 150.1192, 2.2058, "Field"),
    KnownTarget("GN-z11", [], 189.1060, 62.2420, "Galaxy"),
    KnownTarget("JADES-GS-z14-0", [], 53.0829, -27.8556, "Galaxy"),
    KnownTarget("TRAPPIST-1", ["2MASS J23062928-0502285"], 346.6222, -5.0414, "Star"),
    KnownTarget("WASP-39", ["WASP-39 b"], 217.3267, -3.4444, "Star"),
    KnownTarget("WASP-96", ["WASP-96 b"], 1.0466, -47.3606, "Star"),
    KnownTarget("K2-18", ["K2-18 b"], 172.5604, 7.5884, "Star"),
    KnownTarget("HR 8799", [], 346.8696, 21.1343, "Star"),
    KnownTarget("beta Pictoris", ["bet Pic", "Beta Pic"], 86.8212, -51.0665, "Star"),
    KnownTarget("Fomalhaut", ["alpha PsA"], 344.4127, -29.6222, "Star"),
    KnownTarget("Vega", ["alpha Lyr"], 279.2347, 38.7837, "Star"),
  ]
}
