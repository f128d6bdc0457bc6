import HTTPTransport
import Holdings
import LocalArchive
import MASTArchive
import SkyGeometry
import TestSupport
import Testing

@testable import SampleData
@testable import webb

/// The sample archive over our own server: CAOM alone and the merged source give the same list, the latter with MD5.
@Suite struct ProductSourceTests {
  @Test(
    arguments: [["fits"], ["all"], ["jpg", "asn.json"], ["uncal", "msa"]],
    [SelectionCriteria.GuideStars.without, .with])
  func bothSourcesGiveTheSameProducts(types: [String], guideStars: SelectionCriteria.GuideStars) async throws {
    let folder = try ScratchFolder()
    let programmes: Set = [2734, 2736, 1473]
    try Self.makeArchive(folder.path, programmes)
    let (plain, merged, observations) = try await LocalServer(path: folder.path, logs: false).serving { url in
      let client = MASTClient(
        transport: CurlTransport(configuration: .init(userAgent: "webb/test")), configuration: .init(baseURL: url))
      let observations = try await client.observations(
        matching: ObservationCriteria(programs: programmes.sorted(), window: .all))
      var criteria = SelectionCriteria()
      criteria.fileTypes = types.map { FileTypePattern($0) }
      criteria.guideStars = guideStars
      let plain = try await client.productList(of: observations, from: .catalogue)
      let merged = try await client.productList(of: observations, wanting: ProductNeed(criteria))
      #expect(merged.failures.isEmpty)
      return (
        ProductSelection(observations: observations, products: plain.products, criteria: criteria),
        ProductSelection(observations: observations, products: merged.products, criteria: criteria),
        (observations, merged)
      )
    }
    #expect(observations.0.count > 20)
    #expect(plain.products.count > 5)
    #expect(merged.products == plain.products)
    #expect(merged.fileTypes == plain.fileTypes)
    #expect(merged.observations == plain.observations)
    #expect(ResultTables.summary(merged).text == ResultTables.summary(plain).text)
    let files = merged.products.compactMap(\.product.productFilename).filter { $0.hasSuffix(".fits") }
    for file in files where !file.contains("_gs-") || guideStars == .with {
      #expect(observations.1.records[file]?.checksum != nil, "\(file)")
    }
  }

  private static func makeArchive(_ path: String, _ programmes: Set<Int>) throws {
    let store = try ArchiveStore.create(at: path)
    let epoch = try #require(ModifiedJulianDate(iso: "2026-07-01"))
    let contents = try SampleArchive(.init(seed: 1, epoch: epoch)).write(
      to: store.filesPath, programmes: programmes, isSketch: true)
    try store.add(
      ArchiveContents(
        observations: contents.observations, products: contents.products, keywordRows: contents.keywordRows))
    try store.close()
  }
}
