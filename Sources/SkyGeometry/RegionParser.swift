/// Reads regions out of the bytes of a text: the words of STC-S and DALI here, pgSphere's brackets in an extension.
struct RegionParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  var word = 0
  /// How many `UNION (` are open.
  private var depth = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Reads the whole text.
  /// - Parameter kind: what a text of numbers alone stands for.
  mutating func region(numbersAs kind: SkyRegion.Kind?) throws(SkyGeometryError) -> [SkyRegion.Shape] {
    skipBlanks()
    guard position < bytes.count else { throw empty }
    var shapes: [SkyRegion.Shape] = []
    if Self.isBracket(bytes[position]) {
      while position < bytes.count { shapes.append(try bracketedShape()) }
    } else if let kind, bytes[position] & 0xC0 != 0x40 {
      shapes.append(try shape(kind, SkyFrame.icrs))
      guard position == bytes.count else { throw surplus() }
    } else {
      try appendShapes(to: &shapes, .icrs)
    }
    return shapes
  }

  /// Reads shapes to the end of the text or, within a union, to its closing bracket.
  private mutating func appendShapes(to shapes: inout [SkyRegion.Shape], _ frame: SkyFrame) throws(SkyGeometryError) {
    let before = shapes.count
    var isClosed = depth == 0
    while let range = nextWord() {
      let name = Name(bytes, range)
      if let kind = name?.kind {
        shapes.append(try shape(kind, try self.frame() ?? frame))
      } else if name == .box {
        shapes.append(.polygon(try box(in: try self.frame() ?? frame)))
      } else if name == .union {
        try appendUnion(to: &shapes, try self.frame() ?? frame)
      } else if name == .close, depth > 0 {
        isClosed = true
        break
      } else if name == .intersection || name == .not || name == .ellipse {
        throw SkyGeometryError(
          .unsupported, "\(text(range)) is not supported; use CIRCLE, BOX, POLYGON or a UNION of them.", word: word)
      } else {
        throw SkyGeometryError(
          .unknownWord, "'\(text(range))' is no shape; use POLYGON, CIRCLE or BOX.", word: word)
      }
    }
    guard isClosed else {
      throw SkyGeometryError(.unknownWord, "The UNION is not closed; ')' is missing.", word: word)
    }
    guard shapes.count > before else { throw empty }
  }

  private mutating func appendUnion(to shapes: inout [SkyRegion.Shape], _ frame: SkyFrame) throws(SkyGeometryError) {
    guard let range = nextWord(), Name(bytes, range) == .open else {
      throw SkyGeometryError(.unknownWord, "After UNION '(' is missing.", word: word)
    }
    guard depth < 16 else { throw SkyGeometryError(.unsupported, "The unions are nested too deeply.", word: word) }
    depth += 1
    try appendShapes(to: &shapes, frame)
    depth -= 1
  }

  // MARK: Shapes

  private mutating func shape(
    _ kind: SkyRegion.Kind, _ frame: SkyFrame
  ) throws(SkyGeometryError) -> SkyRegion.Shape {
    switch kind {
    case .point: .circle(SkyCircle(center: try center("position", frame), radius: 0))
    case .circle: .circle(try circle(in: frame))
    case .polygon: .polygon(try polygon(in: frame))
    case .range: .range(try range(in: frame))
    }
  }

  private mutating func polygon(in frame: SkyFrame) throws(SkyGeometryError) -> SkyPolygon {
    let start = word
    var vertices: [SkyPosition] = []
    vertices.reserveCapacity(8)
    while let longitude = try number() { vertices.append(try vertex(longitude, frame)) }
    do { return try SkyPolygon(vertices: vertices) } catch {
      throw SkyGeometryError(error.kind, error.message, word: start)
    }
  }

  private mutating func circle(in frame: SkyFrame) throws(SkyGeometryError) -> SkyCircle {
    let center = try center("circle's centre", frame)
    guard let radius = try number() else { throw missing("radius of the circle") }
    return try SkyCircle(center: center, checkedRadius: radius, word: word)
  }

  private mutating func box(in frame: SkyFrame) throws(SkyGeometryError) -> SkyPolygon {
    // Its sides follow the frame in which it is written, so the corners are turned, not the centre.
    let center = try center("box's centre", .icrs)
    guard let width = try number() else { throw missing("width of the box") }
    guard let height = try number() else { throw missing("height of the box") }
    guard width > 0, height > 0, let polygon = try SkyPolygon(center: center, width: width, height: height) else {
      throw SkyGeometryError(
        .outOfRange, "A box of \(width) by \(height) is not between 0 and \(SkyPolygon.widestBox) degrees.", word: word)
    }
    if frame == .icrs { return polygon }
    return try SkyPolygon(vertices: polygon.vertices.map { frame.position(longitude: $0.ra, latitude: $0.dec) })
  }

  private mutating func range(in frame: SkyFrame) throws(SkyGeometryError) -> SkyRange {
    guard frame == .icrs else {
      throw SkyGeometryError(.unsupported, "A range can be given in ICRS only.", word: word)
    }
    // Unbounded sides may be written -Inf and +Inf.
    guard let west = try number(infinite: true), let east = try number(infinite: true),
      let south = try number(infinite: true), let north = try number(infinite: true)
    else {
      throw SkyGeometryError(
        .missingNumber, "A range has four numbers: least and greatest longitude, least and greatest latitude.",
        word: word + 1)
    }
    return try SkyRange(bounds: (west, east, south, north), word: word)
  }

  private mutating func center(_ name: String, _ frame: SkyFrame) throws(SkyGeometryError) -> SkyPosition {
    guard let longitude = try number() else { throw missing("right ascension of the \(name)") }
    return try vertex(longitude, frame)
  }

  private mutating func vertex(_ longitude: Double, _ frame: SkyFrame) throws(SkyGeometryError) -> SkyPosition {
    guard let latitude = try number() else { throw missing("declination") }
    return try SkyPosition(longitude: longitude, latitude: latitude, in: frame, word: word)
  }

  // MARK: Faults

  private var empty: SkyGeometryError {
    SkyGeometryError(.empty, "The region is empty; give a POLYGON, a CIRCLE or a BOX.", word: nil)
  }

  private func missing(_ what: String) -> SkyGeometryError {
    SkyGeometryError(.missingNumber, "The \(what) is missing; coordinates come in pairs.", word: word + 1)
  }

  private func surplus() -> SkyGeometryError {
    SkyGeometryError(.unknownWord, "There is more text than the shape needs.", word: word + 1)
  }
}
