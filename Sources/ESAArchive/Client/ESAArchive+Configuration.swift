public import HTTPTransport
public import TAP

extension ESAArchive {
  /// Addresses and habits of a client.
  public struct Configuration: Sendable {
    /// The address of the archive's table service; login and data are beside it.
    public var tapURL: String
    /// Where the parts of the service are, beside the table service.
    public var contexts = TAPPlusContexts()
    /// How the archive's main view is built. When `nil`, `jwst.main` is asked, and where the service says that there is no
    /// such table `jwst.archive`; what has answered is remembered, and no request is made just to find out.
    public var layout: TableLayout?
    /// Where targets are looked up.
    public var resolvers = ResolverAddresses()
    /// The most rows that a search may give (MAXREC), directly or as a job; `nil` asks for all that the service gives. Its own
    /// limit for a direct answer may be lower. Look-ups behind downloads and product lists are always whole.
    public var rowLimit: Int?
    /// What to do when the service cuts a direct answer.
    public var overflow = OverflowPolicy.runAsJob
    /// Whether the archive is asked for the checksums of an observation's files before they are fetched.
    public var asksForChecksums = true
    /// How the program calls itself to the archive.
    public var clientTag = "WEBB"
    /// How long to wait for the end of a job; `nil` is for ever.
    public var jobPatience: Duration? = .seconds(3600)
    /// When to ask again after passing faults.
    public var retry = RetryPolicy()
    /// Time and chance for pauses.
    public var pacing = Pacing.system
    /// How long an answer about jobs, tables and targets may take.
    public var timeouts = Timeouts()
    /// How long a query's result may take.
    public var queryTimeouts = Timeouts(responseHead: .seconds(600), stall: .seconds(120))
    /// How long the data of an observation may take to come; the archive packs them before it sends the first byte.
    public var dataTimeouts = Timeouts(responseHead: .seconds(1200), stall: .seconds(300))
    /// The folder of temporary files; `nil` is the system's usual place.
    public var temporaryFolder: String?

    /// Sets up a client of an archive.
    /// - Parameter tapURL: the address of its table service.
    public init(tapURL: String = "https://jwst.esac.esa.int/server/tap") { self.tapURL = tapURL }

    /// How the table service is asked.
    var connection: TAPConnection.Configuration {
      var connection = TAPConnection.Configuration(dialect: .tapPlus, clientTag: clientTag)
      connection.retry = retry
      connection.pacing = pacing
      connection.timeouts = timeouts
      connection.queryTimeouts = queryTimeouts
      connection.temporaryFolder = temporaryFolder
      return connection
    }
  }

  /// What to do when the service cuts a direct answer at its row limit.
  public enum OverflowPolicy: String, Sendable, Hashable, CaseIterable {
    /// The same question is asked again as a job, whose answers may be longer; the answer says so.
    case runAsJob
    /// The rows that came are given; the answer says that they are not all.
    case keep
    /// It is an error.
    case fail
  }
}
