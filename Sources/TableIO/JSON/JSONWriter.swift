/// Writes JSON into a byte buffer, value by value; the caller supplies the punctuation of long streams.
///
///     var writer = JSONWriter()
///     writer.write(.object(["size": .integer(14400)]))
///     String(decoding: writer.bytes, as: UTF8.self)   // {"size":14400}
public struct JSONWriter: Sendable {
  /// What has been written so far; a streaming caller takes it out and clears it.
  public var bytes: [UInt8] = []

  /// Makes an empty writer.
  public init() {}

  /// Appends text as it is: punctuation, or JSON that was made elsewhere.
  public mutating func write(raw text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Appends a value in compact form. Numbers are the shortest text that reads back the same; NaN and infinities, which JSON
  /// cannot hold, become null.
  public mutating func write(_ value: JSONValue) {
    switch value {
    case .null: write(raw: "null")
    case .boolean(let value): value ? write(raw: "true") : write(raw: "false")
    case .integer(let value): append(value.description)
    case .real(let value): write(real: value)
    case .string(let text): write(string: text)
    case .array(let elements):
      write(raw: "[")
      for (position, element) in elements.enumerated() {
        if position > 0 { write(raw: ",") }
        write(element)
      }
      write(raw: "]")
    case .object(let object):
      write(raw: "{")
      for (position, member) in object.members.enumerated() {
        if position > 0 { write(raw: ",") }
        write(string: member.name)
        write(raw: ":")
        write(member.value)
      }
      write(raw: "}")
    }
  }

  /// Appends a string in quotes, with the escapes that JSON asks for.
  public mutating func write(string text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: write(raw: "\\n")
      case 0x0D: write(raw: "\\r")
      case 0x09: write(raw: "\\t")
      case 0..<0x20, 0x7F:
        write(raw: "\\u00")
        append((byte < 0x10 ? "0" : "") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func write(real value: Double) {
    guard value.isFinite else { return write(raw: "null") }
    append(value.description)
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}

extension JSONValue {
  /// The value as compact JSON text.
  public var jsonText: String {
    var writer = JSONWriter()
    writer.write(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
