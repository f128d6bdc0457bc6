import Pictures

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The extensions of spectroscopic products.
enum SpectralFiles {
  /// A spectrum as a table.
  static func appendTable(
    _ file: FITSWriter, _ spectrum: SourceSpectrum, range: ClosedRange<Double>, scale: Float, rows: Int, number: Int,
    _ random: inout RandomSource
  ) throws(SampleDataError) {
    var (wavelengths, fluxes, errors): ([Double], [Double], [Double]) = ([], [], [])
    for row in 0..<rows {
      let micron = range.lowerBound + (range.upperBound - range.lowerBound) * Double(row) / Double(rows - 1)
      let flux = spectrum.flux(Float(micron)) * scale * 2.5e-4
      let error = 4e-6 * (1 + flux * 2e3)
      wavelengths.append(micron)
      fluxes.append(Double(flux + error * random.normal()))
      errors.append(Double(error))
    }
    let pixelArea = 2.1e-13
    try file.append(
      "EXTRACT1D",
      columns: [
        .double(name: "WAVELENGTH", unit: "um", values: wavelengths),
        .double(name: "FLUX", unit: "Jy", values: fluxes),
        .double(name: "FLUX_ERROR", unit: "Jy", values: errors),
        .double(name: "SURF_BRIGHT", unit: "MJy/sr", values: fluxes.map { $0 * 1e-6 / pixelArea }),
        .double(name: "SB_ERROR", unit: "MJy/sr", values: errors.map { $0 * 1e-6 / pixelArea }),
        .integer(name: "DQ", unit: "", values: [Int32](repeating: 0, count: rows)),
        .double(name: "NPIXELS", unit: "", values: [Double](repeating: 6, count: rows)),
      ],
      cards: [FITSCard("EXTVER", number, "number of the spectrum")])
  }

  /// A straightened two-dimensional spectrum: wavelength along x, slit along y.
  static func appendRectified(
    _ file: FITSWriter, _ spectrum: SourceSpectrum, range: ClosedRange<Double>, _ random: inout RandomSource
  ) throws(SampleDataError) -> Plane {
    var plane = Plane(width: 160, height: 24)
    var errors = plane.values
    let step = (range.upperBound - range.lowerBound) / Double(plane.width - 1)
    for row in 0..<plane.height {
      let distance = (Float(row) - 11.6) / 2
      let profile =
        exp(-distance * distance) - 0.35 * exp(-(distance - 4) * (distance - 4))
        - 0.35 * exp(-(distance + 4) * (distance + 4))
      for column in 0..<plane.width {
        let flux = 12 * profile * spectrum.flux(Float(range.lowerBound + step * Double(column)))
        let error = (abs(flux) * 0.05 + 0.3).squareRoot()
        plane.values[row * plane.width + column] = flux + error * random.normal()
        errors[row * plane.width + column] = error
      }
    }
    let cards: [FITSCard] = [
      FITSCard("BUNIT", "MJy/sr", "unit of the data"),
      FITSCard("CTYPE1", "WAVE", "first axis: vacuum wavelength"),
      FITSCard("CUNIT1", "um", "unit of the first axis"),
      FITSCard("CRPIX1", 1.0, "reference pixel, axis 1"),
      FITSCard("CRVAL1", range.lowerBound, "[um] wavelength at the reference pixel"),
      FITSCard("CDELT1", step, "[um/pixel] axis 1"),
    ]
    try file.append("SCI", axes: [plane.width, plane.height], floats: plane.values, cards: cards)
    try file.append("ERR", axes: [plane.width, plane.height], floats: errors, cards: [cards[0]])
    return plane
  }

  /// A cube: a small picture of the sky at each wavelength.
  static func appendCube(
    _ file: FITSWriter, _ spectrum: SourceSpectrum, frame: Frame, range: ClosedRange<Double>, noise: Noise,
    planes: Int = 40,
    _ random: inout RandomSource
  ) throws(SampleDataError) -> Plane {
    let count = frame.width * frame.height
    var light = [Float](repeating: 0, count: count)
    var shift = light
    for row in 0..<frame.height {
      for column in 0..<frame.width {
        let (x, y) = (Float(column) / Float(frame.width) - 0.5, Float(row) / Float(frame.height) - 0.5)
        let core = exp(-(x * x + y * y) * 40)
        light[row * frame.width + column] = 6 * core + 2.5 * pow(noise.cloud(x * 3 + 7, y * 3), 2)
        // Gas that turns: one side comes nearer, the other recedes.
        shift[row * frame.width + column] = 0.004 * x / (abs(x) + abs(y) + 0.1)
      }
    }
    var (values, errors): ([Float], [Float]) = ([], [])
    var sum = Plane(width: frame.width, height: frame.height)
    let step = (range.upperBound - range.lowerBound) / Double(planes - 1)
    for plane in 0..<planes {
      let micron = Float(range.lowerBound + step * Double(plane))
      for index in 0..<count {
        let flux = light[index] * spectrum.flux(micron * (1 + shift[index]), resolution: 120)
        let error = (flux * 0.02 + 0.01).squareRoot()
        values.append(flux + error * random.normal())
        errors.append(error)
        sum.values[index] += values[values.count - 1] / Float(planes)
      }
    }
    let axes = [frame.width, frame.height, planes]
    let wave: [FITSCard] = [
      FITSCard("CTYPE3", "WAVE", "third axis: vacuum wavelength"),
      FITSCard("CUNIT3", "um", "unit of the third axis"),
      FITSCard("CRPIX3", 1.0, "reference pixel, axis 3"),
      FITSCard("CRVAL3", range.lowerBound, "[um] wavelength at the reference pixel"),
      FITSCard("CDELT3", step, "[um/pixel] axis 3"),
      FITSCard("PC3_3", 1.0, "no rotation"),
    ]
    let sky = frame.cards.map { $0.name == "WCSAXES" ? FITSCard("WCSAXES", 3, $0.comment) : $0 }
    let unit = FITSCard("BUNIT", "MJy/sr", "unit of the data")
    try file.append("SCI", axes: axes, floats: values, cards: [unit] + sky + wave)
    try file.append("ERR", axes: axes, floats: errors, cards: [unit])
    return sum
  }
}
