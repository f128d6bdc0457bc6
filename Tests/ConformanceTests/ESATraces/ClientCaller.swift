import TestSupport

/// Makes the calls with our client.
final class ClientCaller: TraceCaller {
  init(trace: Trace, server: ReplayServer, folder: ScratchFolder) throws {}

  func perform(_ step: Trace.Step, index: Int) async -> ObservedOutcome { .notApplicable("not bound yet") }
}
