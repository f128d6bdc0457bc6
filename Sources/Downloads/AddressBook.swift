import HTTPTransport

/// Which of a file's addresses to try, shared by the files of a run: a host that does not answer is left alone from then on by files
/// that can be had elsewhere.
struct AddressBook: Sendable {
  private let silent = Locked<Set<Origin>>([])

  /// The addresses of an item in the order in which to try them: first the one that a part was begun from.
  func order(of item: DownloadItem) -> [String] {
    guard !item.alternatives.isEmpty else { return [item.url] }
    var addresses = [item.url] + item.alternatives
    let journal = FileSystem.contents(of: DestinationPath(item.destination).journal, limit: 64 * 1024)
    if let begun = journal.flatMap({ Journal($0) })?.url, let index = addresses.firstIndex(of: begun) {
      addresses.insert(addresses.remove(at: index), at: 0)
    }
    let answering = silent.withLock { silent in
      addresses.filter { address in Origin(url: address).map { !silent.contains($0) } ?? true }
    }
    return answering.isEmpty ? [addresses[addresses.count - 1]] : answering
  }

  /// How often to try an address: where there is another, two attempts are enough.
  func policy(_ policy: RetryPolicy, isLast: Bool) -> RetryPolicy {
    guard !isLast else { return policy }
    var policy = policy
    policy.attempts = min(policy.attempts, 2)
    return policy
  }

  /// Whether another address may help. Remembers hosts that cannot be reached.
  func mayTryAnother(after error: DownloadsError) -> Bool {
    let cause = error.cause as? HTTPTransportError
    switch cause?.kind {
    case .resolve, .connect, .tls, .timedOut(.connect):
      if let url = error.url, let origin = Origin(url: url) { silent.withLock { _ = $0.insert(origin) } }
    default: break
    }
    return ![.cancelled, .diskFull, .fileSystem, .busy, .unsafeName].contains(error.kind)
  }
}
