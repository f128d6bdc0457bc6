internal import ADQL
internal import LocalArchive
internal import SkyGeometry

extension TAPService {
  /// Says whether the service works. Source: VOSI 1.1, section 3.
  func availability() -> ServerResponse {
    var xml = XMLText()
    let isAvailable = (try? store.jobCount(owner: nil)) != nil
    xml.element("vosi:availability", ["xmlns:vosi": "http://www.ivoa.net/xml/VOSIAvailability/v1.0"]) { xml in
      xml.element("vosi:available", isAvailable ? "true" : "false")
      xml.element("vosi:upSince", UWSDocument.time(upSince.unixMilliseconds))
      if !isAvailable { xml.element("vosi:note", "The archive's database cannot be read.") }
    }
    return .xml(xml)
  }

  /// Says what the service can do. Source: VOSI 1.1, section 2; TAPRegExt 1.1.
  func capabilities(_ call: TAPCall) -> ServerResponse {
    var xml = XMLText()
    let namespaces: XMLText.Attributes = [
      "xmlns:vosi": "http://www.ivoa.net/xml/VOSICapabilities/v1.0",
      "xmlns:vr": "http://www.ivoa.net/xml/VOResource/v1.0",
      "xmlns:vs": "http://www.ivoa.net/xml/VODataService/v1.1", "xmlns:tr": "http://www.ivoa.net/xml/TAPRegExt/v1.0",
      "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    ]
    xml.element("vosi:capabilities", namespaces) { xml in
      for (id, resource) in [
        ("capabilities", "capabilities"), ("availability", "availability"), ("tables-1.1", "tables"),
      ] {
        xml.element("capability", ["standardID": "ivo://ivoa.net/std/VOSI#\(id)"]) { xml in
          Self.append(interface: "\(call.base)/\(resource)", type: "vs:ParamHTTP", version: "1.1", to: &xml)
        }
      }
      xml.element("capability", ["standardID": "ivo://ivoa.net/std/DALI#examples"]) { xml in
        Self.append(interface: call.base + "/examples", type: "vr:WebBrowser", version: nil, to: &xml)
      }
      xml.element("capability", ["standardID": "ivo://ivoa.net/std/TAP", "xsi:type": "tr:TableAccess"]) { xml in
        xml.element("interface", ["role": "std", "version": "1.1", "xsi:type": "vs:ParamHTTP"]) { xml in
          xml.element("accessURL", ["use": "base"], call.base)
        }
        xml.element("dataModel", ["ivo-id": "ivo://ivoa.net/std/ObsCore#core-1.1"], "ObsCore 1.1")
        Self.appendLanguage(to: &xml)
        appendFormats(to: &xml)
        appendLimits(to: &xml)
      }
    }
    return .xml(xml)
  }

  private static func append(interface url: String, type: String, version: String?, to xml: inout XMLText) {
    xml.element("interface", ["role": version == nil ? nil : "std", "version": version, "xsi:type": type]) { xml in
      xml.element("accessURL", ["use": "full"], url)
    }
  }

  private static func appendLanguage(to xml: inout XMLText) {
    xml.element("language") { xml in
      xml.element("name", "ADQL")
      for version in ["2.0", "2.1"] {
        xml.element("version", ["ivo-id": "ivo://ivoa.net/std/ADQL#v\(version)"], version)
      }
      xml.element("description", "ADQL 2.1, which takes queries of ADQL 2.0 as well.")
      xml.element("languageFeatures", ["type": feature("udf")]) { xml in
        for function in ADQLFunction.declaredUserDefined {
          for form in function.forms { append(form: form, function.description, to: &xml) }
        }
      }
      xml.element("languageFeatures", ["type": feature("adqlgeo")]) { xml in
        for function in ADQLFunction.all where function.group == .geometry {
          append(form: function.writtenName, nil, to: &xml)
        }
      }
      for (group, forms) in optionalFeatures {
        xml.element("languageFeatures", ["type": feature("adql-" + group)]) { xml in
          for form in forms { append(form: form, nil, to: &xml) }
        }
      }
    }
  }

  /// Groups of the language that a service may leave out (ADQL 2.1, section 4), all of which are there. The one with COALESCE is not
  /// listed: STILTS 3.4 takes its identifier for a mistake.
  private static let optionalFeatures: KeyValuePairs = [
    "string": ["LOWER", "UPPER", "ILIKE"], "sets": ["UNION", "EXCEPT", "INTERSECT"], "common-table": ["WITH"],
    "type": ["CAST"], "unit": ["IN_UNIT"], "offset": ["OFFSET"],
  ]

  /// Spelled so, in both cases: that is what STILTS and TOPCAT look for.
  private static func feature(_ name: String) -> String { "ivo://ivoa.net/std/TAPRegExt#features-" + name }

  private static func append(form: String, _ description: String?, to xml: inout XMLText) {
    xml.element("feature") { xml in
      xml.element("form", form)
      if let description { xml.element("description", description) }
    }
  }

  private func appendFormats(to xml: inout XMLText) {
    for offer in ResponseFormat.offers {
      xml.element("outputFormat", ["ivo-id": offer.id]) { xml in
        xml.element("mime", offer.mediaType)
        for alias in offer.aliases { xml.element("alias", alias) }
      }
    }
    let methods = configuration.fetch == nil ? ["inline"] : ["inline", "http", "https"]
    for method in methods { xml.element("uploadMethod", ["ivo-id": "ivo://ivoa.net/std/TAPRegExt#upload-\(method)"]) }
  }

  private func appendLimits(to xml: inout XMLText) {
    func append(_ name: String, _ limit: TAPConfiguration.Limit, unit: String? = nil) {
      xml.element(name) { xml in
        xml.element("default", ["unit": unit], String(limit.usual))
        xml.element("hard", ["unit": unit], String(limit.hard))
      }
    }
    append("retentionPeriod", configuration.retention)
    append("executionDuration", configuration.executionDuration)
    append("outputLimit", configuration.outputLimit, unit: "row")
    let uploads = configuration.uploadRowLimit
    append("uploadLimit", .init(usual: uploads, hard: uploads), unit: "row")
  }
}
