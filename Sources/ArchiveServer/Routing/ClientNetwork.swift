#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// The smallest net that one client surely has: an IPv4 address, or the first half of an IPv6 address, whose second half everybody
/// chooses.
struct ClientNetwork: Sendable, Hashable {
  /// The net as text.
  let text: String

  /// Reads an address; `nil` when it is none.
  init?(_ address: String) {
    // A link's name may stand behind the number.
    let number = String(address.prefix { $0 != "%" })
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, number, &four) == 1 {
      text = number
    } else if inet_pton(AF_INET6, number, &six) == 1 {
      let bytes = withUnsafeBytes(of: &six) { Array($0) }
      // An IPv4 address as IPv6 writes it.
      if bytes[..<12].elementsEqual([UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]) {
        text = bytes[12...].map { String($0) }.joined(separator: ".")
      } else {
        text = bytes[..<8].map { String($0, radix: 16) }.joined(separator: ":") + "/64"
      }
    } else {
      return nil
    }
  }
}
