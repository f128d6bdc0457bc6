internal import Dispatch

/// Work that waits for disks, on threads of its own rather than those that serve tasks.
enum Aside {
  private static let threads = DispatchQueue(label: "webb.aside", attributes: .concurrent)

  /// Does the work and waits for it without holding a thread.
  static func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      threads.async { continuation.resume(returning: work()) }
    }
  }
}
