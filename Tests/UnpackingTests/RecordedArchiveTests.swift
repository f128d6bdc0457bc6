import Foundation
import TestSupport
import Testing

@testable import Unpacking

/// Archives as the ESA service was recorded to send them.
@Suite(.enabled(if: Shared.folder != nil)) struct RecordedArchiveTests {
  /// The bodies of a recording's answers to requests for data.
  private func bodies(_ name: String) throws -> [[UInt8]] {
    struct Recording: Decodable {
      struct Step: Decodable { var exchanges: [Exchange]? }
      struct Exchange: Decodable {
        var request: Request
        var response: Response
      }
      struct Request: Decodable { var path: String }
      struct Response: Decodable { var body: Body? }
      struct Body: Decodable { var base64: Data? }
      var steps: [Step]
    }
    let data = try Data(contentsOf: Shared.file("conformance/esa-traces/\(name).json"))
    return try JSONDecoder().decode(Recording.self, from: data).steps.flatMap { $0.exchanges ?? [] }
      .filter { $0.request.path == "/server/data" }.compactMap { $0.response.body?.base64.map { Array($0) } }
  }

  private static let expected: [(String, [String])] = [
    (
      "241-obs-tar",
      [
        "jw00777/level_1/jw00777011001_02104_00001_nrcblong_uncal.fits",
        "jw00777/level_2/jw00777011001_02104_00001_nrcblong_cal.fits",
      ]
    ),
    (
      "252-obs-tar-gz",
      [
        "jw00777/level_1/jw00777011001_02104_00001_nrcblong_uncal.fits",
        "jw00777/level_2/jw00777011001_02104_00001_nrcblong_cal.fits",
      ]
    ),
    ("255-obs-empty-tar", []),
  ]

  @Test(arguments: expected)
  func goodArchives(recording: String, names: [String]) async throws {
    let fixture = try UnpackFixture()
    let bytes = try #require(try bodies(recording).first)
    #expect(try await fixture.unpack(bytes).map(\.name) == names)
    for name in names { #expect(fixture.bytes(name)?.starts(with: "SIMPLE  =".utf8) == true) }
  }

  @Test func membersThatAreArchivesStayClosed() async throws {
    let fixture = try UnpackFixture()
    let files = try await fixture.unpack(try #require(try bodies("253-obs-tar-mixed").first))
    #expect(files.map(\.name) == ["a.fits", "b.fits.gz", "c.fits.zip"])
    #expect(fixture.bytes("b.fits.gz")?.starts(with: [0x1F, 0x8B]) == true)
  }

  @Test func badArchives() async throws {
    let fixture = try UnpackFixture()
    await fixture.expectFailure(.unsafeMember, try #require(try bodies("270-obs-tar-symlink").first))
    await fixture.expectFailure(.truncated, Array(try #require(try bodies("268-obs-truncated-tar").first).prefix(4000)))
    await fixture.expectFailure(.notAnArchive, try #require(try bodies("250-obs-single-gz").first))
  }
}
