/// How long to wait before asking an archive again that is still executing: half a second at first, growing to five.
struct Polling: Sendable {
  var patience: Duration
  private var next: Duration = .milliseconds(500)

  init(patience: Duration) { self.patience = patience }

  /// The next pause, `nil` when patience is over.
  mutating func pause(after elapsed: Duration) -> Duration? {
    guard elapsed < patience else { return nil }
    defer { next = min(next * 3 / 2, .seconds(5)) }
    return min(next, patience - elapsed)
  }
}
