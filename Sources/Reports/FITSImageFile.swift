internal import CCFITSIO
import Pictures

/// A FITS file as a page needs it: keywords and a picture of its image.
final class FITSImageFile {
  private let file: UnsafeMutablePointer<fitsfile>

  /// Opens a regular file whose name is taken as it is, without CFITSIO's extended syntax.
  init(path: String) throws(ReportsError) {
    guard FileBytes.size(path) != nil else {
      throw ReportsError(.unreadable, "It is no ordinary file.", file: path)
    }
    var opened: UnsafeMutablePointer<fitsfile>?
    var status: CInt = 0
    ffdkopn(&opened, path, READONLY, &status)
    guard status == 0, let opened else { throw Self.failure(status, path) }
    file = opened
  }

  deinit {
    var status: CInt = 0
    ffclos(file, &status)
    ffcmsg()
  }

  /// Values of keywords, from the first header and, where it has none, from the first extension.
  func keywords(_ names: [String]) -> [String: FITSValue] {
    var values: [String: FITSValue] = [:]
    for unit: CInt in [1, 2] {
      var status: CInt = 0
      guard ffmahd(file, unit, nil, &status) == 0 else { break }
      for name in names where values[name] == nil { values[name] = value(of: name) }
    }
    ffcmsg()
    return values
  }

  private func value(of name: String) -> FITSValue? {
    // Longer names are none, and CFITSIO takes some characters for wildcards.
    guard (1...68).contains(name.utf8.count), !name.contains(where: { "*?#".contains($0) }) else { return nil }
    var status: CInt = 0
    var raw = [CChar](repeating: 0, count: 128)
    guard ffgkey(file, name, &raw, nil, &status) == 0 else { return nil }
    let spelled = String(decoding: raw.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return spelled.isEmpty ? nil : FITSValue(rawValue: spelled)
  }

  /// The first image of two or more axes, its first plane, thinned to at most so many columns and rows.
  /// - Returns: `nil` when the file has no image.
  func plane(side: Int) -> Plane? {
    defer { ffcmsg() }
    // What lies behind the first extensions is no picture of the sky, and a header costs a read.
    for unit: CInt in 1...16 {
      var status: CInt = 0
      guard ffmahd(file, unit, nil, &status) == 0 else { return nil }
      if let plane = planeOfUnit(side: side) { return plane }
    }
    return nil
  }

  private func planeOfUnit(side: Int) -> Plane? {
    var status: CInt = 0
    var kind: CInt = 0
    var axes: CInt = 0
    guard ffghdt(file, &kind, &status) == 0, kind == IMAGE_HDU, ffgidm(file, &axes, &status) == 0,
      (2...9).contains(axes)
    else { return nil }
    var lengths = [Int](repeating: 1, count: Int(axes))
    guard ffgisz(file, axes, &lengths, &status) == 0, lengths.allSatisfy({ $0 > 0 }) else { return nil }
    guard lengths[0] > 1, lengths[1] > 1 else { return nil }
    let step = (max(lengths[0], lengths[1]) - 1) / side + 1
    var first = [Int](repeating: 1, count: Int(axes))
    var last = first
    var steps = first
    (last[0], last[1]) = (lengths[0], lengths[1])
    (steps[0], steps[1]) = (step, step)
    let (width, height) = ((lengths[0] - 1) / step + 1, (lengths[1] - 1) / step + 1)
    var values = [Float](repeating: 0, count: width * height)
    var hasNull: CInt = 0
    guard
      ffgsve(file, 1, axes, &lengths, &first, &last, &steps, Float.nan, &values, &hasNull, &status) == 0
    else { return nil }
    return Plane(width: width, height: height, values: values)
  }

  private static func failure(_ status: CInt, _ path: String) -> ReportsError {
    var words = [CChar](repeating: 0, count: 32)
    ffgerr(status, &words)
    ffcmsg()
    let reason = String(decoding: words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return ReportsError(.unreadable, "The FITS file cannot be read (\(reason)); fetch it again.", file: path)
  }
}
