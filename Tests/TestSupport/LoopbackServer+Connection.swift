#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension LoopbackServer {
  /// The server's end of a connection. A handler uses it from its own thread only.
  public final class Connection {
    private let descriptor: Int32
    private var isOpen = true

    init(descriptor: Int32) {
      self.descriptor = descriptor
      #if canImport(Darwin)
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
      #endif
    }

    /// Writes bytes as they are; `false` when the client has gone.
    @discardableResult public func send(_ bytes: some Sequence<UInt8>) -> Bool {
      let bytes = Array(bytes)
      return bytes.withUnsafeBytes { buffer in
        var done = 0
        while isOpen, done < buffer.count {
          let count = sendBytes(descriptor, UnsafeRawBufferPointer(rebasing: buffer[done...]))
          if count < 0, errno == EINTR { continue }
          if count <= 0 { return false }
          done += count
        }
        return isOpen
      }
    }

    /// Writes a text as it is; line ends are the caller's.
    @discardableResult public func send(_ text: String) -> Bool { send(text.utf8) }

    /// Writes a head: status line, fields, empty line.
    public func sendHead(_ status: Int, _ headers: KeyValuePairs<String, String> = [:]) {
      send("HTTP/1.1 \(status) Status\r\nConnection: close\r\n")
      for (name, value) in headers { send("\(name): \(value)\r\n") }
      send("\r\n")
    }

    /// Writes a whole answer with its true length.
    public func respond(_ status: Int = 200, _ headers: KeyValuePairs<String, String> = [:], body: some Sequence<UInt8>)
    {
      let body = Array(body)
      send("HTTP/1.1 \(status) Status\r\nConnection: close\r\nContent-Length: \(body.count)\r\n")
      for (name, value) in headers { send("\(name): \(value)\r\n") }
      send("\r\n")
      send(body)
    }

    /// Writes a whole answer with a text.
    public func respond(_ status: Int = 200, _ headers: KeyValuePairs<String, String> = [:], text: String = "") {
      respond(status, headers, body: text.utf8)
    }

    /// Writes one chunk of a chunked body; an empty one ends it.
    public func sendChunk(_ bytes: some Sequence<UInt8>) {
      let bytes = Array(bytes)
      send(String(bytes.count, radix: 16) + "\r\n")
      send(bytes)
      send("\r\n")
    }

    /// Does nothing for a while.
    public func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }

    /// Waits until the client closes its end, at most so long; `true` when it has.
    @discardableResult public func waitForClient(toLeaveWithin milliseconds: Int32 = 10_000) -> Bool {
      var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&poller, 1, milliseconds) > 0 else { return false }
      var byte: UInt8 = 0
      return withUnsafeMutableBytes(of: &byte) { receiveBytes(descriptor, $0) } <= 0
    }

    /// Closes the connection in good order.
    public func close() {
      guard isOpen else { return }
      isOpen = false
      // Unread bytes would turn the close into a reset.
      _ = shutdown(descriptor, Int32(SHUT_WR))
      var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      var scratch = [UInt8](repeating: 0, count: 4096)
      while poll(&poller, 1, 200) > 0, scratch.withUnsafeMutableBytes({ receiveBytes(descriptor, $0) }) > 0 {}
      _ = closeDescriptor(descriptor)
    }

    /// Breaks the connection off: the client sees a reset.
    public func reset() {
      guard isOpen else { return }
      isOpen = false
      var choice = linger(l_onoff: 1, l_linger: 0)
      setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &choice, socklen_t(MemoryLayout<linger>.size))
      _ = closeDescriptor(descriptor)
    }

    /// Reads a request; `nil` when it is none or too large.
    func readRequest() -> Request? {
      var bytes: [UInt8] = []
      var scratch = [UInt8](repeating: 0, count: 64 * 1024)
      func read() -> Bool {
        let count = scratch.withUnsafeMutableBytes { receiveBytes(descriptor, $0) }
        guard count > 0 else { return false }
        bytes += scratch.prefix(count)
        // No waiting for the end of a TLS greeting.
        return bytes[0] >= 0x20
      }
      let mark = Array("\r\n\r\n".utf8)
      var end: Range<Int>?
      while end == nil {
        guard bytes.count < 1 << 20, read() else { return nil }
        end = bytes.firstRange(of: mark)
      }
      guard let end else { return nil }
      let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
      let words = lines.first?.split(separator: " ") ?? []
      guard words.count == 3 else { return nil }
      let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
        guard let colon = line.firstIndex(of: ":") else { return nil }
        return (String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
      }
      var request = Request(method: String(words[0]), target: String(words[1]), headers: headers, body: [])
      let length = request[header: "Content-Length"].flatMap { Int($0) } ?? 0
      guard (0...(64 << 20)).contains(length) else { return nil }
      while bytes.count < end.upperBound + length {
        guard read() else { return nil }
      }
      request.body = Array(bytes[end.upperBound...].prefix(length))
      return request
    }
  }
}
