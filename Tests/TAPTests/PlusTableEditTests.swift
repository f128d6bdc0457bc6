import HTTPTransport
import Testing

@testable import TAP

@Suite struct PlusTableEditTests {
  static func column(_ name: String, ucd: String? = nil, code: Int? = nil, flags: String...) -> TAPColumn {
    var column = TAPColumn(name: name)
    column.ucd = ucd
    column.plusFlags = code
    column.flags = flags
    return column
  }

  static let columns = [
    column("mytable_oid", code: 16, flags: "indexed", "primary"), column("ra", code: 0), column("dec"),
    column("mag", ucd: "phot.mag", code: 8),
  ]

  /// Index and flag of a column after changes.
  func after(_ code: Int?, isIndexed: Bool, _ changes: TableChange.Value...) throws -> String {
    let column = isIndexed ? Self.column("c", code: code, flags: "indexed") : Self.column("c", code: code)
    let form = try TableEdit("t", changes.map { TableChange("c", $0) }).form(for: [column])
    let pairs = form.text.split(separator: "&").filter { $0.contains("INDEXED") || $0.contains("FLAGS") }
    return pairs.map { $0.drop { $0 != "=" }.dropFirst() }.joined(separator: " ")
  }

  @Test func theIndex() throws {
    #expect(try after(nil, isIndexed: false, .ucd("x")) == "False None")
    #expect(try after(nil, isIndexed: true, .ucd("x")) == "True None")
    #expect(try after(1, isIndexed: false, .ucd("x")) == "True Ra")
    #expect(try after(8, isIndexed: false, .indexed(true)) == "True Mag")
    #expect(try after(8, isIndexed: true, .indexed(false)) == "False Mag")
    #expect(try after(16, isIndexed: true, .flags(.none)) == "False ")
    #expect(try after(16, isIndexed: true, .flags(.none), .indexed(true)) == "True ")
    #expect(try after(16, isIndexed: false, .flags(.mag)) == "True Mag")
    #expect(try after(34, isIndexed: false, .indexed(false), .flags(.flux)) == "True Flux")
    #expect(try after(nil, isIndexed: false, .flags(.flux)) == "False Flux")
    #expect(try after(nil, isIndexed: false, .flags(ColumnFlag(rawValue: "New")), .indexed(true)) == "True New")
  }

  @Test func senselessChanges() throws {
    func kind(_ changes: [TableChange], table: String = "t") -> TAPError.Kind? {
      do throws(TAPError) { _ = try TableEdit(table, changes) } catch { return error.kind }
      return nil
    }
    #expect(kind([]) == .badRequest)
    #expect(kind([TableChange("a", .ucd("x"))], table: "") == .badRequest)
    #expect(kind([TableChange("a", .ucd("x")), TableChange("a", .ucd("y"))]) == .badRequest)
    #expect(kind([TableChange("a", .ucd("x")), TableChange("a", .utype("x")), TableChange("b", .ucd("x"))]) == nil)
    #expect(kind([TableChange("a", .flags(.ra))]) == .badRequest)
    #expect(kind([TableChange("a", .flags(.dec)), TableChange("b", .flags(.none))]) == .badRequest)
    #expect(kind([TableChange("a", .flags(.dec)), TableChange("b", .flags(.ra))]) == nil)
  }

  @Test func unknownColumns() throws {
    let edit = try TableEdit("t", [TableChange("nocol", .ucd("x"))])
    let error = try #require(throws: TAPError.self) { try edit.form(for: Self.columns) }
    #expect(error.kind == .notFound)
    #expect(error.message.contains("mytable_oid, ra, dec, mag"))
    #expect(try #require(throws: TAPError.self) { try edit.form(for: []) }.kind == .notFound)
  }

  @Test func aDelimitedNameIsFoundWithoutItsQuotes() throws {
    let column = Self.column("\"public\"")
    let form = try TableEdit("t", [TableChange("public", .ucd("x"))]).form(for: [column])
    #expect(form.text.contains("TABLE0_COL0=%22public%22&TABLE0_COL0_UCD=x&"))
  }

  @Test func changesInWords() throws {
    #expect(try TableChange(column: "a", field: "UCD", text: "x") == TableChange("a", .ucd("x")))
    #expect(try TableChange(column: "a", field: "utype", text: "") == TableChange("a", .utype("")))
    #expect(try TableChange(column: "a", field: "flags", text: "ra") == TableChange("a", .flags(.ra)))
    #expect(try TableChange(column: "a", field: "flags", text: "") == TableChange("a", .flags(.none)))
    #expect(try TableChange(column: "a", field: "indexed", text: "True") == TableChange("a", .indexed(true)))
    #expect(
      try #require(throws: TAPError.self) { try TableChange(column: "a", field: "unit", text: "deg") }.kind
        == .badRequest)
    #expect(
      try #require(throws: TAPError.self) { try TableChange(column: "a", field: "indexed", text: "maybe") }.kind
        == .badRequest)
  }

  @Test(
    arguments: [
      (0, nil), (1, "Ra"), (33, "Ra"), (2, "Dec"), (34, "Dec"), (4, "Flux"), (38, "Flux"), (8, "Mag"), (40, "Mag"),
      (16, "PK"),
      (48, "PK"), (32, nil), (-1, nil),
    ] as [(Int, String?)])
  func codes(code: Int, word: String?) {
    #expect(ColumnFlag(code: code)?.rawValue == word)
  }
}
