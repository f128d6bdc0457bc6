/// The VOTable that says why there is no result. Source: DALI 1.1, section 4.4; TAP 1.1, section 3.3.
enum ErrorDocument {
  /// The media type.
  static let mediaType = "application/x-votable+xml"

  /// The document. Its INFO has its attributes in this order and nothing between: TapPlus looks for exactly that text.
  static func text(_ message: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
    <RESOURCE type="results">
    <INFO name="QUERY_STATUS" value="ERROR">\(XMLText.escaped(message.isEmpty ? "The query failed." : message))</INFO>
    </RESOURCE>
    </VOTABLE>

    """
  }

  /// The document as an answer.
  static func response(_ message: String, status: Int) -> ServerResponse {
    var headers = [("Content-Type", mediaType), ("X-Content-Type-Options", "nosniff")]
    if status == 503 { headers.append(("Retry-After", "5")) }
    return ServerResponse(status: status, headers: headers, body: .bytes(Array(text(message).utf8)))
  }
}

extension TAPFault {
  /// The fault as an answer.
  var response: ServerResponse { ErrorDocument.response(message, status: status) }
}
