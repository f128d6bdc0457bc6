import ArgumentParser
import HTTPTransport
import MASTArchive

/// How to download.
struct DownloadOptions: ParsableArguments {
  @Flag(help: "Fetch files again that are there already; the old ones stay until the new ones are whole.")
  var clobber = false

  @Flag(name: [.customShort("n"), .customLong("skipdownload")], help: "Only list.")
  var skipdownload = false

  @Flag(name: .customLong("dry-run"), help: "Only list, and say how much would be fetched from where.")
  var dryRun = false

  @Option(help: "Files fetched at once.")
  var jobs = 4

  @Flag(name: .shortAndLong, help: "Do not ask before downloading.")
  var yes = false

  @Option(
    help:
      "Where public files come from: mast; s3, the public bucket, and MAST for each file that it does not have; auto, which is s3 for files of MAST with a known checksum."
  )
  var source = Source.auto

  @Option(name: .customLong("s3-url"), help: "Address of the bucket or of a copy of it (also WEBB_S3_URL).")
  var bucketURL: String?

  enum Source: String, ExpressibleByArgument, CaseIterable {
    case auto, s3, mast
  }

  /// Whether nothing is to be fetched.
  var onlyLists: Bool { skipdownload || dryRun }

  func validate() throws {
    if !(1...64).contains(jobs) { throw ValidationError("--jobs \(jobs) is not between 1 and 64.") }
    if let bucketURL, Origin(url: bucketURL) == nil {
      throw ValidationError("--s3-url \(bucketURL) is not an http or https address without user and password.")
    }
  }

  /// Where to fetch files from that an archive lists: the bucket is a copy of MAST, not of other archives.
  func source(for client: MASTClient) -> DownloadSource {
    let bucket = (bucketURL ?? Environment["WEBB_S3_URL"]).map { PublicBucket(baseURL: $0) } ?? PublicBucket()
    return switch source {
    case .mast: .archive
    case .s3: .bucket(bucket, onlyVerifiable: false)
    case .auto:
      ConnectionOptions.isMAST(client.configuration.baseURL) ? .bucket(bucket, onlyVerifiable: true) : .archive
    }
  }
}
