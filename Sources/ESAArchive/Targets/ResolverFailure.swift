/// Why a resolver could not tell where a target is.
public struct ResolverFailure: Sendable, Hashable, CustomStringConvertible {
  /// The resolver.
  public var resolver: Resolver
  /// What it answered, or what went wrong, in a sentence.
  public var reason: String

  /// Describes a failure.
  public init(resolver: Resolver, reason: String) {
    self.resolver = resolver
    self.reason = reason
  }

  /// The resolver's name and the reason.
  public var description: String { "\(resolver.rawValue): \(reason)" }
}
