/// The VOTable of a {links} answer. Source: DataLink 1.1, sections 3 and 4.
struct LinksDocument {
  /// The media type.
  static let mediaType = "application/x-votable+xml;content=datalink"
  /// The identifier of the first column. It is the name too: astropy calls a column by its identifier.
  private static let identifier = "ID"
  /// The service that packs the files of an identifier, by its name in the document.
  static let packingService = "products"

  /// The rows; those of one identifier stand together.
  var links: [DataLink]
  /// Whether identifiers were left out at the end.
  var isOverflow: Bool
  /// The address of the service that packs files.
  var dataURL: String

  private static let fields: [(name: String, datatype: String, ucd: String, unit: String?, description: String)] = [
    ("ID", "char", "meta.id;meta.main", nil, "The identifier that was asked for."),
    ("access_url", "char", "meta.ref.url", nil, "Where the data are."),
    ("service_def", "char", "meta.ref", nil, "The service of this document that gives the data."),
    ("error_message", "char", "meta.code.error", nil, "Why there is no link."),
    ("description", "char", "meta.note", nil, "What the link leads to."),
    ("semantics", "char", "meta.code", nil, "What it is to the identifier."),
    ("local_semantics", "char", "meta.code", nil, "What it is to the identifier, in the archive's own words."),
    ("content_type", "char", "meta.code.mime", nil, "Media type."),
    ("content_length", "long", "phys.size;meta.file", "byte", "Size."),
    ("link_auth", "char", "meta.code", nil, "Whether a login or token is needed: false, optional or true."),
    ("link_authorized", "boolean", "meta.code", nil, "Whether the caller may follow the link."),
  ]

  /// The document as an answer.
  var response: ServerResponse {
    var xml = XMLText()
    xml.element("VOTABLE", ["version": "1.4", "xmlns": "http://www.ivoa.net/xml/VOTable/v1.3"]) { xml in
      xml.element("RESOURCE", ["type": "results"]) { xml in
        xml.element("INFO", ["name": "standardID", "value": "ivo://ivoa.net/std/DataLink#links-1.1"], nil)
        xml.element("INFO", ["name": "QUERY_STATUS", "value": "OK"], nil)
        xml.element("TABLE", ["name": "links"]) { table(&$0) }
        if isOverflow { xml.element("INFO", ["name": "QUERY_STATUS", "value": "OVERFLOW"], nil) }
      }
      service(&xml)
    }
    return .xml(xml, type: Self.mediaType)
  }

  private func table(_ xml: inout XMLText) {
    for field in Self.fields {
      let isText = field.datatype == "char"
      xml.element(
        "FIELD",
        [
          "ID": field.name == "ID" ? Self.identifier : nil, "name": field.name, "datatype": field.datatype,
          "arraysize": isText ? "*" : nil, "ucd": field.ucd, "unit": field.unit,
        ]
      ) { $0.element("DESCRIPTION", [:], field.description) }
    }
    xml.element("DATA") { xml in
      xml.element("TABLEDATA") { xml in
        for link in links {
          xml.element("TR") { xml in for cell in Self.cells(link) { xml.element("TD", [:], cell) } }
        }
      }
    }
  }

  private static func cells(_ link: DataLink) -> [String?] {
    var url: String?
    var service: String?
    var failure: String?
    switch link.target {
    case .url(let address): url = address
    case .service(let name): service = name
    case .failure(let kind, let detail): failure = "\(kind.rawValue): \(detail)"
    }
    return [
      link.id, url, service, failure, link.description, link.semantics, link.localSemantics, link.contentType,
      link.contentLength.map(String.init), link.needsRights ? "true" : "false", link.isAuthorized ? "T" : "F",
    ]
  }

  /// The service that packs files, with what it can be told.
  private func service(_ xml: inout XMLText) {
    xml.element(
      "RESOURCE", ["ID": Self.packingService, "name": Self.packingService, "type": "meta", "utype": "adhoc:service"]
    ) { xml in
      xml.element(
        "DESCRIPTION", [:], "Files of the identifier's planes, packed as a tar archive when they are several.")
      Self.param("accessURL", dataURL, &xml)
      Self.param("contentType", "application/x-tar", &xml)
      xml.element("GROUP", ["name": "inputParams"]) { xml in
        Self.param("RETRIEVAL_TYPE", "OBSERVATION", &xml)
        xml.element(
          "PARAM",
          [
            "name": "planeid", "datatype": "char", "arraysize": "*", "value": "", "ref": Self.identifier,
            "ucd": "meta.id",
          ],
          nil)
        Self.param(
          "calibrationlevel", "SELECTED", &xml,
          description: "Levels: of the planes themselves, or also of those that they were made from.",
          options: ["SELECTED", "ALL", "LEVEL1ONLY", "-1", "0", "1", "2", "3", "4"])
        Self.param(
          "product_type", "", &xml, description: "What the files must be for; anything when left out.",
          options: ["science", "preview", "thumbnail", "auxiliary", "info"])
      }
    }
  }

  private static func param(
    _ name: String, _ value: String, _ xml: inout XMLText, description: String? = nil, options: [String] = []
  ) {
    let attributes: XMLText.Attributes = ["name": name, "datatype": "char", "arraysize": "*", "value": value]
    guard let description else { return xml.element("PARAM", attributes, nil) }
    xml.element("PARAM", attributes) { xml in
      xml.element("DESCRIPTION", [:], description)
      xml.element("VALUES") { xml in for option in options { xml.element("OPTION", ["value": option], nil) } }
    }
  }
}
