/// Where the parts of a TAP+ service are, beside its TAP resources: paths relative to the server's context.
public struct TAPPlusContexts: Sendable, Hashable {
  /// Where a login begins.
  public var login = "login"
  /// Where it ends.
  public var logout = "logout"
  /// Where the token for exclusive-access data is set.
  public var token = "jwstToken"
  /// Where users' tables are stored and deleted.
  public var upload = "Upload"
  /// Where users' tables are changed.
  public var tableTool = "TableTool"
  /// Where data are fetched.
  public var data = "data"
  /// The data link service.
  public var dataLink = "datalink"

  /// The paths of ESA's JWST archive.
  public init() {}
}
