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
    (["archive", "serve", "--po", "80"], ["archive", "serve", "--port", "80"]),
    (["mast", "-l", "3", "x"], ["mast", "-l", "3", "x"]), (["mast", "--unknown"], ["mast", "--unknown"]),
    (["esa", "cone", "--rad", "5deg"], ["esa", "cone", "--radius", "5deg"]),
    (["esa", "download", "--output_dir=x"], ["esa", "download", "--output-dir=x"]),
    (["tap", "query", "--maxrows", "5"], ["tap", "query", "--max-rows", "5"]),
    (["tap", "jobs", "--job", "a"], ["tap", "jobs", "--job", "a"]),
    (["mast", "--", "--filetype"], ["mast", "--", "--filetype"]), (["--version"], ["--version"]),
  ])
  func spellings(given: [String], canonical: [String]) throws {
    #expect(try LongOptions.canonical(given) == canonical)
  }

  @Test func aBeginningOfSeveralOptionsIsRefused() {
    #expect(throws: ValidationError.self) { try LongOptions.canonical(["mast", "--obs", "3"]) }
  }

  /// The lists must be those of the commands, or abbreviations would be misread. The drop-in programs read their own arguments.
  @Test(
    arguments: WebbCommand.configuration.subcommands.map { $0.configuration.commandName ?? "" }
      .filter { !$0.hasPrefix("jwst_") })
  func listsAreThoseOfTheCommands(group: String) throws {
    let command = try #require(
      WebbCommand.configuration.subcommands.first { $0.configuration.commandName == group })
    let options = Self.help(of: command).matches(of: /\n  (?:-[A-Za-z], )?--([A-Za-z][A-Za-z0-9_-]*)/).map {
      String($0.1)
    }
    let listed = try #require(LongOptions.names[group])
    #expect(Set(options).subtracting(["help", "version"]) == Set(listed))
  }

  /// The help of all commands below a group.
  private static func help(of group: any ParsableCommand.Type) -> String {
    group.configuration.subcommands.map { $0.helpMessage() + help(of: $0) }.joined()
  }

  @Test(arguments: [
    (["esa", "cone", "53", "-27.5"], ["esa", "cone", "53", " -27.5"]),
    (["esa", "cone", "-120 -54", "--radius", "-.5"], ["esa", "cone", " -120 -54", "--radius", " -.5"]),
    (["esa", "products", "-v", "--", "-", "--cal-level"], ["esa", "products", "-v", "--", "-", "--cal-level"]),
  ])
  func negativeNumbersAreValues(given: [String], protected: [String]) {
    #expect(NegativeNumbers.protected(given) == protected)
    #expect(NegativeNumbers.restored(" -1") == "-1" && NegativeNumbers.restored(" 1") == " 1")
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
