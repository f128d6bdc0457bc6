import Holdings

/// A programme of the sample archive.
struct Programme: Sendable {
  var number: Int
  var title: String
  /// Nobody's name: "Sample, GO 3".
  var investigator: String
  var category: String
  /// Months until the data become public, 0 for at once.
  var exclusiveMonths = 0
  var observations: [ObservationPlan]
  /// Observations that wait for their turn.
  var planned: [PlannedActivity] = []
}

/// One observation of a programme: a mode, a target and the exposures to take.
struct ObservationPlan: Sendable {
  var number: Int
  var target: SkyTarget
  var mode: Mode
  /// Days from the start of the observation to the archive's epoch.
  var age: Double
  /// Position angle of the telescope's V3 axis, degrees.
  var roll: Double
  var detectors: [Detector]
  /// Optical elements of one exposure after the other, as seen by the short-wave and by the long-wave detectors.
  var optics: [(short: Optics, long: Optics)]
  var dithers = 1
  var integrations = 1
  var groups = 4
  var segments = 1
  /// Number of a visit that this one accompanies, for parallel observations.
  var parallelTo: Int?

  init(
    _ number: Int, _ target: SkyTarget, _ mode: Mode, age: Double, roll: Double, _ detectors: [Detector],
    _ optics: [(short: Optics, long: Optics)], dithers: Int = 1, integrations: Int = 1, groups: Int = 4,
    segments: Int = 1, parallelTo: Int? = nil
  ) {
    self.number = number
    self.target = target
    self.mode = mode
    self.age = age
    self.roll = roll
    self.detectors = detectors
    self.optics = optics
    self.dithers = dithers
    self.integrations = integrations
    self.groups = groups
    self.segments = segments
    self.parallelTo = parallelTo
  }

  /// For detectors that all see the same elements.
  init(
    _ number: Int, _ target: SkyTarget, _ mode: Mode, age: Double, roll: Double, _ detectors: [Detector],
    _ optics: [Optics], dithers: Int = 1, integrations: Int = 1, groups: Int = 4, segments: Int = 1,
    parallelTo: Int? = nil
  ) {
    self.init(
      number, target, mode, age: age, roll: roll, detectors, optics.map { ($0, $0) }, dithers: dithers,
      integrations: integrations, groups: groups, segments: segments, parallelTo: parallelTo)
  }
}

/// An observation that has a place in the plan but no data yet.
struct PlannedActivity: Sendable {
  var observation: Int
  /// Activity inside the visit, base 36.
  var activity: String
  var mode: Mode
  var target: SkyTarget
  var optics: Optics
}
