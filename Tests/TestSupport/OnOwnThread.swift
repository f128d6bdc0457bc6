/// Does what waits on a thread of its own, and leaves Swift's pool, which has as many threads as the machine has cores, to the others: two
/// tests that wait in the pool for what only the pool can do would wait for ever.
public func onOwnThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    startThread { continuation.resume(with: Result(catching: body)) }
  }
}
