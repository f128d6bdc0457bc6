import TableIO

extension TAPCapabilities {
  /// Reads the capabilities document.
  /// - Throws: ``TAPError`` of kind `.badAnswer`.
  init(reading bytes: [UInt8], url: String) throws(TAPError) {
    let root = try XMLTree(bytes, roots: ["capabilities"], what: "what the service can do", url: url)
    for element in root.elements("capability") {
      capabilities.append(Capability(element))
      languages += element.elements("language").map(Language.init)
      outputFormats += element.elements("outputFormat").map { format in
        OutputFormat(
          mediaType: format.words("mime") ?? "", aliases: format.elements("alias").compactMap(\.words),
          id: format.attribute("ivo-id"))
      }
      uploadMethods += element.elements("uploadMethod").compactMap { $0.attribute("ivo-id") }
      dataModels += element.elements("dataModel").compactMap { $0.attribute("ivo-id") ?? $0.words }
      retention = retention ?? Limit(element.element("retentionPeriod"))
      executionDuration = executionDuration ?? Limit(element.element("executionDuration"))
      output = output ?? Limit(element.element("outputLimit"))
      upload = upload ?? Limit(element.element("uploadLimit"))
    }
  }
}

extension TAPCapabilities.Capability {
  fileprivate init(_ element: XMLTree) {
    standardID = element.attribute("standardID")
    interfaces = element.elements("interface").map { interface in
      TAPCapabilities.Interface(
        accessURL: interface.words("accessURL") ?? "", version: interface.attribute("version"),
        role: interface.attribute("role"),
        securityMethods: interface.elements("securityMethod").compactMap { $0.attribute("standardID") })
    }
  }
}

extension TAPCapabilities.Language {
  fileprivate init(_ element: XMLTree) {
    name = element.words("name") ?? ""
    versions = element.elements("version").compactMap(\.words)
    description = element.words("description")
    features = element.elements("languageFeatures").flatMap { group in
      group.elements("feature").map { feature in
        TAPCapabilities.Feature(
          type: group.attribute("type") ?? "", form: feature.words("form") ?? "",
          description: feature.words("description"))
      }
    }
  }
}

extension TAPCapabilities.Limit {
  fileprivate init?(_ element: XMLTree?) {
    guard let element else { return nil }
    usual = element.words("default").flatMap { Int64($0) }
    hard = element.words("hard").flatMap { Int64($0) }
    unit = element.element("default")?.attribute("unit") ?? element.element("hard")?.attribute("unit")
  }
}
