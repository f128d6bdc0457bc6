extension SkyRegion {
  /// What the numbers of a DALI value stand for (DALI 1.2, section 3.3), named as its `xtype`.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Longitude and latitude.
    case point
    /// Longitude and latitude of the centre, and the radius.
    case circle
    /// Longitude and latitude of each corner.
    case polygon
    /// Least and greatest longitude, least and greatest latitude.
    case range
  }

  /// A region from the numbers of a DALI value.
  /// - Parameters:
  ///   - kind: what they stand for.
  ///   - numbers: degrees.
  /// - Throws: `SkyGeometryError` when there are too few or too many of them, or one is out of range.
  public init(_ kind: Kind, numbers: [Double]) throws(SkyGeometryError) {
    let isComplete =
      switch kind {
      case .point: numbers.count == 2
      case .circle: numbers.count == 3
      case .polygon: numbers.count >= 6 && numbers.count.isMultiple(of: 2)
      case .range: numbers.count == 4
      }
    guard isComplete else {
      throw SkyGeometryError(.missingNumber, "A \(kind.rawValue) is not made of \(numbers.count) numbers.", word: nil)
    }
    let shape: Shape
    switch kind {
    case .point:
      shape = .circle(SkyCircle(center: try SkyPosition(longitude: numbers[0], latitude: numbers[1]), radius: 0))
    case .circle:
      let center = try SkyPosition(longitude: numbers[0], latitude: numbers[1])
      shape = .circle(try SkyCircle(center: center, checkedRadius: numbers[2], word: nil))
    case .polygon:
      var vertices: [SkyPosition] = []
      vertices.reserveCapacity(numbers.count / 2)
      for index in stride(from: 0, to: numbers.count, by: 2) {
        vertices.append(try SkyPosition(longitude: numbers[index], latitude: numbers[index + 1]))
      }
      shape = .polygon(try SkyPolygon(vertices: vertices))
    case .range: shape = .range(try SkyRange(bounds: (numbers[0], numbers[1], numbers[2], numbers[3]), word: nil))
    }
    self.init(shapes: [shape])
  }
}

extension SkyRegion.Shape {
  /// What ``numbers`` stand for.
  public var kind: SkyRegion.Kind {
    switch self {
    case .circle(let circle): circle.radius == 0 ? .point : .circle
    case .polygon: .polygon
    case .range: .range
    }
  }

  /// The numbers of the shape as a DALI value, degrees.
  public var numbers: [Double] {
    switch self {
    case .circle(let circle):
      circle.radius == 0
        ? [circle.center.ra, circle.center.dec] : [circle.center.ra, circle.center.dec, circle.radius]
    case .polygon(let polygon): polygon.vertices.flatMap { [$0.ra, $0.dec] }
    case .range(let range): [range.west, range.east, range.south, range.north]
    }
  }
}

extension SkyPosition {
  /// A position whose longitude is turned into 0..<360.
  /// - Throws: `SkyGeometryError` of kind `.outOfRange` for a latitude beyond ±90° and for what is no number.
  init(
    longitude: Double, latitude: Double, in frame: SkyFrame = .icrs, word: Int? = nil
  ) throws(SkyGeometryError) {
    guard (-90...90).contains(latitude), longitude.isFinite else {
      throw SkyGeometryError(
        .outOfRange, "A declination of \(latitude) at \(longitude) is not between -90 and 90 degrees.", word: word)
    }
    var turned = longitude
    if !(0..<360).contains(longitude) {
      turned = longitude.truncatingRemainder(dividingBy: 360)
      if turned < 0 { turned += 360 }
      if turned >= 360 { turned = 0 }
    }
    self =
      frame == .icrs
      ? SkyPosition(ra: turned, dec: latitude) : frame.position(longitude: turned, latitude: latitude)
  }
}

extension SkyCircle {
  init(center: SkyPosition, checkedRadius radius: Double, word: Int?) throws(SkyGeometryError) {
    guard (0...180).contains(radius) else {
      throw SkyGeometryError(.outOfRange, "A radius of \(radius) is not between 0 and 180 degrees.", word: word)
    }
    self.init(center: center, radius: radius)
  }
}

extension SkyRange {
  /// A range as DALI writes it, where an infinite bound is none.
  /// - Parameters:
  ///   - bounds: least and greatest longitude, least and greatest latitude, degrees.
  ///   - word: the number of the last word, for the error.
  init(bounds: (Double, Double, Double, Double), word: Int?) throws(SkyGeometryError) {
    let (west, east) = bounds.0.isFinite && bounds.1.isFinite ? (bounds.0, bounds.1) : (0, 360)
    let south = bounds.2 == -.infinity ? -90 : bounds.2
    let north = bounds.3 == .infinity ? 90 : bounds.3
    guard (-90...90).contains(south), (-90...90).contains(north), south <= north else {
      throw SkyGeometryError(
        .outOfRange, "Latitudes from \(south) to \(north) are no range between -90 and 90 degrees.", word: word)
    }
    self.init(west: west, east: east, south: south, north: north)
  }
}
