import Holdings
public import SkyGeometry

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A small JWST archive that is made up but realistic: rows as MAST has them and valid files with simulated light.
///
/// The same configuration gives the same bytes on every run.
///
///     let sample = SampleArchive(.init(epoch: ModifiedJulianDate(iso: "2026-01-15")!))
///     let contents = try sample.write(to: "sample", progress: nil)
///     contents.products.count
public struct SampleArchive: Sendable {
  /// What can be chosen.
  public struct Configuration: Sendable, Hashable {
    /// Seeds the stars, the noise and all else that is drawn by lot.
    public var seed: UInt64
    /// The archive's present: the newest observation starts within the hours before it, the others up to months earlier.
    public var epoch: ModifiedJulianDate
    /// 1 for the archive at first; in each later revision some files are made again (most with the size they had), some are
    /// new and some withdrawn.
    public var revision: Int

    /// Makes a configuration.
    /// - Parameters:
    ///   - seed: seeds all that is drawn by lot.
    ///   - epoch: the archive's present.
    ///   - revision: 1 for the archive at first, more for a later state of it.
    public init(seed: UInt64 = 1, epoch: ModifiedJulianDate, revision: Int = 1) {
      self.seed = seed
      self.epoch = epoch
      self.revision = revision
    }
  }

  private let configuration: Configuration

  /// Prepares an archive; nothing is written yet.
  public init(_ configuration: Configuration) { self.configuration = configuration }

  /// Writes all files below a folder, which is made if it is missing, and returns the rows that describe them.
  /// - Parameters:
  ///   - directory: path of the folder; files of the same names in it are replaced.
  ///   - progress: called after each step with the number of steps done and their total.
  /// - Throws: `SampleDataError` when a folder or a file cannot be written.
  public func write(
    to directory: String, progress: ((_ done: Int, _ total: Int) -> Void)? = nil
  ) throws -> SampleContents {
    try write(to: directory, programmes: nil, progress: progress)
  }

  /// Writes some programmes only; their files and rows are the same as in the whole archive. A sketch has all rows, but files that hold
  /// their name alone.
  func write(
    to directory: String, programmes: Set<Int>?, isSketch: Bool = false,
    progress: ((_ done: Int, _ total: Int) -> Void)? = nil
  ) throws -> SampleContents {
    let plans = plans.filter { programmes?.contains($0.plan.programme.number) ?? true }
    let total = plans.reduce(0) { $0 + $1.plan.exposures.count + $1.plan.combinations.count }
    var done = 0
    func step() {
      done += 1
      progress?(done, total)
    }
    var contents = SampleContents()
    for (index, plan) in plans {
      try makeFolder("\(directory)/\(plan.programme.number.padded(to: 5))")
      var writer = ProgrammeWriter(
        plan: plan, index: index, directory: directory, seed: configuration.seed, isSketch: isSketch,
        revision: configuration.revision)
      var scene: SkyScene?
      for exposure in plan.exposures {
        let current = reuse(scene, for: exposure.target)
        scene = current
        try writer.write(exposure, scene: current)
        step()
      }
      for observation in plan.programme.observations {
        try writer.writeVisit(of: plan.exposures.filter { $0.observation == observation.number })
      }
      for combination in plan.combinations {
        let current = reuse(scene, for: combination.target)
        scene = current
        try writer.write(combination, scene: current)
        step()
      }
      writer.finish()
      contents.append(writer.contents)
    }
    return contents
  }

  /// All programmes, laid out.
  var plans: [(index: Int, plan: ProgrammePlan)] {
    let epoch = configuration.epoch.unixMilliseconds
    return Programme.all.enumerated().map { index, programme in
      (index, ProgrammePlan(programme: programme, index: index, epoch: epoch))
    }
  }

  /// The scene around a target: the one at hand when it is the same target's, else a new one.
  func reuse(_ scene: SkyScene?, for target: SkyTarget) -> SkyScene {
    if let scene, scene.target == target { return scene }
    return SkyScene(target: target, seed: configuration.seed)
  }

  private func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw SampleDataError(.unwritable, "The folder could not be made (\(error)); choose another place.", file: path)
    }
  }
}

extension SampleContents {
  fileprivate mutating func append(_ other: SampleContents) {
    observations += other.observations
    products += other.products
    keywordRows += other.keywordRows
    files += other.files
    previousVersions += other.previousVersions
  }
}
