/// Which of curl's threads carries out which job, and which jobs wait because their server has no place for them.
///
/// The queue is here rather than in libcurl, whose time limits would run while a transfer waits.
struct CurlSchedule: Sendable {
  /// Where a job is that is not over.
  enum Place: Sendable {
    /// With the engine of this number.
    case engine(Int)
    /// In the queue, from which it has now been taken.
    case queue(CurlJob)
  }

  private let connectionsPerHost: Int
  /// How many jobs each engine has.
  private var loads: [Int]
  private var running: [UInt64: (engine: Int, origin: Origin)] = [:]
  private var origins: [Origin: Int] = [:]
  private var waiting: [CurlJob] = []
  private var lastID: UInt64 = 0

  /// A schedule without jobs.
  init(engines: Int, connectionsPerHost: Int) {
    self.connectionsPerHost = connectionsPerHost
    loads = Array(repeating: 0, count: engines)
  }

  /// A number for a new job.
  mutating func newID() -> UInt64 {
    lastID += 1
    return lastID
  }

  /// Takes a job in.
  /// - Returns: the engine that has the least to do; `nil` when the job has to wait.
  mutating func add(_ job: CurlJob) -> Int? {
    guard origins[job.address.origin, default: 0] < connectionsPerHost else {
      waiting.append(job)
      return nil
    }
    // The first of equals, so that one request after the other finds its connection open.
    let engine = loads.indices.min { loads[$0] < loads[$1] } ?? 0
    start(job, on: engine)
    return engine
  }

  /// Takes note that an engine's job is over.
  /// - Returns: the job that the same engine carries out next, over the connection that came free.
  mutating func finish(_ id: UInt64) -> CurlJob? {
    guard let (engine, origin) = running.removeValue(forKey: id) else { return nil }
    loads[engine] -= 1
    let rest = origins[origin, default: 1] - 1
    origins[origin] = rest > 0 ? rest : nil
    guard let index = waiting.firstIndex(where: { $0.address.origin == origin }) else { return nil }
    let next = waiting.remove(at: index)
    start(next, on: engine)
    return next
  }

  /// Says where a job is that is to end early; `nil` when it is over.
  mutating func cancel(_ id: UInt64) -> Place? {
    if let engine = running[id]?.engine { return .engine(engine) }
    return waiting.firstIndex { $0.id == id }.map { .queue(waiting.remove(at: $0)) }
  }

  /// Takes out the jobs that have waited beyond their deadline.
  mutating func expire(now: Duration) -> [CurlJob] {
    func isLate(_ job: CurlJob) -> Bool { job.deadline.map { now >= $0 } ?? false }
    guard waiting.contains(where: isLate) else { return [] }
    defer { waiting.removeAll(where: isLate) }
    return waiting.filter(isLate)
  }

  private mutating func start(_ job: CurlJob, on engine: Int) {
    loads[engine] += 1
    origins[job.address.origin, default: 0] += 1
    running[job.id] = (engine, job.address.origin)
  }
}
