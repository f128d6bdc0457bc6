import Holdings

extension Programme {
  /// The programmes of the sample archive. Numbers and targets are familiar ones; titles, people, dates and data are made up.
  static let all: [Programme] = [
    Programme(
      number: 2731, title: "Sample programme: Cosmic cliffs of NGC 3324", investigator: "Sample, DD 1", category: "DD",
      observations: [
        ObservationPlan(
          1, .carina, .nircamImage, age: 0.3, roll: 20, [.nrcb1, .nrcb2, .nrcb3, .nrcb4, .nrcblong],
          [(.nircam("F200W"), .nircam("F444W"))], dithers: 2),
        ObservationPlan(
          2, .carina, .nircamImage, age: 2.2, roll: 24, [.nrcb1, .nrcb2, .nrcb3, .nrcb4, .nrcblong],
          [(.nircam("F187N"), .nircam("F335M"))], groups: 5),
      ]),
    Programme(
      number: 2732, title: "Sample programme: A compact group of galaxies", investigator: "Sample, DD 2",
      category: "DD",
      observations: [
        ObservationPlan(
          1, .quintet, .miriImage, age: 141, roll: 250, [.mirimage], [.miri("F770W"), .miri("F1500W")], dithers: 2,
          groups: 6),
        ObservationPlan(
          2, .quintet, .nircamImage, age: 140.6, roll: 250, [.nrcalong, .nrcblong],
          [(.nircam("F150W"), .nircam("F277W"))], dithers: 2),
        ObservationPlan(
          4, .quintet, .miriMRS, age: 139, roll: 251, [.mirifushort, .mirifulong],
          [(.mrs(channels: "12", band: "SHORT"), .mrs(channels: "34", band: "SHORT"))], dithers: 2, groups: 5),
        ObservationPlan(
          6, .quintet, .nirspecIFU, age: 95, roll: 236, [.nrs1, .nrs2], [.nirspec("F170LP", "G235H")], groups: 4),
      ]),
    Programme(
      number: 2734, title: "Sample programme: A transit of WASP-96 b", investigator: "Sample, DD 3", category: "DD",
      observations: [
        ObservationPlan(
          2, .wasp96, .nirissSOSS, age: 34, roll: 112, [.nis], [.niriss("CLEAR", pupil: "GR700XD")], integrations: 8,
          groups: 3, segments: 2)
      ]),
    Programme(
      number: 2736, title: "Sample programme: The first deep field", investigator: "Sample, DD 4", category: "DD",
      observations: [
        ObservationPlan(
          1, .smacs, .nircamImage, age: 61, roll: 140, [.nrcb3, .nrcblong], [(.nircam("F090W"), .nircam("F356W"))],
          dithers: 2, groups: 5),
        ObservationPlan(
          3, .smacs, .nirissWFSS, age: 58.4, roll: 142, [.nis],
          [.niriss("GR150C", pupil: "F115W"), .niriss("GR150R", pupil: "F115W")]),
        ObservationPlan(
          7, .smacs, .nirspecMSA, age: 55, roll: 145, [.nrs1, .nrs2], [.nirspec("F170LP", "G235M")], dithers: 2),
      ]),
    Programme(
      number: 1386, title: "Sample programme: Companions at high contrast", investigator: "Sample, ERS 1",
      category: "ERS",
      observations: [
        ObservationPlan(
          2, .hip65426, .nircamCoron, age: 88, roll: 80, [.nrcalong], [.nircam("F444W", pupil: "MASKRND")], dithers: 2,
          integrations: 2, groups: 4),
        ObservationPlan(
          11, .hip65426, .nirissAMI, age: 86, roll: 81, [.nis], [.niriss("F480M", pupil: "NRM")], dithers: 2,
          integrations: 4, groups: 3),
      ]),
    Programme(
      number: 1473, title: "Sample programme: Guider field distortion", investigator: "Sample, CAL 1", category: "CAL",
      observations: [
        ObservationPlan(
          5, .lmc, .fgsImage, age: 12, roll: 300, [.guider1, .guider2], [Optics(filter: "NONE", range: 0.6...5.0)],
          dithers: 2, groups: 2)
      ]),
    Programme(
      number: 1558, title: "Sample programme: Shells of the Ring Nebula", investigator: "Sample, GTO 1",
      category: "GTO",
      observations: [
        ObservationPlan(1, .ring, .miriImage, age: 47, roll: 65, [.mirimage], [.miri("F1000W")], dithers: 2, groups: 5),
        ObservationPlan(
          2, .ring, .nirissImage, age: 46.5, roll: 65, [.nis], [.niriss("CLEAR", pupil: "F150W")], dithers: 2),
        ObservationPlan(5, .ring, .miriLRS, age: 6.3, roll: 70, [.mirimage], [.miri("P750L")], dithers: 2, groups: 6),
      ]),
    Programme(
      number: 1701, title: "Sample programme: The wind of a starburst", investigator: "Sample, GO 1", category: "GO",
      observations: [
        ObservationPlan(
          3, .m82, .nircamImage, age: 20.4, roll: 18, [.nrca3, .nrcalong], [(.nircam("F200W"), .nircam("F335M"))],
          dithers: 2),
        ObservationPlan(
          4, .m82, .nircamWFSS, age: 20.1, roll: 18, [.nrcalong], [.nircam("F444W", pupil: "GRISMR")], dithers: 2),
      ]),
    Programme(
      number: 2589, title: "Sample programme: Light of TRAPPIST-1 b", investigator: "Sample, GO 2", category: "GO",
      observations: [
        ObservationPlan(
          8, .trappist1, .nirspecBOTS, age: 3.6, roll: 285, [.nrs1], [.nirspec("CLEAR", "PRISM")], integrations: 10,
          groups: 3, segments: 2)
      ]),
    Programme(
      number: 5873, title: "Sample programme: Pillars at the edge of M16", investigator: "Sample, GO 3", category: "GO",
      exclusiveMonths: 12,
      observations: [
        ObservationPlan(
          1, .eagle, .nircamImage, age: 1.7, roll: 92, [.nrcb1, .nrcblong], [(.nircam("F187N"), .nircam("F335M"))],
          dithers: 2),
        ObservationPlan(
          2, .eagle, .miriImage, age: 0.7, roll: 93, [.mirimage], [.miri("F770W")], dithers: 2, groups: 5),
      ]),
    Programme(
      number: 10472, title: "Sample programme: Galaxies before reionisation ends", investigator: "Sample, GO 4",
      category: "GO",
      observations: [
        ObservationPlan(2, .cosmos, .nirspecMSA, age: 0.12, roll: 66, [.nrs1, .nrs2], [.nirspec("CLEAR", "PRISM")]),
        ObservationPlan(
          3, .cosmos, .nircamImage, age: 0.12, roll: 66, [.nrca1, .nrcalong], [(.nircam("F115W"), .nircam("F444W"))],
          parallelTo: 2),
      ],
      planned: (0..<7).map { index in
        PlannedActivity(
          observation: 10 + index / 3, activity: "10\(index + 1)", mode: index < 4 ? .nirspecMSA : .nircamImage,
          target: .cosmos, optics: index < 4 ? .nirspec("F290LP", "G395M") : .nircam("F277W"))
      }
        + (0..<3).map { index in
          PlannedActivity(
            observation: 20, activity: "10\(["1", "2", "c"][index])", mode: .miriImage, target: .cosmos,
            optics: .miri("F770W"))
        }),
  ]
}
