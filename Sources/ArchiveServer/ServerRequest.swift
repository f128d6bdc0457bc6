/// A request as the handlers see it, whatever server it came through.
public struct ServerRequest: Sendable {
  /// The method in capitals.
  public var method: String
  /// The path, percent-decoded, without query.
  public var path: String
  /// The query's names and values, decoded, in their order.
  public var query: [FormItem]
  /// Header fields; names in lower case.
  public var headers: [String: String]
  /// The body.
  public var body: [UInt8]
  /// The number of the client's machine, as the connection or a trusted proxy tells it.
  public var client: String?
  /// Held as long as the body is in memory.
  var share: ByteBudget.Share?

  /// Describes a request.
  public init(
    method: String, path: String, query: [FormItem] = [], headers: [String: String] = [:], body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// Splits a request target such as `/whoami?x=1`.
  public init(method: String, target: String, headers: [String: String] = [:], body: [UInt8] = []) {
    let mark = target.firstIndex(of: "?") ?? target.endIndex
    self.init(
      method: method, path: FormItem.decoded(target[..<mark], plusIsBlank: false),
      query: FormItem.items(target[mark...].dropFirst()), headers: headers, body: body)
  }

  /// The access token, from the cookie `mast_token` or the header `Authorization: token …` (or `Bearer …`).
  var token: String? {
    if let token = cookie(named: "mast_token") { return token }
    let words = (headers["authorization"] ?? "").split(separator: " ", maxSplits: 1)
    guard words.count == 2, ["token", "bearer"].contains(words[0].lowercased()) else { return nil }
    return String(words[1].drop { $0 == " " })
  }

  /// The value of a cookie, the first one where there are several; `nil` when it is missing or empty.
  func cookie(named name: String) -> String? {
    for cookie in (headers["cookie"] ?? "").split(separator: ";") {
      let parts = cookie.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
      if parts.count == 2, parts[0] == name { return String(parts[1]) }
    }
    return nil
  }
}

/// A name and a value of a query string or a form.
public struct FormItem: Sendable, Hashable {
  /// The name.
  public var name: String
  /// The value, empty when there is none.
  public var value: String

  /// Pairs a name with a value.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// More fields than this are no form: each costs more memory than it has bytes.
  static let limit = 4096

  /// How many fields `a=1&b=2` may have.
  static func count(_ text: some Sequence<UInt8>) -> Int {
    text.reduce(1) { $0 + ($1 == UInt8(ascii: "&") ? 1 : 0) }
  }

  /// Reads `a=1&b=2`.
  static func items(_ text: some StringProtocol) -> [FormItem] {
    text.utf8.split(separator: UInt8(ascii: "&")).map { part in
      let mark = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
      return FormItem(
        name: decoded(part[..<mark], plusIsBlank: true), value: decoded(part[mark...].dropFirst(), plusIsBlank: true))
    }
  }

  static func decoded(_ text: Substring, plusIsBlank: Bool) -> String { decoded(text.utf8, plusIsBlank: plusIsBlank) }

  /// Removes percent-encoding; a percent sign that begins no code stays as it is.
  static func decoded(_ bytes: some Collection<UInt8>, plusIsBlank: Bool) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let high = rest.first?.hexDigit, let low = rest.dropFirst().first?.hexDigit {
        result.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte == UInt8(ascii: "+") && plusIsBlank ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var hexDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
