import ArgumentParser
import Testing

@testable import webb

@Suite struct LongOptionsTests {
  @Test(arguments: [
    (["mast", "--propid", "1"], ["mast", "--propID", "1"]),
    (["mast", "--filetype", "jpg"], ["mast", "--filetypes", "jpg"]),
    (["mast", "--lookback=3"], ["mast", "--lookbacktime=3"]),
    (["mast", "--skip-propID2outsubdir"], ["mast", "--skip_propID2outsubdir"]),
    (["mast", "--mast_url", "u"], ["mast", "--mast-url", "u"]),
    (["archive", "serve", "--p", "80"], ["archive", "serve", "--port", "80"]),
    (["mast", "-l", "3", "x"], ["mast", "-l", "3", "x"]), (["mast", "--unknown"], ["mast", "--unknown"]),
    (["mast", "--", "--filetype"], ["mast", "--", "--filetype"]), (["--version"], ["--version"]),
  ])
  func spellings(given: [String], canonical: [String]) throws {
    #expect(try LongOptions.canonical(given) == canonical)
  }

  @Test func aBeginningOfSeveralOptionsIsRefused() {
    #expect(throws: ValidationError.self) { try LongOptions.canonical(["mast", "--obs", "3"]) }
  }

  /// The lists must be those of the commands, or abbreviations would be misread.
  @Test(arguments: [
    (
      "mast",
      MASTQuery.helpMessage() + MASTDownload.helpMessage() + MASTSync.helpMessage() + MASTVerify.helpMessage()
    ),
    ("table", TableConvert.helpMessage() + TableShow.helpMessage() + TableValidate.helpMessage()),
    (
      "archive",
      ArchiveSample.helpMessage() + ArchiveImport.helpMessage() + ArchiveStats.helpMessage()
        + ArchiveServe.helpMessage()
    ),
  ])
  func listsAreThoseOfTheCommands(group: String, help: String) throws {
    let options = help.matches(of: /\n  (?:-[A-Za-z], )?--([A-Za-z][A-Za-z0-9_-]*)/).map { String($0.1) }
    let listed = try #require(LongOptions.names[group])
    #expect(Set(options).subtracting(["help", "version"]) == Set(listed))
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
