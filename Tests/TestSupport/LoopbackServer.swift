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
  private let listener: Int32
  private let log = RequestLog()

  /// Starts to listen and to serve.
  public init(handler: @escaping Handler) throws {
    (listener, port) = try Self.listen()
    let (listener, log) = (listener, log)
    startThread {
      while true {
        let descriptor = accept(listener, nil, nil)
        if descriptor < 0 {
          if errno == EINTR || errno == ECONNABORTED { continue }
          return
        }
        startThread {
          let connection = Connection(descriptor: descriptor)
          defer { connection.close() }
          guard let request = connection.readRequest() else { return }
          log.append(request)
          handler(request, connection)
        }
      }
    }
  }

  deinit { stop() }

  /// `http://127.0.0.1:port`, without a slash at the end.
  public var url: String { "http://127.0.0.1:\(port)" }

  /// The requests so far, in the order in which they came.
  public var requests: [Request] { log.all }

  /// Refuses further connections.
  public func stop() {
    // On Linux closing alone would leave the thread in accept().
    _ = shutdown(listener, Int32(SHUT_RDWR))
    _ = closeDescriptor(listener)
  }

  private static func listen() throws -> (Int32, UInt16) {
    #if canImport(Darwin)
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #else
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    guard descriptor >= 0 else { throw LoopbackFailure(call: "socket", code: errno) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        guard bind(descriptor, address, size) == 0 else { return Int32(-1) }
        guard startListening(descriptor) == 0 else { return -1 }
        return getsockname(descriptor, address, &size)
      }
    }
    guard status == 0 else { throw LoopbackFailure(call: "bind", code: errno) }
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

private final class RequestLog: @unchecked Sendable {
  // Unchecked: `requests` is only touched between locking and unlocking.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var requests: [LoopbackServer.Request] = []

  init() {
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func append(_ request: LoopbackServer.Request) {
    pthread_mutex_lock(mutex)
    requests.append(request)
    pthread_mutex_unlock(mutex)
  }

  var all: [LoopbackServer.Request] {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return requests
  }
}
