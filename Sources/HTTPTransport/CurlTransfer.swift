import CCurl

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A libcurl easy handle at work. It lives on one of curl's threads only: created, called back and closed there.
final class CurlTransfer {
  let job: CurlJob
  let easy: UnsafeMutableRawPointer
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private let errorText: UnsafeMutablePointer<CChar>
  private var parser = ResponseHeadParser()
  private var clock: ProgressClock
  private var headBytes: Int64 = 0
  private var bodyBytes: Int64 = 0
  private var disposition = BodyDisposition.discard
  private var response: HTTPResponse?
  /// Why this side ended the transfer.
  private var failure: HTTPTransportError?
  /// Whether this side ended the transfer because nothing more of the body is wanted.
  private var isSatisfied = false
  /// Whether an address was refused that the host's name stands for.
  private var hasForbiddenAddress = false

  /// So much is read at once, bytes: libcurl goes through all its transfers and clocks for each read.
  private static let bufferSize = 256 * 1024
  /// So much of an unwanted body is read and dropped, to keep the connection; for more it is closed.
  private static let discardLimit = 64 * 1024

  init(_ job: CurlJob, configuration: CurlTransport.Configuration, now: Duration) throws(HTTPTransportError) {
    guard let easy = curl_easy_init() else {
      throw HTTPTransportError(.system, url: job.address.text, "libcurl is out of memory.")
    }
    self.job = job
    self.easy = easy
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    clock = ProgressClock(timeouts: job.request.timeouts, deadline: job.deadline, now: now)
    try setUp(configuration)
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(headerList)
    errorText.deallocate()
  }

  /// Says which time limit has passed, if any.
  func timedOut(now: Duration) -> HTTPTransportError.Kind? {
    var pretransfer: curl_off_t = 0
    var sent: curl_off_t = 0
    ccurl_get_offset(easy, CURLINFO_PRETRANSFER_TIME_T, &pretransfer)
    ccurl_get_offset(easy, CURLINFO_SIZE_UPLOAD_T, &sent)
    let counters = ProgressClock.Counters(
      isConnected: pretransfer > 0 || headBytes > 0, sent: Int64(sent), head: headBytes, body: bodyBytes)
    return clock.observe(counters, now: now)
  }

  /// The end as libcurl tells it, seen together with what this side knows.
  func result(_ code: CURLcode) -> Result<HTTPResponse, HTTPTransportError> {
    if let failure { return .failure(failure) }
    guard var response else {
      return .failure(code == CURLE_OK ? badAnswer("The server sent no answer.") : error(code))
    }
    if code == CURLE_OK { return .success(response) }
    // An unwanted or cut body has done its work, however it ended.
    if isSatisfied || disposition == .discard {
      response.isBodyComplete = false
      return .success(response)
    }
    return .failure(error(code))
  }

  private func error(_ code: CURLcode) -> HTTPTransportError {
    if hasForbiddenAddress, code == CURLE_COULDNT_CONNECT {
      return HTTPTransportError(
        .forbiddenAddress, url: job.address.text,
        "The address belongs to this machine or a local network, which is not asked. Name a public server.")
    }
    return HTTPTransportError(code, text: String(cString: errorText), url: job.address.text)
  }

  private func badAnswer(_ message: String) -> HTTPTransportError {
    HTTPTransportError(.badAnswer, url: job.address.text, message)
  }
}

extension CurlTransfer {
  private func setUp(_ configuration: CurlTransport.Configuration) throws(HTTPTransportError) {
    let request = job.request
    ccurl_set_string(easy, CURLOPT_URL, job.address.text)
    ccurl_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
    ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
    ccurl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
    ccurl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    ccurl_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
    ccurl_set_long(easy, CURLOPT_BUFFERSIZE, Self.bufferSize)
    ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    ccurl_set_string(easy, CURLOPT_USERAGENT, configuration.userAgent)
    if let file = configuration.certificateFile { ccurl_set_string(easy, CURLOPT_CAINFO, file) }
    let connect = request.timeouts.connect.map { max(1, $0.wholeMilliseconds) } ?? Int(Int32.max)
    ccurl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, connect)
    let version = job.isCollected ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1
    ccurl_set_long(easy, CURLOPT_HTTP_VERSION, version)
    if job.isCollected { ccurl_set_string(easy, CURLOPT_ACCEPT_ENCODING, "gzip") }
    try setUpMethod(request)
    try setUpHeaders(request)

    let context = Unmanaged.passUnretained(self).toOpaque()
    if configuration.addresses == .publicOnly {
      ccurl_set_string(easy, CURLOPT_PROXY, "")
      ccurl_set_socket_callback(easy) { context, _, address in
        CurlTransfer.openSocket(context, address)
      }
      ccurl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context)
    }
    ccurl_set_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      CurlTransfer.callback(context) { $0.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count)) }
    }
    ccurl_set_pointer(easy, CURLOPT_HEADERDATA, context)
    ccurl_set_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      CurlTransfer.callback(context) { $0.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) }
    }
    ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context)
  }

  private func setUpMethod(_ request: HTTPRequest) throws(HTTPTransportError) {
    guard !request.method.rawValue.isEmpty, request.method.rawValue.utf8.allSatisfy(Self.isTokenByte) else {
      throw HTTPTransportError(.badRequest, url: request.url, "The request method is not a word.")
    }
    if request.method == .head {
      ccurl_set_long(easy, CURLOPT_NOBODY, 1)
    } else if request.method == .post || !request.body.isEmpty {
      ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
      ccurl_set_long(easy, CURLOPT_POST, 1)
      let copied = request.body.withUnsafeBytes { bytes in
        // An empty array has no address, and libcurl would then wait for a read callback.
        withUnsafePointer(to: UInt8(0)) { empty in
          ccurl_set_pointer(
            easy, CURLOPT_COPYPOSTFIELDS,
            UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? UnsafeRawPointer(empty)))
        }
      }
      guard copied == CURLE_OK else {
        throw HTTPTransportError(.system, url: request.url, "There is not enough memory for the body of the request.")
      }
    }
    if request.method != .get, request.method != .head, request.method != .post {
      ccurl_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    }
  }

  private func setUpHeaders(_ request: HTTPRequest) throws(HTTPTransportError) {
    // libcurl would wait a second for "100 Continue" before a large body.
    var lines = ["Expect:"]
    if !job.isCollected, request.headers["Accept-Encoding"] == nil { lines.append("Accept-Encoding: identity") }
    for field in request.headers.fields {
      guard !field.name.isEmpty, field.name.utf8.allSatisfy(Self.isTokenByte),
        field.value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 })
      else {
        throw HTTPTransportError(
          .badRequest, url: request.url,
          "A header field of the request has a name or value that cannot be sent (line breaks or control characters).")
      }
      lines.append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
    }
    for line in lines {
      guard let longer = curl_slist_append(headerList, line) else {
        throw HTTPTransportError(.system, url: request.url, "libcurl is out of memory.")
      }
      headerList = longer
    }
    ccurl_set_pointer(easy, CURLOPT_HTTPHEADER, headerList)
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}

extension CurlTransfer {
  /// The way from C back to the transfer. Returning fewer bytes than came makes libcurl end the transfer.
  private static func callback(_ context: UnsafeMutableRawPointer?, _ body: (CurlTransfer) -> Int) -> Int {
    guard let context else { return 0 }
    return body(Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue())
  }

  /// Opens a socket for an address that may be connected to. libcurl asks for every connection, after the name is resolved.
  private static func openSocket(
    _ context: UnsafeMutableRawPointer?, _ address: UnsafeMutablePointer<curl_sockaddr>?
  ) -> curl_socket_t {
    guard let context, let address else { return ccurl_no_socket }
    // The number stands behind family and port, in IPv6 behind the flow's label too.
    let (start, count) =
      switch address.pointee.family {
      case AF_INET: (4, 4)
      case AF_INET6: (8, 16)
      default: (0, 0)
      }
    let length = Int(address.pointee.addrlen)
    let bytes = UnsafeBufferPointer(start: ccurl_address_bytes(address), count: length)
    guard count > 0, start + count <= length,
      NetworkAddress(bytes: Array(bytes[start..<start + count])).isPublic
    else {
      Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue().hasForbiddenAddress = true
      return ccurl_no_socket
    }
    return socket(address.pointee.family, address.pointee.socktype, address.pointee.protocol)
  }

  private static let abort = -1

  private func receiveHeader(_ line: UnsafeRawBufferPointer) -> Int {
    headBytes += Int64(line.count)
    switch parser.line(line) {
    case .more: return line.count
    case .refuse:
      failure = badAnswer("The head of the answer is not proper HTTP or larger than \(ResponseHeadParser.limit) bytes.")
      return Self.abort
    case .head(var head):
      head.url = job.address.text
      response = head
      do {
        disposition = try job.sink.receive(head: head)
        return line.count
      } catch {
        return fail(error)
      }
    }
  }

  private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    bodyBytes += Int64(bytes.count)
    switch disposition {
    case .accept:
      do {
        try job.sink.receive(bytes: bytes)
        return bytes.count
      } catch {
        return fail(error)
      }
    case .collect(let limit):
      let room = max(0, limit - (response?.body.count ?? 0))
      response?.body.append(contentsOf: bytes.prefix(room))
      if bytes.count <= room { return bytes.count }
    case .discard:
      if bodyBytes <= Self.discardLimit { return bytes.count }
    }
    isSatisfied = true
    return Self.abort
  }

  private func fail(_ error: any Error) -> Int {
    failure = HTTPTransportError(
      .sink, url: job.address.text, "The transfer was stopped here, by what takes its bytes.", cause: error)
    return Self.abort
  }
}

extension Duration {
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds < Int64(Int32.max) / 1000 else { return Int(Int32.max) }
    return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}
