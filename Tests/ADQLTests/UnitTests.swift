import Testing

@testable import ADQL

@Suite("Units")
struct UnitTests {
  private func factor(_ from: String, _ to: String) throws -> Double? {
    try UnitParser.parse(from).factor(to: UnitParser.parse(to))
  }

  @Test(
    "Conversions that have an exact factor give it",
    arguments: [
      ("deg", "arcsec", 3600.0), ("deg", "mas", 3.6e6), ("arcmin", "deg", 1 / 60.0), ("mas/yr", "arcsec/yr", 1e-3),
      ("m", "um", 1e6), ("um", "m", 1e-6), ("nm", "m", 1e-9), ("m", "nm", 1e9), ("Angstrom", "nm", 0.1),
      ("m", "µm", 1e6), ("GHz", "Hz", 1e9), ("d", "s", 86400), ("h", "min", 60), ("yr", "d", 365.25),
      ("Jy", "mJy", 1e3),
      ("erg", "J", 1e-7), ("km/s", "m.s-1", 1e3), ("deg**2", "arcmin**2", 3600), ("deg^-2", "arcmin-2", 1 / 3600.0),
      ("kbyte", "byte", 1e3), ("byte", "bit", 8), ("%", "%", 1), ("Jy", "10**-26 W/(m**2 Hz)", 1),
      ("W.m-2.Hz-1", "Jy", 1e26), ("sqrt(m**2)", "cm", 100), ("keV", "eV", 1000), ("Myr", "yr", 1e6),
    ] as [(String, String, Double)])
  func exact(from: String, to: String, expected: Double) throws {
    #expect(try factor(from, to) == expected)
  }

  @Test("Radians and parsecs agree with their definitions")
  func irrational() throws {
    let radians = try #require(try factor("deg", "rad"))
    #expect(abs(radians - Double.pi / 180) < 1e-17)
    let metres = try #require(try factor("pc", "m"))
    #expect(abs(metres / 3.085_677_581_491_367e16 - 1) < 1e-15)
  }

  @Test(
    "What does not measure the same is not converted",
    arguments: [("deg", "m"), ("m", "Hz"), ("mag", "Jy"), ("s", "s**2"), ("Jy", "Jy/pix")])
  func incompatible(from: String, to: String) throws {
    #expect(try factor(from, to) == nil)
  }

  @Test("Nonsense is refused", arguments: ["parsnip", "m**", "m/(s", "m)", "5.", "m**1000", "s--1", "kdeg", "log(Hz)"])
  func nonsense(text: String) {
    #expect(throws: UnitParser.Failure.self) { try UnitParser.parse(text) }
  }

  @Test("A long or deep text is refused, not followed")
  func bounds() {
    #expect(throws: UnitParser.Failure.self) { try UnitParser.parse(String(repeating: "(", count: 150)) }
    #expect(throws: UnitParser.Failure.self) { try UnitParser.parse(String(repeating: "m.", count: 150) + "m") }
  }

  @Test("IN_UNIT multiplies, and the result has the unit that was asked for")
  func inUnit() throws {
    let adql = "SELECT IN_UNIT(ra, 'arcsec') AS a FROM cat.stars"
    #expect(try SmallSchema.sql(adql).hasPrefix("SELECT (\"stars\".\"ra\" * 3600.0) AS \"a\""))
    let column = try #require(try SmallSchema.columns(adql).first)
    #expect(column.unit == "arcsec")
    #expect(column.type == .double)
    #expect(try SmallSchema.columns("SELECT IN_UNIT(pm_ra, 'deg/yr') FROM cat.stars").first?.datatype == "double")
  }

  @Test("Units follow through arithmetic and functions")
  func inference() throws {
    let columns = try SmallSchema.columns(
      """
      SELECT IN_UNIT(SQRT(POWER(pm_ra, 2) + POWER(pm_dec, 2)), 'rad/yr'), pm_ra * 2, ra + 1, ra / 3600, pm_ra / ra,
        pm_ra * pm_dec, ABS(-ra), RADIANS(ra), AVG(ra), COUNT(ra), MAX(ra), ra * id, CASE WHEN id > 1 THEN ra ELSE 0 END
      FROM cat.stars GROUP BY ra, pm_ra, pm_dec, id
      """)
    #expect(
      columns.map(\.unit) == [
        "rad/yr", "mas/yr", "deg", "deg", "mas.yr**-1.deg**-1", "mas**2.yr**-2", "deg", "rad", "deg", nil, "deg", nil,
        "deg",
      ])
  }

  @Test(
    "A value without unit, an unknown unit and one of another kind are told apart",
    arguments: [
      ("IN_UNIT(id, 'm')", "no unit"), ("IN_UNIT(ra, 'parsnip')", "no unit parsnip"),
      ("IN_UNIT(ra, 'm')", "converted to m"),
      ("IN_UNIT(ra, 'm**')", "not written"),
    ])
  func errors(call: String, words: String) {
    let error = SmallSchema.refusal("SELECT \(call) FROM cat.stars")
    #expect(error?.kind == .unit)
    #expect(error?.message.contains(words) == true)
  }

  @Test("A misspelt unit is answered with the right one")
  func suggestion() {
    #expect(SmallSchema.refusal("SELECT IN_UNIT(ra, 'arcsc') FROM cat.stars")?.suggestion == "arcsec")
  }
}
