import Foundation
import Synchronization
import TableIO
import TestSupport
import Testing

@testable import ArchiveServer

/// Tables that are small on their way and large in memory, and tables from elsewhere.
@Suite struct UploadBoundsTests {
  private func message(_ bytes: [UInt8], _ limits: TableLimits, fileName: String? = nil) -> (text: String, read: Int64)
  {
    let source = MemoryByteSource(bytes, pieceSize: 1 << 16)
    do {
      _ = try UploadReader(limits: limits).table(named: "t", source, fileName: fileName)
      return ("", source.consumedByteCount)
    } catch {
      return (error.message, source.consumedByteCount)
    }
  }

  @Test func rowsStopAtTheBoundOfCells() throws {
    let header = (0..<100).map { "c\($0)" }.joined(separator: ",")
    let row = [String](repeating: "1", count: 100).joined(separator: ",")
    let text = header + "\n" + String(repeating: row + "\n", count: 100_000)
    let (message, read) = message(Array(text.utf8), TableLimits(cells: 50_000))
    #expect(message.contains("more than 50000 numbers and texts"))
    // The sample that types are told from is read before.
    #expect(read < Int64(text.utf8.count) / 2)
    #expect(self.message(Array(text.utf8), TableLimits(rows: 10)).text.contains("more than 10 rows"))
    #expect(self.message(Array((header + "\n" + row + "\n").utf8), TableLimits(cells: 100)).text == "")
  }

  @Test(arguments: ["csv", "tsv", "votable"]) func columnsHaveABound(format: String) {
    let names = (0..<1001).map { "c\($0)" }
    let text =
      format == "votable"
      ? "<VOTABLE><RESOURCE><TABLE>" + names.map { "<FIELD name=\"\($0)\" datatype=\"int\"/>" }.joined()
        + "<DATA><TABLEDATA/></DATA></TABLE></RESOURCE></VOTABLE>"
      : names.joined(separator: format == "csv" ? "," : "\t") + "\n"
    #expect(message(Array(text.utf8), TableLimits()).text.contains("more than 1000 columns"))
  }

  @Test func inflatedBytesHaveABound() throws {
    let text = "a,b\n" + String(repeating: "1,2\n", count: 500_000)
    let bytes = try gzipped(Array(text.utf8))
    #expect(bytes.count < 20_000)
    #expect(message(bytes, TableLimits(bytes: 1 << 20)).text.contains("more than 1048576 bytes, inflated"))
    #expect(message(bytes, TableLimits(bytes: 2_000_004)).text == "")
  }

  @Test func whatIsCompressedWithinATableIsCountedToo() throws {
    let rows = try gzipped([UInt8](repeating: 0, count: 4 << 20))
    let text = """
      <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE><TABLE>
      <FIELD name="n" datatype="int"/><DATA><BINARY><STREAM encoding="gzip">\(Data(rows).base64EncodedString())</STREAM></BINARY></DATA>
      </TABLE></RESOURCE></VOTABLE>
      """
    #expect(text.utf8.count < 10_000)
    #expect(message(Array(text.utf8), TableLimits(bytes: 1 << 20)).text.contains("more than 1048576 bytes"))
    // Gzip within gzip: FITS inflates what it is given.
    let twice = try gzipped(gzipped(Array("SIMPLE  =".utf8) + [UInt8](repeating: 32, count: 4 << 20)))
    let limits = TableLimits(bytes: 1 << 20)
    #expect(message(twice, limits, fileName: "t.fits").text.contains("more than 1048576 bytes, inflated"))
  }

  @Test func arraysCountWithAllTheirNumbers() {
    let text = """
      <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE><TABLE>
      <FIELD name="n" datatype="double" arraysize="1000000"/><DATA><TABLEDATA>
      \(String(repeating: "<TR><TD/></TR>", count: 1000))</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>
      """
    #expect(message(Array(text.utf8), TableLimits(cells: 100_000)).text.contains("more than 100000 numbers"))
    #expect(message(Array(text.utf8), TableLimits(cells: 3_000_000)).text.contains("more than 3000000 numbers"))
  }

  @Test func fewFetchAtATime() async throws {
    let state = Mutex((now: 0, most: 0))
    let tap = try MadeUpService {
      $0.fetchWidth = 2
      $0.fetch = { _, _ in
        state.withLock {
          $0.now += 1
          $0.most = max($0.most, $0.now)
        }
        try await Task.sleep(for: .milliseconds(30))
        state.withLock { $0.now -= 1 }
        return Array("n,m\n1,2\n".utf8)
      }
    }
    await withTaskGroup { group in
      for _ in 0..<10 {
        group.addTask {
          let form = "QUERY=UPLOAD t&FORMAT=csv&UPLOAD=t,http://tables.example/a.csv"
          #expect(try! await tap.send("POST", "/tap/sync", form: form).text == "n,m\n1,2\n")
        }
      }
    }
    #expect(state.withLock { $0.most } == 2)
  }

  @Test func tooManyWhoWaitAreToldToComeBack() async throws {
    let gate = FetchGate(width: 1, lineLimit: 0)
    var place = await gate.enter()
    #expect(place != nil)
    #expect(await gate.enter() == nil)
    place = nil
    #expect(await gate.enter() != nil)
  }

  @Test func tablesFromElsewhereShareOneBound() async throws {
    let limits = Mutex<[Int]>([])
    let tap = try MadeUpService {
      $0.uploadByteLimit = 100
      $0.fetch = { _, limit in
        limits.withLock { $0.append(limit) }
        return Array(("n,m\n" + String(repeating: "1,2\n", count: 12)).utf8)
      }
    }
    let form = "QUERY=UPLOAD t&UPLOAD=t,http://tables.example/a;u,http://tables.example/b"
    #expect(try await tap.send("POST", "/tap/sync", form: form).status == 413)
    #expect(limits.withLock { $0 } == [100, 48])
  }

  @Test func theNameInAnAddressTellsTheFormat() async throws {
    // One column has no comma to tell CSV by.
    let tap = try MadeUpService { $0.fetch = { _, _ in Array("n\n1\n".utf8) } }
    let form = "QUERY=UPLOAD t&FORMAT=csv&UPLOAD=t,http://tables.example/x/s%2Ecsv?version=2"
    #expect(try await tap.send("POST", "/tap/sync", form: form).text == "n\n1\n")
    let job = try await tap.job(form + "&PHASE=RUN")
    #expect(try await tap.end(of: job) == "COMPLETED")
    #expect(try await tap.get(job + "/results/result").text == "n\n1\n")
    #expect(TAPService.fileName(inAddress: "http://tables.example") == nil)
    #expect(TAPService.fileName(inAddress: "http://tables.example/") == nil)
    #expect(TAPService.fileName(inAddress: "http://tables.example/a/b.vot#c") == "b.vot")
  }
}
