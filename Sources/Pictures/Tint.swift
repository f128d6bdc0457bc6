/// A colour scale for previews.
package struct Tint: Sendable {
  /// Colours at equal steps from dark to bright, 0...1.
  private let stops: [(Float, Float, Float)]

  /// The colour of a value, 0...1.
  package func color(_ value: Float) -> (UInt8, UInt8, UInt8) {
    let position = value * Float(stops.count - 1)
    let index = max(0, min(stops.count - 2, Int(position)))
    let part = position - Float(index)
    let (a, b) = (stops[index], stops[index + 1])
    func mix(_ a: Float, _ b: Float) -> UInt8 { UInt8(max(0, min(255, ((a + (b - a) * part) * 255).rounded()))) }
    return (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
  }

  package static let ice = Tint(stops: [
    (0.01, 0.02, 0.06), (0.08, 0.2, 0.42), (0.35, 0.6, 0.85), (0.8, 0.93, 1), (1, 1, 1),
  ])
  package static let amber = Tint(stops: [
    (0.04, 0.02, 0.03), (0.38, 0.13, 0.08), (0.82, 0.42, 0.16), (1, 0.82, 0.5), (1, 1, 0.97),
  ])
  package static let rose = Tint(stops: [
    (0.03, 0.01, 0.05), (0.3, 0.08, 0.28), (0.72, 0.26, 0.42), (0.98, 0.66, 0.56), (1, 0.98, 0.94),
  ])
  package static let spectrum = Tint(stops: [
    (0.02, 0.02, 0.08), (0.16, 0.12, 0.42), (0.1, 0.48, 0.55), (0.5, 0.8, 0.36), (1, 0.96, 0.7),
  ])
}
