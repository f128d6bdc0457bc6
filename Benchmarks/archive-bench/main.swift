// Fills an archive with made-up observations, for timings at sizes that no real archive at hand has:
//
//     archive-bench FOLDER COUNT
//
// An archive that is there keeps its rows; otherwise one is made. Each observation has one plane.
import LocalArchive

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 2, let folder = arguments.first, let count = arguments.last.flatMap({ Int($0) }), count >= 0
else { fatalError("usage: archive-bench FOLDER COUNT") }
let clock = ContinuousClock()
let start = clock.now
let store = try ArchiveStore.create(at: folder)
try store.addSyntheticPlanes(count, levels: [2], seed: 1) { made in
  print("\(made) planes after \((clock.now - start).components.seconds) s")
}
try store.close()
print("\(count) planes with their indexes after \((clock.now - start).components.seconds) s")
