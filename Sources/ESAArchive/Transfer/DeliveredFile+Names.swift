import Downloads
import TableIO

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension DeliveredFile {
  /// The name of the file.
  var name: String { DestinationPath(path).name }

  /// The first bytes of the file.
  func firstBytes() throws(TableIOError) -> [UInt8] {
    let source = try FileByteSource(path: path)
    var bytes = [UInt8](repeating: 0, count: DeliveredName.window)
    var result: Result<Int, TableIOError> = .success(0)
    bytes.withUnsafeMutableBytes { buffer in
      do throws(TableIOError) { result = .success(try source.read(into: buffer)) } catch { result = .failure(error) }
    }
    return try Array(bytes.prefix(result.get()))
  }

  /// Gives the file another name in its folder, in place of one that has it.
  mutating func rename(_ newName: String) throws(ESAArchiveError) {
    let place = DestinationPath(DestinationPath(path).directory + "/" + newName).path
    guard place != path else { return }
    guard Self.move(path, place) == 0 else {
      throw ESAArchiveError(
        .download, "The file \(path) cannot be renamed to \(newName): \(String(cString: strerror(errno))).",
        subject: path)
    }
    path = place
  }

  private static func move(_ old: String, _ new: String) -> Int32 {
    #if canImport(Darwin)
      Darwin.rename(old, new)
    #else
      Glibc.rename(old, new)
    #endif
  }
}
