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

  private struct Route: Sendable {
    var methods: [String]
    var handler: Handler
  }

  private var routes: [[String]: Route] = [:]
  private var depth = 0

  /// No paths yet.
  public init() {}

  /// Adds a handler, in place of the one that the path had.
  /// - Parameters:
  ///   - path: the path, with a slash in front.
  ///   - methods: what it takes; others get 405.
  ///   - handler: answers.
  public mutating func add(
    _ path: String, methods: [String] = ["GET", "HEAD", "POST"], _ handler: @escaping Handler
  ) {
    let words = Self.words(path).map { $0.lowercased() }
    routes[words] = Route(methods: methods, handler: handler)
    depth = max(depth, words.count)
  }

  /// Answers a request.
  /// - Returns: `nil` when no handler has the path.
  public func respond(to request: ServerRequest) -> ServerResponse? {
    let words = Self.words(request.path)
    var count = min(depth, words.count)
    while count >= 0 {
      if let route = routes[words.prefix(count).map { $0.lowercased() }] {
        guard route.methods.contains(request.method) else {
          let list = route.methods.joined(separator: ", ")
          return .text(405, "This path takes \(list).", headers: [("Allow", list)])
        }
        return route.handler(request, Array(words.dropFirst(count)))
      }
      count -= 1
    }
    return nil
  }

  private static func words(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }
}
