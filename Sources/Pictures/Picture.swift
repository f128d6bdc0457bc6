#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Preview pictures: an asinh stretch between sky and bright sources, a colour scale, JPEG.
package enum Picture {
  /// Renders a plane as JPEG.
  /// - Parameters:
  ///   - plane: the numbers; what is not finite becomes black.
  ///   - side: length of the longer side, pixels.
  ///   - tint: the colours from dark to bright.
  package static func jpeg(_ plane: Plane, side: Int, tint: Tint, quality: Int = 85) throws(PicturesError) -> [UInt8] {
    let scale = Double(side) / Double(max(plane.width, plane.height))
    let width = max(1, Int((Double(plane.width) * scale).rounded()))
    let height = max(1, Int((Double(plane.height) * scale).rounded()))
    let stretched = Plane(width: plane.width, height: plane.height, values: stretch(plane.values))
    var samples = [UInt8]()
    samples.reserveCapacity(width * height * 3)
    for row in 0..<height {
      // Pictures begin at the top, FITS images at the bottom.
      let y = (Double(height - 1 - row) + 0.5) / Double(height) * Double(plane.height) - 0.5
      for column in 0..<width {
        let x = (Double(column) + 0.5) / Double(width) * Double(plane.width) - 0.5
        let value = scale < 1 ? mean(stretched, x, y, 0.5 / scale) : bicubic(stretched, x, y)
        let (red, green, blue) = tint.color(value)
        samples.append(red)
        samples.append(green)
        samples.append(blue)
      }
    }
    return try JPEG.encode(RGBImage(width: width, height: height, samples: samples), quality: quality)
  }

  /// Maps values to 0...1: black a little below the sky, white at the brightest thousandth.
  private static func stretch(_ values: [Float]) -> [Float] {
    let sorted = values.filter(\.isFinite).sorted()
    guard let first = sorted.first, let last = sorted.last, last > first else {
      return [Float](repeating: 0, count: values.count)
    }
    func quantile(_ part: Double) -> Float { sorted[Int(Double(sorted.count - 1) * part)] }
    let floor = quantile(0.01)
    let middle = quantile(0.5)
    let ceiling = max(quantile(0.997), middle + (last - first) * 1e-4)
    // The softening sets where the scale turns from linear to logarithmic: at the spread of the fainter half.
    let soft = max((quantile(0.8) - floor) * 0.8, (ceiling - floor) * 0.02)
    let full = asinh((ceiling - floor) / soft)
    return values.map { value in
      guard value.isFinite else { return 0 }
      return max(0, min(1, asinh((value - floor) / soft) / full))
    }
  }

  private static func mean(_ plane: Plane, _ x: Double, _ y: Double, _ reach: Double) -> Float {
    var (sum, count) = (Float(0), Float(0))
    for j in max(0, Int((y - reach).rounded()))...min(plane.height - 1, Int((y + reach).rounded())) {
      for i in max(0, Int((x - reach).rounded()))...min(plane.width - 1, Int((x + reach).rounded())) {
        sum += plane.values[j * plane.width + i]
        count += 1
      }
    }
    return count > 0 ? sum / count : 0
  }

  private static func bicubic(_ plane: Plane, _ x: Double, _ y: Double) -> Float {
    let (column, row) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
    let horizontal = weights(Float(x - Double(column)))
    let vertical = weights(Float(y - Double(row)))
    var sum = Float(0)
    for j in 0..<4 {
      let source = max(0, min(plane.height - 1, row + j - 1)) * plane.width
      var line = Float(0)
      for i in 0..<4 { line += horizontal[i] * plane.values[source + max(0, min(plane.width - 1, column + i - 1))] }
      sum += vertical[j] * line
    }
    return max(0, min(1, sum))
  }

  /// The cubic B-spline: it smooths a little, which suits few and noisy pixels better than an interpolation that rings.
  private static func weights(_ t: Float) -> SIMD4<Float> {
    let u = 1 - t
    let near = (4 - 6 * t * t + 3 * t * t * t) / 6
    let far = (4 - 6 * u * u + 3 * u * u * u) / 6
    return SIMD4(u * u * u / 6, near, far, t * t * t / 6)
  }
}
