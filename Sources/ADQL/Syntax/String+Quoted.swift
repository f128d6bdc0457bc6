extension String {
  /// The text between quotes, those inside written twice.
  func quoted(with quote: Unicode.Scalar) -> String {
    let mark = UInt8(ascii: quote)
    guard utf8.contains(mark) else { return "\(quote)\(self)\(quote)" }
    var text = UnicodeScalarView([quote])
    for scalar in unicodeScalars {
      if scalar == quote { text.append(quote) }
      text.append(scalar)
    }
    text.append(quote)
    return String(text)
  }

  /// The text without NUL, which ends a text for many databases.
  var withoutNUL: String {
    utf8.contains(0) ? String(UnicodeScalarView(unicodeScalars.filter { $0 != "\0" })) : self
  }
}
