/// Reads units as VOUnits and the older habits of the field write them: `deg`, `mas.yr-1`, `km/s`, `deg**-2`, `10**-3 Jy`, `erg/(s.cm2)`.
struct UnitParser {
  /// Why a unit is none.
  enum Failure: Error {
    /// There is no such unit.
    case unknown(String)
    /// The text is not made as units are.
    case malformed
  }

  private var rest: Substring.UnicodeScalarView
  private var depth = 0

  /// The unit of a text; an empty one is no unit.
  static func parse(_ text: String) throws(Failure) -> PhysicalUnit {
    guard text.utf8.count <= 200 else { throw .malformed }
    var parser = UnitParser(rest: text[...].unicodeScalars)
    let unit = try parser.product()
    guard parser.rest.isEmpty else { throw .malformed }
    return unit
  }

  private mutating func product() throws(Failure) -> PhysicalUnit {
    skipSpaces()
    var unit: PhysicalUnit
    if rest.first == "/" {
      unit = PhysicalUnit()
    } else {
      unit = try term()
    }
    while true {
      skipSpaces()
      guard let next = rest.first, next != ")" else { return unit }
      switch next {
      case "/":
        rest.removeFirst()
        unit = try bounded(unit / (try term()))
      case ".", "*":
        rest.removeFirst()
        unit = try bounded(unit * (try term()))
      default:
        unit = try bounded(unit * (try term()))
      }
    }
  }

  private mutating func term() throws(Failure) -> PhysicalUnit {
    skipSpaces()
    guard let first = rest.first else { throw .malformed }
    var unit: PhysicalUnit
    if first == "(" {
      depth += 1
      guard depth < 20 else { throw .malformed }
      rest.removeFirst()
      unit = try product()
      guard rest.popFirst() == ")" else { throw .malformed }
      depth -= 1
    } else if ("0"..."9").contains(first) {
      let value = try number()
      unit = value == 10 ? PhysicalUnit(factors: [.init(symbol: "10", power: 1)]) : PhysicalUnit(scale: value)
    } else {
      unit = try symbol()
    }
    if let power = try exponent() { unit = try bounded(unit.raised(to: power)) }
    return unit
  }

  private func bounded(_ unit: PhysicalUnit?) throws(Failure) -> PhysicalUnit {
    guard let unit else { throw .malformed }
    return unit
  }

  private mutating func symbol() throws(Failure) -> PhysicalUnit {
    let name = String(rest.prefix { $0.properties.isAlphabetic || $0 == "%" || $0 == "_" || $0 == "µ" })
    guard !name.isEmpty else { throw .malformed }
    rest.removeFirst(name.unicodeScalars.count)
    if name == "sqrt", rest.first == "(" {
      return try bounded(try term().raised(to: 0.5))
    }
    guard UnitTable.unit(name) != nil else { throw .unknown(name) }
    return PhysicalUnit(factors: [.init(symbol: name, power: 1)])
  }

  /// A power: `**2`, `^-1`, `**(1/2)`, or the bare number of `s-1` and `cm2`.
  private mutating func exponent() throws(Failure) -> Double? {
    if rest.starts(with: "**".unicodeScalars) {
      rest.removeFirst(2)
    } else if rest.first == "^" {
      rest.removeFirst()
    } else {
      let next = rest.first == "-" || rest.first == "+" ? rest.dropFirst().first : rest.first
      guard let next, ("0"..."9").contains(next) else { return nil }
    }
    let inParentheses = rest.first == "("
    if inParentheses { rest.removeFirst() }
    var value = try signed()
    if inParentheses {
      if rest.first == "/" {
        rest.removeFirst()
        value /= try signed()
      }
      guard rest.popFirst() == ")" else { throw .malformed }
    }
    guard value.isFinite, value.magnitude <= 30, (value * 2).rounded() == value * 2 else { throw .malformed }
    return value
  }

  private mutating func signed() throws(Failure) -> Double {
    let sign = rest.first
    if sign == "-" || sign == "+" { rest.removeFirst() }
    let value = try number()
    return sign == "-" ? -value : value
  }

  private mutating func number() throws(Failure) -> Double {
    var digits = String(rest.prefix { ("0"..."9").contains($0) })
    rest.removeFirst(digits.unicodeScalars.count)
    if rest.first == ".", let next = rest.dropFirst().first, ("0"..."9").contains(next) {
      let fraction = String(rest.dropFirst().prefix { ("0"..."9").contains($0) })
      rest.removeFirst(fraction.unicodeScalars.count + 1)
      digits += "." + fraction
    }
    guard let value = Double(digits) else { throw .malformed }
    return value
  }

  private mutating func skipSpaces() {
    while rest.first == " " { rest.removeFirst() }
  }
}
