internal import ADQL
internal import SkyGeometry

extension SkyValue {
  /// The byte at the beginning of blobs of a type; `nil` for what is no point, circle or polygon.
  static func tag(of type: ADQLType) -> UInt8? {
    switch type {
    case .point: 1
    case .circle: 2
    case .polygon: 3
    default: nil
    }
  }

  /// A region that a query gives.
  /// - Returns: `nil` when it is no place or area of the sky.
  init?(_ region: ConstantRegion) {
    switch region {
    case .point(let point): self.init(numbers: [point.longitude, point.latitude])
    case .circle(let center, let radius): self.init(numbers: [center.longitude, center.latitude, radius])
    case .polygon(let vertices): self.init(numbers: vertices.flatMap { [$0.longitude, $0.latitude] })
    case .text(let text): self.init(constant: text)
    case .box(let center, let width, let height):
      guard let center = SkyPosition(longitude: center.longitude, latitude: center.latitude),
        let box = try? SkyPolygon(center: center, width: width, height: height)
      else { return nil }
      self = .polygon(box)
    }
  }

  /// A text that a query gives. That of a CAST has the type before it, which may stand there twice then.
  private init?(constant text: String) {
    if let value = SkyValue(text: text) {
      self = value
      return
    }
    let words = text.split(maxSplits: 2) { $0.isWhitespace }
    guard words.count == 3, words[0].uppercased() == words[1].uppercased(),
      let value = SkyValue(text: words[1] + " " + words[2])
    else { return nil }
    self = value
  }
}
