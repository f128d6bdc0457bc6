extension OpenFile {
  /// Reads as ``read(at:count:)`` does, on a thread that may wait for the disk.
  func readAside(at offset: Int64, count: Int) async -> [UInt8] {
    await Aside.run { self.read(at: offset, count: count) }
  }
}
