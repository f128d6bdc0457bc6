import Testing

@testable import TableIO

/// What must hold of every reader, whatever the bytes are and however they come.
@Suite struct ReaderRobustnessTests {
  private func document(_ traits: FormatTraits, seed: UInt64) throws -> (bytes: [UInt8], columns: [Column]) {
    var source = RandomTable(seed: seed)
    let table = try source.table(for: [traits])
    let sink = MemoryByteSink()
    var writer = try traits.format.writer(sink: sink)
    try table.write(to: &writer)
    return (sink.bytes, table.metadata.columns)
  }

  @Test(arguments: FormatTraits.all) func chunkBoundariesChangeNothing(traits: FormatTraits) throws {
    var random = SeededRandom(state: 11)
    for seed in 100..<106 as Range<UInt64> {
      let (bytes, columns) = try document(traits, seed: seed)
      var whole: any TableReader = try traits.reader(bytes, columns: columns)
      let expected = try Table(reading: &whole)
      for pieceSize in [1, 2, 3, 7, .random(in: 4...64, using: &random), .random(in: 65...5000, using: &random)] {
        var reader: any TableReader = try traits.reader(bytes, columns: columns, pieceSize: pieceSize)
        let found = try Table(reading: &reader)
        #expect(found.metadata == expected.metadata, "pieces of \(pieceSize)")
        #expect(String(describing: found.rows) == String(describing: expected.rows), "pieces of \(pieceSize)")
      }
      var reader: any TableReader = try traits.reader(bytes, columns: columns)
      _ = try reader.nextTable()
      var rows = TableBatch(columns: expected.metadata.columns)
      var batch = rows
      while try reader.read(into: &batch, rowLimit: .random(in: 1...5, using: &random)) { rows.append(batch) }
      #expect(String(describing: rows) == String(describing: expected.rows), "batches of few rows")
    }
  }

  /// Changed, cut and doubled bytes are read or refused with a typed error, and give no more rows than there are bytes.
  @Test(arguments: FormatTraits.all) func damagedFilesAreReadOrRefused(traits: FormatTraits) throws {
    var random = SeededRandom(state: 12)
    var refused = 0
    for seed in 200..<204 as Range<UInt64> {
      let (bytes, columns) = try document(traits, seed: seed)
      for _ in 0..<150 {
        let damaged = damage(bytes, &random)
        do {
          var reader: any TableReader = try traits.reader(
            damaged, columns: columns, pieceSize: .random(in: 1...5000, using: &random))
          var rowCount = 0
          var tableCount = 0
          while let table = try reader.nextTable(), tableCount < 100 {
            tableCount += 1
            var batch = TableBatch(columns: table.columns)
            while try reader.read(into: &batch), rowCount <= 1 << 20 {
              try batch.check(against: table.columns)
              rowCount += batch.rowCount
            }
          }
          // A table without columns has rows that take no bytes, in FITS alone.
          #expect(rowCount <= max(damaged.count, 64) || traits.format == .fits)
          #expect(tableCount < 100)
        } catch is TableIOError {
          refused += 1
        }
      }
    }
    #expect(refused > 0)
  }

  private func damage(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      guard !bytes.isEmpty else { return bytes }
      let place = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] = .random(in: 0...255, using: &random)
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 2: bytes.removeLast(bytes.count - place)
      case 3: bytes.remove(at: place)
      case 4:
        let end = min(bytes.count, place + Int.random(in: 1...80, using: &random))
        bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: bytes.indices, using: &random))
      default:
        let marks = Array("<>&\"',;[]{}9-\n\0#/=".utf8)
        bytes[place] = marks.randomElement(using: &random)!
      }
    }
    return bytes
  }
}
