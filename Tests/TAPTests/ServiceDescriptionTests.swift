import TAP
import TestSupport
import Testing

@Suite struct ServiceDescriptionTests {
  @Test func capabilities() async throws {
    let text = """
      <vosi:capabilities xmlns:vosi="http://www.ivoa.net/xml/VOSICapabilities/v1.0" xmlns:vs="v" xmlns:tr="t"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      <capability standardID="ivo://ivoa.net/std/TAP" xsi:type="tr:TableAccess">
      <interface role="std" version="1.1" xsi:type="vs:ParamHTTP"><accessURL use="base">http://h/tap</accessURL>
      <securityMethod standardID="ivo://ivoa.net/sso#cookie"/></interface>
      <dataModel ivo-id="ivo://ivoa.net/std/ObsCore#core-1.1">ObsCore</dataModel>
      <language><name>ADQL</name><version ivo-id="ivo://ivoa.net/std/ADQL#v2.0">2.0</version><version>2.1</version>
      <description>ADQL it is</description>
      <languageFeatures type="ivo://ivoa.net/std/TAPRegExt#features-udf">
      <feature><form>gavo_match(p TEXT, s TEXT) -> INTEGER</form><description>matches</description></feature>
      </languageFeatures>
      <languageFeatures type="ivo://ivoa.net/std/TAPRegExt#features-adqlgeo"><feature><form>POINT</form></feature>
      </languageFeatures></language>
      <outputFormat ivo-id="ivo://ivoa.net/std/TAPRegExt#output-votable-td"><mime>text/xml</mime>
      <alias>votable</alias><alias>vot</alias></outputFormat>
      <uploadMethod ivo-id="ivo://ivoa.net/std/TAPRegExt#upload-inline"/>
      <retentionPeriod><default>172800</default><hard>360000</hard></retentionPeriod>
      <executionDuration><default>3600</default></executionDuration>
      <outputLimit><default unit="row">2000</default><hard unit="row">3000000</hard></outputLimit>
      <uploadLimit><hard unit="byte">20000000</hard></uploadLimit>
      </capability>
      <capability standardID="ivo://ivoa.net/std/VOSI#tables-1.1"><interface><accessURL>http://h/t</accessURL></interface>
      </capability></vosi:capabilities>
      """
    let service = try ServiceFixture { _, _, connection in connection.respond(text: text) }
    let capabilities = try await service.client.capabilities()
    #expect(service.requests == ["GET capabilities"])
    #expect(capabilities.version == "1.1")
    #expect(capabilities.supports("ivo://ivoa.net/std/vosi#tables-1.1"))
    #expect(!capabilities.supports("ivo://ivoa.net/std/DALI#examples"))
    let interface = try #require(capabilities.capabilities.first?.interfaces.first)
    #expect(interface.accessURL == "http://h/tap" && interface.securityMethods == ["ivo://ivoa.net/sso#cookie"])
    #expect(capabilities.languages.map(\.name) == ["ADQL"])
    #expect(capabilities.languages.first?.versions == ["2.0", "2.1"])
    #expect(capabilities.functions.map(\.form) == ["gavo_match(p TEXT, s TEXT) -> INTEGER"])
    #expect(capabilities.outputFormats.first?.aliases == ["votable", "vot"])
    #expect(capabilities.takesUploads("inline") && !capabilities.takesUploads("http"))
    #expect(capabilities.dataModels == ["ivo://ivoa.net/std/ObsCore#core-1.1"])
    #expect(capabilities.retention?.usual == 172_800 && capabilities.retention?.hard == 360_000)
    #expect(capabilities.executionDuration?.usual == 3600 && capabilities.executionDuration?.hard == nil)
    #expect(capabilities.output?.hard == 3_000_000 && capabilities.output?.unit == "row")
    #expect(capabilities.upload?.hard == 20_000_000 && capabilities.upload?.unit == "byte")
  }

  @Test func availability() async throws {
    let text = """
      <availability xmlns="http://www.ivoa.net/xml/VOSIAvailability/v1.0"><available>true</available>
      <upSince>2026-01-01T00:00:00Z</upSince><downAt>2026-02-01T00:00:00Z</downAt><note>all well</note>
      <note>disk nearly full</note></availability>
      """
    let service = try ServiceFixture { _, _, connection in connection.respond(text: text) }
    let availability = try await service.client.availability()
    #expect(availability.isAvailable && availability.upSince == "2026-01-01T00:00:00Z")
    #expect(availability.downAt == "2026-02-01T00:00:00Z" && availability.backAt == nil)
    #expect(availability.notes == ["all well", "disk nearly full"])
  }

  @Test func examples() async throws {
    let first = """
      <!DOCTYPE html>
      <html xmlns="http://www.w3.org/1999/xhtml"><head><title>Examples&nbsp;&mdash; TAP</title></head>
      <body vocab="http://www.ivoa.net/rdf/examples#"><div>
      <div typeof="example" id="x1" resource="#x1"><h2 property="name">Cone <em>search</em></h2>
      <p>Find <span property="table">ivoa.obscore</span> rows.</p><pre property="query">
      SELECT *
      FROM ivoa.obscore WHERE a &lt; 1</pre></div>
      <div typeof="example"><h2 property="name">No query</h2></div>
      <a property="continuation" href="examples/more">more</a>
      <a property="continuation" href="http://127.0.0.1:1/foreign">others</a>
      <a property="continuation" href="examples">again</a></div></body></html>
      """
    let service = try ServiceFixture { resource, _, connection in
      if resource == "GET examples" { return connection.respond(200, ["Content-Type": "text/html"], text: first) }
      connection.respond(
        text: "<div><p typeof=\"example\"><b property=\"name\">Two</b><i property=\"query\">SELECT 2</i></p></div>")
    }
    let examples = try await service.client.examples()
    #expect(examples.map(\.name) == ["Cone search", "Two"])
    #expect(examples.first?.query == "SELECT *\nFROM ivoa.obscore WHERE a < 1")
    #expect(examples.first?.id == "x1" && examples.first?.table == "ivoa.obscore")
    #expect(service.requests == ["GET examples", "GET examples/more"])
  }

  @Test func aServiceWithoutExamples() async throws {
    let service = try ServiceFixture { _, _, connection in connection.respond(404) }
    #expect(try await service.client.examples().isEmpty)
  }

  @Test func otherDocumentsAreErrors() async throws {
    let service = try ServiceFixture { _, _, connection in connection.respond(text: "<VOTABLE/>") }
    #expect(await tapError { try await service.client.capabilities() }?.kind == .badAnswer)
    #expect(await tapError { try await service.client.availability() }?.kind == .badAnswer)
    #expect(await tapError { try await service.client.examples() }?.kind == .badAnswer)
  }
}
