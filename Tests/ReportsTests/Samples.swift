import SkyGeometry
import TestSupport

@testable import Reports

/// A made-up programme for the tests.
enum Samples {
  static let date = ModifiedJulianDate(rawValue: 59780.5)

  static func file(_ name: String, obsnum: Int? = 1, level: Int? = 1, observation: String? = nil) -> PageFile {
    let tail = name.lastIndex(of: "_").map { String(name[$0...]) }
    let stem = name.prefix(upTo: name.lastIndex(of: "_") ?? name.endIndex)
    var file = PageFile(name: name, path: name, observation: observation ?? String(stem))
    file.fileType = tail
    file.obsnum = obsnum
    file.level = level
    file.size = 2880
    return file
  }

  /// A FITS file with an image and two keywords.
  static func fits(filter: String = "F200W", width: Int = 60, height: Int = 40) -> FITSBytes {
    var fits = FITSBytes.empty(cards: ["FILTER  = '\(filter)'", "TARG_RA = 80.4957"])
    fits.image([width, height], values: (0..<(width * height)).map { Float($0 % 53) })
    return fits
  }
}
