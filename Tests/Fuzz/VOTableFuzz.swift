// A libFuzzer target: built together with the sources of TableIO as one module, see run.sh. Not part of the package.

/// Reads one input to its end; only a crash, a hang or a broken promise of the reader is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  guard let data, size > 1 else { return 0 }
  // The first byte chooses the size of the pieces in which the rest arrives.
  let bytes = Array(UnsafeBufferPointer(start: data + 1, count: size - 1))
  let pieceSize = data[0] < 0x80 ? Int.max : Int(data[0] & 0x7F) + 1
  do throws(TableIOError) {
    var options = VOTableReader.Options()
    options.throwsServiceErrors = data[0] & 1 == 0
    options.cellByteLimit = 1 << 20
    var reader = try VOTableReader(source: MemoryByteSource(bytes, pieceSize: pieceSize), options: options)
    while let table = try reader.nextTable() {
      var batch = TableBatch(columns: table.columns)
      while try reader.read(into: &batch, rowLimit: 100) {
        for column in batch.columns {
          precondition(column.count == batch.rowCount)
          for row in 0..<column.count { precondition(column.elementRange(at: row).upperBound <= column.elementCount) }
          if case .text(let texts) = column.elements {
            precondition(String(validating: texts.bytes, as: UTF8.self) != nil)
          }
        }
      }
    }
  } catch {
    precondition(!error.message.isEmpty)
  }
  return 0
}
