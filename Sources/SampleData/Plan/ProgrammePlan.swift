import Holdings
import SkyGeometry

/// A programme laid out in time and on the sky: all exposures, combinations and visits, numbered.
struct ProgrammePlan: Sendable {
  let programme: Programme
  private(set) var exposures: [Exposure] = []
  private(set) var combinations: [Combination] = []
  /// When the pipeline last ran over the programme, Unix milliseconds.
  private(set) var processed: Int64 = 0
  let firstObsid: Int64

  /// - Parameters:
  ///   - programme: what to lay out.
  ///   - index: its place in the list, from which the numbers of its rows follow.
  ///   - epoch: the archive's present, Unix milliseconds.
  init(programme: Programme, index: Int, epoch: Int64) {
    self.programme = programme
    firstObsid = 262_400_000 + Int64(index) * 1_000
    for observation in programme.observations { append(observation, epoch: epoch) }
    let last = exposures.map(\.end).max() ?? epoch
    // Processed half a day after the last exposure; the newest data are processed faster than the archive's clock runs.
    processed = min(last + 43_200_000, last + (epoch - last) * 3 / 5)
    for index in exposures.indices {
      exposures[index].obsid = firstObsid + Int64(index) + 1
      exposures[index].ordinal = index + 1
    }
    for observation in programme.observations { combine(observation) }
    for index in combinations.indices {
      combinations[index].obsid = firstObsid + 500 + Int64(index)
      combinations[index].ordinal = index + 1
    }
  }

  /// Offsets between dithers, arcseconds.
  private static let ditherPattern: [(Double, Double)] = [(0, 0), (5.6, -4.2), (-4.8, 5.1), (3.9, 6.3)]

  private mutating func append(_ plan: ObservationPlan, epoch: Int64) {
    var clock = epoch - Int64(plan.age * 86_400_000)
    for (index, optics) in plan.optics.enumerated() {
      for dither in 1...plan.dithers {
        var first = Exposure(
          programme: programme.number, observation: plan.number, mode: plan.mode, target: plan.target,
          detector: plan.detectors[0], optics: optics.short,
          activity: (plan.parallelTo == nil ? "021" : "022") + (index + 1).padded(to: 2), number: dither, segment: nil,
          integrations: plan.integrations, integrationRange: 1...plan.integrations, groups: plan.groups,
          dither: dither, dithers: plan.dithers, isParallel: plan.parallelTo != nil, start: clock, end: clock,
          attitude: attitude(plan, dither: dither))
        // Resets cost one frame for each integration.
        let seconds = first.exposureTime + Double(plan.integrations) * plan.mode.frameTime
        first.end = clock + Int64((seconds * 1000).rounded())
        clock = first.end + 71_000
        for detector in plan.detectors { append(first, on: detector, optics: optics, segments: plan.segments) }
      }
    }
  }

  private mutating func append(
    _ exposure: Exposure, on detector: Detector, optics: (short: Optics, long: Optics), segments: Int
  ) {
    var exposure = exposure
    exposure.detector = detector
    exposure.optics = detector.rawValue.hasSuffix("long") ? optics.long : optics.short
    guard segments > 1 else {
      exposures.append(exposure)
      return
    }
    exposure.segments = segments
    let size = exposure.integrations / segments
    for segment in 1...segments {
      exposure.segment = segment
      let end = segment == segments ? exposure.integrations : segment * size
      exposure.integrationRange = (segment - 1) * size + 1...end
      exposures.append(exposure)
    }
  }

  private func attitude(_ plan: ObservationPlan, dither: Int) -> Attitude {
    let (dx, dy) = Self.ditherPattern[(dither - 1) % Self.ditherPattern.count]
    // A slit or a small field allows small steps only; a coronagraph's target stays behind its mask.
    let step =
      switch plan.mode {
      case .nircamImage, .nirissImage, .miriImage, .fgsImage, .nircamWFSS, .nirissWFSS: 1.0
      case .nircamCoron, .nirissAMI, .nirissSOSS, .nirspecBOTS: 0.02
      case .miriMRS, .nirspecIFU, .nirspecMSA, .miriLRS: 0.03
      }
    var aperture = referencePosition(plan)
    aperture.v2 += dx * step
    aperture.v3 += dy * step
    return Attitude(target: plan.target.position, aperture: aperture, roll: plan.roll)
  }

  /// Where the target falls: the middle of the first detector, or of NIRCam's module B when its short-wave chips are used together.
  private func referencePosition(_ plan: ObservationPlan) -> FocalPosition {
    switch plan.mode {
    case .nirspecMSA: return FocalField.imaging(.nrs1).center
    case .nirspecIFU: return FocalField.nirspecIFU.center
    case .nirspecBOTS: return FocalField.nirspecWideSlit.center
    case .nirissSOSS: return FocalField.nirissStrip.center
    case .nirissAMI: return FocalField.nirissInterferometer.center
    case .nircamCoron: return FocalField.nircamRoundMask.center
    case .miriLRS: return FocalField.miriSlit.center
    default:
      let fields = plan.detectors.map { FocalField.imaging($0).center }
      // Chips on both sides of the gap between them: the target goes to the middle of the module.
      if plan.detectors.contains(.nrcb1), plan.detectors.contains(.nrcb4) {
        return FocalField.imaging(.nrcblong).center
      }
      return fields[0]
    }
  }
}

// MARK: Stage 3

extension ProgrammePlan {
  private mutating func combine(_ plan: ObservationPlan) {
    let members = exposures.filter { $0.observation == plan.number }
    var seen: [Optics] = []
    for member in members where !seen.contains(member.optics) { seen.append(member.optics) }
    switch plan.mode {
    case .fgsImage: return
    case .nirspecMSA, .nircamWFSS, .nirissWFSS:
      for (index, source) in [418, 1207, 4590].prefix(plan.mode == .nirspecMSA ? 3 : 2).enumerated() {
        let optics = seen[index % seen.count]
        add(
          plan, optics, "s\(source.padded(to: 9))", optics.nameInFiles,
          members.filter { plan.mode != .nirissWFSS || $0.optics == optics }, source: source)
      }
    case .miriMRS:
      for channel in ["1", "2", "3", "4"] {
        let part = members.filter { $0.optics.channel?.contains(channel) == true }
        guard var optics = part.first?.optics, let band = optics.band else { continue }
        optics.channel = channel
        optics.range = Self.channelRange(channel)
        add(plan, optics, "t001", "ch\(channel)-\(band.lowercased())", part)
      }
    default:
      for optics in seen {
        let subarray =
          plan.mode.subarray == "FULL" || plan.mode == .nirissAMI ? "" : "-" + plan.mode.subarray.lowercased()
        add(plan, optics, "t001", optics.nameInFiles + subarray, members.filter { $0.optics == optics })
      }
    }
  }

  private static func channelRange(_ channel: String) -> ClosedRange<Double> {
    switch channel {
    case "1": 4.9...5.74
    case "2": 7.51...8.77
    case "3": 11.55...13.47
    default: 17.7...20.95
    }
  }

  private mutating func add(
    _ plan: ObservationPlan, _ optics: Optics, _ targetID: String, _ opticalName: String, _ members: [Exposure],
    source: Int? = nil
  ) {
    combinations.append(
      Combination(
        programme: programme.number, observation: plan.number, mode: plan.mode, target: plan.target, optics: optics,
        targetID: targetID, source: source, opticalName: opticalName, members: members))
  }
}
