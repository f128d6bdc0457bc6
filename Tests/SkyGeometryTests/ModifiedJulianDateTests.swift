import SkyGeometry
import Testing

@Suite struct ModifiedJulianDateTests {
  @Test(arguments: [
    ("2021-08-11T16:49:49", 59437.701261574075),
    ("1858-11-17", 0.0),
    ("1970-01-01T00:00:00Z", 40587.0),
    ("2022-7-8T3:0", 59768.125),
    ("2000-02-29T12:00:00.000", 51603.5),
    ("2016-12-31T23:59:60", 57754.0),
    ("0001-01-01", -678_575.0),
    ("2022-07-18Z", 59778.0),
  ])
  func iso(text: String, days: Double) {
    #expect(ModifiedJulianDate(iso: text)?.rawValue == days)
  }

  @Test(arguments: [
    "", "2022", "2022-07", "2022-07-18 03:00", "22-07-18", "2022-13-01", "2023-02-29", "1900-02-29", "2022-04-31",
    "2022-07-18T", "2022-07-18T24:00", "2022-07-18T12:60", "2022-07-18T12:00:61", "2022-07-18T12:00:00.",
    "2022-07-18T12:00:00ZZ", "2022-07-18T12", "2022-07-18T12:00:00+01:00", " 2022-07-18", "2022-07-00", "2022-07-180",
    "２０22-07-18",
  ])
  func otherFormsAreRefused(text: String) {
    #expect(ModifiedJulianDate(iso: text) == nil)
  }

  @Test(arguments: [
    (59778.125, 3, "2022-07-18T03:00:00.000"),
    (59778.125, 0, "2022-07-18T03:00:00"),
    (59778.999999999, 3, "2022-07-19T00:00:00.000"),
    (60309.999999999, 0, "2024-01-01T00:00:00"),
    (-0.25, 1, "1858-11-16T18:00:00.0"),
    (51603.0, -4, "2000-02-29T00:00:00"),
  ])
  func isoText(days: Double, digits: Int, text: String) {
    #expect(ModifiedJulianDate(rawValue: days).isoText(fractionDigits: digits) == text)
  }

  @Test func everyDayOfFourCenturies() {
    var previous = ""
    for day in stride(from: 15_079.0, to: 161_176, by: 1) {
      let text = ModifiedJulianDate(rawValue: day).isoText(fractionDigits: 0)
      #expect(text > previous)
      if ModifiedJulianDate(iso: text)?.rawValue != day { Issue.record("\(text) is not day \(day)") }
      previous = text
    }
  }

  @Test(arguments: [0, 1, -1, 1_628_700_589_000, 1_756_616_951_123, -3_506_716_800_001] as [Int64])
  func unixMillisecondsComeBack(milliseconds: Int64) {
    #expect(ModifiedJulianDate(unixMilliseconds: milliseconds).unixMilliseconds == milliseconds)
  }

  @Test(arguments: [Double.infinity, -.infinity, .nan, 1e300, -1e300])
  func absurdDatesDoNotTrap(days: Double) {
    let date = ModifiedJulianDate(rawValue: days)
    #expect([.max, .min].contains(date.unixMilliseconds))
    #expect(!date.isoText().isEmpty)
    #expect(ModifiedJulianDate(unixMilliseconds: .max) > ModifiedJulianDate(unixMilliseconds: .min))
  }
}
