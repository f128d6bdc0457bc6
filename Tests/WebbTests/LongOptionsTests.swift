import ArgumentParser
import Testing

@testable import webb

@Suite struct LongOptionsTests {
  @Test(arguments: [
    (["--propid", "1"], ["--propID", "1"]), (["--filetype", "jpg"], ["--filetypes", "jpg"]),
    (["--lookback=3"], ["--lookbacktime=3"]),
    (["--skip-propID2outsubdir"], ["--skip_propID2outsubdir"]), (["--mast_url", "u"], ["--mast-url", "u"]),
    (["-l", "3", "x"], ["-l", "3", "x"]), (["--unknown"], ["--unknown"]),
    (["--", "--filetype"], ["--", "--filetype"]),
  ])
  func spellings(given: [String], canonical: [String]) throws {
    #expect(try LongOptions.canonical(given) == canonical)
  }

  @Test func aBeginningOfSeveralOptionsIsRefused() {
    #expect(throws: ValidationError.self) { try LongOptions.canonical(["--obs", "3"]) }
  }

  /// The list must have every option of every command, or abbreviations of others would be misread.
  @Test(arguments: [
    MASTQuery.helpMessage(), MASTDownload.helpMessage(), ArchiveSample.helpMessage(), ArchiveImport.helpMessage(),
    ArchiveStats.helpMessage(), ArchiveServe.helpMessage(),
  ])
  func listIsComplete(help: String) {
    let options = help.matches(of: /(?:^|[ ,])--([A-Za-z][A-Za-z0-9_-]*)/).map { String($0.1) }
    #expect(!options.isEmpty)
    #expect(Set(options).subtracting(LongOptions.names).isEmpty)
  }
}

@Suite struct ByteCountTests {
  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (14400, "14.4 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"),
    (52_541_115, "52.5 MB"), (2_600_000_000_000, "2.6 TB"),
  ])
  func texts(bytes: Int64, text: String) {
    #expect(ByteCount.text(bytes) == text)
  }
}
