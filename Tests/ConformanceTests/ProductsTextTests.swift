import Foundation
import TestSupport
import Testing

// In the suite of the recordings, because it uses the folder of one of them and must not run beside it.
extension MASTGoldenTests {
  /// The table beside the page of a programme is that of the Python tool, byte for byte.
  @Test(.enabled(if: isOn, "WEBB_SHARED is not set"))
  func tableBesideThePage() throws {
    let recordings = try Shared.file("conformance/mast-golden/60-web-options")
    let folder = URL(fileURLWithPath: "/tmp/webb-goldens/mast/runs/60-web-options")
    let usual = ["--webpage_level12_jpgs", "uncal", "dark", "rate", "rateints", "cal"]
    let runs: [(step: String, options: [String])] = [
      ("step01", usual + ["--webpage_thumbnails_width", "80"]),
      ("step07", ["--webpage_level12_jpgs", "_rate.jpg", "--webpage_cols4table", "obsnum", "_rate.jpg", "FILTER"]),
      (
        "step09",
        usual + ["--webpage_fitskeys2table", "DETECTOR", "NOKEY"]
          + ["--webpage_cols4table", "sca", "DETECTOR", "NOKEY", "uncal", "--webpage_sortcols", "sca"]
      ),
      (
        "step11",
        ["--webpage_tablefigsize_width", "77", "--webpage_level12_jpgs", "uncal", "rate"]
          + ["--webpage_fitskeys2table", "FILTER", "--webpage_cols4table", "obs_id", "uncal", "rate", "FILTER"]
          + ["--webpage_sortcols", "obs_id"]
      ),
      ("step13", usual + ["--webpage_mkthumbnails", "False"]),
    ]
    try? FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let server = try FakeMAST(faults: "none")
    for run in runs {
      let result = try WebbProcess(
        ["mast", "download", "--propID", "1138", "--obsnums", "4", "7", "-i", "nircam", "-f", "uncal", "rate", "jpg"]
          + ["--outrootdir", folder.path + "/data", "--yes", "-w"] + run.options,
        environment: [
          "WEBB_NOW": "2022-07-20T12:00:00", "WEBB_MAST_URL": server.baseURL, "MAST_API_TOKEN": "tok-public-0001",
        ], folder: folder
      ).run()
      #expect(result.status == 0, "\(run.step): \(result.errors)")
      let name = "data/01138/01138.products.txt"
      let ours = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      let recorded = try String(
        contentsOf: recordings.appendingPathComponent("\(run.step)/files/\(name)"), encoding: .utf8)
      #expect(ours == recorded, "\(run.step)")
    }
    // The thumbnails bear the names that the Python tool gives them.
    let made = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix("TN.jpg") }
    #expect(made.contains("data/01138/obsnum04/jpg/jw01138004001_02101_00001_nrca1_uncalTN.jpg"))
  }
}
