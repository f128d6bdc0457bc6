import Downloads
import Testing

@Suite struct SafeFileNameTests {
  @Test(arguments: [
    "jw01410020001_02101_00001_nrca1_uncal.fits", "a", "a b.fits", "é.fits", "a..b", "part",
    String(repeating: "x", count: 245),
  ])
  func harmless(name: String) throws {
    #expect(try SafeFileName(name).text == name)
  }

  @Test(arguments: [
    "", ".", "..", "/etc/passwd", "../x.fits", "a/b", "a\\b", "..\\x", "a\u{0}b", "a\nb", "a\u{1B}[31m", "a\u{7F}",
    "a\u{85}b", "a\u{202E}stif.exe", "-rf", ".hidden", "..a", "x.fits.part", "x.PART", "x.part.json",
    String(repeating: "x", count: 246),
    String(repeating: "é", count: 123),
  ])
  func refused(name: String) {
    let error = #expect(throws: DownloadsError.self) { try SafeFileName(name) }
    #expect(error?.kind == .unsafeName)
    #expect(error?.description.unicodeScalars.contains { $0.value < 32 } == false)
  }
}
