import SkyGeometry
import Testing

@Suite struct HealpixTests {
  /// Figures of healpy 1.18.1.
  @Test(
    arguments: [
      (0, 0, 0, 4, 0.0, 0.0), (0, 45, 41.9, 0, 45.0, 41.81031489577859),
      (3, 83.63, 22.01, 377, 84.375, 19.47122063449069),
      (10, 266.4168, -29.0078, 7_380_516, 266.396484375, -29.01417860188627),
      (12, 359.999999, -89.999, 184_549_376, 315.0, -89.98857866011926),
      (29, 10.684708, 41.26875, 190_633_513_587_146_677, 10.68470793776214, 41.2687500043655),
      (29, 187.5, 89.9999999, 864_691_128_455_135_230, 202.5, 89.99999982572419),
      (5, 90, 66.6, 1962, 92.8125, 66.44353569089877),
    ] as [(Int, Double, Double, Int64, Double, Double)])
  func pixels(order: Int, ra: Double, dec: Double, index: Int64, centerRA: Double, centerDec: Double) throws {
    #expect(Healpix.index(order: order, position: SkyPosition(ra: ra, dec: dec)) == index)
    #expect(Healpix.index(order: order, position: SkyPosition(ra: ra - 360, dec: dec)) == index)
    let center = try #require(Healpix.center(order: order, index: index))
    #expect(center.separation(to: SkyPosition(ra: centerRA, dec: centerDec)) < 1e-11)
  }

  @Test(arguments: [0, 1, 2, 4])
  func everyCentreLiesInItsPixel(order: Int) throws {
    let count = Int64(12) << (2 * Int64(order))
    for index in 0..<count {
      let center = try #require(Healpix.center(order: order, index: index))
      #expect(Healpix.index(order: order, position: center) == index)
    }
    #expect(Healpix.center(order: order, index: count) == nil)
  }

  /// A pixel of one order lies in the pixel of the next lower order that its number names.
  @Test func numbersAreNested() throws {
    for place in LargePolygonTests.places {
      var finer = try #require(Healpix.index(order: 29, position: place))
      for order in (0..<29).reversed() {
        let index = try #require(Healpix.index(order: order, position: place))
        #expect(index == finer >> 2)
        finer = index
      }
    }
  }

  @Test func polesAndFaults() {
    for order in [0, 7, 29] {
      for dec in [-90.0, 90] { #expect(Healpix.index(order: order, position: SkyPosition(ra: 359.9, dec: dec)) != nil) }
    }
    #expect(Healpix.index(order: 30, position: SkyPosition(ra: 0, dec: 0)) == nil)
    #expect(Healpix.index(order: -1, position: SkyPosition(ra: 0, dec: 0)) == nil)
    #expect(Healpix.index(order: 3, position: SkyPosition(ra: .nan, dec: 0)) == nil)
    #expect(Healpix.index(order: 3, position: SkyPosition(ra: 0, dec: 91)) == nil)
    #expect(Healpix.center(order: 30, index: 0) == nil && Healpix.center(order: 2, index: -1) == nil)
  }
}
