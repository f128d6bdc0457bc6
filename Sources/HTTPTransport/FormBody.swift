/// Percent-encoding after RFC 3986: all but letters, digits and `-._~` becomes `%XX` of its UTF-8 bytes.
public enum PercentEncoding {
  /// Encodes a text for use as a value in a query or form, or as one path segment.
  public static func encode(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        bytes.append(byte)
      default:
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text that was encoded; a `%` without two digits behind it stays, and what is no UTF-8 is replaced.
  public static func decode(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let pair = rest.prefix(2)
      if byte == UInt8(ascii: "%"), pair.count == 2, pair.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
        let value = UInt8(String(decoding: pair, as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest.removeFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let digits = Array("0123456789ABCDEF".utf8)
}

/// Named values as a form (`application/x-www-form-urlencoded`) or as the query of an address.
public struct FormBody: Sendable, Hashable {
  /// The media type of a form.
  public static let contentType = "application/x-www-form-urlencoded"
  /// `name=value&…`, percent-encoded.
  public private(set) var text = ""

  /// A form without fields.
  public init() {}

  /// A form of fields in this order.
  public init(_ fields: KeyValuePairs<String, String>) {
    for (name, value) in fields { append(name, value) }
  }

  /// Adds a field; a name may come more than once.
  public mutating func append(_ name: String, _ value: String) {
    if !text.isEmpty { text += "&" }
    text += PercentEncoding.encode(name) + "=" + PercentEncoding.encode(value)
  }

  /// The address with these fields as its query, or added to the query it has.
  public func query(on url: String) -> String {
    if text.isEmpty { return url }
    return url + (url.contains("?") ? "&" : "?") + text
  }
}
