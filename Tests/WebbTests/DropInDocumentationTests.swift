import Foundation
import Testing

@testable import webb

/// Help and documentation come from the table of options, or say the same.
@Suite struct DropInDocumentationTests {
  @Test func theDocumentedTableIsTheTableOfOptions() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/JWST_MAST_QUERY.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains(DropInHelp.markdown), "write this into docs/JWST_MAST_QUERY.md:\n\(DropInHelp.markdown)")
    #expect(text.matches(of: /(?m)^\| \d+ \|/).count == 29)
  }

  @Test(arguments: DropInProgram.allCases)
  func helpNamesEveryOption(program: DropInProgram) {
    let help = DropInHelp.text(for: program)
    for option in DropInOption.options(of: program) { #expect(help.contains("--\(option.name)")) }
    #expect(help.contains("--clobber") == (program == .download))
  }

  @Test func namesAndLettersAreUnique() {
    let names = DropInOption.all.map { DropInOption.folded($0.name) }
    #expect(Set(names).count == names.count)
    let letters = DropInOption.all.compactMap(\.short)
    #expect(Set(letters).count == letters.count)
  }
}
