/// How tables are fetched that a user names by their address.
struct UploadFetch: Sendable {
  /// Fetches the bytes at an address, and throws for more than a limit.
  let bytes: TAPConfiguration.Fetch
  /// The most bytes of a table.
  let byteLimit: Int
  /// How many fetch at a time.
  var gate = FetchGate(width: 4, lineLimit: 200)
}
