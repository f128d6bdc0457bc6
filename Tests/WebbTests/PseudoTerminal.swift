import Foundation
import Synchronization

/// A terminal without a screen: what a program at it writes can be read, and lines can be typed to it.
final class PseudoTerminal: Sendable {
  /// The end for the program.
  let programEnd: FileHandle
  private let userEnd: Int32
  private let written = Mutex<[UInt8]>([])

  init(columns: UInt16 = 120) throws {
    var user: Int32 = -1
    var program: Int32 = -1
    var size = winsize(ws_row: 50, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&user, &program, nil, nil, &size) == 0 else { throw POSIXError(.ENOTTY) }
    userEnd = user
    programEnd = FileHandle(fileDescriptor: program, closeOnDealloc: true)
  }

  deinit { close(userEnd) }

  /// Types a line.
  func type(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(userEnd, bytes, bytes.count)
  }

  /// Everything on the screen so far, echoes of what was typed included.
  var screen: String {
    written.withLock { written in
      var poller = pollfd(fd: userEnd, events: Int16(POLLIN), revents: 0)
      var piece = [UInt8](repeating: 0, count: 4096)
      while poll(&poller, 1, 0) > 0, poller.revents & Int16(POLLIN) != 0 {
        let count = read(userEnd, &piece, piece.count)
        if count <= 0 { break }
        written += piece[..<count]
      }
      return String(decoding: written, as: UTF8.self).replacing("\r\n", with: "\n")
    }
  }

  /// Waits until the screen shows some words, at most 30 s.
  func wait(for words: String) -> Bool {
    for _ in 0..<600 {
      if screen.contains(words) { return true }
      Thread.sleep(forTimeInterval: 0.05)
    }
    return false
  }
}
