import MASTArchive
import Testing

@Suite struct TextTableTests {
  @Test func columnsAreRightJustifiedAndNumericHeadersCarryABlank() {
    let table = TextTable(columns: [
      .integers("proposal_id", [1410, 743]),
      .texts("obsnum", ["20", nil], missing: "<NA>"),
      .texts("obs_id", ["jw01410020001_02101_00001_nrca1", nil]),
      .integers("dl_code", [0, nil]),
      .texts("dl_str", ["exists", nil], missing: "None"),
    ])
    #expect(
      table.text == """
         proposal_id obsnum                          obs_id  dl_code dl_str
                1410     20 jw01410020001_02101_00001_nrca1        0 exists
                 743   <NA>                             NaN     <NA>   None
        """)
  }

  @Test(arguments: [
    ([59778.125], ["59778.125"]),
    ([59623.957319, 161.052, nil], ["59623.957319", "161.052000", "NaN"]),
    ([21.474, 171.788], ["21.474", "171.788"]),
    ([3, 4], ["3.0", "4.0"]),
    ([1e-7, 21.474], ["1.000000e-07", "2.147400e+01"]),
    ([2_500_000.25, 1], ["2500000.25", "1.00"]),
    ([2_500_000.123456, 1], ["2.500000e+06", "1.000000e+00"]),
  ])
  func decimals(values: [Double?], expected: [String]) {
    let lines = TextTable(columns: [.reals("t", values)]).text.split(separator: "\n").dropFirst()
    #expect(lines.map { $0.drop { $0 == " " } } == expected.map { $0[...] })
  }

  @Test func withoutRowsOnlyNamesStand() {
    #expect(TextTable(columns: [.integers("a", []), .texts("b", [])]).text == "a b")
  }

  @Test func controlCharactersCannotReachATerminal() {
    let text = TextTable(columns: [.texts("t", ["a\tb\u{1B}\u{9B}[31m\n"])]).text
    #expect(text.split(separator: "\n").last == #"a\tb??[31m\n"#)
  }
}
