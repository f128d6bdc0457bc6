/// A region made ready for many tests: its corners as directions, its edges as great circles, and a circle around it all.
///
/// Testing a position against a polygon of four corners takes some tens of nanoseconds.
///
///     let field = PreparedRegion(try SkyRegion(text: "POLYGON 10 -1 11 -1 11 1 10 1"))
///     let hits = positions.filter { field.contains($0) }
public struct PreparedRegion: Sendable {
  let shapes: [PreparedShape]
  private let cap: Cap
  /// The declinations that the circle around the region spans, degrees: outside them no trigonometry is needed.
  private let declinations: ClosedRange<Double>

  /// Prepares a region.
  public init(_ region: SkyRegion) {
    shapes = region.shapes.map { PreparedShape($0) }
    cap = Cap(enclosing: shapes)
    let (middle, reach) = (SkyPosition(cap.center).dec, cap.radius.degrees + 1e-9)
    declinations = middle - reach...middle + reach
  }

  /// Reads and prepares a region, as ``SkyRegion/init(text:numbersAs:)``.
  /// - Parameters:
  ///   - bytes: the text.
  ///   - kind: what numbers without a name stand for.
  package init(utf8 bytes: UnsafeBufferPointer<UInt8>, numbersAs kind: SkyRegion.Kind? = nil) throws(SkyGeometryError) {
    self.init(try SkyRegion(utf8: bytes, numbersAs: kind))
  }

  /// A circle that encloses the region.
  public var boundingCircle: SkyCircle { cap.circle }

  /// Whether a position lies in the region or on its boundary, within 1e-10 degrees.
  public func contains(_ position: SkyPosition) -> Bool {
    declinations.contains(position.dec) && contains(position.vector)
  }

  /// Whether a direction lies in the region or on its boundary.
  package func contains(_ point: UnitVector) -> Bool {
    shapes.count == 1 ? shapes[0].contains(point) : cap.contains(point) && shapes.contains { $0.contains(point) }
  }

  /// Whether the two regions share a point.
  public func intersects(_ other: PreparedRegion) -> Bool {
    shapes.contains { shape in other.shapes.contains { shape.intersects($0) } }
  }

  /// Whether all of another region lies in this one, which may cover it with several shapes together.
  public func contains(_ other: PreparedRegion) -> Bool {
    other.shapes.allSatisfy { part in
      shapes.contains { $0.contains(part) } || shapes.count > 1 && PreparedShape.union(shapes, covers: part)
    }
  }
}
