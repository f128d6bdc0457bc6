/// A place in a query's text as people count: lines and characters, both from 1.
public struct SourcePosition: Sendable, Hashable {
  /// The line; LF, CR and CR LF end one.
  public var line: Int
  /// The character in the line, counted in Unicode scalars.
  public var column: Int

  /// A place by its numbers.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The place of a byte.
  ///
  /// - Parameters:
  ///   - offset: of the byte in UTF-8; an offset beyond the end is the place after the last character.
  ///   - text: the query.
  public init(offset: Int, in text: String) {
    line = 1
    column = 1
    var previous: UInt8 = 0
    for byte in text.utf8.prefix(offset) {
      switch byte {
      case UInt8(ascii: "\n") where previous == UInt8(ascii: "\r"):
        break
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        line += 1
        column = 1
      case 0x80..<0xC0:
        break
      default:
        column += 1
      }
      previous = byte
    }
  }
}
