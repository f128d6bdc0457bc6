/// Why a cone search has no result, as its standard tells clients: a VOTable with an INFO called Error, and status 200.
/// Source: Simple Cone Search 1.03, section 2.3.
struct ConeError {
  var message: String

  /// The document.
  var response: ServerResponse {
    var xml = XMLText()
    xml.element("VOTABLE", ["version": "1.4", "xmlns": "http://www.ivoa.net/xml/VOTable/v1.3"]) { xml in
      xml.element("RESOURCE", ["type": "results"]) { xml in
        xml.element("INFO", ["ID": "Error", "name": "Error", "value": message], nil)
        xml.element("INFO", ["name": "QUERY_STATUS", "value": "ERROR"], message)
      }
    }
    return .xml(xml, type: "text/xml; charset=utf-8")
  }
}
