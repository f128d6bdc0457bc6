import SkyGeometry
import Synchronization

/// A clock that tests set.
final class Clock: Sendable {
  private let value = Mutex(61000.0)

  /// MJD UTC.
  var mjd: Double {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }

  func advance(seconds: Double) { mjd += seconds / 86400 }

  var now: @Sendable () -> ModifiedJulianDate { { ModifiedJulianDate(rawValue: self.mjd) } }
}
