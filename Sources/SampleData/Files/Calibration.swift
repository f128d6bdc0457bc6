/// The version of the pipeline that made a file.
struct Calibration: Sendable, Hashable {
  var version: String
  var context: String
  /// Release of the data-processing system.
  var system: String

  static let current = Calibration(version: "1.20.2", context: "jwst_1464.pmap", system: "2025_4a")
  static let previous = Calibration(version: "1.19.1", context: "jwst_1413.pmap", system: "2025_3a")
}
