import Holdings
import SkyGeometry

/// Header keywords, shared by the files and by the keyword rows that describe them.
enum HeaderCards {
  /// The keywords of an exposure's file.
  static func exposure(
    _ exposure: Exposure, in programme: Programme, file: String, calibration: Calibration, processed: Int64
  ) -> [FITSCard] {
    let name = JWSTName(file)
    var cards = common(
      file: file, programme: programme, observation: exposure.observation, mode: exposure.mode, target: exposure.target,
      optics: exposure.optics, calibration: calibration, isRaw: name?.suffix == "uncal", processed: processed)
    cards += [
      FITSCard("VISIT", 1, "visit number"),
      FITSCard("VISIT_ID", exposure.visitID, "visit identifier"),
      FITSCard("OBS_ID", "V\(exposure.visitID)P0000000002\(exposure.activity.dropFirst(2))", "programmatic identifier"),
      FITSCard("VISITGRP", String(exposure.activity.prefix(2)), "visit group"),
      FITSCard("SEQ_ID", String(exposure.activity.dropFirst(2).prefix(1)), "parallel sequence"),
      FITSCard("ACT_ID", String(exposure.activity.suffix(2)).uppercased(), "activity"),
      FITSCard("EXPOSURE", String(exposure.number), "exposure number"),
      FITSCard("DETECTOR", exposure.detector.rawValue.uppercased(), "detector"),
      FITSCard("EXPRIPAR", exposure.isParallel ? "PARALLEL_COORDINATED" : "PRIME", "prime or parallel"),
      FITSCard("READPATT", exposure.mode.readoutPattern, "readout pattern"),
      FITSCard("NINTS", exposure.integrations, "integrations in the exposure"),
      FITSCard("NGROUPS", exposure.groups, "groups in an integration"),
      FITSCard("NFRAMES", exposure.mode.framesPerGroup, "frames in a group"),
      FITSCard("GROUPGAP", 0, "frames dropped between groups"),
      FITSCard("TFRAME", exposure.mode.frameTime, "[s] time of a frame"),
      FITSCard(
        "TGROUP", exposure.mode.frameTime * Double(exposure.mode.framesPerGroup), "[s] time between groups"),
      FITSCard("EFFINTTM", exposure.integrationTime, "[s] effective integration time"),
      FITSCard("EFFEXPTM", exposure.exposureTime, "[s] effective exposure time"),
      FITSCard("NUMDTHPT", exposure.dithers, "points of the dither pattern"),
      FITSCard("PATT_NUM", exposure.dither, "position in the pattern"),
    ]
    if let segment = exposure.segment {
      cards += [
        FITSCard("EXSEGNUM", segment, "segment of the exposure"),
        FITSCard("EXSEGTOT", exposure.segments, "segments of the exposure"),
        FITSCard("INTSTART", exposure.integrationRange.lowerBound, "first integration in this segment"),
        FITSCard("INTEND", exposure.integrationRange.upperBound, "last integration in this segment"),
      ]
    }
    cards += times(start: exposure.start, end: exposure.end)
    cards += [
      FITSCard("GS_V3_PA", exposure.attitude.roll, "[deg] position angle of V3"),
      FITSCard("SUBSIZE1", exposure.mode.pixels.width, "pixels along axis 1"),
      FITSCard("SUBSIZE2", exposure.mode.pixels.height, "pixels along axis 2"),
      FITSCard("SUBSTRT1", 1, "first pixel along axis 1"),
      FITSCard("SUBSTRT2", 1, "first pixel along axis 2"),
    ]
    if exposure.mode.instrument == .nircam {
      cards.append(FITSCard("MODULE", exposure.detector.rawValue.hasPrefix("nrca") ? "A" : "B", "module"))
      cards.append(FITSCard("CHANNEL", exposure.detector.rawValue.hasSuffix("long") ? "LONG" : "SHORT", "channel"))
    }
    return cards
  }

  /// The keywords of a combined product.
  static func combination(
    _ combination: Combination, in programme: Programme, file: String, calibration: Calibration, processed: Int64
  ) -> [FITSCard] {
    var cards = common(
      file: file, programme: programme, observation: combination.observation, mode: combination.mode,
      target: combination.target, optics: combination.optics, calibration: calibration, isRaw: false,
      processed: processed)
    let detectors = Set(combination.members.map(\.detector))
    cards += [
      FITSCard("VISIT", 1, "visit number"),
      FITSCard("VISIT_ID", combination.members.first?.visitID ?? "", "visit identifier of the first member"),
      FITSCard(
        "DETECTOR", detectors.count == 1 ? combination.members[0].detector.rawValue.uppercased() : "MULTIPLE",
        "detector"
      ),
      FITSCard(
        "EXPRIPAR", combination.members.first?.isParallel == true ? "PARALLEL_COORDINATED" : "PRIME",
        "prime or parallel"),
      FITSCard("READPATT", combination.mode.readoutPattern, "readout pattern"),
      FITSCard("NINTS", combination.members.first?.integrations ?? 1, "integrations in an exposure"),
      FITSCard("NGROUPS", combination.members.first?.groups ?? 1, "groups in an integration"),
      FITSCard("NFRAMES", combination.mode.framesPerGroup, "frames in a group"),
      FITSCard("EFFINTTM", combination.members.first?.integrationTime ?? 0, "[s] effective integration time"),
      FITSCard("EFFEXPTM", combination.exposureTime, "[s] effective exposure time"),
      FITSCard("NUMDTHPT", combination.members.first?.dithers ?? 1, "points of the dither pattern"),
    ]
    if let source = combination.source { cards.append(FITSCard("SOURCEID", source, "number of the source")) }
    return cards + times(start: combination.start, end: combination.end)
  }

  private static func common(
    file: String, programme: Programme, observation: Int, mode: Mode, target: SkyTarget, optics: Optics,
    calibration: Calibration, isRaw: Bool, processed: Int64
  ) -> [FITSCard] {
    var cards: [FITSCard] = [
      FITSCard("DATE", iso(processed), "UTC time at which the file was made"),
      FITSCard("ORIGIN", "SAMPLE", "simulated sample data, not an observation"),
      FITSCard("TIMESYS", "UTC", "time system"),
      FITSCard("FILENAME", file, "name of the file"),
      FITSCard("SDP_VER", calibration.system, "data processing release"),
      FITSCard("TELESCOP", "JWST", "telescope"),
      FITSCard("INSTRUME", mode.instrument.archiveName, "instrument"),
      FITSCard("PROGRAM", programme.number.padded(to: 5), "programme number"),
      FITSCard("OBSERVTN", observation.padded(to: 3), "observation number"),
      FITSCard("TITLE", programme.title, "title of the programme"),
      FITSCard("PI_NAME", programme.investigator, "principal investigator"),
      FITSCard("CATEGORY", programme.category, "category of the programme"),
      FITSCard("SCICAT", target.category, "science category"),
      FITSCard("TARGNAME", target.name, "name of the target"),
      FITSCard("TARGPROP", target.proposalName, "name of the target in the proposal"),
      FITSCard("TARGTYPE", "FIXED", "fixed or moving"),
      FITSCard("TARG_RA", target.position.ra, "[deg] right ascension of the target"),
      FITSCard("TARG_DEC", target.position.dec, "[deg] declination of the target"),
      FITSCard("PROP_RA", target.position.ra, "[deg] right ascension in the proposal"),
      FITSCard("PROP_DEC", target.position.dec, "[deg] declination in the proposal"),
      FITSCard("EXP_TYPE", mode.exposureType, "type of exposure"),
      FITSCard("TEMPLATE", mode.template, "proposal template"),
      FITSCard("SUBARRAY", mode.subarray, "subarray"),
      FITSCard("TSOVISIT", mode.isTimeSeries, "time series"),
      FITSCard("PCS_MODE", "FINEGUIDE", "pointing control"),
      FITSCard("VISITYPE", "PRIME_TARGETED_FIXED", "type of visit"),
    ]
    if mode != .fgsImage, mode != .miriMRS { cards.append(FITSCard("FILTER", optics.filter, "filter")) }
    if let pupil = optics.pupil { cards.append(FITSCard("PUPIL", pupil, "pupil element")) }
    if let grating = optics.grating { cards.append(FITSCard("GRATING", grating, "grating")) }
    if let channel = optics.channel { cards.append(FITSCard("CHANNEL", channel, "channels")) }
    if let band = optics.band { cards.append(FITSCard("BAND", band, "band")) }
    if mode == .nircamCoron { cards.append(FITSCard("CORONMSK", "MASK335R", "coronagraph mask")) }
    if !isRaw {
      cards.append(FITSCard("CAL_VER", calibration.version, "version of the calibration pipeline"))
      cards.append(FITSCard("CRDS_CTX", calibration.context, "reference file context"))
    }
    cards.append(.remark("Simulated sample data: coarse pixels, invented light."))
    return cards
  }

  private static func times(start: Int64, end: Int64) -> [FITSCard] {
    let (begin, finish) = (iso(start), iso(end))
    let (first, last) = (
      ModifiedJulianDate(unixMilliseconds: start).rawValue, ModifiedJulianDate(unixMilliseconds: end).rawValue
    )
    return [
      FITSCard("DATE-OBS", String(begin.prefix(10)), "UTC day at the start of the exposure"),
      FITSCard("TIME-OBS", String(begin.dropFirst(11)), "UTC time at the start of the exposure"),
      FITSCard("DATE-BEG", begin, "UTC start"),
      FITSCard("DATE-END", finish, "UTC end"),
      FITSCard("EXPSTART", first, "[d] MJD UTC start"),
      FITSCard("EXPMID", (first + last) / 2, "[d] MJD UTC middle"),
      FITSCard("EXPEND", last, "[d] MJD UTC end"),
      FITSCard("DURATION", Double(end - start) / 1000, "[s] from start to end"),
    ]
  }

  static func iso(_ milliseconds: Int64) -> String { ModifiedJulianDate(unixMilliseconds: milliseconds).isoText() }
}
