import TAP
import TableIO
import TestSupport
import Testing

@Suite struct TablesTests {
  private static let plus = """
    <vod:tableset xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:vod="http://www.ivoa.net/xml/VODataService/v1.1"
      xsi:type="vod:TableSet" xmlns:esatapplus="http://esa.int/xml/EsaTapPlus">
    <schema esatapplus:public="true"><name>jwst</name>
    <table type="base_table" esatapplus:size="100" esatapplus:size_bytes="22474547200" esatapplus:flags="1">
    <name>jwst.main</name><description>Observation
       joined with plane</description>
    <column std="false" esatapplus:flags="16"><name>planeid</name><unit></unit><ucd/>
    <dataType xsi:type="vod:VOTableType" arraysize="*">char</dataType><flag>indexed</flag><flag>primary</flag></column>
    <column std="true" esatapplus:flags="1"><name>&quot;public&quot;</name><unit>deg</unit><ucd>pos.eq.ra</ucd>
    <utype>Char.x</utype><dataType xsi:type="vod:VOTableType" extendedType="point">boolean</dataType></column>
    <foreignKey><targetTable>jwst.plane</targetTable><fkColumn><fromColumn>planeid</fromColumn>
    <targetColumn>id</targetColumn></fkColumn><description>the plane</description></foreignKey>
    </table></schema>
    <schema><name>tap_schema</name><table><name>tables</name></table></schema>
    </vod:tableset>
    """

  @Test func aTableset() async throws {
    let service = try ServiceFixture(dialect: .tapPlus) { _, _, connection in connection.respond(text: Self.plus) }
    let schemas = try await service.client.tables(detail: .names, includesShared: true)
    #expect(service.requests == ["GET tables?only_tables=true&share_accessible=true"])
    #expect(schemas.map(\.name) == ["jwst", "tap_schema"])
    #expect(schemas.flatMap(\.tables).map(\.qualifiedName) == ["jwst.main", "tap_schema.tables"])
    let table = try #require(schemas.first?.tables.first)
    #expect(table.kind == "base_table" && table.plusFlags == 1)
    #expect(table.rowCount == 100 && table.byteCount == 22_474_547_200)
    #expect(table.description == "Observation joined with plane")
    let plane = try #require(table.column("planeID"))
    #expect(plane.datatype == "char" && plane.arraysize == "*" && plane.unit == nil && plane.ucd == nil)
    #expect(plane.flags == ["indexed", "primary"] && plane.isIndexed && plane.plusFlags == 16 && !plane.isStandard)
    let flag = try #require(table.column("public"))
    #expect(flag.name == "\"public\"" && flag.unit == "deg" && flag.ucd == "pos.eq.ra" && flag.utype == "Char.x")
    #expect(flag.xtype == "point" && flag.isStandard && !flag.isIndexed)
    #expect(
      table.foreignKeys == [
        TAPForeignKey(
          targetTable: "jwst.plane", columns: [.init(from: "planeid", target: "id")], description: "the plane")
      ])
  }

  @Test func aPlainTableset() async throws {
    let service = try ServiceFixture { _, _, connection in
      connection.respond(
        text:
          "<?xml version=\"1.0\"?><tableset><schema><name>ivoa</name><table><name>ivoa.ObsCore</name><column><name>s_ra</name></column></table></schema></tableset>"
      )
    }
    let schemas = try await service.client.tables(detail: .names)
    #expect(service.requests == ["GET tables?detail=min"])
    #expect(schemas.first?.tables.first?.column("S_RA")?.plusFlags == nil)
    #expect(schemas.first?.tables.first?.columns.count == 1)
  }

  @Test func oneTableOfTAPPlus() async throws {
    let service = try ServiceFixture(dialect: .tapPlus) { _, request, connection in
      connection.respond(text: request.query.contains("main") ? Self.plus : "<tableset/>")
    }
    #expect(try await service.client.table(named: "jwst.main").columns.count == 2)
    #expect(await tapError { try await service.client.table(named: "a&b c") }?.kind == .notFound)
    #expect(service.requests == ["GET tables?tables=jwst.main", "GET tables?tables=a%26b%20c"])
  }

  @Test func oneTableOfTheStandard() async throws {
    let service = try ServiceFixture { _, _, connection in
      connection.respond(
        text: "<vosi:table xmlns:vosi=\"x\"><name>ivoa.obscore</name><column><name>s_ra</name></column></vosi:table>")
    }
    #expect(try await service.client.table(named: "ivoa.ObsCore").columns.map(\.name) == ["s_ra"])
    #expect(service.requests == ["GET tables/ivoa.ObsCore"])
  }

  @Test func oneTableOfAnOlderService() async throws {
    let service = try ServiceFixture { resource, _, connection in
      if resource == "GET tables" { connection.respond(text: Self.plus) } else { connection.respond(404) }
    }
    #expect(try await service.client.table(named: "jwst.main").columns.count == 2)
    #expect(await tapError { try await service.client.table(named: "jwst.none") }?.kind == .notFound)
  }

  @Test func whatIsNoTablesetIsAnError() async throws {
    let service = try ServiceFixture { _, _, connection in connection.respond(text: "<html>Log in</html>") }
    let error = await tapError { try await service.client.tables() }
    #expect(error?.kind == .badAnswer)
    let failing = try ServiceFixture { _, _, connection in
      connection.respond(500, text: "<html><li><b>Message: </b>no database</li></html>")
    }
    #expect(await tapError { try await failing.client.tables() }?.message == "no database")
  }

  private static func table(_ columns: String, _ rows: [String]) -> String {
    let fields = columns.split(separator: " ").map { name in
      let type =
        ["indexed", "std", "principal", "column_index"].contains(name)
        ? "datatype=\"int\"" : "datatype=\"char\" arraysize=\"*\""
      return "<FIELD name=\"\(name)\" \(type)/>"
    }.joined()
    let body = rows.map { row in
      "<TR>" + row.split(separator: "|", omittingEmptySubsequences: false).map { "<TD>\($0)</TD>" }.joined() + "</TR>"
    }.joined()
    return "<VOTABLE version=\"1.3\"><RESOURCE type=\"results\"><INFO name=\"QUERY_STATUS\" value=\"OK\"/>"
      + "<TABLE>\(fields)<DATA><TABLEDATA>\(body)</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>"
  }

  @Test func aServiceWithoutADocumentIsAskedThroughItsSchema() async throws {
    let service = try ServiceFixture { resource, request, connection in
      guard resource == "POST sync" else { return connection.respond(404, text: "no such resource") }
      let answers = [
        "schemas": Self.table("schema_name description", ["ivoa|IVOA tables"]),
        "tables": Self.table(
          "schema_name table_name table_type description", ["ivoa|ivoa.obscore|view|Observations", "x|x.t|table|"]),
        "columns": Self.table(
          "table_name column_name datatype arraysize unit ucd indexed principal std column_index",
          [
            "ivoa.obscore|s_dec|double||deg|pos.eq.dec|0|1|1|2", "ivoa.obscore|s_ra|double||deg|pos.eq.ra|1|1|1|1",
            "x.t|a|char|*||||||",
          ]),
        "keys": Self.table("key_id from_table target_table description", ["k1|x.t|ivoa.obscore|why"]),
        "key_columns": Self.table("key_id from_column target_column", ["k1|a|obs_id"]),
      ]
      let name = request.text.split(separator: "TAP_SCHEMA.").last.map { String($0.prefix { $0 != "&" }) } ?? ""
      connection.respond(text: answers[name] ?? Documents.errorVOTable("what? \(name)"))
    }
    let schemas = try await service.client.tables()
    #expect(schemas.map(\.name) == ["ivoa", "x"])
    #expect(schemas.first?.description == "IVOA tables")
    let obscore = try #require(schemas.first?.tables.first)
    #expect(obscore.kind == "view" && obscore.qualifiedName == "ivoa.obscore")
    #expect(obscore.columns.map(\.name) == ["s_ra", "s_dec"])
    #expect(obscore.columns.map(\.isIndexed) == [true, false])
    #expect(obscore.columns.map(\.isPrincipal) == [true, true])
    let other = try #require(schemas.last?.tables.first)
    #expect(other.description == nil && other.columns.map(\.arraysize) == ["*"])
    #expect(
      other.foreignKeys == [
        TAPForeignKey(
          targetTable: "ivoa.obscore", columns: [.init(from: "a", target: "obs_id")], description: "why")
      ])
    #expect(service.requests.count == 6)
    #expect(try await service.client.tables(detail: .names).first?.tables.first?.columns.isEmpty == true)
  }
}
