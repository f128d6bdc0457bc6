/// Makes the calls of a trace with our client.
protocol TraceCaller: AnyObject {
  /// Makes one call.
  /// - Parameters:
  ///   - step: the call, with what the recording tells of the user's typing.
  ///   - index: the step's number; later calls name the objects that it gave.
  func perform(_ step: Trace.Step, index: Int) async -> ObservedOutcome
}
