/// A day of the proleptic Gregorian calendar.
struct CivilDate: Hashable, Sendable {
  var year, month, day: Int64

  init(year: Int64, month: Int64, day: Int64) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// 1858-11-17 counted from 0000-03-01: years that begin in March put the leap day at the end, which makes the arithmetic regular.
  private static let originDay: Int64 = 678_881
  private static let daysPerEra: Int64 = 146_097

  /// The day with a modified Julian day number.
  init(modifiedJulianDay: Int64) {
    let (era, dayOfEra) = (modifiedJulianDay + Self.originDay).flooredDivision(by: Self.daysPerEra)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
  }

  /// The modified Julian day number; `nil` for a day that does not exist.
  var modifiedJulianDay: Int64? {
    guard (1...12).contains(month), day >= 1 else { return nil }
    let (era, yearOfEra) = (month <= 2 ? year - 1 : year).flooredDivision(by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let number = era * Self.daysPerEra + dayOfEra - Self.originDay
    // A day beyond the month's end comes back as a day of the next month.
    return CivilDate(modifiedJulianDay: number) == self ? number : nil
  }

  var isoText: String { "\(year.padded(to: 4))-\(month.padded(to: 2))-\(day.padded(to: 2))" }
}
