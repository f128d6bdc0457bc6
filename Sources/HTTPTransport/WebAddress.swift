import CCurl

/// An absolute `http` or `https` address, read by the same parser that later connects, so that the two cannot disagree
/// about where a secret goes.
package struct WebAddress: Sendable, Hashable {
  let text: String
  let origin: Origin

  /// Reads an address; a reference is resolved against `base`.
  init(_ reference: String, relativeTo base: WebAddress? = nil) throws(HTTPTransportError) {
    func refuse(_ reason: String) -> HTTPTransportError {
      HTTPTransportError(.badURL, url: reference, "The address cannot be used: \(reason).")
    }
    // A NUL would end the C string early; other control characters have no place in an address either.
    guard reference.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw refuse("it holds control characters")
    }
    guard let handle = curl_url() else { throw refuse("libcurl is out of memory") }
    defer { curl_url_cleanup(handle) }
    if let base, curl_url_set(handle, CURLUPART_URL, base.text, 0) != CURLUE_OK {
      throw refuse("its base is not valid")
    }
    let flags = base == nil ? 0 : UInt32(CURLU_URLENCODE)
    guard curl_url_set(handle, CURLUPART_URL, reference, flags) == CURLUE_OK else {
      throw refuse("it is not an absolute http or https address")
    }
    func part(_ which: CURLUPart, _ flags: Int32 = 0) -> String? {
      var value: UnsafeMutablePointer<CChar>?
      guard curl_url_get(handle, which, &value, UInt32(flags)) == CURLUE_OK, let value else { return nil }
      defer { curl_free(value) }
      return String(cString: value)
    }
    guard let scheme = part(CURLUPART_SCHEME)?.lowercased(), scheme == "http" || scheme == "https" else {
      throw refuse("only http and https are spoken here")
    }
    guard part(CURLUPART_USER) == nil, part(CURLUPART_PASSWORD) == nil else {
      throw refuse("it holds a user name or password; give them as a credential instead")
    }
    guard let host = part(CURLUPART_HOST)?.lowercased(), !host.isEmpty,
      let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap(Int.init), let text = part(CURLUPART_URL)
    else { throw refuse("it has no host") }
    self.text = text
    origin = Origin(scheme: scheme, host: host, port: port)
  }

  /// An address that a document at `base` refers to; `nil` when it is none.
  package static func resolved(_ reference: String, relativeTo base: String) -> String? {
    (try? WebAddress(base)).flatMap { try? WebAddress(reference, relativeTo: $0) }?.text
  }

  /// The text without what stands between `//` and `@`, and without control characters; for messages.
  package static func withoutUserInfo(_ text: String) -> String {
    let clean = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    guard let slashes = clean.firstRange(of: "//") else { return clean }
    let rest = clean[slashes.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    guard let at = authority.lastIndex(of: "@") else { return clean }
    return String(clean[..<slashes.upperBound] + rest[rest.index(after: at)...])
  }
}
