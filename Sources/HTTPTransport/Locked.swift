#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A value that several threads share. (`Synchronization.Mutex` would need macOS 15.)
///
/// Unchecked because the compiler cannot see the lock: `value` is private and only touched in `withLock`, between locking
/// and unlocking, and being Sendable it may leave the closure.
package final class Locked<Value: Sendable>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private var value: Value

  package init(_ value: Value) {
    self.value = value
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deinitialize(count: 1)
    mutex.deallocate()
  }

  package func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value)
  }
}
