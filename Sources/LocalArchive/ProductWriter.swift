internal import GRDB
internal import Holdings

/// Writes products inside one transaction.
final class ProductWriter {
  private let columns = ArchiveTable.products.columns
  private let statement: Statement

  init(_ db: Database, onConflict conflict: ArchiveTable.Conflict) throws {
    statement = try db.cachedStatement(
      sql: ArchiveTable.products.insertionSQL(columns: columns, onConflict: conflict))
  }

  func write(_ product: Product) throws {
    guard let uri = product.dataURI, product.parent_obsid != nil else {
      throw LocalArchiveError(
        .invalidRow,
        "A product without dataURI or parent_obsid cannot be kept (\(product.productFilename ?? "no name")).")
    }
    // Files and their rights are found by name.
    var product = product
    if product.productFilename == nil { product.productFilename = uri.split(separator: "/").last.map(String.init) }
    let values = zip(columns, Product.columns).map { $0.databaseValue($1.cell(product)) }
    try statement.execute(arguments: StatementArguments(values))
  }
}
