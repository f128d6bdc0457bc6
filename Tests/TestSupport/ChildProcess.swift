public import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A program started by a test, which never outlives a limit.
///
/// Foundation's `Process` hands descriptors of other tests to its children when several threads start programs at once; a child then keeps
/// a stranger's pipe open, and whoever waits for its end waits for ever. Here a child gets its three standard descriptors and no other,
/// and no signal is blocked.
public final class ChildProcess {
  /// The system's number of the process.
  public let processIdentifier: Int32
  private var ended: Int32?

  /// Starts a program.
  /// - Parameters:
  ///   - program: its path.
  ///   - arguments: what follows its name.
  ///   - environment: all its variables; `nil` means those of the tests.
  ///   - folder: where it starts; `nil` means where the tests run.
  ///   - input: standard input; `nil` means nothing.
  ///   - output: standard output; `nil` means nowhere.
  ///   - errors: standard error; `nil` means nowhere.
  /// - Throws: `TestSupportError` when it cannot be started.
  public init(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil, folder: String? = nil,
    input: FileHandle? = nil, output: FileHandle? = nil, errors: FileHandle? = nil
  ) throws {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (target, handle) in [input, output, errors].enumerated() {
      if let handle {
        posix_spawn_file_actions_adddup2(&actions, handle.fileDescriptor, Int32(target))
      } else {
        posix_spawn_file_actions_addopen(&actions, Int32(target), "/dev/null", target == 0 ? O_RDONLY : O_WRONLY, 0)
      }
    }
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    var usual = sigset_t()
    sigfillset(&usual)
    posix_spawnattr_setsigmask(&attributes, &unblocked)
    posix_spawnattr_setsigdefault(&attributes, &usual)
    #if canImport(Darwin)
      let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_CLOEXEC_DEFAULT
    #else
      let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
      for descriptor in 3..<Self.beyondAnyDescriptor { posix_spawn_file_actions_addclose(&actions, descriptor) }
    #endif
    posix_spawnattr_setflags(&attributes, Int16(flags))
    let variables = (environment ?? ProcessInfo.processInfo.environment).map { "\($0)=\($1)" }
    // Not every system can start a program in another folder.
    let words = folder.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0] + [program] } ?? [program]
    var number: pid_t = 0
    let status = withCStrings(words + arguments) { arguments in
      withCStrings(variables) { posix_spawn(&number, words[0], &actions, &attributes, arguments, $0) }
    }
    guard status == 0 else {
      throw TestSupportError("\(program) cannot be started: \(String(cString: strerror(status)))")
    }
    processIdentifier = number
  }

  #if !canImport(Darwin)
    /// Above every descriptor that is open, and those that other tests open meanwhile.
    private static var beyondAnyDescriptor: Int32 {
      let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
      return (open.compactMap { Int32($0) }.max() ?? 0) + 512
    }
  #endif

  deinit {
    guard isRunning else { return }
    send(signal: SIGKILL)
    _ = wait()
  }

  /// Whether the program is still running.
  public var isRunning: Bool {
    guard ended == nil else { return false }
    var status: Int32 = 0
    guard waitpid(processIdentifier, &status, WNOHANG) == processIdentifier else { return true }
    let signal = status & 0x7f
    ended = signal == 0 ? (status >> 8) & 0xff : -signal
    return false
  }

  /// Sends a signal, unless the program has ended.
  public func send(signal: Int32) {
    if isRunning { kill(processIdentifier, signal) }
  }

  /// Waits for the end; a program that goes on for longer than the limit is killed.
  /// - Parameter limit: seconds.
  /// - Returns: the exit code; for an end by a signal, its negative number.
  public func wait(limit: Double = 600) -> Int32 {
    let start = ContinuousClock.now
    var isLate = false
    while isRunning {
      if !isLate, ContinuousClock.now - start > .seconds(limit) {
        isLate = true
        send(signal: SIGKILL)
      }
      usleep(2000)
    }
    return ended ?? 0
  }

  /// Starts a program, reads all that it prints, and waits for its end.
  /// - Returns: its standard output and exit code.
  /// - Throws: `TestSupportError` when it cannot be started.
  public static func run(
    _ program: String, _ arguments: [String], errors: FileHandle? = nil
  ) throws -> (output: Data, status: Int32) {
    let scratch = try ScratchFolder()
    try scratch.write("out", [])
    let output = URL(fileURLWithPath: scratch.file("out"))
    let child = try ChildProcess(
      program, arguments, output: try FileHandle(forWritingTo: output), errors: errors)
    let status = child.wait()
    return (try Data(contentsOf: output), status)
  }
}

/// Strings as C takes them: an array of pointers that ends with none.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  pointers.append(nil)
  return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
}
