extension RegionParser {
  /// The words that stand for shapes and what holds them together.
  enum Name {
    case position, circle, polygon, range, box, ellipse, union, intersection, not, open, close

    /// A name by its first letter and length, capitals or not.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
      let candidates: [(StaticString, Name)]
      switch bytes[range.lowerBound] {
      case UInt8(ascii: "("): self = .open; return
      case UInt8(ascii: ")"): self = .close; return
      case UInt8(ascii: "P"), UInt8(ascii: "p"):
        if RegionParser.matches(bytes, range, "POLYGON") { self = .polygon; return }
        candidates = [("POSITION", .position), ("POINT", .position)]
      case UInt8(ascii: "C"), UInt8(ascii: "c"):
        if RegionParser.matches(bytes, range, "CIRCLE") { self = .circle; return }
        candidates = [("CONVEX", .polygon)]
      default:
        candidates = [
          ("BOX", .box), ("RANGE", .range), ("UNION", .union), ("ELLIPSE", .ellipse), ("NOT", .not),
          ("INTERSECTION", .intersection),
        ]
      }
      guard let match = candidates.first(where: { RegionParser.matches(bytes, range, $0.0) }) else { return nil }
      self = match.1
    }

    /// The shape as DALI calls it; a `CONVEX` is the polygon of its corners.
    var kind: SkyRegion.Kind? {
      switch self {
      case .position: .point
      case .circle: .circle
      case .polygon: .polygon
      case .range: .range
      default: nil
      }
    }
  }

  /// The next word; brackets are words of their own.
  mutating func nextWord() -> Range<Int>? {
    skipBlanks()
    guard position < bytes.count else { return nil }
    let start = position
    position += 1
    if !Self.isParenthesis(bytes[start]) {
      while position < bytes.count, !Self.isBlank(bytes[position]), !Self.isParenthesis(bytes[position]) {
        position += 1
      }
    }
    word += 1
    return start..<position
  }

  mutating func skipBlanks() { while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 } }

  /// Takes the words of a coordinate system: frame, reference position, flavour, each of which may be missing.
  /// - Returns: the frame; `nil` where none is named.
  mutating func frame() throws(SkyGeometryError) -> SkyFrame? {
    var frame: SkyFrame?
    for _ in 0..<3 {
      let (before, count) = (position, word)
      guard let range = nextWord(), bytes[range.lowerBound] & 0xC0 == 0x40 else {
        (position, word) = (before, count)
        return frame
      }
      if Self.matches(bytes, range, "ICRS") {
        frame = .icrs
      } else if let named = Self.frames.first(where: { Self.matches(bytes, range, $0.0) }) {
        frame = named.1
      } else if Self.refused.contains(where: { Self.matches(bytes, range, $0) }) {
        throw SkyGeometryError(
          .unsupported, "\(text(range)) is not supported; give the region in ICRS, FK5 or GALACTIC.", word: word)
      } else if !Self.passedOver.contains(where: { Self.matches(bytes, range, $0) }) {
        (position, word) = (before, count)
        return frame
      }
    }
    return frame
  }

  /// A frame that is not known is taken as the archive's own.
  private static let frames: [(StaticString, SkyFrame)] = [
    ("FK5", .fk5), ("J2000", .fk5), ("GALACTIC", .galactic), ("GALACTIC_II", .galactic), ("UNKNOWNFRAME", .icrs),
  ]
  private static let refused: [StaticString] = [
    "FK4", "B1950", "ECLIPTIC", "ECLIPTICJ2000", "SUPER_GALACTIC", "GEO_C", "GEO_D", "CARTESIAN2", "CARTESIAN3",
    "CART2", "CART3",
  ]
  private static let passedOver: [StaticString] = [
    "BARYCENTER", "GEOCENTER", "HELIOCENTER", "TOPOCENTER", "LSR", "RELOCATABLE", "UNKNOWNREFPOS", "SPHERICAL2",
    "SPHER2", "UNKNOWNFLAVOR",
  ]

  /// The next word as a number; `nil`, with nothing consumed, at the end and before a bracket or the name of a shape.
  /// - Parameter infinite: whether `Inf` is a number.
  mutating func number(infinite: Bool = false) throws(SkyGeometryError) -> Double? {
    let (before, count) = (position, word)
    guard let range = nextWord() else { return nil }
    if let value = DecimalNumber.read(UnsafeBufferPointer(rebasing: bytes[range])) { return value }
    if infinite {
      if Self.matches(bytes, range, "INF") || text(range).lowercased() == "+inf" { return .infinity }
      if text(range).lowercased() == "-inf" { return -.infinity }
    }
    if Name(bytes, range) != nil {
      (position, word) = (before, count)
      return nil
    }
    throw SkyGeometryError(
      .unknownWord, "'\(text(range))' is no number of degrees; the frames read are ICRS, FK5 and GALACTIC.", word: word)
  }

  /// Compares a word with a name in capitals.
  static func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ name: StaticString) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    for index in 0..<range.count {
      let byte = bytes[range.lowerBound + index]
      let capital = byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte
      if capital != name.utf8Start[index] { return false }
    }
    return true
  }

  /// A word for a message: a short piece is enough to find it.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range].prefix(24), as: UTF8.self) }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
  private static func isParenthesis(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") }
}
