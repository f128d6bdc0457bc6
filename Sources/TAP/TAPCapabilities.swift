/// What a service can do. Source: TAPRegExt 1.0, section 2; VOSI 1.1, section 2.
public struct TAPCapabilities: Sendable, Hashable {
  /// One of the standards that the service follows.
  public struct Capability: Sendable, Hashable {
    /// The standard's identifier, `ivo://ivoa.net/std/TAP`; `nil` for something of the service's own.
    public var standardID: String?
    /// The addresses where it is offered.
    public var interfaces: [Interface]
  }

  /// An address where something is offered.
  public struct Interface: Sendable, Hashable {
    /// The address.
    public var accessURL: String
    /// The version of the standard there.
    public var version: String?
    /// `std` for the standard's own interface.
    public var role: String?
    /// The ways to log in that it takes; none means that anyone may ask.
    public var securityMethods: [String]
  }

  /// A language for queries.
  public struct Language: Sendable, Hashable {
    /// What goes into LANG.
    public var name: String
    /// The versions.
    public var versions: [String]
    /// What it is, for people.
    public var description: String?
    /// What it has beyond its core.
    public var features: [Feature]
  }

  /// Something that a language may have or lack.
  public struct Feature: Sendable, Hashable {
    /// The kind of thing, an identifier such as `ivo://ivoa.net/std/TAPRegExt#features-udf`.
    public var type: String
    /// The thing: for a function, its signature.
    public var form: String
    /// What it does.
    public var description: String?
  }

  /// A format of results.
  public struct OutputFormat: Sendable, Hashable {
    /// The media type.
    public var mediaType: String
    /// Short names for it.
    public var aliases: [String]
    /// The standard's identifier of it.
    public var id: String?
  }

  /// A limit: what applies when nothing is asked for, and the most that can be asked for.
  public struct Limit: Sendable, Hashable {
    /// The usual limit.
    public var usual: Int64?
    /// The largest.
    public var hard: Int64?
    /// `row` or `byte` for tables, seconds for times.
    public var unit: String?
  }

  /// The standards that the service follows.
  public var capabilities: [Capability] = []
  /// The languages.
  public var languages: [Language] = []
  /// The formats.
  public var outputFormats: [OutputFormat] = []
  /// The ways to send tables along: identifiers that end in `upload-inline`, `upload-http` …
  public var uploadMethods: [String] = []
  /// The data models that the tables follow.
  public var dataModels: [String] = []
  /// How long jobs are kept, seconds.
  public var retention: Limit?
  /// How long jobs may run, seconds.
  public var executionDuration: Limit?
  /// How large results may be.
  public var output: Limit?
  /// How large uploads may be.
  public var upload: Limit?

  /// Whether the service offers something by a standard's identifier; case does not matter.
  public func supports(_ standardID: String) -> Bool {
    capabilities.contains { $0.standardID?.lowercased() == standardID.lowercased() }
  }

  /// Whether tables can be sent along in a way: `inline`, `http`, `https`, `ftp`.
  public func takesUploads(_ method: String) -> Bool {
    uploadMethods.contains { $0.lowercased().hasSuffix("#upload-" + method.lowercased()) }
  }

  /// The functions that the service adds to a language, by their signatures.
  public var functions: [Feature] {
    languages.flatMap(\.features).filter { $0.type.lowercased().hasSuffix("#features-udf") }
  }

  /// The version of TAP, `1.0` where the service does not say.
  public var version: String {
    let tap = capabilities.first { $0.standardID?.lowercased().hasPrefix("ivo://ivoa.net/std/tap") == true }
    return tap?.interfaces.compactMap(\.version).first ?? "1.0"
  }
}
