extension Array where Element: Sendable {
  /// Works on all elements, so many at once.
  /// - Parameters:
  ///   - limit: how many at once.
  ///   - finished: called after each element with the number of elements done.
  ///   - work: what to do with an element; its first error ends the rest.
  /// - Returns: the results in the order of the elements.
  func mapInParallel<Value: Sendable>(
    atOnce limit: Int, finished: (Int) -> Void = { _ in },
    _ work: @escaping @Sendable (Element) async throws -> Value
  ) async throws -> [Value] {
    try await withThrowingTaskGroup(of: (Int, Value).self) { group in
      var results = [Value?](repeating: nil, count: count)
      var next = 0
      func startNext() {
        guard next < count else { return }
        let (index, element) = (next, self[next])
        group.addTask { (index, try await work(element)) }
        next += 1
      }
      for _ in 0..<Swift.max(1, limit) { startNext() }
      var done = 0
      while let (index, value) = try await group.next() {
        results[index] = value
        done += 1
        finished(done)
        startNext()
      }
      return results.compactMap(\.self)
    }
  }
}
