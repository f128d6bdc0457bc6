/// A picture of red, green and blue samples, rows from the top.
package struct RGBImage: Sendable, Hashable {
  /// Columns.
  package let width: Int
  /// Rows.
  package let height: Int
  /// Three samples a pixel, row by row.
  package let samples: [UInt8]

  /// A picture of these samples.
  package init(width: Int, height: Int, samples: [UInt8]) {
    precondition(width > 0 && height > 0 && samples.count == width * height * 3, "samples do not fill the picture")
    self.width = width
    self.height = height
    self.samples = samples
  }

  /// The picture made smaller (or larger) to a size, each new pixel the mean of the area it covers.
  package func resized(width newWidth: Int, height newHeight: Int) -> RGBImage {
    let (newWidth, newHeight) = (max(1, newWidth), max(1, newHeight))
    let columns = Self.weights(from: width, to: newWidth)
    let rows = Self.weights(from: height, to: newHeight)
    // First along the rows, then along the columns.
    var narrow = [Float](repeating: 0, count: newWidth * height * 3)
    for y in 0..<height {
      for (x, parts) in columns.enumerated() {
        let target = (y * newWidth + x) * 3
        for (column, weight) in parts {
          let source = (y * width + column) * 3
          for channel in 0..<3 { narrow[target + channel] += weight * Float(samples[source + channel]) }
        }
      }
    }
    var result = [UInt8](repeating: 0, count: newWidth * newHeight * 3)
    for (y, parts) in rows.enumerated() {
      for x in 0..<newWidth * 3 {
        var sum = Float(0)
        for (row, weight) in parts { sum += weight * narrow[row * newWidth * 3 + x] }
        result[y * newWidth * 3 + x] = UInt8(max(0, min(255, sum.rounded())))
      }
    }
    return RGBImage(width: newWidth, height: newHeight, samples: result)
  }

  /// For each new pixel the old ones it covers, with the part of it that each fills.
  private static func weights(from old: Int, to new: Int) -> [[(Int, Float)]] {
    let step = Double(old) / Double(new)
    return (0..<new).map { pixel in
      let (start, end) = (Double(pixel) * step, Double(pixel + 1) * step)
      return (Int(start)..<min(old, max(Int(start) + 1, Int(end.rounded(.up))))).map { index in
        let overlap = min(end, Double(index + 1)) - max(start, Double(index))
        return (index, Float(max(0, overlap) / (end - start)))
      }
    }
  }
}
