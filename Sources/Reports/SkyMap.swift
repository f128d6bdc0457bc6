import SkyGeometry

/// The footprints of a programme's observations as a picture: north up, east left, gnomonic around their middle.
struct SkyMap {
  /// A footprint and what is said when it is pointed at.
  struct Footprint: Hashable {
    var observation: String
    var group: String
    var polygons: [[SkyPosition]]
  }

  private let footprints: [Footprint]
  private let width = 640.0
  private let height = 420.0

  init(files: [PageFile]) {
    var seen: Set<Footprint> = []
    footprints = files.compactMap { file in
      guard let text = file.region, let region = try? SkyRegion(sRegion: text) else { return nil }
      let footprint = Footprint(
        observation: file.observation,
        group: (file.obsnum.map { "Observation \($0)" } ?? "Other") + (file.instrument.map { ", \($0)" } ?? ""),
        polygons: region.shapes.map(Self.outline))
      return seen.insert(footprint).inserted ? footprint : nil
    }
  }

  /// The picture; `nil` when nothing has a footprint, or when the footprints are too far apart for one plane.
  var svg: String? {
    let corners = footprints.flatMap { $0.polygons.flatMap(\.self) }
    guard let centre = Self.middle(of: corners) else { return nil }
    let plane = TangentPlane(center: centre)
    let projected = corners.compactMap(plane.project)
    guard projected.count == corners.count, let box = Box(projected), box.reach < 60 else { return nil }
    let scale = min((width - 80) / max(box.width, 1e-5), (height - 80) / max(box.height, 1e-5))
    func point(_ position: SkyPosition) -> String {
      guard let (east, north) = plane.project(position) else { return "" }
      return
        "\(Self.text(width / 2 - (east - box.east) * scale)),\(Self.text(height / 2 - (north - box.north) * scale))"
    }
    var groups: [String] = []
    var shapes = ""
    for footprint in footprints {
      if !groups.contains(footprint.group) { groups.append(footprint.group) }
      let colour = (groups.firstIndex(of: footprint.group) ?? 0) % 8
      for polygon in footprint.polygons {
        shapes += "<polygon class=\"footprint c\(colour)\" points=\"\(polygon.map(point).joined(separator: " "))\">"
        shapes += "<title>\(Self.escaped(footprint.observation + "\n" + footprint.group))</title></polygon>\n"
      }
    }
    let legend = groups.prefix(8).enumerated().map { index, group in
      "<g class=\"legend\"><rect class=\"c\(index)\" x=\"14\" y=\"\(12 + index * 18)\" width=\"11\" height=\"11\"/>"
        + "<text x=\"31\" y=\"\(22 + index * 18)\">\(Self.escaped(group))</text></g>"
    }.joined(separator: "\n")
    return """
      <svg class="sky" viewBox="0 0 \(Int(width)) \(Int(height))" role="img" aria-label="Footprints on the sky">
      \(shapes)\(legend)
      \(compass)
      \(scaleBar(pixelsPerDegree: scale))
      <text x="\(Int(width) - 14)" y="\(Int(height) - 14)" text-anchor="end">\(Self.text(centre.ra, digits: 5))\u{B0} \
      \(centre.dec < 0 ? "\u{2212}" : "+")\(Self.text(abs(centre.dec), digits: 5))\u{B0} ICRS</text>
      </svg>
      """
  }

  private var compass: String {
    let (x, y) = (width - 34, 62.0)
    return """
      <g class="compass"><path d="M\(x) \(y) V\(y - 34) M\(x) \(y) H\(x - 34)"/>\
      <text x="\(x)" y="\(y - 40)" text-anchor="middle">N</text><text x="\(x - 44)" y="\(y + 4)" text-anchor="middle">E</text></g>
      """
  }

  /// A bar of a round length, about a fifth of the picture.
  private func scaleBar(pixelsPerDegree: Double) -> String {
    let steps: [(Double, String)] = [
      (1 / 3600, "1\u{2033}"), (2 / 3600, "2\u{2033}"), (5 / 3600, "5\u{2033}"), (10 / 3600, "10\u{2033}"),
      (30 / 3600, "30\u{2033}"), (1 / 60, "1\u{2032}"), (2 / 60, "2\u{2032}"), (5 / 60, "5\u{2032}"),
      (10 / 60, "10\u{2032}"), (0.5, "30\u{2032}"), (1, "1\u{B0}"), (5, "5\u{B0}"), (20, "20\u{B0}"),
    ]
    let (degrees, label) = steps.last { $0.0 * pixelsPerDegree <= width / 4 } ?? steps[0]
    let length = degrees * pixelsPerDegree
    return """
      <g class="compass"><path d="M14 \(height - 18) h\(Self.text(length))"/>\
      <text x="\(Self.text(22 + length))" y="\(height - 14)">\(label)</text></g>
      """
  }

  private static func outline(_ shape: SkyRegion.Shape) -> [SkyPosition] {
    switch shape {
    case .polygon(let polygon): polygon.vertices
    case .circle(let circle):
      stride(from: 0.0, to: 360, by: 10).map { circle.center.offset(positionAngle: $0, separation: circle.radius) }
    }
  }

  private static func middle(of corners: [SkyPosition]) -> SkyPosition? {
    guard !corners.isEmpty else { return nil }
    let sum = corners.map(\.vector).reduce(UnitVector(x: 0, y: 0, z: 0), +)
    return sum.normalized.map(SkyPosition.init)
  }

  private static func text(_ value: Double, digits: Int = 2) -> String {
    let factor = digits == 5 ? 1e5 : 100
    return String((value * factor).rounded() / factor)
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
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
