extension DiscoveryService {
  /// Says what the SIA 2 service can do. Source: VOSI 1.1, section 2; SIA 2.0, section 2.2.
  func capabilities(_ request: ServerRequest) -> ServerResponse {
    let base = ServiceAddress(request, policy: tap.configuration.addressPolicy).origin + "/sia2"
    let resources = [
      ("ivo://ivoa.net/std/VOSI#capabilities", "/capabilities", "1.1"),
      ("ivo://ivoa.net/std/VOSI#availability", "/availability", "1.1"),
      ("ivo://ivoa.net/std/SIA#query-2.0", "/query", "2.0"),
    ]
    var xml = XMLText()
    xml.element(
      "vosi:capabilities",
      [
        "xmlns:vosi": "http://www.ivoa.net/xml/VOSICapabilities/v1.0",
        "xmlns:vs": "http://www.ivoa.net/xml/VODataService/v1.1",
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
      ]
    ) { xml in
      for (standard, path, version) in resources {
        xml.element("capability", ["standardID": standard]) { xml in
          xml.element("interface", ["role": "std", "version": version, "xsi:type": "vs:ParamHTTP"]) { xml in
            xml.element("accessURL", ["use": version == "2.0" ? "base" : "full"], base + path)
          }
        }
      }
    }
    return .xml(xml)
  }
}
