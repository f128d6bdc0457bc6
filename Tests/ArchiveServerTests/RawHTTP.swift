import TestSupport

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A request over a plain socket, and all that came back: nothing between the test and the bytes.
struct RawAnswer {
  var status: Int
  /// Names in lower case.
  var headers: [String: String]
  var body: [UInt8]

  /// Sends one request and reads until the server closes.
  /// - Parameter sendsNoMore: whether the connection's way to the server is closed once the request is sent.
  init(
    port: Int, _ method: String, _ target: String, headers: [String] = [], body: String = "", sendsNoMore: Bool = false
  ) async throws {
    self = try await onOwnThread {
      try RawAnswer(waitingFor: port, method, target, headers: headers, body: body, sendsNoMore: sendsNoMore)
    }
  }

  /// Sends one request.
  /// - Returns: the connection, which the caller closes.
  static func ask(port: Int, _ method: String, _ target: String) async throws -> CInt {
    try await onOwnThread { try send(port, method, target, headers: [], body: "") }
  }

  private static func send(
    _ port: Int, _ method: String, _ target: String, headers: [String], body: String
  ) throws -> CInt {
    #if canImport(Darwin)
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #else
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    guard descriptor >= 0 else { throw Failure() }
    var isSent = false
    defer { if !isSent { close(descriptor) } }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard connected == 0 else { throw Failure() }
    var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
    if !body.isEmpty { lines.append("Content-Length: \(body.utf8.count)") }
    let request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    var sent = 0
    while sent < request.count {
      let count = request.withUnsafeBytes { write(descriptor, $0.baseAddress! + sent, $0.count - sent) }
      guard count > 0 else { throw Failure() }
      sent += count
    }
    isSent = true
    return descriptor
  }

  private init(
    waitingFor port: Int, _ method: String, _ target: String, headers: [String], body: String, sendsNoMore: Bool
  ) throws {
    let descriptor = try Self.send(port, method, target, headers: headers, body: body)
    defer { close(descriptor) }
    if sendsNoMore { shutdown(descriptor, CInt(SHUT_WR)) }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      answer += buffer.prefix(count)
    }
    guard let end = answer.indices.first(where: { answer[$0...].starts(with: [13, 10, 13, 10]) }) else {
      throw Failure()
    }
    let head = String(decoding: answer[..<end], as: UTF8.self).split(separator: "\r\n")
    status = Int(head[0].split(separator: " ")[1]) ?? 0
    self.headers = [:]
    for line in head.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      self.headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
    }
    self.body = Array(answer[(end + 4)...])
    if self.headers["transfer-encoding"] == "chunked" { self.body = Self.unchunked(self.body) }
  }

  private static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: 13), let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16),
      size > 0
    {
      rest = rest[(end + 2)...]
      result += rest.prefix(size)
      rest = rest.dropFirst(size + 2)
    }
    return result
  }

  struct Failure: Error {}
}
