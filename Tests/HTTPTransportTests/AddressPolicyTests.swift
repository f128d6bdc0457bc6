import TestSupport
import Testing

@testable import HTTPTransport

@Suite struct AddressPolicyTests {
  @Test(arguments: [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.0.0.2", "169.254.169.254", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "192.0.0.8", "198.18.0.1", "198.19.0.1", "224.0.0.1", "255.255.255.255",
  ])
  func numbersOfLocalNetworksAreNotPublic(text: String) {
    let bytes = text.split(separator: ".").compactMap { UInt8($0) }
    #expect(!NetworkAddress(bytes: bytes).isPublic)
    // The same as IPv6 writes it, and as a translator does.
    #expect(!NetworkAddress(bytes: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + bytes).isPublic)
    #expect(!NetworkAddress(bytes: [0, 0x64, 0xFF, 0x9B] + [UInt8](repeating: 0, count: 8) + bytes).isPublic)
    #expect(!NetworkAddress(bytes: [UInt8](repeating: 0, count: 12) + bytes).isPublic)
    #expect(!NetworkAddress(bytes: [0x20, 0x02] + bytes + [UInt8](repeating: 0, count: 10)).isPublic)
  }

  @Test(arguments: [
    "1.1.1.1", "130.167.201.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "198.20.0.1", "223.255.255.1",
  ])
  func otherNumbersArePublic(text: String) {
    let bytes = text.split(separator: ".").compactMap { UInt8($0) }
    #expect(NetworkAddress(bytes: bytes).isPublic)
    #expect(NetworkAddress(bytes: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + bytes).isPublic)
  }

  @Test(arguments: [
    ([0x20, 0x01, 0x04, 0x70], true), ([0x2A, 0x00], true), ([0x20, 0x01, 0x0D, 0xB8], false), ([0x20, 0x01], false),
    ([0xFC], false), ([0xFD, 0x12], false), ([0xFE, 0x80], false), ([0xFE, 0xC0], false), ([0xFF, 0x02], false),
    ([], false),
  ])
  func ofIPv6OnlyWhatIsGivenOutIsPublic(start: [UInt8], isPublic: Bool) {
    let bytes = start + [UInt8](repeating: 0, count: 15 - start.count) + [1]
    #expect(NetworkAddress(bytes: bytes).isPublic == isPublic)
  }

  @Test func otherSizesAreNoAddresses() {
    #expect(!NetworkAddress(bytes: []).isPublic)
    #expect(!NetworkAddress(bytes: [1, 1, 1]).isPublic)
  }

  /// The socket decides, whatever the address is called.
  @Test(arguments: ["127.0.0.1", "localhost", "127.0.0.2", "0.0.0.0", "2130706433", "[::1]", "[::ffff:127.0.0.1]"])
  func thisMachineIsNotAskedForStrangers(host: String) async throws {
    let server = try LoopbackServer { _, connection in connection.respond(text: "secret") }
    let url = server.url.replacing("127.0.0.1", with: host)
    let transport = CurlTransport(configuration: .init(userAgent: "webb/test", addresses: .publicOnly))
    let error = await #expect(throws: HTTPTransportError.self) {
      _ = try await transport.send(HTTPRequest(.get, url), bodyLimit: 100)
    }
    #expect(error?.kind == .forbiddenAddress || (host.hasPrefix("[") && error?.kind == .connect))
    #expect(server.requests.isEmpty)
    let anywhere = CurlTransport(configuration: .init(userAgent: "webb/test"))
    #expect(try await anywhere.send(HTTPRequest(.get, server.url), bodyLimit: 100).text == "secret")
  }
}
