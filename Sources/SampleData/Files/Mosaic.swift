import Pictures
import SkyGeometry

/// A mosaic of exposures: the scene where at least one of them looked, with noise that falls with their number.
struct Mosaic {
  let frame: Frame
  private let values: [Float]
  private let errors: [Float]
  private let weights: [Float]

  init(combination: Combination, scene: SkyScene, seed: UInt64) {
    let isLarge = combination.mode == .nircamImage || combination.mode == .miriImage
    frame = combination.frame(longSide: combination.mode == .nircamCoron ? 80 : isLarge ? 224 : 192)
    var random = RandomSource(seed: seed, name: "mosaic " + combination.root)
    let members = combination.members.map(\.frame)
    let light: Plane
    if combination.mode == .nircamCoron, let member = combination.members.first {
      light = ExposureFiles(exposure: member, scene: scene, seed: seed).light(on: frame)
    } else {
      light = scene.image(
        on: frame, micron: combination.optics.middle, roll: combination.members[0].attitude.roll)
    }
    var (values, errors, weights): ([Float], [Float], [Float]) = ([], [], [])
    for row in 0..<frame.height {
      for column in 0..<frame.width {
        let sky = frame.sky(x: Double(column + 1), y: Double(row + 1))
        let depth = members.count { member in
          guard let (x, y) = member.pixel(of: sky) else { return false }
          return x > 0.5 && y > 0.5 && x < Double(member.width) + 0.5 && y < Double(member.height) + 0.5
        }
        guard depth > 0 else {
          values.append(.nan)
          errors.append(.nan)
          weights.append(0)
          continue
        }
        let signal = light.values[row * frame.width + column] * 0.147
        let error = (0.02 + signal * 0.004).squareRoot() / Float(depth).squareRoot()
        values.append(signal + error * random.normal())
        errors.append(error)
        weights.append(Float(depth))
      }
    }
    self.values = values
    self.errors = errors
    self.weights = weights
  }

  /// Number of exposures at pixel coordinates, 0 outside.
  func weight(x: Double, y: Double) -> Float {
    let (column, row) = (Int(x.rounded()) - 1, Int(y.rounded()) - 1)
    guard column >= 0, row >= 0, column < frame.width, row < frame.height else { return 0 }
    return weights[row * frame.width + column]
  }

  func append(to file: FITSWriter) throws(SampleDataError) -> Plane {
    let axes = [frame.width, frame.height]
    let unit = FITSCard("BUNIT", "MJy/sr", "unit of the data")
    try file.append("SCI", axes: axes, floats: values, cards: [unit] + frame.cards)
    try file.append("ERR", axes: axes, floats: errors, cards: [unit])
    try file.append("WHT", axes: axes, floats: weights)
    return Plane(width: frame.width, height: frame.height, values: values)
  }

  /// The segmentation: each pixel carries the number of the catalogue source that it belongs to.
  func appendSegments(
    to file: FITSWriter, sources: [(star: SceneStar, x: Double, y: Double)]
  ) throws(SampleDataError) {
    var labels = [Int16](repeating: 0, count: values.count)
    // From faint to bright, so that the brighter of two neighbours keeps the pixels both want.
    for (index, source) in sources.enumerated().reversed() {
      let reach = min(9, 1.5 + Double(source.star.flux).squareRoot() / 12)
      for row in max(0, Int(source.y - reach) - 1)...min(frame.height - 1, Int(source.y + reach)) {
        for column in max(0, Int(source.x - reach) - 1)...min(frame.width - 1, Int(source.x + reach)) {
          let (dx, dy) = (Double(column + 1) - source.x, Double(row + 1) - source.y)
          if dx * dx + dy * dy <= reach * reach { labels[row * frame.width + column] = Int16(index + 1) }
        }
      }
    }
    try file.append("SCI", axes: [frame.width, frame.height], flags: labels, cards: frame.cards)
  }
}
