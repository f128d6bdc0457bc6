public import Foundation

/// A service on a loopback port that gives recorded answers, and `405` to what was not recorded.
///
/// A recording is a JSON list of exchanges. A request fits the first one of its method and path whose texts it all contains, its
/// query and form being written one `name=value` a line with single blanks, and whose cookie it sends.
public final class RecordedService: Sendable {
  private struct Exchange: Decodable, Sendable {
    struct Response: Decodable, Sendable {
      var status: Int
      var headers: [[String]]
      var text: String?
      var base64: String?
      /// Whether the text is sent as gzip.
      var gzip: Bool?
    }

    var method: String
    var path: String
    var contains: [String]
    var cookie: String?
    var response: Response

    func fits(_ request: LoopbackServer.Request, _ content: String) -> Bool {
      method == request.method && path == request.path && contains.allSatisfy(content.contains)
        && (cookie == nil || request[header: "Cookie"] == cookie)
    }
  }

  private let exchanges: [Exchange]
  private let server: LoopbackServer

  /// Serves a recording of `Tests/WebbTests/Recorded`.
  /// - Parameter name: the file's name.
  public init(_ name: String) throws {
    let exchanges = try JSONDecoder().decode([Exchange].self, from: Data(contentsOf: Self.file(name)))
    self.exchanges = exchanges
    server = try LoopbackServer { request, connection in
      guard let exchange = Self.exchange(for: request, in: exchanges) else {
        return connection.respond(405, ["Content-Type": "text/plain"], text: "This was not recorded.")
      }
      let response = exchange.response
      var body =
        response.base64.flatMap { Data(base64Encoded: $0) }.map { Array($0) } ?? Array((response.text ?? "").utf8)
      if response.gzip == true { body = Gzip.stored(body) }
      connection.send("HTTP/1.1 \(response.status) Status\r\nConnection: close\r\nContent-Length: \(body.count)\r\n")
      let here = request[header: "Host"].map { "http://" + $0 } ?? ""
      for header in response.headers where header.count == 2 {
        connection.send("\(header[0]): \(header[1].replacingOccurrences(of: "{SERVER}", with: here))\r\n")
      }
      connection.send("\r\n")
      connection.send(body)
    }
  }

  /// A file among the recordings.
  public static func file(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("WebbTests/Recorded/\(name)")
  }

  /// `http://127.0.0.1:port`.
  public var url: String { server.url }

  /// The requests so far.
  public var requests: [LoopbackServer.Request] { server.requests }

  /// The requests to which no recorded answer fits.
  public var unanswered: [String] {
    requests.filter { Self.exchange(for: $0, in: exchanges) == nil }.map { "\($0.method) \($0.target) \($0.text)" }
  }

  private static func exchange(for request: LoopbackServer.Request, in exchanges: [Exchange]) -> Exchange? {
    let content = content(of: request)
    return exchanges.first { $0.fits(request, content) }
  }

  /// Query and form, a field a line; other bodies as they are.
  private static func content(of request: LoopbackServer.Request) -> String {
    let isForm = request[header: "Content-Type"]?.contains("x-www-form-urlencoded") == true
    let fields = (request.query.split(separator: "&") + (isForm ? request.text.split(separator: "&") : [])).map {
      ($0.replacing("+", with: " ").removingPercentEncoding ?? String($0)).split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
    }
    return fields.map { $0 + "\n" }.joined() + (isForm ? "" : request.text)
  }
}

/// Gzip without compression. Source: RFC 1952 and RFC 1951, section 3.2.4.
public enum Gzip {
  /// A gzip file that holds some bytes as they are.
  public static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var start = 0
    repeat {
      let piece = bytes[start..<min(start + 0xFFFF, bytes.count)]
      start = piece.endIndex
      let length = UInt16(piece.count)
      result.append(start == bytes.count ? 1 : 0)
      result += [UInt8(length & 0xFF), UInt8(length >> 8), UInt8(~length & 0xFF), UInt8(~length >> 8)]
      result += piece
    } while start < bytes.count
    return result + littleEndian(checksum(bytes)) + littleEndian(UInt32(bytes.count))
  }

  private static func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
  }
}
