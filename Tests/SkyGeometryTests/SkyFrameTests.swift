import SkyGeometry
import Testing

/// Expected figures are those of astropy 8.0.2 (`SkyCoord.fk5`, `.galactic`, `.icrs`).
@Suite struct SkyFrameTests {
  struct Place: Sendable {
    var icrs, fk5, galactic: SkyPosition

    init(_ icrs: (Double, Double), fk5: (Double, Double), galactic: (Double, Double)) {
      self.icrs = SkyPosition(ra: icrs.0, dec: icrs.1)
      self.fk5 = SkyPosition(ra: fk5.0, dec: fk5.1)
      self.galactic = SkyPosition(ra: galactic.0, dec: galactic.1)
    }
  }

  static let places = [
    Place(
      (53, -27), fk5: (53.000003637456764, -27.000002893425457), galactic: (222.17303593147605, -54.41195960194329)),
    Place(
      (0, 0), fk5: (6.361111354985843e-06, 2.5277771640709686e-06), galactic: (96.33728336969006, -60.188551946914465)),
    Place(
      (266.405, -28.936), fk5: (266.40500794746555, -28.935994641599727),
      galactic: (0.00015706771092496573, 8.386939073649143e-05)),
    Place(
      (192.85948, 27.12825), fk5: (192.85948331175902, 27.128248765888458),
      galactic: (340.73759881165375, 89.99999694344345)),
    Place(
      (83.822, -69.5), fk5: (83.82199804843077, -69.50000522364112), galactic: (279.9748359035788, -31.922609848754544)),
    Place(
      (359.999999, 89.9), fk5: (0.003172621453806929, 89.90000252762448),
      galactic: (122.90693986002712, 27.030758320787232)),
  ]

  /// A millionth of a second of arc, degrees.
  private let microarcsecond = 1e-6 / 3600

  @Test(arguments: places)
  func coordinatesAreThoseOfAstropy(place: Place) {
    for (frame, expected) in [(SkyFrame.fk5, place.fk5), (.galactic, place.galactic), (.icrs, place.icrs)] {
      let (longitude, latitude) = frame.coordinates(of: place.icrs)
      #expect(SkyPosition(ra: longitude, dec: latitude).separation(to: expected) < microarcsecond, "\(frame)")
      let back = frame.position(longitude: expected.ra, latitude: expected.dec)
      #expect(back.separation(to: place.icrs) < microarcsecond, "\(frame)")
    }
  }

  @Test(arguments: [
    (0.0, 0.0, 266.4049882865447, -28.936177761791473), (120, -45.5, 10.707259164734017, 17.322733432352244),
    (233.3, 89.5, 192.3336186452499, 26.95324865147902),
  ])
  func galacticPositionsAreThoseOfAstropy(l: Double, b: Double, ra: Double, dec: Double) {
    let position = SkyFrame.galactic.position(longitude: l, latitude: b)
    #expect(position.separation(to: SkyPosition(ra: ra, dec: dec)) < microarcsecond)
  }

  @Test func icrsStaysAsItIs() {
    #expect(SkyFrame.icrs.position(longitude: 53.1, latitude: -27.8) == SkyPosition(ra: 53.1, dec: -27.8))
  }
}
