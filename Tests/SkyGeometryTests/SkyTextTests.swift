import SkyGeometry
import Testing

@Suite struct SkyTextTests {
  @Test(arguments: [
    "53.1 -27.8", "53.1,-27.8", "53.1, -27.8", "53.1d -27.8d",
    "53.1deg, -27.8deg", " 53.1°  \u{2212}27.8° ", "3.54h -27.8d", "3h32m24s -27d48m00s", "3h 32m 24s -27d 48m 0s",
    "03:32:24 -27:48:00", "03 32 24 -27 48 00", "03 32 24.0, -27 48 00", "3h32m24 -27°48'00\"", "03:32.4 -27:48",
    "5.31e1 -2.78E+1", "53d06m -27d48m",
  ])
  func onePlaceManySpellings(text: String) throws {
    let position = try SkyPosition(text: text)
    #expect(abs(position.ra - 53.1) < 1e-12, "\(position)")
    #expect(abs(position.dec + 27.8) < 1e-12, "\(position)")
  }

  @Test func wholeSecondsAreExact() throws {
    #expect(try SkyPosition(text: "3h32m0s -27d00m00s") == SkyPosition(ra: 53, dec: -27))
    #expect(try SkyPosition(text: "00:00:00 +00:00:00") == SkyPosition(ra: 0, dec: 0))
    #expect(try SkyPosition(text: "24:00:00 +90:00:00") == SkyPosition(ra: 0, dec: 90))
  }

  @Test(arguments: ["03:32:00 -00:30:00", "03 32 00 -00 30 00", "3h32m0s -0d30m", "53 -0.5", "53, -0°30'"])
  func negativeZeroDegreesStayNegative(text: String) throws {
    #expect(try SkyPosition(text: text) == SkyPosition(ra: 53, dec: -0.5))
  }

  @Test func galacticLongitudesAreInDegrees() throws {
    let expected = SkyFrame.galactic.position(longitude: 120.5, latitude: -45.5)
    for text in ["120.5 -45.5", "120:30:00 -45:30:00", "120 30 00 -45 30 00", "120d30m -45d30m", "8h2m -45.5"] {
      #expect(try SkyPosition(text: text, frame: .galactic).separation(to: expected) < 1e-11, "\(text)")
    }
    let west = try SkyPosition(text: "-10 2", frame: .galactic)
    #expect(west.separation(to: SkyFrame.galactic.position(longitude: 350, latitude: 2)) < 1e-11)
  }

  @Test func fk5IsTurnedIntoICRS() throws {
    let position = try SkyPosition(text: "53.0 -27.0", frame: .fk5)
    #expect(position.separation(to: SkyPosition(ra: 52.99999636254301, dec: -26.999997106574895)) < 1e-10)
  }

  @Test(arguments: [
    ("53.1 -90.1", "declination"), ("360.1 0", "right ascension"), ("-1 0", "right ascension"),
    ("25:00:00 0:00:00", "right ascension"), ("24h0m1s 0d", "right ascension"), ("3:60:00 -27:00:00", "60"),
    ("3h32m60s -27d", "60"), ("3:32:00 -27:99", "60"),
  ])
  func numbersOutOfRange(text: String, word: String) {
    let error = #expect(throws: SkyGeometryError.self) { try SkyPosition(text: text) }
    #expect(error?.kind == .outOfRange)
    #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [
    "", " ", "53.1", "M 31", "NGC", "53.1 -27.8 5", "53.1,-27.8,5", ",", "53.1,", "a b", "53x -27", "nan 0", "inf 0",
    "53 --27",
    "3h32m0s -1h", "1.5:30 -27", "3h32s -27d", "3: -27", "1 2 3 4 5 6 7 8", "53.1m -27", "0x10 5", "5'3h 2d", "\0 \0",
  ])
  func whatIsNoPositionIsRefusedWithExamples(text: String) {
    let error = #expect(throws: SkyGeometryError.self) { try SkyPosition(text: text) }
    #expect(error?.kind == .unreadable)
    #expect(error?.message.contains("deg") == true || error?.message.contains("03:32:00") == true)
  }

  private static let angleTexts: [(String, Double)] = [
    ("5deg", 5), ("5 deg", 5), ("5d", 5), ("5°", 5), ("1.5arcmin", 0.025), ("90\"", 0.025), ("30'", 0.5), ("30 ′", 0.5),
    ("3arcsec", 1.0 / 1200), ("1h", 15), ("1hourangle", 15), ("500mas", 1.0 / 7200), ("0.1rad", 5.729577951308232),
    ("-2 Degrees", -2), ("1d30m", 1.5), ("1:30:00 deg", 1.5), ("1h30m", 22.5), ("1e-3deg", 0.001), (".5 deg", 0.5),
    ("2''", 1.0 / 1800),
  ]

  @Test(arguments: angleTexts)
  func angles(text: String, degrees: Double) throws {
    #expect(abs(try SkyAngle(text: text).degrees - degrees) < 1e-15 * max(1, abs(degrees)))
  }

  @Test func aBareNumberNeedsAUnit() throws {
    let error = #expect(throws: SkyGeometryError.self) { try SkyAngle(text: "5") }
    #expect(error?.kind == .missingUnit)
    #expect(error?.message.contains("arcmin") == true)
    #expect(try SkyAngle(text: "5", defaultUnit: .arcminute).degrees == 5.0 / 60)
    #expect(try SkyAngle(text: "5deg", defaultUnit: .arcminute).degrees == 5)
  }

  @Test(arguments: [
    "", "deg", "5 parsec", "5m", "1 deg 2 deg", "five deg", "5 deg x", "5..1deg", "1'2\"", "nan deg", "1:2:3:4 deg",
  ])
  func whatIsNoAngleIsRefused(text: String) {
    let error = #expect(throws: SkyGeometryError.self) { try SkyAngle(text: text, defaultUnit: .degree) }
    #expect(error?.kind == .unreadable)
  }
}
