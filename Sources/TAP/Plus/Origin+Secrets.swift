import HTTPTransport

extension Origin {
  /// Whether a secret may be sent there: encrypted, or without leaving this machine.
  var isSafeForSecrets: Bool { scheme == "https" || isLoopback }

  private var isLoopback: Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
  }
}
