/// A plane of numbers, rows from the bottom as in FITS.
package struct Plane: Sendable {
  /// Columns.
  package var width: Int
  /// Rows.
  package var height: Int
  /// Row by row.
  package var values: [Float]

  /// A plane of these values.
  package init(width: Int, height: Int, values: [Float]) {
    self.width = width
    self.height = height
    self.values = values
  }

  /// A plane of zeros.
  package init(width: Int, height: Int) {
    self.init(width: width, height: height, values: [Float](repeating: 0, count: width * height))
  }
}
