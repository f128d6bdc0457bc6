/// Bytes that are read front to back, by one thread at a time.
public protocol ByteFeed: AnyObject, Sendable {
  /// Fills a buffer with the next bytes, and waits for them where need be.
  /// - Returns: how many there were; 0 is the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(UnpackingError) -> Int

  /// Makes a read that waits, and all that follow, throw `UnpackingError` of kind `.cancelled`. Any thread may call it.
  func cancel()
}
