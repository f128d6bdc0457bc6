import Holdings
import Testing

@Suite struct ArchiveRowTests {
  @Test func cellsAreReadByDeclaredTypeHoweverTheyWereSent() {
    let row = Product(cells: [
      "obsID": .text("80302001"), "size": .real(14400), "proposal_id": .integer(1410), "filters": .text(""),
    ])
    #expect(row.obsID == 80_302_001)
    #expect(row.size == 14400)
    #expect(row.proposal_id == "1410")
    #expect(row.filters == nil)
    #expect(row.cell(named: "size") == .integer(14400))
    #expect(row.cell(named: "nowhere") == nil)
  }

  @Test func keywordServicesKnowTheirColumns() {
    #expect(KeywordService(serviceName: "mast.jwst.filtered.NIRCam") == .nircam)
    #expect(KeywordService.nircam.columns.count == 231)
    #expect(KeywordService.nircam.columns.contains { $0.name == "checksum" && $0.type == .text })
    #expect(KeywordService.nirspec.columns.contains { $0.name == "msaconid" && $0.type == .integer })
    #expect(KeywordService.guideStar.columns.contains { $0.name == "fileName" })
  }

  @Test func datesAreMilliseconds() {
    #expect(MASTDate.milliseconds("/Date(1756616951000)/") == 1_756_616_951_000)
    #expect(MASTDate.milliseconds("2025-08-31") == nil)
    #expect(MASTDate.text(milliseconds: 5) == "/Date(5)/")
  }
}
