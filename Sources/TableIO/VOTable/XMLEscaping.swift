extension OutputBuffer {
  /// Adds text between XML tags. Characters that XML 1.0 has no way to write, and bytes that are no UTF-8, become U+FFFD.
  mutating func append(xml text: UnsafeBufferPointer<UInt8>) {
    append(text) { scalar, output in
      switch scalar {
      case 0x26: output.append("&amp;")
      case 0x3C: output.append("&lt;")
      case 0x3E: output.append("&gt;")
      // A reader turns a bare carriage return into a line feed (XML 1.0, section 2.11).
      case 0x0D: output.append("&#13;")
      case 0x09, 0x0A: return false
      case 0..<0x20, 0xFFFE, 0xFFFF: output.append(Self.replacement)
      default: return false
      }
      return true
    }
  }

  /// Adds the value of an XML attribute, without its quotes.
  mutating func append(xmlAttribute text: String) {
    var text = text
    text.withUTF8 { bytes in
      append(bytes) { scalar, output in
        switch scalar {
        case 0x22: output.append("&quot;")
        case 0x26: output.append("&amp;")
        case 0x3C: output.append("&lt;")
        case 0x3E: output.append("&gt;")
        // A reader turns bare white space in an attribute into blanks (XML 1.0, section 3.3.3).
        case 0x09: output.append("&#9;")
        case 0x0A: output.append("&#10;")
        case 0x0D: output.append("&#13;")
        case 0..<0x20, 0xFFFE, 0xFFFF: output.append(Self.replacement)
        default: return false
        }
        return true
      }
    }
  }
}
