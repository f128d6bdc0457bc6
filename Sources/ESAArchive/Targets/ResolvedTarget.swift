public import SkyGeometry

/// Where a target is.
public struct ResolvedTarget: Sendable, Hashable {
  /// The name that was asked for.
  public var name: String
  /// The position, in the ICRS.
  public var position: SkyPosition
  /// The resolver that knew it.
  public var resolver: Resolver
  /// The resolvers that were asked before and did not know it, with their reasons.
  public var failures: [ResolverFailure]
}
