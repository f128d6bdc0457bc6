#if os(Linux)
  import Downloads
  import Glibc
  import TestSupport
  import Testing

  /// A disk of 64 kB, for those who may mount one (root outside most containers).
  private final class TinyDisk: Sendable {
    let folder: ScratchFolder

    init?() throws {
      folder = try ScratchFolder()
      guard mount("tmpfs", folder.path, "tmpfs", 0, "size=64k") == 0 else { return nil }
    }

    deinit { umount2(folder.path, Int32(MNT_DETACH)) }

    static let isPossible: Bool = {
      guard geteuid() == 0, let disk = try? TinyDisk() else { return false }
      return disk.folder.names.isEmpty
    }()
  }

  @Suite struct TinyDiskTests {
    @Test(.enabled(if: TinyDisk.isPossible, "needs the right to mount a small disk"))
    func aDiskThatReallyRunsFull() async throws {
      let disk = try #require(try TinyDisk())
      var fixture = try DownloadFixture()
      let bytes = fixture.bytes
      let server = try LoopbackServer { $1.serve(bytes, $0) }
      // As if the free space could not be told, so that the write itself meets the end of the disk.
      fixture.configuration.freeSpace = { _ in nil }
      var item = fixture.item(server)
      item.destination = disk.folder.file("n.fits")
      let outcome = await fixture.run(item)
      #expect(outcome.error?.kind == .diskFull)
      #expect(disk.folder.names.allSatisfy { $0.hasPrefix("n.fits.part") })
      #expect(disk.folder.names.contains("n.fits.part"))
    }
  }
#endif
