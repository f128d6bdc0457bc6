/// An angle taken apart: a sign, one to three numbers, and the unit of the first where it is written.
struct AngleText {
  /// The text, cut short where it is long, for messages.
  let shown: String
  /// The unit of the first number; `nil` when none is written.
  private(set) var unit: SkyAngle.Unit?
  /// Whether there are minutes, and perhaps seconds, beside the first number.
  var isSexagesimal: Bool { numbers.count > 1 }

  private var isNegative = false
  private var numbers: [Double] = []

  /// Reads an angle.
  /// - Throws: `SkyGeometryError`: `.unreadable`, or `.outOfRange` for minutes and seconds of 60 and more.
  init(_ text: some StringProtocol) throws(SkyGeometryError) {
    shown = text.count <= 40 ? String(text) : "\(text.prefix(40))…"
    var scan = Scan(text)
    isNegative = scan.sign()
    var marks: [String] = []
    while let number = scan.number() {
      guard numbers.count < 3 else { throw unreadable("has more than three numbers") }
      // Only the last of degrees, minutes and seconds may have a fraction.
      if let last = numbers.last, last != last.rounded() { throw unreadable("has a fraction before its last number") }
      numbers.append(number)
      marks.append(scan.mark())
    }
    guard scan.isAtEnd, !numbers.isEmpty else { throw unreadable("is no angle") }
    // `1:30:00 deg` names the unit of the first number at the end.
    if numbers.count > 1, let last = marks.last, marks.dropLast().allSatisfy({ $0 == ":" || $0.isEmpty }) {
      unit = last.isEmpty ? nil : try named(last)
    } else {
      unit = try unit(of: marks)
    }
    if unit.map({ $0 != .degree && $0 != .hour }) ?? false, isSexagesimal {
      throw unreadable("has minutes beside a unit that has none")
    }
    for number in numbers.dropFirst() where number >= 60 {
      throw SkyGeometryError(.outOfRange, "'\(shown)' has minutes or seconds that are not below 60.", word: nil)
    }
  }

  /// The angle in degrees, when its first number counts a unit.
  func degrees(as unit: SkyAngle.Unit) -> Double {
    var value = unit.degrees(numbers[0])
    if isSexagesimal {
      let seconds = numbers[0] * 3600 + numbers[1] * 60 + (numbers.count > 2 ? numbers[2] : 0)
      value = unit.degrees(seconds) / 3600
    }
    return isNegative ? -value : value
  }

  /// The unit that the marks behind the numbers tell: `d m s`, `h m s`, `° ' "`, or one unit behind one number.
  private func unit(of marks: [String]) throws(SkyGeometryError) -> SkyAngle.Unit? {
    guard marks[0] != ":" else { throw unreadable("ends with a colon") }
    if marks[0].isEmpty { return nil }
    let unit = try named(marks[0])
    let expected = [["m", "min", "'", "′", "arcmin"], ["s", "sec", "\"", "″", "''", "arcsec"]]
    for (index, mark) in marks.dropFirst().enumerated() {
      let isLast = index == marks.count - 2
      guard expected[index].contains(mark.lowercased()) || isLast && mark.isEmpty else {
        throw unreadable("has '\(mark)' where \(index == 0 ? "minutes" : "seconds") are expected")
      }
    }
    return unit
  }

  private func named(_ name: String) throws(SkyGeometryError) -> SkyAngle.Unit {
    guard let unit = SkyAngle.Unit(name: name) else { throw unreadable("has '\(name)', which is no unit") }
    return unit
  }

  private func unreadable(_ reason: String) -> SkyGeometryError {
    SkyGeometryError(.unreadable, "'\(shown)' \(reason); write an angle like \(SkyAngle.examples).", word: nil)
  }
}

/// Goes through the characters of an angle.
private struct Scan {
  private var rest: Substring.UnicodeScalarView

  init(_ text: some StringProtocol) {
    rest = Substring(text).unicodeScalars
    skipBlanks()
  }

  var isAtEnd: Bool { rest.isEmpty }

  private mutating func skipBlanks() { rest = rest.drop { $0.properties.isWhitespace } }

  /// Takes a sign; `true` for minus, also the typographer's.
  mutating func sign() -> Bool {
    guard let first = rest.first, "+-\u{2212}".unicodeScalars.contains(first) else { return false }
    rest.removeFirst()
    return first != "+"
  }

  /// Takes a number without sign: `12`, `12.5`, `.5`, `1e-3`.
  mutating func number() -> Double? {
    func isDigit(_ scalar: Unicode.Scalar?) -> Bool { scalar.map { ("0"..."9").contains($0) } ?? false }
    var end = rest.startIndex
    while end < rest.endIndex, isDigit(rest[end]) || rest[end] == "." { end = rest.index(after: end) }
    if end < rest.endIndex, rest[end] == "e" || rest[end] == "E" {
      var exponent = rest[rest.index(after: end)...]
      if exponent.first == "-" || exponent.first == "+" { exponent.removeFirst() }
      if isDigit(exponent.first) { end = exponent.firstIndex { !isDigit($0) } ?? rest.endIndex }
    }
    let bytes = Array(String(rest[..<end]).utf8)
    guard let value = bytes.withUnsafeBufferPointer({ DecimalNumber.read($0) }) else { return nil }
    rest = rest[end...]
    return value
  }

  /// Takes what stands behind a number: a colon, the letters of a unit, a mark, or nothing.
  mutating func mark() -> String {
    skipBlanks()
    defer { skipBlanks() }
    if rest.first == ":" || rest.first == "°" {
      return String(rest.removeFirst())
    }
    let isQuote = { (scalar: Unicode.Scalar) in "'\"′″".unicodeScalars.contains(scalar) }
    let isOfMark = rest.first.map(isQuote) == true ? isQuote : { $0.properties.isAlphabetic }
    let mark = rest.prefix(while: isOfMark)
    rest = rest[mark.endIndex...]
    return String(mark)
  }
}
