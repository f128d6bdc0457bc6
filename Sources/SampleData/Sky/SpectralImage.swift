import Pictures
import Holdings

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Detector images of the spectroscopic modes, without noise.
struct SpectralImage: Sendable {
  let exposure: Exposure
  let scene: SkyScene
  let seed: UInt64

  private var width: Int { exposure.mode.pixels.width }
  private var height: Int { exposure.mode.pixels.height }

  func image() -> Plane {
    var plane = Plane(width: width, height: height)
    for index in plane.values.indices { plane.values[index] = 1.5 }
    switch exposure.mode {
    case .nircamWFSS, .nirissWFSS: disperseField(into: &plane)
    case .nirspecMSA: drawShutters(into: &plane)
    case .nirspecIFU: drawSlices(into: &plane, count: 15, alongRows: true)
    case .miriMRS: drawSlices(into: &plane, count: 12, alongRows: false)
    case .nirspecBOTS: drawTrace(into: &plane, weight: 2_600) { _ in 15.5 }
    case .nirissSOSS:
      drawTrace(into: &plane, weight: 700) { 35 - 22 * $0 + 14 * $0 * $0 }
      drawTrace(into: &plane, weight: 200, part: 0...0.62) { 24 - 20 * $0 + 4 * $0 * $0 }
    case .miriLRS: drawSlit(into: &plane)
    default: break
    }
    return plane
  }

  private func micron(_ part: Float) -> Float {
    let range = exposure.optics.range
    return Float(range.lowerBound) + Float(range.upperBound - range.lowerBound) * part
  }

  /// A spectrum along x whose middle follows a curve; used for single sources.
  private func drawTrace(
    into plane: inout Plane, weight: Float, part: ClosedRange<Float> = 0...1, middle: (Float) -> Float
  ) {
    let spectrum = SourceSpectrum(seed: seed, name: exposure.target.name, isStar: exposure.target.look == .star)
    for column in 0..<width {
      let position = Float(column) / Float(width - 1)
      guard part.contains(position) else { continue }
      let flux = weight * spectrum.flux(micron(position)) * (1 - pow(abs(2 * position - 1), 8))
      let center = middle(position)
      for row in 0..<height {
        let distance = (Float(row) - center) / 2.1
        plane.values[row * width + column] +=
          flux * (exp(-distance * distance) + 0.004 / (1 + distance * distance * 0.02))
      }
    }
  }

  /// Open shutters: each with three short spectra one above the other, as nodding leaves them.
  private func drawShutters(into plane: inout Plane) {
    var random = RandomSource(seed: seed, name: "shutters \(exposure.visitID)")
    let right = exposure.detector == .nrs2
    var row = Float(5)
    var source = 0
    while row < Float(height) - 8 {
      let spectrum = SourceSpectrum(seed: seed, name: "\(exposure.target.name) \(source)")
      let start = Float(random.uniform(-25...30))
      let weight = Float(20 * pow(random.uniform(), 2) + 3)
      let nod = Float(exposure.dither - 1) * 1.2
      for column in 0..<width {
        let position = (Float(column) - start + (right ? Float(width) * 0.8 : 0)) / (Float(width) * 1.7)
        guard position > 0, position < 1 else { continue }
        let center = row + 2.5 + nod + 1.8 * position
        let flux = weight * spectrum.flux(micron(position))
        for line in max(0, Int(row) - 2)...min(height - 1, Int(row) + 8) {
          let distance = (Float(line) - center) / 1.1
          plane.values[line * width + column] += flux * exp(-distance * distance) + (abs(distance) < 3 ? 4 : 0)
        }
      }
      source += 1
      row += 9 + Float(random.uniform(0...4))
    }
  }

  /// Slices of a small field side by side, each dispersed, with the lines of the gas at the same wavelength in all.
  private func drawSlices(into plane: inout Plane, count: Int, alongRows: Bool) {
    let spectrum = SourceSpectrum(seed: seed, name: exposure.target.name)
    let noise = Noise(seed: seed)
    let span = Float(alongRows ? height : width) / Float(count)
    for row in 0..<height {
      for column in 0..<width {
        let (across, along) =
          alongRows ? (Float(row), Float(column) / Float(width)) : (Float(column), Float(row) / Float(height))
        let bow = alongRows ? 0 : 3 * (along - 0.5) * (along - 0.5)
        let slice = ((across + bow) / span).rounded(.down)
        let inside = (across + bow) / span - slice
        guard inside > 0.12, inside < 0.9 else { continue }
        let light = 0.35 + noise.cloud(slice * 0.35, inside * 2)
        let shift = 0.012 * (slice / Float(count) - 0.5)
        let fringe = alongRows ? 1 : 1 + 0.12 * cos(along * 160)
        plane.values[row * width + column] +=
          (alongRows ? 9 : 60) * light * fringe * spectrum.flux(micron(min(1, max(0, along + shift))), resolution: 220)
      }
    }
  }

  /// A slit along x, dispersed along y, the long wavelengths at the bottom.
  private func drawSlit(into plane: inout Plane) {
    let spectrum = SourceSpectrum(seed: seed, name: exposure.target.name)
    let center = Float(width) / 2 + (exposure.dither == 1 ? -7 : 7)
    for row in 0..<height {
      let part = 1 - Float(row) / Float(height)
      let flux = 60 * spectrum.flux(micron(part), resolution: 60)
      let sky = 3 + 14 * part * part
      for column in 0..<width where abs(column - width / 2) < 18 {
        let distance = (Float(column) - center) / (1.4 + 1.2 * part)
        plane.values[row * width + column] += flux * exp(-distance * distance) + sky
      }
    }
  }

  /// Every star of the field drawn out along the dispersion.
  private func disperseField(into plane: inout Plane) {
    let vertical = exposure.optics.filter == "GR150C" || exposure.optics.pupil == "GRISMC"
    let stars = scene.visibleStars(on: exposure.frame, margin: 30)
    for (index, (star, x, y)) in stars.enumerated() {
      let spectrum = SourceSpectrum(seed: seed, name: "\(exposure.target.name) \(index % 40)")
      let length = 34
      for step in 0..<length {
        let part = Float(step) / Float(length - 1)
        let flux = min(600, star.flux * 0.12) * spectrum.flux(micron(part)) * (1 - pow(abs(2 * part - 1), 6))
        let u = vertical ? Float(x) - 1 : Float(x) - 1 + Float(step) - Float(length) / 2
        let v = vertical ? Float(y) - 1 + Float(step) - Float(length) / 2 : Float(y) - 1
        for row in max(0, Int(v) - 2)..<max(max(0, Int(v) - 2), min(height, Int(v) + 4)) {
          for column in max(0, Int(u) - 2)..<max(max(0, Int(u) - 2), min(width, Int(u) + 4)) {
            let (dx, dy) = ((Float(column) - u) / 0.9, (Float(row) - v) / 0.9)
            plane.values[row * width + column] += flux * exp(-dx * dx - dy * dy)
          }
        }
      }
    }
    let background = scene.background(on: exposure.frame, micron: exposure.optics.middle)
    for index in plane.values.indices { plane.values[index] += 0.4 * background.values[index] }
  }
}
