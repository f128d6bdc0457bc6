/// Which machines a transport may connect to.
public enum AddressPolicy: Sendable, Hashable {
  /// All.
  case anywhere
  /// Those that everybody can reach, and neither this machine nor its local network: for addresses that strangers name. Every
  /// connection is judged by the number that its host's name stands for, so that neither a name nor a redirect leads around it; proxies
  /// of the environment are left aside, since behind them nobody knows the number.
  case publicOnly
}

/// An IP address by its number.
package struct NetworkAddress: Sendable, Hashable {
  /// Four bytes for IPv4, sixteen for IPv6, in the order of the net.
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// Whether the address is one of the public network. Source: IANA's registries of special-purpose addresses (RFC 6890).
  package var isPublic: Bool {
    switch bytes.count {
    case 4: !Self.specialBlocks.contains { $0.holds(bytes) }
    case 16: isPublic6
    default: false
    }
  }

  private var isPublic6: Bool {
    // An IPv4 address as IPv6 writes it (RFC 4291, section 2.5.5.2), or as a translator does (RFC 6052, section 2.1).
    if bytes.starts(with: Self.mapped) || bytes.starts(with: Self.translated) {
      return NetworkAddress(bytes: Array(bytes.suffix(4))).isPublic
    }
    // Of IPv6 only 2000::/3 is given out; the rest is local, multicast or nobody's.
    return bytes[0] & 0xE0 == 0x20 && !Self.specialBlocks6.contains { $0.holds(bytes) }
  }

  private static let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
  private static let translated: [UInt8] = [0x00, 0x64, 0xFF, 0x9B] + [UInt8](repeating: 0, count: 8)

  private struct Block: Sendable {
    let start: [UInt8]
    let bitCount: Int

    init(_ start: [UInt8], _ bitCount: Int) {
      self.start = start
      self.bitCount = bitCount
    }

    func holds(_ bytes: [UInt8]) -> Bool {
      for (index, byte) in start.enumerated() {
        let bits = min(8, bitCount - index * 8)
        if bits <= 0 { break }
        if (byte ^ bytes[index]) >> UInt8(8 - bits) != 0 { return false }
      }
      return true
    }
  }

  private static let specialBlocks = [
    // This network, private use, shared by carriers, this machine, link-local.
    Block([0], 8), Block([10], 8), Block([100, 64], 10), Block([127], 8), Block([169, 254], 16),
    Block([172, 16], 12), Block([192, 168], 16),
    // Protocols, documentation, relays, benchmarks.
    Block([192, 0, 0], 24), Block([192, 0, 2], 24), Block([192, 88, 99], 24), Block([198, 18], 15),
    Block([198, 51, 100], 24), Block([203, 0, 113], 24),
    // Multicast, reserved, broadcast.
    Block([224], 4), Block([240], 4),
  ]

  private static let specialBlocks6 = [
    // Protocols with Teredo, documentation, 6to4, which holds any IPv4 address.
    Block([0x20, 0x01, 0x00], 23), Block([0x20, 0x01, 0x0D, 0xB8], 32), Block([0x20, 0x02], 16),
    Block([0x3F, 0xFF, 0x00], 20),
  ]
}
