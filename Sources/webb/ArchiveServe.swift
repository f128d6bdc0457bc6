import ArchiveServer
import ArgumentParser
import HTTPTransport
import LocalArchive

struct ArchiveServe: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve a local archive over MAST's protocol, TAP, DataLink and SIA until stopped.",
    discussion: """
      The first line on standard output names the address. Programs made for MAST work with it once their base address is
      changed; TOPCAT, pyvo and astroquery find a TAP service at /tap, laid out as ESA's at /server/tap. Files of exclusive
      programmes need a token of the archive's tokens.json, or a login (webb archive user).

        webb archive serve --archive DIR --port 8080
        webb mast query --mast-url http://127.0.0.1:8080 --propID 2731
        webb tap query --url http://127.0.0.1:8080/tap 'SELECT TOP 5 * FROM jwst.main'
      """)

  @OptionGroup var location: ArchiveOptions

  @Option(help: "Address to listen at; 0.0.0.0 lets other machines in.")
  var host = "127.0.0.1"

  @Option(help: "Port to listen at; 0 takes a free one.")
  var port = 0

  @Option(
    name: .customLong("public-url"),
    help:
      "The address at which others reach the server, where a proxy stands in front, such as https://archive.example.org"
  )
  var publicURL: String?

  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws {
    if let publicURL, Origin(url: publicURL) == nil || publicURL.hasSuffix("/") {
      throw ValidationError("--public-url \(publicURL) is no address: write it like https://archive.example.org")
    }
    if !(0...65535).contains(port) { throw ValidationError("--port \(port) is not a port (0 to 65535).") }
  }

  func run() async throws {
    let path = try location.resolve(talk: talk)
    let server = try LocalServer(
      path: path, host: host, port: port, publicURL: publicURL, announces: true,
      logs: !talk.quiet)
    try await Interruption.cancelling {
      do {
        try await server.run { url in Console.print("Serving \(path) at \(url)/") }
      } catch  where Task.isCancelled {
        // Stopping is how serving ends, not a failure.
      } catch {
        throw Failure(
          message:
            "The server cannot listen at \(host):\(port): choose another --port, or 0 for a free one, and a --host of this machine. Cause: \(error)"
        )
      }
    }
  }
}
