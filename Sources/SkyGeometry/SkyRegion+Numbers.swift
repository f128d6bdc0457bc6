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
    try self.init(text: numbers.map(\.description).joined(separator: " "), numbersAs: kind)
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
