#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A loopback port that refuses connections, and that no other test can get as long as this exists.
public final class UnservedPort: Sendable {
  private let descriptor: Int32
  private let port: UInt16

  /// Takes a free port and does not listen on it.
  public init() throws { (descriptor, port) = try LoopbackServer.bound() }

  deinit { close(descriptor) }

  /// `http://127.0.0.1:port`, without a slash at the end.
  public var url: String { "http://127.0.0.1:\(port)" }
}
