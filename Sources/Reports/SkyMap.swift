import SkyGeometry

/// The footprints of a programme's observations as a picture: north up, east left.
///
/// What lies within ten degrees is drawn on the tangent plane around its middle, anything wider on the whole sky.
struct SkyMap {
  /// A footprint and what is said when it is pointed at.
  struct Footprint: Hashable {
    var observation: String
    var group: String
    var outlines: [[SkyPosition]]
  }

  private let footprints: [Footprint]
  private let width = 640.0
  private let height = 420.0

  init(files: [PageFile]) {
    var seen: Set<String> = []
    footprints = files.compactMap { file in
      guard let text = file.region, seen.insert(file.observation + "\n" + text).inserted,
        let region = try? SkyRegion(sRegion: text)
      else { return nil }
      return Footprint(
        observation: file.observation,
        group: (file.obsnum.map { "Observation \($0)" } ?? "Other") + (file.instrument.map { ", \($0)" } ?? ""),
        outlines: region.shapes.map(Self.outline))
    }
  }

  /// The picture; `nil` when nothing has a footprint.
  var svg: HTML? {
    let corners = footprints.flatMap { $0.outlines.flatMap(\.self) }
    guard !corners.isEmpty else { return nil }
    return local(corners) ?? wholeSky
  }

  /// The map on the tangent plane; `nil` when the footprints are too far apart for it.
  private func local(_ corners: [SkyPosition]) -> HTML? {
    guard let middle = Self.middle(of: corners) else { return nil }
    let plane = TangentPlane(center: middle)
    let projected = corners.compactMap(plane.project)
    guard projected.count == corners.count, let box = Box(projected), box.reach < 10 else { return nil }
    let scale = min((width - 80) / max(box.width, 1e-5), (height - 80) / max(box.height, 1e-5))
    let shapes = shapes { position in
      plane.project(position).map {
        (width / 2 - ($0.east - box.east) * scale, height / 2 - ($0.north - box.north) * scale)
      }
    }
    let centre = plane.position(east: box.east, north: box.north)
    let sign = centre.dec < 0 ? "\u{2212}" : "+"
    return frame(
      """
      \(shapes)
      \(compass)
      \(scaleBar(pixelsPerDegree: scale))
      <text x="\(Int(width) - 14)" y="\(Int(height) - 14)" text-anchor="end">\(Self.text(centre.ra, digits: 5))\u{B0} \
      \(sign)\(Self.text(abs(centre.dec), digits: 5))\u{B0} ICRS</text>
      """)
  }

  /// The whole sky in Hammer's equal-area projection, 0° in the middle, right ascension growing to the left.
  private var wholeSky: HTML {
    func point(_ ra: Double, _ dec: Double) -> (x: Double, y: Double) {
      let turned = ra > 180 ? ra - 360 : ra
      let (x, y) = HammerProjection.project(longitude: turned, latitude: dec)
      return (width / 2 - x * 290, height / 2 - y * 290 + 8)
    }
    func line(_ points: [(x: Double, y: Double)]) -> String {
      points.map { "\(Self.text($0.x)),\(Self.text($0.y))" }.joined(separator: " ")
    }
    let meridians = stride(from: -180.0, through: 180, by: 60).map { ra in
      line(stride(from: -90.0, through: 90, by: 5).map { point(ra, $0) })
    }
    let parallels = stride(from: -60.0, through: 60, by: 30).map { dec in
      line(stride(from: -180.0, through: 180, by: 5).map { point($0, dec) })
    }
    let grid = (meridians + parallels).map { "<polyline class=\"grid\" points=\"\($0)\"/>\n" as HTML }
    let labels = [(120.0, "8h"), (60, "4h"), (0, "0h"), (300, "20h"), (240, "16h")].map { ra, label -> HTML in
      let (x, y) = point(ra, 0)
      return "<text x=\"\(Self.text(x + 4))\" y=\"\(Self.text(y - 5))\">\(label)</text>"
    }
    return frame("\(grid)\(labels)\n\(shapes(isWhole: true) { point($0.ra, $0.dec) })")
  }

  private func frame(_ content: HTML) -> HTML {
    """
    <svg class="sky" viewBox="0 0 \(Int(width)) \(Int(height))" role="img" aria-label="Footprints on the sky">
    \(content)
    \(legend)
    </svg>
    """
  }

  private var groups: [String] {
    var seen: Set<String> = []
    return footprints.map(\.group).filter { seen.insert($0).inserted }
  }

  /// The footprints where a projection puts them; those too small to be seen get a dot.
  private func shapes(isWhole: Bool = false, _ project: (SkyPosition) -> (x: Double, y: Double)?) -> HTML {
    let colours = Dictionary(groups.enumerated().map { ($1, $0 % 8) }, uniquingKeysWith: { first, _ in first })
    var shapes: [HTML] = []
    for footprint in footprints {
      let about: HTML = "<title>\(footprint.observation + "\n" + footprint.group)</title>"
      let colour = colours[footprint.group] ?? 0
      for outline in footprint.outlines {
        var points = outline.compactMap(project)
        guard let (x, y) = points.first, points.count == outline.count else { continue }
        // At the edge of the whole sky, an outline would go across all of it.
        if isWhole, points.contains(where: { abs($0.x - x) > width / 2 }) { points = [(x, y)] }
        if points.allSatisfy({ abs($0.x - x) < 3 && abs($0.y - y) < 3 }) {
          shapes.append(
            """
            <circle class="footprint c\(colour)" cx="\(Self.text(x))" cy="\(Self.text(y))" r="4">\(about)</circle>

            """)
        } else {
          let corners = points.map { "\(Self.text($0.x)),\(Self.text($0.y))" }.joined(separator: " ")
          shapes.append(
            """
            <polygon class="footprint c\(colour)" points="\(corners)">\(about)</polygon>

            """)
        }
      }
    }
    return HTML(shapes)
  }

  private var legend: HTML {
    let shown = groups.prefix(8).enumerated().map { index, group -> HTML in
      """
      <rect class="c\(index)" x="14" y="\(12 + index * 17)" width="10" height="10"/>\
      <text x="30" y="\(21 + index * 17)">\(group)</text>

      """
    }
    let more: HTML =
      groups.count > 8 ? "<text x=\"30\" y=\"\(21 + 8 * 17)\">and \(groups.count - 8) more</text>" : ""
    return "<g class=\"legend\">\n\(shown)\(more)</g>"
  }

  private var compass: HTML {
    let (x, y) = (Int(width) - 34, 62)
    return """
      <g class="compass"><path d="M\(x) \(y) V\(y - 34) M\(x) \(y) H\(x - 34)"/>\
      <text x="\(x)" y="\(y - 40)" text-anchor="middle">N</text><text x="\(x - 44)" y="\(y + 4)" text-anchor="middle">E</text></g>
      """
  }

  /// A bar of a round length, at most a quarter of the picture.
  private func scaleBar(pixelsPerDegree: Double) -> HTML {
    let steps: [(Double, String)] = [
      (1 / 3600, "1\u{2033}"), (2 / 3600, "2\u{2033}"), (5 / 3600, "5\u{2033}"), (10 / 3600, "10\u{2033}"),
      (30 / 3600, "30\u{2033}"), (1 / 60, "1\u{2032}"), (2 / 60, "2\u{2032}"), (5 / 60, "5\u{2032}"),
      (10 / 60, "10\u{2032}"), (0.5, "30\u{2032}"), (1, "1\u{B0}"), (2, "2\u{B0}"),
    ]
    let (degrees, label) = steps.last { $0.0 * pixelsPerDegree <= width / 4 } ?? steps[0]
    let length = degrees * pixelsPerDegree
    return """
      <g class="compass"><path d="M14 \(Int(height) - 18) h\(Self.text(length))"/>\
      <text x="\(Self.text(22 + length))" y="\(Int(height) - 14)">\(label)</text></g>
      """
  }

  private static func outline(_ shape: SkyRegion.Shape) -> [SkyPosition] {
    switch shape {
    case .polygon(let polygon): polygon.vertices
    case .circle(let circle):
      stride(from: 0.0, to: 360, by: 10).map { circle.center.offset(positionAngle: $0, separation: circle.radius) }
    case .range(let range):
      // Its northern and southern sides are parallels.
      (0...18).map { SkyPosition(ra: range.west + range.width * Double($0) / 18, dec: range.south) }
        + (0...18).map { SkyPosition(ra: range.west + range.width * Double(18 - $0) / 18, dec: range.north) }
    }
  }

  private static func middle(of corners: [SkyPosition]) -> SkyPosition? {
    let sum = corners.map(\.vector).reduce(UnitVector(x: 0, y: 0, z: 0), +)
    return sum.normalized.map(SkyPosition.init)
  }

  private static func text(_ value: Double, digits: Int = 2) -> String {
    let factor = digits == 5 ? 1e5 : 100
    return String((value * factor).rounded() / factor)
  }

  /// The rectangle that holds projected points, degrees.
  private struct Box {
    let east, north, width, height: Double

    init?(_ points: [(east: Double, north: Double)]) {
      guard let left = points.map(\.east).min(), let right = points.map(\.east).max(),
        let low = points.map(\.north).min(), let high = points.map(\.north).max()
      else { return nil }
      (east, north) = ((left + right) / 2, (low + high) / 2)
      (width, height) = (right - left, high - low)
    }

    var reach: Double { max(width, height) }
  }
}
