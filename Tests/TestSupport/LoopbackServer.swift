#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// An HTTP server on a free loopback port that does exactly what a test tells it to, faults included.
///
///     let server = try LoopbackServer { request, connection in
///       connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort")
///     }
///
/// Every connection has a thread of its own; it serves one request and is closed when the handler returns.
public final class LoopbackServer: Sendable {
  /// Answers a request by writing to its connection.
  public typealias Handler = @Sendable (Request, Connection) -> Void

  /// The port that was free.
  public let port: UInt16
  private let state = ServerState()

  /// Starts to listen and to serve.
  public init(handler: @escaping Handler) throws {
    let listener: Int32
    (listener, port) = try Self.bound()
    guard startListening(listener) == 0 else { throw LoopbackFailure(call: "listen", code: errno) }
    let state = state
    startThread {
      // The one that accepts is also the one that closes: nobody else's descriptor can have the number meanwhile.
      defer {
        _ = closeDescriptor(listener)
        state.update { $0.isClosed = true }
      }
      while true {
        let descriptor = accept(listener, nil, nil)
        if descriptor < 0 {
          if errno == EINTR || errno == ECONNABORTED { continue }
          return
        }
        if state.read.isStopping {
          _ = closeDescriptor(descriptor)
          return
        }
        startThread {
          let connection = Connection(descriptor: descriptor)
          defer { connection.close() }
          guard let request = connection.readRequest() else { return }
          state.update { $0.requests.append(request) }
          handler(request, connection)
        }
      }
    }
  }

  deinit { stop() }

  /// `http://127.0.0.1:port`, without a slash at the end.
  public var url: String { "http://127.0.0.1:\(port)" }

  /// The requests so far, in the order in which they came.
  public var requests: [Request] { state.read.requests }

  /// Refuses further connections.
  public func stop() {
    let isFirst = state.update { contents in
      defer { contents.isStopping = true }
      return !contents.isStopping
    }
    guard isFirst else { return }
    // A connection of its own wakes the accepting thread on every system.
    if let (descriptor, address) = try? Self.socketAndAddress(port: port) {
      _ = Self.withSocketAddress(address) { connect(descriptor, $0, $1) }
      _ = closeDescriptor(descriptor)
    }
    while !state.read.isClosed { usleep(500) }
  }

  private static func socketAndAddress(port: UInt16) throws -> (Int32, sockaddr_in) {
    #if canImport(Darwin)
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #else
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    guard descriptor >= 0 else { throw LoopbackFailure(call: "socket", code: errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    return (descriptor, address)
  }

  private static func withSocketAddress(
    _ address: sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }

  /// A socket with a port that was free; it does not listen yet.
  static func bound() throws -> (descriptor: Int32, port: UInt16) {
    let (descriptor, wanted) = try socketAndAddress(port: 0)
    guard withSocketAddress(wanted, { bind(descriptor, $0, $1) }) == 0 else {
      throw LoopbackFailure(call: "bind", code: errno)
    }
    var address = wanted
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    guard status == 0 else { throw LoopbackFailure(call: "getsockname", code: errno) }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }
}

/// A system call of the server failed.
public struct LoopbackFailure: Error {
  /// The call.
  public let call: String
  /// Its `errno`.
  public let code: Int32
}

/// What the server's threads share.
private final class ServerState: @unchecked Sendable {
  struct Contents: Sendable {
    var requests: [LoopbackServer.Request] = []
    var isStopping = false
    var isClosed = false
  }

  // Unchecked: `contents` is only touched between locking and unlocking.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var contents = Contents()

  init() {
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  @discardableResult func update<Result>(_ body: (inout Contents) -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body(&contents)
  }

  var read: Contents { update { $0 } }
}
