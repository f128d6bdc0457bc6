import SkyGeometry

/// A target: name, place and what its neighbourhood looks like.
struct SkyTarget: Sendable, Hashable {
  enum Look: Sendable, Hashable {
    /// A glowing cloud with a dark cliff.
    case cliffs
    /// Dark pillars before a bright cloud.
    case pillars
    /// A ring-shaped nebula of the given radius, arcseconds.
    case ring(radius: Double)
    /// A few large galaxies.
    case group
    /// Many small galaxies around a giant one, with arcs.
    case cluster
    /// Small galaxies only.
    case deepField
    /// A bright galaxy seen from the side, with a wind.
    case edgeOn
    /// One bright star.
    case star
    /// Stars only.
    case field
  }

  /// The name in the proposal, for example `NGC 3324`.
  var name: String
  /// The name by which the proposal calls the pointing, without blanks.
  var proposalName: String
  var position: SkyPosition
  var look: Look
  /// Stars in a square arcminute.
  var starDensity: Double
  /// Words that classify the target.
  var classification: String
  /// The science category of the proposal.
  var category: String

  init(
    _ name: String, _ ra: Double, _ dec: Double, _ look: Look, stars: Double, _ classification: String,
    _ category: String
  ) {
    self.name = name
    proposalName = String(name.map { $0 == " " ? "-" : $0 })
    position = SkyPosition(ra: ra, dec: dec)
    self.look = look
    starDensity = stars
    self.classification = classification
    self.category = category
  }
}

extension SkyTarget {
  static let carina = SkyTarget(
    "NGC 3324", 159.2125, -58.62, .cliffs, stars: 42, "ISM; HII regions; Star forming regions", "Stellar Physics")
  static let quintet = SkyTarget(
    "NGC 7320", 339.0152, 33.9594, .group, stars: 9, "Galaxy; Interacting galaxies; Groups of galaxies", "Galaxies")
  static let smacs = SkyTarget(
    "SMACS J0723.3-7327", 110.8375, -73.4544, .cluster, stars: 8, "Clusters of galaxies; Lensing clusters", "Cosmology")
  static let eagle = SkyTarget(
    "M16", 274.7133, -13.8460, .pillars, stars: 40, "ISM; Pillars; Star forming regions", "Stellar Physics")
  static let wasp96 = SkyTarget(
    "WASP-96", 1.0467, -47.3606, .star, stars: 4, "Star; Exoplanet systems", "Exoplanets")
  static let trappist1 = SkyTarget(
    "TRAPPIST-1", 346.6264, -5.0434, .star, stars: 3, "Star; M dwarfs; Exoplanet systems", "Exoplanets")
  static let hip65426 = SkyTarget(
    "HIP 65426", 201.1501, -51.5045, .star, stars: 12, "Star; A stars; Exoplanet systems", "Exoplanets")
  static let m82 = SkyTarget(
    "M82", 148.9685, 69.6797, .edgeOn, stars: 6, "Galaxy; Starburst galaxies", "Galaxies")
  static let ring = SkyTarget(
    "NGC 6720", 283.3962, 33.0291, .ring(radius: 36), stars: 9, "ISM; Planetary nebulae", "Stellar Physics")
  static let lmc = SkyTarget(
    "LMC-ASTROMETRIC-FIELD", 80.4919, -69.4982, .field, stars: 70, "Calibration; Astrometric", "Calibration")
  static let cosmos = SkyTarget(
    "COSMOS-SAMPLE", 150.1102, 2.3436, .deepField, stars: 8, "Galaxy; High-redshift galaxies", "Galaxies")
}
