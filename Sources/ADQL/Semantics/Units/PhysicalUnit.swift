/// A unit as a product of powers of named units, such as `mas.yr-1`. Source: VOUnits 1.1, section 2.
struct PhysicalUnit: Hashable {
  /// A named unit to a power.
  struct Factor: Hashable {
    var symbol: String
    var power: Double
  }

  /// The greatest power that a named unit may have. No quantity comes near it, but powers of powers of a hostile text would.
  static let greatestPower = 100.0

  /// A number before the units.
  var scale = 1.0
  /// The named units, each once, in the order they were met.
  var factors: [Factor] = []

  /// The unit as VOUnits write it.
  var text: String {
    var parts = factors.map { factor in
      factor.power == 1 ? factor.symbol : "\(factor.symbol)**\(Self.exponent(factor.power))"
    }
    if scale != 1 { parts.insert("\(scale)", at: 0) }
    return parts.joined(separator: ".")
  }

  /// What to multiply a value in this unit with to have it in another; nil when they do not measure the same.
  func factor(to other: PhysicalUnit) -> Double? {
    // Units that are in both cancel before anything is computed.
    guard let ratio = (self / other)?.base, ratio.dimensions.isEmpty else { return nil }
    let power = UnitTable.power(10, ratio.exponent.magnitude)
    let factor = ratio.exponent < 0 ? ratio.scale / power : ratio.scale * power
    return factor.isFinite && factor > 0 ? factor : nil
  }

  /// The product; nil when a power in it is beyond all use.
  static func * (left: PhysicalUnit, right: PhysicalUnit) -> PhysicalUnit? {
    var product = left
    product.scale *= right.scale
    for factor in right.factors {
      if let index = product.factors.firstIndex(where: { $0.symbol == factor.symbol }) {
        product.factors[index].power += factor.power
      } else {
        product.factors.append(factor)
      }
    }
    product.factors.removeAll { $0.power == 0 }
    return product.isBounded ? product : nil
  }

  /// The quotient; nil when a power in it is beyond all use.
  static func / (left: PhysicalUnit, right: PhysicalUnit) -> PhysicalUnit? {
    right.raised(to: -1).flatMap { left * $0 }
  }

  /// The unit to a power; nil when that is beyond all use.
  func raised(to power: Double) -> PhysicalUnit? {
    guard power != 0 else { return PhysicalUnit() }
    let result = PhysicalUnit(
      scale: UnitTable.power(scale, power),
      factors: factors.map { Factor(symbol: $0.symbol, power: $0.power * power) })
    return result.isBounded ? result : nil
  }

  private var isBounded: Bool {
    scale.isFinite && factors.allSatisfy { $0.power.magnitude <= Self.greatestPower }
  }

  /// The unit in base units: what one of it is, times a power of ten, and the powers of the base units.
  private var base: (scale: Double, exponent: Double, dimensions: [String: Double]) {
    var result = (scale: scale, exponent: 0.0, dimensions: [String: Double]())
    // What is divided by is gathered first: equal scales of different units then cancel without a trace.
    var divisor = 1.0
    for factor in factors {
      guard let unit = UnitTable.unit(factor.symbol) else { continue }
      let power = UnitTable.power(unit.scale, factor.power.magnitude)
      if factor.power < 0 { divisor *= power } else { result.scale *= power }
      result.exponent += Double(unit.decimalExponent) * factor.power
      for (dimension, power) in unit.dimensions {
        result.dimensions[dimension, default: 0] += power * factor.power
      }
    }
    result.scale /= divisor
    result.dimensions = result.dimensions.filter { $0.value != 0 }
    return result
  }

  private static func exponent(_ power: Double) -> String {
    Int(exactly: power).map { "\($0)" } ?? "\(power)"
  }
}
