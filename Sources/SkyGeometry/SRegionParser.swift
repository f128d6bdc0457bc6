/// Reads shapes out of the bytes of an `s_region` text, word by word.
struct SRegionParser {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var word = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func shapes() throws(SkyGeometryError) -> [SkyRegion.Shape] {
    var shapes: [SkyRegion.Shape] = []
    while let name = nextWord() {
      if matches(name, "POLYGON") {
        shapes.append(.polygon(try polygon()))
      } else if matches(name, "CIRCLE") {
        shapes.append(.circle(try circle()))
      } else if matches(name, "BOX") {
        shapes.append(.polygon(try box()))
      } else {
        throw SkyGeometryError(.unknownWord, "'\(text(name))' is no shape; use POLYGON, CIRCLE or BOX.", word: word)
      }
    }
    guard !shapes.isEmpty else {
      throw SkyGeometryError(.empty, "The region is empty; give a POLYGON, a CIRCLE or a BOX.", word: nil)
    }
    return shapes
  }

  private mutating func polygon() throws(SkyGeometryError) -> SkyPolygon {
    let start = word
    skipFrame()
    var vertices: [SkyPosition] = []
    while let ra = try number() { vertices.append(try vertex(ra: ra)) }
    do { return try SkyPolygon(vertices: vertices) } catch {
      throw SkyGeometryError(error.kind, error.message, word: start)
    }
  }

  private mutating func circle() throws(SkyGeometryError) -> SkyCircle {
    skipFrame()
    guard let ra = try number() else { throw missing("right ascension of the circle's centre") }
    let center = try vertex(ra: ra)
    guard let radius = try number() else { throw missing("radius of the circle") }
    guard (0...180).contains(radius) else {
      throw SkyGeometryError(.outOfRange, "A radius of \(radius) is not between 0 and 180 degrees.", word: word)
    }
    return SkyCircle(center: center, radius: radius)
  }

  private mutating func box() throws(SkyGeometryError) -> SkyPolygon {
    skipFrame()
    guard let ra = try number() else { throw missing("right ascension of the box's centre") }
    let center = try vertex(ra: ra)
    guard let width = try number() else { throw missing("width of the box") }
    guard let height = try number() else { throw missing("height of the box") }
    guard width > 0, height > 0, let polygon = try SkyPolygon(center: center, width: width, height: height) else {
      throw SkyGeometryError(
        .outOfRange, "A box of \(width) by \(height) is not between 0 and \(SkyPolygon.widestBox) degrees.", word: word)
    }
    return polygon
  }

  private mutating func vertex(ra: Double) throws(SkyGeometryError) -> SkyPosition {
    guard let dec = try number() else { throw missing("declination") }
    guard (-90...90).contains(dec) else {
      throw SkyGeometryError(.outOfRange, "A declination of \(dec) is not between -90 and 90 degrees.", word: word)
    }
    if (0..<360).contains(ra) { return SkyPosition(ra: ra, dec: dec) }
    let turned = ra.truncatingRemainder(dividingBy: 360)
    let positive = turned < 0 ? turned + 360 : turned
    return SkyPosition(ra: positive >= 360 ? 0 : positive, dec: dec)
  }

  private func missing(_ what: String) -> SkyGeometryError {
    SkyGeometryError(.missingNumber, "The \(what) is missing; coordinates come in pairs.", word: word + 1)
  }
}

// MARK: Words

extension SRegionParser {
  private mutating func nextWord() -> Range<Int>? {
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
    guard position < bytes.count else { return nil }
    let start = position
    while position < bytes.count, !Self.isBlank(bytes[position]) { position += 1 }
    word += 1
    return start..<position
  }

  private mutating func skipFrame() {
    let (before, count) = (position, word)
    if let name = nextWord(), matches(name, "ICRS") { return }
    (position, word) = (before, count)
  }

  /// The next word as a number; `nil`, with nothing consumed, at the end and before the name of a shape.
  private mutating func number() throws(SkyGeometryError) -> Double? {
    let (before, count) = (position, word)
    guard let range = nextWord() else { return nil }
    if let value = DecimalNumber.read(UnsafeBufferPointer(rebasing: bytes[range])) {
      return value
    }
    if matches(range, "POLYGON") || matches(range, "CIRCLE") || matches(range, "BOX") {
      (position, word) = (before, count)
      return nil
    }
    throw SkyGeometryError(
      .unknownWord, "'\(text(range))' is no number of degrees; the only frame read is ICRS.", word: word)
  }

  /// Compares a word with a name in capitals.
  private func matches(_ range: Range<Int>, _ name: StaticString) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    for index in 0..<range.count where bytes[range.lowerBound + index] & 0xDF != name.utf8Start[index] { return false }
    return true
  }

  /// A word for a message: a short piece is enough to find it.
  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range].prefix(24), as: UTF8.self) }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
