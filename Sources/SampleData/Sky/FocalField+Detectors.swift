import Holdings

extension FocalField {
  /// The field that a detector sees in imaging, rounded from the public aperture file of the science instruments.
  static func imaging(_ detector: Detector) -> FocalField {
    switch detector {
    case .nrca1: FocalField(120.7, -527.4, 64, 64)
    case .nrca2: FocalField(120.1, -459.7, 64, 64)
    case .nrca3: FocalField(51.9, -527.8, 64, 64)
    case .nrca4: FocalField(52.3, -459.8, 64, 64)
    case .nrcalong: FocalField(86.1, -493.2, 129, 129)
    case .nrcb1: FocalField(-121.0, -457.7, 64, 64)
    case .nrcb2: FocalField(-121.1, -525.5, 64, 64)
    case .nrcb3: FocalField(-53.1, -457.8, 64, 64)
    case .nrcb4: FocalField(-52.8, -525.7, 64, 64)
    case .nrcblong: FocalField(-89.6, -491.4, 129, 129)
    case .nis: FocalField(-290.1, -697.5, 133, 133, angle: -0.6)
    case .mirimage: FocalField(-453.6, -373.8, 74, 113, angle: 4.8)
    case .mirifushort: FocalField(-503.6, -318.8, 3.7, 3.2, angle: 8.3)
    case .mirifulong: FocalField(-503.6, -318.8, 7.7, 6.6, angle: 8.3)
    case .nrs1, .nrs2: FocalField(378.6, -428.4, 216, 204, angle: 138.5)
    case .guider1: FocalField(207.2, -697.5, 138, 138, angle: -1.2)
    case .guider2: FocalField(24.4, -697.5, 138, 138, angle: 0.2)
    }
  }

  /// The four quadrants of NIRSpec's microshutter array, 1.6′ × 1.5′ each.
  static let shutters: [FocalField] = [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map { (x, y) in
    // Offsets from the array's middle along its own axes, which are turned against V2 and V3.
    let (sine, cosine) = (-0.6626, -0.7490)
    let (u, v) = (x * 59.5, y * 56)
    return FocalField(378.6 - u * cosine + v * -sine, -428.4 + u * -sine + v * cosine, 96, 90, angle: 138.5)
  }

  static let nirspecIFU = FocalField(300.3, -497.9, 3, 3, angle: 138.5)
  static let nirspecWideSlit = FocalField(321.5, -473.7, 1.6, 1.6, angle: 138.5)
  static let miriSlit = FocalField(-414.3, -400.7, 4.7, 0.51, angle: 4.8)
  static let nircamRoundMask = FocalField(101.1, -419.3, 20, 20)
  static let nirissInterferometer = FocalField(-290.1, -697.5, 5.2, 5.2, angle: -0.6)
  static let nirissStrip = FocalField(-290.1, -650, 133, 16.7, angle: -0.6)
}
