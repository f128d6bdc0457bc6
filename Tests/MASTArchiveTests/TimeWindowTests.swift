import MASTArchive
import SkyGeometry
import Testing

@Suite struct TimeWindowTests {
  let now = ModifiedJulianDate(rawValue: 59780.5)

  @Test func lookbackEndsALittleAfterNow() {
    #expect(TimeWindow(lookback: 3, now: now) == TimeWindow(earliest: 59777.5, latest: 59780.6))
    #expect(TimeWindow(lookback: 0, now: now).earliest == nil)
  }

  @Test(arguments: [
    (["2021-08-11T16:49:49", "2021-08-12T16:49:49"], 59437.701261574075, 59438.701261574075),
    (["2021-08-11T16:49:49+"], 59437.701261574075, 59780.6),
    (["59430.0-"], nil, 59430),
    (["59430"], 59430, 59430),
    (["5.943e4+"], 59430, 59780.6),
  ])
  func dateSelection(words: [String], earliest: Double?, latest: Double?) throws {
    #expect(try TimeWindow(dateSelect: words, now: now) == TimeWindow(earliest: earliest, latest: latest))
  }

  @Test(arguments: [
    ["2021-08-11 16:49:49"], ["yesterday"], ["2021-13-01+"], ["59430+", "59440+"], ["1", "2", "3"], ["nan"], ["1e300"],
    ["59440", "59430"], [""],
    ["+"],
  ])
  func nonsenseIsRefused(words: [String]) {
    #expect { try TimeWindow(dateSelect: words, now: now) } throws: { ($0 as? MASTArchiveError)?.kind == .badCriteria }
  }
}
