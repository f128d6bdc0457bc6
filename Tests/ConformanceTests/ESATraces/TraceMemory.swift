import TableIO

/// What earlier steps of a trace mean for later ones.
struct TraceMemory: Sendable {
  /// The cookie of the session that the Python client would still send.
  var droppedCookies: Set<String> = []
  /// Phases of jobs, by the step that made them, as a better client knows them.
  var isLoggedOut = false
}
