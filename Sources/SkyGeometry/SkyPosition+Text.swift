extension SkyPosition {
  /// Reads a position as astronomers type it.
  ///
  /// Numbers alone are degrees: `53.1 -27.8`, `53.1, -27.8`, `53.1d -27.8d`. Letters say what they count: `3h32m0s -27d00m00s`. With colons or
  /// blanks between hours, minutes and seconds (`03:32:00 -27:00:00`, `03 32 00 -27 00 00`) a right ascension is in hours and everything else in
  /// degrees.
  /// - Parameters:
  ///   - text: the two coordinates, with a comma or blanks between them.
  ///   - frame: the frame they are in.
  /// - Throws: `SkyGeometryError`, with what is wrong and examples.
  public init(text: some StringProtocol, frame: SkyFrame = .icrs) throws(SkyGeometryError) {
    let (first, second) = try Self.halves(of: text)
    let (longitude, latitude) = (try AngleText(first), try AngleText(second))
    if let unit = latitude.unit, unit == .hour {
      throw SkyGeometryError(
        .unreadable, "'\(latitude.shown)' is a \(frame.latitudeName) in hours; write it in degrees. \(Self.examples)",
        word: nil)
    }
    let isInHours = frame.isEquatorial && longitude.isSexagesimal
    self = try frame.checkedPosition(
      longitude: longitude.degrees(as: longitude.unit ?? (isInHours ? .hour : .degree)),
      latitude: latitude.degrees(as: latitude.unit ?? .degree))
  }

  static let examples = "Examples: '53.1 -27.8', '3h32m0s -27d00m00s', '03:32:00 -27:00:00'."

  /// Parts a text at its comma, before its second sign, or in the middle of its words.
  private static func halves(of text: some StringProtocol) throws(SkyGeometryError) -> (String, String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    if parts.count == 2 { return (String(parts[0]), String(parts[1])) }
    let words = text.split(whereSeparator: \.isWhitespace)
    let signed = words.indices.dropFirst().filter { words[$0].first.map { "+-\u{2212}".contains($0) } ?? false }
    let middle = signed.count == 1 ? signed[0] : words.count / 2
    guard parts.count == 1, signed.count == 1 || !words.isEmpty && words.count.isMultiple(of: 2) else {
      throw SkyGeometryError(.unreadable, "'\(text.prefix(60))' is not a pair of coordinates. \(examples)", word: nil)
    }
    return (words[..<middle].joined(separator: " "), words[middle...].joined(separator: " "))
  }
}

extension SkyFrame {
  /// The position at coordinates that must be such: a right ascension of 0 to 360 degrees, a Galactic longitude of -180 to 360.
  fileprivate func checkedPosition(longitude: Double, latitude: Double) throws(SkyGeometryError) -> SkyPosition {
    let lowest: Double = isEquatorial ? 0 : -180
    guard (lowest...360).contains(longitude) else {
      throw outOfRange(isEquatorial ? "right ascension" : "Galactic longitude", longitude, lowest, 360)
    }
    guard (-90...90).contains(latitude) else { throw outOfRange(latitudeName, latitude, -90, 90) }
    let turned = longitude < 0 ? longitude + 360 : longitude
    return position(longitude: turned == 360 ? 0 : turned, latitude: latitude)
  }

  fileprivate var latitudeName: String { isEquatorial ? "declination" : "Galactic latitude" }

  private func outOfRange(_ name: String, _ value: Double, _ least: Double, _ most: Double) -> SkyGeometryError {
    SkyGeometryError(
      .outOfRange,
      "A \(name) of \(value) degrees is not between \(Int(least)) and \(Int(most)). \(SkyPosition.examples)", word: nil)
  }
}
