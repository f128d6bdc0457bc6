#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A turn of the axes: what a direction's components are in the turned frame.
struct RotationMatrix: Sendable {
  enum Axis { case x, y, z }

  private var rows: (UnitVector, UnitVector, UnitVector)

  /// Turns the axes about one of them by an angle, from x to y, y to z or z to x.
  init(axis: Axis, degrees: Double) {
    let (sine, cosine) = (sin(degrees.radians), cos(degrees.radians))
    rows =
      switch axis {
      case .x:
        (UnitVector(x: 1, y: 0, z: 0), UnitVector(x: 0, y: cosine, z: sine), UnitVector(x: 0, y: -sine, z: cosine))
      case .y:
        (UnitVector(x: cosine, y: 0, z: -sine), UnitVector(x: 0, y: 1, z: 0), UnitVector(x: sine, y: 0, z: cosine))
      case .z:
        (UnitVector(x: cosine, y: sine, z: 0), UnitVector(x: -sine, y: cosine, z: 0), UnitVector(x: 0, y: 0, z: 1))
      }
  }

  private init(rows: (UnitVector, UnitVector, UnitVector)) { self.rows = rows }

  /// The turn back.
  var transposed: Self {
    Self(
      rows: (
        UnitVector(x: rows.0.x, y: rows.1.x, z: rows.2.x), UnitVector(x: rows.0.y, y: rows.1.y, z: rows.2.y),
        UnitVector(x: rows.0.z, y: rows.1.z, z: rows.2.z)
      ))
  }

  static func * (matrix: Self, vector: UnitVector) -> UnitVector {
    UnitVector(x: matrix.rows.0.dot(vector), y: matrix.rows.1.dot(vector), z: matrix.rows.2.dot(vector))
  }

  /// The second turn, then the first.
  static func * (a: Self, b: Self) -> Self {
    let columns = b.transposed.rows
    func row(_ row: UnitVector) -> UnitVector {
      UnitVector(x: row.dot(columns.0), y: row.dot(columns.1), z: row.dot(columns.2))
    }
    return Self(rows: (row(a.rows.0), row(a.rows.1), row(a.rows.2)))
  }
}
