import Pictures
import SkyGeometry

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension SkyScene {
  /// The scene on a grid of pixels, without noise.
  /// - Parameters:
  ///   - frame: the pixels.
  ///   - micron: wavelength.
  ///   - roll: position angle of V3, which turns the spikes.
  func image(on frame: Frame, micron: Float, roll: Double) -> Plane {
    var plane = background(on: frame, micron: micron)
    let spread = PointSpread(micron: micron)
    for (star, x, y) in visibleStars(on: frame, margin: 40) {
      draw(star, x: x, y: y, into: &plane, frame: frame, spread: spread, micron: micron, roll: roll)
    }
    return plane
  }

  /// The stars on a grid and near its edges, with their pixel coordinates.
  func visibleStars(on frame: Frame, margin: Double) -> [(star: SceneStar, x: Double, y: Double)] {
    stars.compactMap { star in
      guard let (x, y) = frame.pixel(of: position(of: star)) else { return nil }
      let (width, height) = (Double(frame.width), Double(frame.height))
      guard x > -margin, y > -margin, x < width + margin, y < height + margin else { return nil }
      return (star, x, y)
    }
  }

  /// The extended light alone.
  func background(on frame: Frame, micron: Float) -> Plane {
    var result = Plane(width: frame.width, height: frame.height)
    // Over a few arcminutes the grid is flat in the target's plane too: three corners carry all others.
    func place(_ x: Double, _ y: Double) -> (Float, Float) {
      let (east, north) = plane.project(frame.sky(x: x, y: y)) ?? (0, 0)
      return (Float(east * 3600), Float(north * 3600))
    }
    let (x0, y0) = place(1, 1)
    let (x1, y1) = place(Double(frame.width), 1)
    let (x2, y2) = place(1, Double(frame.height))
    for row in 0..<frame.height {
      let v = Float(row) / Float(max(1, frame.height - 1))
      for column in 0..<frame.width {
        let u = Float(column) / Float(max(1, frame.width - 1))
        result.values[row * frame.width + column] = glow(
          x0 + (x1 - x0) * u + (x2 - x0) * v, y0 + (y1 - y0) * u + (y2 - y0) * v, micron: micron)
      }
    }
    return result
  }

  private func draw(
    _ star: SceneStar, x: Double, y: Double, into plane: inout Plane, frame: Frame, spread: PointSpread, micron: Float,
    roll: Double
  ) {
    let flux = star.flux * pow(micron / 2, star.slope)
    let reach = Double(spread.reach(flux: flux, level: 1.2))
    let (xReach, yReach) = (reach / frame.xScale, reach / frame.yScale)
    let columns = Range<Int>.clamped(
      max(0, Int((x - xReach).rounded()) - 1), min(frame.width, Int((x + xReach).rounded())))
    let rows = Range<Int>.clamped(
      max(0, Int((y - yReach).rounded()) - 1), min(frame.height, Int((y + yReach).rounded())))
    let turn = Float((frame.positionAngle - roll) * .pi / 180)
    let (sine, cosine) = (sin(turn), cos(turn))
    for row in rows {
      let v = Float((Double(row + 1) - y) * frame.yScale)
      for column in columns {
        let u = Float((Double(column + 1) - x) * frame.xScale)
        plane.values[row * frame.width + column] += flux * spread(u * cosine - v * sine, u * sine + v * cosine)
      }
    }
  }
}

extension Range where Bound == Int {
  /// `a..<b`, empty when the bounds are the wrong way round, as happens for a star beyond an edge.
  static func clamped(_ lower: Int, _ upper: Int) -> Range<Int> { lower..<Swift.max(lower, upper) }
}
