import Crypto
import Holdings
import SkyGeometry
import Testing

@testable import SampleData

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Real files of single exposures and of one small programme.
@Suite struct SampleFilesTests {
  let archive = SampleArchive(.init(epoch: ModifiedJulianDate(iso: "2026-03-01T12:00")!))

  func plan(_ number: Int) throws -> ProgrammePlan {
    try #require(archive.plans.first { $0.plan.programme.number == number }?.plan)
  }

  @Test func aProgrammeIsTheSameTwice() throws {
    let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
    let one = try archive.write(to: first.path, programmes: [1473])
    let two = try archive.write(to: second.path, programmes: [1473])
    #expect(one.files == two.files)
    #expect(one.products == two.products)
    #expect(one.keywordRows == two.keywordRows)
    #expect(one.files.count > 20)
    for file in one.files {
      let bytes = try first.bytes(file.relativePath)
      #expect(Int64(bytes.count) == file.size)
      #expect(
        Insecure.MD5.hash(data: bytes).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
          == file.md5)
      if file.name.hasSuffix(".jpg") { #expect(bytes.starts(with: [0xFF, 0xD8])) }
      if file.name.hasSuffix(".fits") { #expect(bytes.count % 2880 == 0) }
    }
    let other = try SampleArchive(.init(seed: 2, epoch: ModifiedJulianDate(iso: "2026-03-01T12:00")!))
      .write(to: second.path, programmes: [1473])
    #expect(other.files.map(\.name) == one.files.map(\.name))
    #expect(other.files != one.files)
  }

  @Test func headersSayWhatTheRowsSay() throws {
    let folder = try TemporaryFolder()
    let contents = try archive.write(to: folder.path, programmes: [1473])
    for row in contents.keywordRows {
      let filename = try #require(row.filename)
      let reader = try FITSReader(path: "\(folder.path)/01473/\(filename)")
      #expect(try reader.text("FILENAME") == filename)
      #expect(try reader.text("TELESCOP") == "JWST")
      #expect(try Int64(reader.text("PROGRAM")) == row.cells["program"]?.integerValue)
      #expect(try reader.text("EXP_TYPE") == row.cells["exp_type"]?.textValue)
      #expect(
        try reader.text("DATE-BEG")
          == ModifiedJulianDate(unixMilliseconds: row.cells["date_beg"]?.integerValue ?? 0).isoText())
      #expect(throws: FITSReader.Failure.self) { try reader.text("PUPIL") }
      #expect(throws: FITSReader.Failure.self) { try reader.text("CHECKSUM") }
      // A file holds what belongs to it and nothing of the file that was made before.
      let isCalibrated =
        filename.hasSuffix("_rate.fits") || filename.hasSuffix("r1_cal.fits") || filename.hasSuffix("r2_cal.fits")
      #expect(try reader.extensions() == (isCalibrated ? 3 : 1), "\(filename)")
      try reader.move(to: "SCI")
      let axes = try reader.axes()
      if filename.contains("_gs-fg_") { #expect(axes == [8, 8, 40]) }
      if filename.contains("_guider1_") { #expect(Array(axes.prefix(2)) == [96, 96]) }
      if filename.hasSuffix("r1_cal.fits") { #expect(try reader.text("BUNIT") == "MJy/sr") }
    }
  }

  /// Writes one product of an exposure and opens it.
  func product(_ exposure: Exposure, _ suffix: String, in folder: TemporaryFolder) throws -> FITSReader {
    let scene = SkyScene(target: exposure.target, seed: 1)
    let name = "\(exposure.root)_\(suffix).fits"
    let programme = try plan(exposure.programme).programme
    let cards = HeaderCards.exposure(
      exposure, in: programme, file: name, calibration: .current, processed: exposure.end)
    let bytes = try ExposureFiles(exposure: exposure, scene: scene, seed: 1).file(suffix, name: name, cards: cards)
      .bytes
    try Data(bytes).write(to: URL(filePath: "\(folder.path)/\(name)"))
    return try FITSReader(path: "\(folder.path)/\(name)")
  }

  @Test func rampsHaveTheShapeThatTheHeaderSays() throws {
    let folder = try TemporaryFolder()
    let exposure = try #require(try plan(1386).exposures.first { $0.mode == .nirissAMI })
    let reader = try product(exposure, "uncal", in: folder)
    #expect(try reader.text("PUPIL") == "NRM")
    let (integrations, groups) = (try reader.integer("NINTS"), try reader.integer("NGROUPS"))
    try reader.move(to: "SCI")
    let axes = try reader.axes()
    #expect(axes == [64, 64, groups, integrations])
    let pixels = try reader.pixels()
    let means = (0..<integrations * groups).map { plane in
      pixels[plane * 4096..<(plane + 1) * 4096].reduce(0, +) / 4096
    }
    for integration in 0..<integrations {
      let ramp = means[integration * groups..<(integration + 1) * groups]
      #expect(zip(ramp, ramp.dropFirst()).allSatisfy { $0 < $1 }, "light adds up from group to group")
    }
  }

  @Test func aStarOfTheCatalogueIsABrightPixel() throws {
    let folder = try TemporaryFolder()
    let exposure = try #require(try plan(2731).exposures.first { $0.detector == .nrcb1 })
    let reader = try product(exposure, "cal", in: folder)
    #expect(try reader.text("PUPIL") == "CLEAR")
    try reader.move(to: "SCI")
    let axes = try reader.axes()
    let pixels = try reader.pixels()
    let median = pixels.sorted()[pixels.count / 2]
    // The file's own keywords, not the frame that made them.
    let plane = TangentPlane(center: SkyPosition(ra: try reader.real("CRVAL1"), dec: try reader.real("CRVAL2")))
    let (a, b) = (try reader.real("PC1_1") * reader.real("CDELT1"), try reader.real("PC1_2") * reader.real("CDELT1"))
    let (c, d) = (try reader.real("PC2_1") * reader.real("CDELT2"), try reader.real("PC2_2") * reader.real("CDELT2"))
    let scene = SkyScene(target: exposure.target, seed: 1)
    var tried = 0
    for star in scene.stars where star.flux > 300 {
      guard let (east, north) = plane.project(scene.position(of: star)) else { continue }
      let x = try (d * east - b * north) / (a * d - b * c) + reader.real("CRPIX1")
      let y = try (a * north - c * east) / (a * d - b * c) + reader.real("CRPIX2")
      let (column, row) = (Int(x.rounded()) - 1, Int(y.rounded()) - 1)
      guard (1..<axes[0] - 1).contains(column), (1..<axes[1] - 1).contains(row) else { continue }
      #expect(pixels[row * axes[0] + column] > 2 * median)
      tried += 1
    }
    #expect(tried >= 2)
    let region = try #require(regionText(exposure.outlines, withFrame: true))
    let corner = try SkyRegion(sRegion: region).boundingCircle
    #expect(corner.center.separation(to: plane.center) < 1e-6)
  }

  @Test func sameStarSameLightInTwoDithers() throws {
    let exposures = try plan(2731).exposures.filter { $0.detector == .nrcb1 && $0.observation == 1 }
    #expect(exposures.count == 2)
    let scene = SkyScene(target: .carina, seed: 1)
    let seen = exposures.map { exposure in
      Set(scene.visibleStars(on: exposure.frame, margin: -12).map { $0.star.flux })
    }
    #expect(!seen[0].intersection(seen[1]).isEmpty)
    #expect(exposures[0].frame.center != exposures[1].frame.center)
  }

  @Test func associationsAndPoolsNameFilesThatExist() throws {
    let folder = try TemporaryFolder()
    let contents = try archive.write(to: folder.path, programmes: [1473])
    let names = Set(contents.files.map(\.name))
    let pool = try #require(contents.files.first { $0.name.hasSuffix("_pool.csv") })
    let lines = try folder.text(pool.relativePath).split(separator: "\n").map { $0.split(separator: "|") }
    #expect(lines[0].count == 64 && lines.allSatisfy { $0.count == 64 })
    #expect(lines.dropFirst().allSatisfy { names.contains(String($0[0])) })
    struct Association: Decodable {
      struct Product: Decodable {
        struct Member: Decodable {
          var expname: String
          var exptype: String
        }
        var name: String
        var members: [Member]
      }
      var asn_type: String
      var asn_pool: String
      var products: [Product]
    }
    let associations = contents.files.filter { $0.name.hasSuffix("_asn.json") }
    #expect(associations.count == 4)
    for file in associations {
      let association = try JSONDecoder().decode(Association.self, from: Data(folder.bytes(file.relativePath)))
      #expect(association.asn_pool == pool.name)
      #expect(
        association.products.flatMap(\.members).allSatisfy { names.contains($0.expname) && $0.exptype == "science" })
    }
  }

  @Test func theReprocessedFileKeptItsSize() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/02732", withIntermediateDirectories: true)
    let plan = try plan(2732)
    let exposure = try #require(plan.exposures.first)
    var writer = ProgrammeWriter(plan: plan, index: 1, directory: folder.path, seed: 1)
    try writer.write(exposure, scene: SkyScene(target: exposure.target, seed: 1))
    let previous = try #require(writer.contents.previousVersions.first)
    let row = try #require(writer.contents.keywordRows.first { $0.filename == previous.filename })
    #expect(row.cells["fileSize"] == .integer(previous.size))
    #expect(row.cells["checksum"] != .text(previous.checksum))
    #expect(row.cells["cal_ver"] == .text(Calibration.current.version))
    #expect(previous.cal_ver == Calibration.previous.version)
    #expect(try #require(row.cells["ArchiveFileID"]?.integerValue) > previous.archiveFileID)
  }
}
