#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

extension ArchiveStore {
  /// The folder with the files of jobs: a folder for each, with its result and the tables that came along.
  public var jobsPath: String { path + "/jobs" }

  /// Where a job's file lies.
  /// - Parameters:
  ///   - name: the file's name; made by the program, for example `result`.
  ///   - id: the job's identifier; it must be one that the archive has.
  public func path(ofJobFile name: String, of id: String) -> String { folder(ofJob: id) + "/" + name }

  /// Makes the folder with the files of jobs, which nobody but the owner of the archive can read.
  public func createJobsFolder() throws(LocalArchiveError) { try createFolder(jobsPath) }

  /// Makes the folder of a job.
  public func createFolder(ofJob id: String) throws(LocalArchiveError) { try createFolder(folder(ofJob: id)) }

  private func createFolder(_ path: String) throws(LocalArchiveError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw LocalArchiveError(
        .cannotAccess, "The folder for jobs cannot be made. Check permissions and free space.", path: path,
        cause: error)
    }
  }

  /// Removes folders of jobs that the archive does not remember.
  public func removeOrphanedJobFolders() throws(LocalArchiveError) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: jobsPath)) ?? [] {
      if try job(name) == nil { removeFolder(ofJob: name) }
    }
  }

  /// Removes a file of a job that is needed no more.
  public func removeJobFile(_ name: String, of id: String) {
    try? FileManager.default.removeItem(atPath: path(ofJobFile: name, of: id))
  }

  /// Bytes of all files of jobs together.
  public func jobFilesByteCount() -> Int64 {
    let files = FileManager.default
    var total: Int64 = 0
    for job in (try? files.contentsOfDirectory(atPath: jobsPath)) ?? [] {
      let folder = jobsPath + "/" + job
      for name in (try? files.contentsOfDirectory(atPath: folder)) ?? [] {
        var status = stat()
        if stat(folder + "/" + name, &status) == 0 { total += Int64(status.st_size) }
      }
    }
    return total
  }

  func removeFolder(ofJob id: String) { try? FileManager.default.removeItem(atPath: folder(ofJob: id)) }

  /// Identifiers are letters and digits; anything else stays inside the folder as well.
  private func folder(ofJob id: String) -> String {
    jobsPath + "/" + String(id.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }
}
