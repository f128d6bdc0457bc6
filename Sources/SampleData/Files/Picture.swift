import CJPEG

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A plane of numbers, rows from the bottom as in FITS.
struct Plane: Sendable {
  var width: Int
  var height: Int
  var values: [Float]

  init(width: Int, height: Int, values: [Float]) {
    self.width = width
    self.height = height
    self.values = values
  }

  init(width: Int, height: Int) {
    self.init(width: width, height: height, values: [Float](repeating: 0, count: width * height))
  }
}

/// Preview pictures: an asinh stretch between sky and bright sources, a colour scale, JPEG.
enum Picture {
  /// Renders a plane as JPEG.
  /// - Parameters:
  ///   - plane: the numbers; what is not finite becomes black.
  ///   - side: length of the longer side, pixels.
  ///   - tint: the colours from dark to bright.
  static func jpeg(_ plane: Plane, side: Int, tint: Tint, quality: Int = 85) throws(SampleDataError) -> [UInt8] {
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
    return try encode(samples, width: width, height: height, quality: quality)
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

  private static func encode(
    _ samples: [UInt8], width: Int, height: Int, quality: Int
  ) throws(SampleDataError) -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    var message = [CChar](repeating: 0, count: 256)
    guard cjpeg_encode(samples, Int32(width), Int32(height), 3, Int32(quality), &bytes, &count, &message) == 0 else {
      let reason = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      throw SampleDataError(.jpeg, "The preview could not be compressed: \(reason).")
    }
    defer { cjpeg_free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }
}

/// A colour scale for previews.
struct Tint: Sendable {
  /// Colours at equal steps from dark to bright, 0...1.
  private let stops: [(Float, Float, Float)]

  func color(_ value: Float) -> (UInt8, UInt8, UInt8) {
    let position = value * Float(stops.count - 1)
    let index = max(0, min(stops.count - 2, Int(position)))
    let part = position - Float(index)
    let (a, b) = (stops[index], stops[index + 1])
    func mix(_ a: Float, _ b: Float) -> UInt8 { UInt8(max(0, min(255, ((a + (b - a) * part) * 255).rounded()))) }
    return (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
  }

  static let ice = Tint(stops: [(0.01, 0.02, 0.06), (0.08, 0.2, 0.42), (0.35, 0.6, 0.85), (0.8, 0.93, 1), (1, 1, 1)])
  static let amber = Tint(stops: [
    (0.04, 0.02, 0.03), (0.38, 0.13, 0.08), (0.82, 0.42, 0.16), (1, 0.82, 0.5), (1, 1, 0.97),
  ])
  static let rose = Tint(stops: [
    (0.03, 0.01, 0.05), (0.3, 0.08, 0.28), (0.72, 0.26, 0.42), (0.98, 0.66, 0.56), (1, 0.98, 0.94),
  ])
  static let spectrum = Tint(stops: [
    (0.02, 0.02, 0.08), (0.16, 0.12, 0.42), (0.1, 0.48, 0.55), (0.5, 0.8, 0.36), (1, 0.96, 0.7),
  ])
}
