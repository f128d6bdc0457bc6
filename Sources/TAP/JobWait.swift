/// How a job is watched.
public struct JobPolling: Sendable, Hashable {
  /// The pause after the first look; each further one is half as long again.
  public var firstPause: Duration = .milliseconds(500)
  /// The longest pause between two looks.
  public var longestPause: Duration = .seconds(5)
  /// How long a service of UWS 1.1 is asked to hold a request open until the phase changes; `nil` never asks, and looks at
  /// nothing but the phase.
  public var longPoll: Duration? = .seconds(60)

  /// The usual way.
  public init() {}
}

/// Decides what to do about a job that is waited for, one look after the other.
struct JobWait: Sendable {
  /// What a look at the job showed.
  struct Sight: Sendable {
    var phase: UWSPhase
    var isFinished: Bool
    /// Whether the service holds requests open; `nil` when only the phase was looked at.
    var supportsWait: Bool?
  }

  /// What to do next.
  enum Action: Sendable, Hashable {
    /// Nothing more will happen.
    case end
    /// Ask the service to start the job, then look again after the pause.
    case run(thenAfter: Duration)
    /// Look again.
    case look(Look, after: Duration)
    /// The time is over.
    case giveUp
  }

  /// Ways to look at a job.
  enum Look: Sendable, Hashable {
    /// At its phase alone.
    case phase
    /// At its whole document.
    case document
    /// At its document when the phase has changed, or after so many seconds.
    case change(seconds: Int)
  }

  private let polling: JobPolling
  private let patience: Duration?
  private var pause: Duration
  private var last: Sight?
  private var lastLook = Look.phase
  private var pendingCount = 0
  private var supportsWait: Bool?

  /// A held request that is answered sooner than this without news was not held.
  private static let shortestHold = Duration.seconds(1)

  /// - Parameter patience: how long to wait in all; `nil` is for ever.
  init(polling: JobPolling, patience: Duration?) {
    self.polling = polling
    self.patience = patience
    pause = polling.firstPause
  }

  /// Takes a look into account.
  /// - Parameters:
  ///   - sight: what it showed.
  ///   - elapsed: the time since the waiting began.
  ///   - took: how long the look itself took.
  mutating func event(_ sight: Sight, elapsed: Duration, took: Duration) -> Action {
    if sight.isFinished { return .end }
    let left = patience.map { $0 - elapsed }
    if let left, left <= .zero { return .giveUp }
    if let supports = sight.supportsWait { supportsWait = supports }
    if let last, last.phase != sight.phase { pause = polling.firstPause }
    last = sight

    // A phase that says nothing is looked into: the document may tell when the job ended.
    if !sight.phase.isTelling, sight.supportsWait == nil { return look(.document, after: .zero) }
    if sight.phase == .pending {
      pendingCount += 1
      // The start that was asked for at the creation may still be on its way at the first look.
      if pendingCount == 2 { return .run(thenAfter: nextPause(left)) }
    }
    if sight.phase == .held { return .run(thenAfter: min(polling.longestPause, left ?? polling.longestPause)) }
    guard let longPoll = polling.longPoll else { return look(.phase, after: nextPause(left)) }
    switch supportsWait {
    case nil: return look(.document, after: nextPause(left))
    case false?: return look(.phase, after: nextPause(left))
    case true?:
      var isHolding = sight.phase == .queued || sight.phase == .executing || sight.phase == .pending
      if case .change = lastLook, took < Self.shortestHold { isHolding = false }
      let seconds = min(longPoll, left ?? longPoll)
      return look(
        .change(seconds: max(1, Int(seconds.components.seconds))), after: isHolding ? .zero : nextPause(left))
    }
  }

  private mutating func look(_ look: Look, after pause: Duration) -> Action {
    lastLook = look
    return .look(look, after: pause)
  }

  private mutating func nextPause(_ left: Duration?) -> Duration {
    defer { pause = min(pause * 3 / 2, polling.longestPause) }
    return min(pause, left ?? pause)
  }
}
