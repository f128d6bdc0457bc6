import CCurl

extension HTTPTransportError {
  /// The error that a result code of libcurl stands for.
  init(_ code: CURLcode, text: String, url: String) {
    let (kind, message) = Self.meaning(of: code)
    let detail = text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
    self.init(kind, url: url, "\(message) (\(detail)).")
  }

  private static func meaning(of code: CURLcode) -> (Kind, String) {
    switch code {
    case CURLE_URL_MALFORMAT:
      (.badURL, "The address cannot be used")
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      (.resolve, "The server's name was not found; check the address and the network")
    case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED, CURLE_PROXY:
      (.connect, "The server cannot be reached; check the address and the network, or try again later")
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS,
      CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED, CURLE_USE_SSL_FAILED,
      CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_CRL_BADFILE:
      (.tls, "No trusted encrypted connection could be made; check the certificates of this machine and any proxy")
    case CURLE_OPERATION_TIMEDOUT:
      (.timedOut(.connect), "The server did not accept the connection in time; try again later")
    case CURLE_PARTIAL_FILE:
      (.truncated, "The answer ended before it was complete; try again")
    case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM,
      CURLE_SEND_FAIL_REWIND:
      (.connectionLost, "The connection broke; try again")
    case CURLE_WRITE_ERROR:
      (.sink, "The transfer was stopped here")
    case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_UNKNOWN_OPTION, CURLE_NOT_BUILT_IN:
      (.system, "libcurl could not do its work")
    default:
      (.badAnswer, "The server's answer could not be understood")
    }
  }

  /// The error for a limit that this side watches.
  static func timeout(_ kind: Kind, url: String) -> HTTPTransportError {
    switch kind {
    case .timedOut(.connect): HTTPTransportError(kind, url: url, "The server did not accept the connection in time.")
    case .timedOut(.responseHead):
      HTTPTransportError(kind, url: url, "The server did not begin to answer in time; try again later.")
    case .timedOut(.total): HTTPTransportError(kind, url: url, "The request took longer than it may.")
    default:
      HTTPTransportError(.stalled, url: url, "The server stopped sending in the middle of its answer; try again.")
    }
  }

  static func cancelled(url: String) -> HTTPTransportError {
    HTTPTransportError(.cancelled, url: url, "The request was cancelled.")
  }
}
