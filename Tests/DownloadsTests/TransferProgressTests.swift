import Downloads
import Testing

@Suite struct TransferProgressTests {
  private let items = ["a", "b"].map {
    DownloadItem(id: $0, url: "https://h/" + $0, destination: "/d/" + $0, expectedSize: 1000)
  }

  private func finished(_ index: Int, _ result: DownloadOutcome.Result) -> DownloadEvent {
    .finished(DownloadOutcome(item: items[index], result: result, attempts: 1, duration: .zero))
  }

  @Test func addsUp() {
    var progress = TransferProgress(items)
    progress.record(.started(id: "a", label: "a", held: 200), at: .seconds(0))
    #expect(progress.bytesDone == 200)
    #expect(progress.bytesTotal == 2000)
    #expect(progress.rate(at: .seconds(1)) == nil, "bytes from an earlier run are no speed")
    progress.record(.received(id: "a", held: 700), at: .seconds(1))
    #expect(progress.rate(at: .seconds(1)) == 500)
    #expect(progress.timeLeft(at: .seconds(1)) == .seconds(2.6))
    progress.record(finished(0, .downloaded(bytes: 1000, checksumVerified: false, resumedFrom: 200)), at: .seconds(2))
    #expect(progress.bytesDone == 1000)
    #expect(progress.filesDone == 1)
    progress.record(finished(1, .failed(DownloadsError(.notFound, file: "", ""))), at: .seconds(2))
    #expect(progress.filesFailed == 1)
    #expect(progress.bytesTotal == 1000)
    #expect(progress.timeLeft(at: .seconds(2)) == .zero)
  }

  @Test func aFreshStartFallsBack() {
    var progress = TransferProgress(items)
    progress.record(.received(id: "a", held: 700), at: .seconds(1))
    progress.record(.received(id: "a", held: 0), at: .seconds(2))
    #expect(progress.bytesDone == 0)
    progress.record(.sized(id: "a", total: 50), at: .seconds(2))
    #expect(progress.bytesTotal == 1050)
  }

  @Test func anUnknownSizeLeavesTheTimeOpen() {
    var progress = TransferProgress(items + [DownloadItem(url: "https://h/c", destination: "/d/c")])
    progress.record(.received(id: "a", held: 0), at: .seconds(0))
    progress.record(.received(id: "a", held: 700), at: .seconds(1))
    #expect(!progress.isTotalKnown)
    #expect(progress.timeLeft(at: .seconds(1)) == nil)
  }

  @Test func theRateForgets() throws {
    var progress = TransferProgress(items)
    for second in 0...100 {
      progress.record(.received(id: "a", held: second < 50 ? Int64(second * 1000) : 49_000), at: .seconds(second))
    }
    #expect(progress.rate(at: .seconds(100)) == nil)
  }
}
