internal import Dispatch

extension OpenFile {
  private static let readers = DispatchQueue(label: "webb.read", attributes: .concurrent)

  /// Reads as ``read(at:count:)`` does, on a thread that may wait for the disk.
  func readAside(at offset: Int64, count: Int) async -> [UInt8] {
    await withCheckedContinuation { continuation in
      Self.readers.async { continuation.resume(returning: self.read(at: offset, count: count)) }
    }
  }
}
