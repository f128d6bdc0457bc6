import MASTArchive
import Testing

@Suite struct FileTypePatternTests {
  @Test(arguments: [
    ("rate*", "_rate.fits", true), ("rate*", "_rateints.fits", true), ("rate*", "_rate.jpg", false),
    ("*.jpg", "_thumb.jpg", true), ("*.jpg", "_cal.fits", false), ("?al", "_cal.fits", true),
    ("?al", "_uncal.fits", false),
    ("[cu]*", "_uncal.fits", true), ("[!c]*", "_cal.fits", false), ("[a-d]al", "_cal.fits", true),
    ("[", "_[.fits", true),
    ("*.*", "_asn.json", true), ("all", "_asn.json", true), ("all", nil, true), ("*", nil, false),
    ("/_(rate|cal)\\.fits$/", "_cal.fits", true), ("/_(rate|cal)\\.fits$/", "_uncal.fits", false),
    ("/json/", "_asn.json", true), ("/^_x1d/", "_x1dints.fits", true), ("/json/", nil, false),
  ])
  func matching(word: String, type: String?, matches: Bool) throws {
    #expect(try FileTypePattern(parsing: word).matches(type) == matches)
  }

  @Test func patternsThatGoBackAreStillQuick() throws {
    let pattern = try FileTypePattern(parsing: String(repeating: "*a", count: 2000) + "b.fits")
    #expect(!pattern.matches("_" + String(repeating: "a", count: 20_000) + ".fits"))
  }

  @Test func anExpressionThatCannotBeReadIsRefused() {
    #expect { try FileTypePattern(parsing: "/(/") } throws: { ($0 as? MASTArchiveError)?.kind == .badCriteria }
    #expect { try FileTypePattern(expression: "_(rate") } throws: { ($0 as? MASTArchiveError)?.kind == .badCriteria }
  }

  @Test func theToolsReading() throws {
    #expect(try FileTypePattern(expression: "_(rate|cal).fits").matches("_cal.fits"))
    #expect(try FileTypePattern(expression: "rate*").matches("_rateeee.fits"))
    #expect(try !FileTypePattern(expression: "rate").matches("_rateints.fits"))
  }
}
