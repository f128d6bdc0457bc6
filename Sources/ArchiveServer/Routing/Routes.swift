/// Which handler answers which path.
///
/// A handler answers a path and all paths below it; the longest one that fits is taken. Paths are compared without regard to
/// case, as archives spell theirs differently.
///
///     var routes = Routes()
///     routes.add("/tap", methods: ["GET", "HEAD", "POST"]) { request, rest in … }   // rest of /tap/async/7 is ["async", "7"]
public struct Routes: Sendable {
  /// Answers a request; gets the words of the path behind the handler's own, as the client spelled them.
  public typealias Handler = @Sendable (_ request: ServerRequest, _ rest: [String]) -> ServerResponse

  /// How much requests of a path may take.
  public struct Traits: Sendable, Hashable {
    /// Lines in which requests wait for a thread, so that slow ones hold up only their like.
    public enum Lane: Sendable, Hashable, CaseIterable {
      /// For what is quick: looking things up.
      case usual
      /// For what hashes passwords.
      case passwords
      /// For what reads and stores tables.
      case tables
    }

    /// The line in which requests wait.
    public var lane: Lane
    /// Whether files may come along, in bodies of `multipart/form-data`.
    public var takesFiles: Bool

    /// Describes requests.
    public init(lane: Lane = .usual, takesFiles: Bool = false) {
      self.lane = lane
      self.takesFiles = takesFiles
    }
  }

  private struct Route: Sendable {
    var methods: [String]
    var traits: Traits
    var handler: Handler
  }

  /// Work that is to be done from time to time while the server runs; it may block.
  private(set) var upkeep: [@Sendable () -> Void] = []

  private var routes: [[String]: Route] = [:]
  private var depth = 0

  /// No paths yet.
  public init() {}

  /// Adds a handler, in place of the one that the path had.
  /// - Parameters:
  ///   - path: the path, with a slash in front.
  ///   - methods: what it takes; others get 405.
  ///   - traits: how much its requests may take.
  ///   - handler: answers; may block.
  public mutating func add(
    _ path: String, methods: [String] = ["GET", "HEAD", "POST"], traits: Traits = Traits(), _ handler: @escaping Handler
  ) {
    let words = Self.words(path).map { $0.lowercased() }
    routes[words] = Route(methods: methods, traits: traits, handler: handler)
    depth = max(depth, words.count)
  }

  /// Adds work that a server does once a minute.
  /// - Parameter work: does it; may block.
  public mutating func addUpkeep(_ work: @escaping @Sendable () -> Void) { upkeep.append(work) }

  /// How much a request of a path may take.
  func traits(ofPath path: String) -> Traits { route(Self.words(path))?.route.traits ?? Traits() }

  /// Answers a request.
  /// - Returns: `nil` when no handler has the path.
  public func respond(to request: ServerRequest) -> ServerResponse? {
    let words = Self.words(request.path)
    guard let (route, count) = route(words) else { return nil }
    guard route.methods.contains(request.method) else {
      let list = route.methods.joined(separator: ", ")
      return .text(405, "This path takes \(list).", headers: [("Allow", list)])
    }
    return route.handler(request, Array(words.dropFirst(count)))
  }

  /// The route of the longest path that fits, and its length.
  private func route(_ words: [String]) -> (route: Route, count: Int)? {
    let known = words.prefix(depth).map { $0.lowercased() }
    for count in stride(from: known.count, through: 0, by: -1) {
      if let route = routes[Array(known.prefix(count))] { return (route, count) }
    }
    return nil
  }

  private static func words(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }
}
