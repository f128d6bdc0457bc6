import ArgumentParser
import SkyGeometry

/// What counts as now.
struct ClockOptions: ParsableArguments {
  @Option(help: "The date that counts as now, in place of the clock (also WEBB_NOW), for example 2022-07-20T12:00:00.")
  var now: String?

  func validate() throws {
    if let now, ModifiedJulianDate(iso: now) == nil {
      throw ValidationError("--now \(now) is not a date: write it like 2022-07-20 or 2022-07-20T12:00:00 (UTC).")
    }
  }

  /// The moment that counts as now.
  func date() throws -> ModifiedJulianDate {
    guard let text = now ?? Environment["WEBB_NOW"] else { return Environment.now }
    guard let date = ModifiedJulianDate(iso: text) else {
      throw Failure.usage("WEBB_NOW is \"\(text)\", which is not a date: write it like 2022-07-20T12:00:00.")
    }
    return date
  }
}
