internal import SkyGeometry

/// A place or an area of the sky as a value inside SQL: a blob of one tag byte and doubles (little-endian, degrees ICRS), or text.
///
/// Text is what DALI writes (`10 20`, `10 20 0.5`, `10 1 11 1 11 2`, section 3.3.7 of DALI 1.1) or STC-S as in TAP 1.0 and in footprints.
enum SkyValue {
  case point(SkyPosition)
  case circle(SkyCircle)
  case polygon(SkyPolygon)
  /// Anything else, several shapes for instance.
  case region(SkyRegion)

  private enum Tag {
    static let point: UInt8 = 1
    static let circle: UInt8 = 2
    static let polygon: UInt8 = 3
  }

  /// The byte by which blobs tell points, circles and polygons apart; `nil` for any other region.
  var tag: UInt8? {
    switch self {
    case .point: Tag.point
    case .circle: Tag.circle
    case .polygon: Tag.polygon
    case .region: nil
    }
  }

  /// Reads a blob.
  /// - Returns: `nil` when it is none of ours.
  init?(blob: UnsafeRawBufferPointer) {
    guard let tag = blob.first, blob.count % 8 == 1 else { return nil }
    self.init(tag: tag, count: blob.count / 8) { Self.number($0, of: blob) }
  }

  /// The numbers in a blob, as they were given; `nil` when it is none of ours.
  static func numbers(ofBlob blob: UnsafeRawBufferPointer) -> [Double]? {
    guard let tag = blob.first, (Tag.point...Tag.polygon).contains(tag), blob.count % 8 == 1 else { return nil }
    return (0..<blob.count / 8).map { number($0, of: blob) }
  }

  private static func number(_ index: Int, of blob: UnsafeRawBufferPointer) -> Double {
    Double(bitPattern: UInt64(littleEndian: blob.loadUnaligned(fromByteOffset: 1 + 8 * index, as: UInt64.self)))
  }

  private init?(tag: UInt8, count: Int, number: (Int) -> Double) {
    func position(_ index: Int) -> SkyPosition? {
      SkyPosition(longitude: number(2 * index), latitude: number(2 * index + 1))
    }
    switch (tag, count) {
    case (Tag.point, 2):
      guard let position = position(0) else { return nil }
      self = .point(position)
    case (Tag.circle, 3):
      guard let position = position(0), (0...180).contains(number(2)) else { return nil }
      self = .circle(SkyCircle(center: position, radius: number(2)))
    case (Tag.polygon, 6...) where count % 2 == 0:
      var vertices: [SkyPosition] = []
      for index in 0..<count / 2 {
        guard let position = position(index) else { return nil }
        vertices.append(position)
      }
      guard let polygon = try? SkyPolygon(vertices: vertices) else { return nil }
      self = .polygon(polygon)
    default: return nil
    }
  }

  /// Makes a value of the numbers that DALI writes for a point, a circle or a polygon.
  init?(numbers: [Double]) {
    let tag = numbers.count == 2 ? Tag.point : numbers.count == 3 ? Tag.circle : Tag.polygon
    self.init(tag: tag, count: numbers.count) { numbers[$0] }
  }

  /// Reads a text.
  /// - Returns: `nil` when it tells no place or area.
  init?(text: UnsafeRawBufferPointer) {
    let start = text.first { $0 != 0x20 && !(0x09...0x0d).contains($0) }
    if let start, (0x30...0x39).contains(start) || start == 0x2b || start == 0x2d || start == 0x2e {
      var numbers: [Double] = []
      for word in String(decoding: text, as: UTF8.self).split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
        guard let number = Double(word) else { return nil }
        numbers.append(number)
      }
      self.init(numbers: numbers)
      return
    }
    let region = text.withMemoryRebound(to: UInt8.self) { try? SkyRegion(utf8: $0) }
    guard let region, !region.shapes.isEmpty else { return nil }
    switch region.shapes.count == 1 ? region.shapes[0] : nil {
    case .circle(let circle) where circle.radius == 0: self = .point(circle.center)
    case .circle(let circle): self = .circle(circle)
    case .polygon(let polygon): self = .polygon(polygon)
    default: self = .region(region)
    }
  }

  /// Reads a text.
  /// - Returns: `nil` when it tells no place or area.
  init?(text: String) {
    var text = text
    guard let value = text.withUTF8({ SkyValue(text: UnsafeRawBufferPointer($0)) }) else { return nil }
    self = value
  }

  /// The value as a region; a point is a circle of radius 0.
  var region: SkyRegion {
    switch self {
    case .point(let position): SkyRegion(shapes: [.circle(SkyCircle(center: position, radius: 0))])
    case .circle(let circle): SkyRegion(shapes: [.circle(circle)])
    case .polygon(let polygon): SkyRegion(shapes: [.polygon(polygon)])
    case .region(let region): region
    }
  }

  /// The numbers that DALI writes; `nil` for what is no point, circle or polygon.
  var numbers: [Double]? {
    switch self {
    case .point(let position): [position.ra, position.dec]
    case .circle(let circle): [circle.center.ra, circle.center.dec, circle.radius]
    case .polygon(let polygon): polygon.vertices.flatMap { [$0.ra, $0.dec] }
    case .region: nil
    }
  }

  /// The value as a blob; a region that is no single shape is kept as text.
  var blob: [UInt8]? { numbers.map(Self.blob(numbers:)) }

  /// The blob of the numbers that DALI writes for a point, a circle or a polygon, whatever they are.
  static func blob(numbers: [Double]) -> [UInt8] {
    var blob = [numbers.count == 2 ? Tag.point : numbers.count == 3 ? Tag.circle : Tag.polygon]
    blob.reserveCapacity(1 + 8 * numbers.count)
    for number in numbers { withUnsafeBytes(of: number.bitPattern.littleEndian) { blob.append(contentsOf: $0) } }
    return blob
  }

  /// The value as text, STC-S of TAP 1.0.
  var text: String { region.stcs }
}

extension SkyPosition {
  /// A position from what a query or a table says; longitudes outside 0..<360 are turned into it.
  /// - Returns: `nil` for a latitude that does not exist, and for what is not finite.
  init?(longitude: Double, latitude: Double) {
    guard longitude.isFinite, (-90...90).contains(latitude) else { return nil }
    self.init(ra: longitude, dec: latitude)
    if !(0..<360).contains(longitude) {
      let turned = longitude.truncatingRemainder(dividingBy: 360)
      let positive = turned < 0 ? turned + 360 : turned
      ra = positive >= 360 ? 0 : positive
    }
  }
}
