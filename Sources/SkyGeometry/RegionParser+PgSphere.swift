/// The text forms of pgSphere: `spoint` is `(lon , lat)`, `spoly` is `{(lon , lat),…}`, `scircle` is `<(lon , lat) , radius>`, and `sbox` is
/// `((west , south) , (east , north))`. Angles are in radians, or in degrees or hours where a letter says so.
extension RegionParser {
  static func isBracket(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "(") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "<")
  }

  /// Reads a shape and what blanks follow it.
  mutating func bracketedShape() throws(SkyGeometryError) -> SkyRegion.Shape {
    defer { skipBlanks() }
    if skip("{") {
      var vertices: [SkyPosition] = []
      repeat { vertices.append(try point()) } while skip(",")
      try expect("}")
      return .polygon(try SkyPolygon(vertices: vertices))
    }
    if skip("<") {
      let center = try point()
      try expect(",")
      let radius = try angle()
      try expect(">")
      return .circle(try SkyCircle(center: center, checkedRadius: radius, word: nil))
    }
    let start = position
    guard skip("("), isNext("(") else {
      position = start
      return .circle(SkyCircle(center: try point(), radius: 0))
    }
    let low = try coordinates()
    try expect(",")
    let high = try coordinates()
    try expect(")")
    return .range(try SkyRange(bounds: (low.longitude, high.longitude, low.latitude, high.latitude), word: nil))
  }

  private mutating func point() throws(SkyGeometryError) -> SkyPosition {
    let (longitude, latitude) = try coordinates()
    return try SkyPosition(longitude: longitude, latitude: latitude)
  }

  private mutating func coordinates() throws(SkyGeometryError) -> (longitude: Double, latitude: Double) {
    try expect("(")
    let longitude = try angle()
    try expect(",")
    let latitude = try angle()
    try expect(")")
    return (longitude, latitude)
  }

  /// Reads `0.5`, `10.5d`, `10d 30m 0.5s` or `2h 30m 0.5s`; in degrees.
  private mutating func angle() throws(SkyGeometryError) -> Double {
    skipBlanks()
    let isNegative = position < bytes.count && bytes[position] == UInt8(ascii: "-")
    let first = try plainNumber()
    let isHours = skip("h", or: "H")
    guard isHours || skip("d", or: "D") else {
      // A right angle has no exact number of radians, and one that is read must not lie beyond the pole.
      let degrees = first.degrees
      return abs(degrees) > 90 && abs(degrees) < 90 + 1e-13 ? (degrees < 0 ? -90 : 90) : degrees
    }
    var parts = abs(first) * 3600
    for (unit, mark, seconds) in [("m", "'", 60.0), ("s", "\"", 1.0)] as [(Unicode.Scalar, Unicode.Scalar, Double)] {
      skipBlanks()
      guard position < bytes.count, bytes[position] &- 0x30 < 10 else { break }
      parts += try plainNumber() * seconds
      guard skip(unit, or: mark) else { throw malformed("'\(unit)' behind a number") }
    }
    let degrees = parts / 3600 * (isHours ? 15 : 1)
    return isNegative ? -degrees : degrees
  }

  /// Reads a number that ends where its own characters end.
  private mutating func plainNumber() throws(SkyGeometryError) -> Double {
    skipBlanks()
    let start = position
    func isDigit(_ index: Int) -> Bool { index < bytes.count && bytes[index] &- 0x30 < 10 }
    func isSign(_ index: Int) -> Bool {
      index < bytes.count && (bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-"))
    }
    if isSign(position) { position += 1 }
    while isDigit(position) || position < bytes.count && bytes[position] == UInt8(ascii: ".") { position += 1 }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      let digits = isSign(position + 1) ? position + 2 : position + 1
      if isDigit(digits) {
        position = digits
        while isDigit(position) { position += 1 }
      }
    }
    guard let value = DecimalNumber.read(UnsafeBufferPointer(rebasing: bytes[start..<position])) else {
      throw malformed("a number")
    }
    return value
  }

  // MARK: Characters

  private mutating func isNext(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    return position < bytes.count && bytes[position] == UInt8(ascii: character)
  }

  private mutating func skip(_ character: Unicode.Scalar, or other: Unicode.Scalar? = nil) -> Bool {
    guard isNext(character) || other.map({ isNext($0) }) ?? false else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(SkyGeometryError) {
    guard skip(character) else { throw malformed("'\(character)'") }
  }

  private func malformed(_ expected: String) -> SkyGeometryError {
    let rest = String(decoding: bytes[min(position, bytes.count)...].prefix(24), as: UTF8.self)
    return SkyGeometryError(
      .unreadable,
      "Before '\(rest)' in the region \(expected) is missing; write {(10d , 20d),(11d , 20d),(11d , 21d)}.",
      word: nil)
  }
}
