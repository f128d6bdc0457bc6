extension Unicode.Scalar {
  /// Places that a terminal gives the character: two for East Asian wide ones and pictures, none for marks that sit on others.
  var displayWidth: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// The character as it can be shown: control characters as their pictures, those that turn the line round as U+FFFD.
  var harmless: Unicode.Scalar {
    switch value {
    case 0..<0x20: Unicode.Scalar(0x2400 + value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    case 0x80..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: "\u{FFFD}"
    default: self
    }
  }
}

extension String {
  /// The text with nothing in it that a terminal would obey.
  var harmless: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map(\.harmless)))
  }

  /// Places that a terminal gives the text.
  var displayWidth: Int {
    if utf8.allSatisfy({ $0 < 0x7F }) { return utf8.count }
    return unicodeScalars.reduce(0) { $0 + $1.displayWidth }
  }

  /// The text, or its beginning and `…` where it is wider.
  func shortened(toWidth limit: Int) -> String {
    guard displayWidth > limit else { return self }
    var width = 0
    var kept = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      width += scalar.displayWidth
      if width > limit - 1 { break }
      kept.append(scalar)
    }
    return limit > 0 ? String(kept) + "…" : ""
  }
}
