internal import TableIO

extension TAPService {
  /// Queries to begin with. Source: DALI 1.1, section 2.3.
  func examples(_ call: TAPCall) -> ServerResponse {
    var body = ""
    for example in QueryExample.all {
      body += """
        <div typeof="example" id="\(example.id)" resource="#\(example.id)">
        <h2 property="name">\(XMLText.escaped(example.name))</h2>
        <p>\(XMLText.escaped(example.text))</p>
        \(example.tables.map { "<p>Table: <span property=\"table\">\(XMLText.escaped($0))</span></p>\n" }.joined())\
        <pre property="query">\(XMLText.escaped(example.query))</pre>
        </div>

        """
    }
    return Self.page("Examples", "<div vocab=\"http://www.ivoa.net/rdf/examples#\">\n\(body)</div>\n")
  }

  /// Says to people where they are.
  func landingPage(_ call: TAPCall) -> ServerResponse {
    let links = ["capabilities", "availability", "tables", "examples", "async"].map {
      "<li><a href=\"\(XMLText.escaped(call.base, isAttribute: true))/\($0)\">\($0)</a></li>"
    }
    return Self.page(
      "JWST archive: table access",
      """
      <p>This is a TAP service (IVOA Table Access Protocol). Give its address, <code>\(XMLText.escaped(call.base))</code>, \
      to TOPCAT, pyvo, astroquery or any other client.</p>
      <ul>\(links.joined())</ul>

      """)
  }

  private static func page(_ title: String, _ body: String) -> ServerResponse {
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE html>
      <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
      <head><meta charset="UTF-8"/><title>\(title)</title></head>
      <body>
      <h1>\(title)</h1>
      \(body)</body>
      </html>

      """
    return ServerResponse(
      status: 200,
      headers: [
        ("Content-Type", "application/xhtml+xml; charset=utf-8"), ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'"),
      ], body: .bytes(Array(text.utf8)))
  }
}
