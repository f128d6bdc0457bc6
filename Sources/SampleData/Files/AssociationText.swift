import Holdings
import SkyGeometry

/// Associations and pools: which exposures belong together.
enum AssociationText {
  /// A time in the names of associations and pools: `20221231t235959`.
  static func stamp(_ milliseconds: Int64) -> String {
    String(HeaderCards.iso(milliseconds).prefix(19).filter { $0 != "-" && $0 != ":" }).lowercased()
  }

  /// The JSON of an association with one product.
  static func association(
    type: String, rule: String, candidate: String, program: Int, pool: String, product: String, members: [String],
    calibration: Calibration
  ) -> String {
    let list = members.map { member in
      """
                      {
                          "expname": "\(member)",
                          "exptype": "science",
                          "exposerr": "null",
                          "asn_candidate": "[('\(candidate)', 'observation')]"
                      }
      """
    }
    return """
      {
          "asn_type": "\(type)",
          "asn_rule": "\(rule)",
          "version_id": null,
          "code_version": "\(calibration.version)",
          "degraded_status": "No known degraded exposures in association.",
          "program": "\(program.padded(to: 5))",
          "constraints": "No constraints",
          "asn_id": "\(candidate)",
          "asn_pool": "\(pool)",
          "products": [
              {
                  "name": "\(product)",
                  "members": [
      \(list.joined(separator: ",\n"))
                  ]
              }
          ]
      }

      """
  }

  /// The name of the rule that makes associations of a type.
  static func rule(_ type: String) -> String {
    switch type {
    case "image2": "DMSLevel2bBase_Image"
    case "spec2", "tso-spec2": "Asn_Lv2Spec"
    case "image3": "Asn_Lv3Image"
    case "spec3": "Asn_Lv3SpectralSource"
    case "coron3": "Asn_Lv3Coron"
    case "ami3": "Asn_Lv3AMI"
    default: "Asn_Lv3TSO"
    }
  }

  /// The pool of a programme: one line per exposure, columns parted by bars.
  static func pool(_ plan: ProgrammePlan, calibration: Calibration) -> String {
    var lines = [poolColumns.joined(separator: "|")]
    for exposure in plan.exposures {
      let values = poolValues(exposure, calibration: calibration)
      lines.append(poolColumns.map { values[$0] ?? "NULL" }.joined(separator: "|"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let poolColumns = """
    FILENAME OBS_ID PROGRAM OBS_NUM VISIT VISIT_ID VISITGRP VISITYPE SEQ_ID ACT_ID EXPOSURE EXP_TYPE NEXPOSUR EXPCOUNT
    INSTRUME DETECTOR CHANNEL TARGETID TARGPROP TARGNAME TARGTYPE TEMPLATE PNTGTYPE PNTG_SEQ TARGORDN EXPSPCIN DITHPTIN
    MOSTILNO MODULE FILTER PUPIL DITHERID PATTTYPE PATTSTRT NUMDTHPT PATTSIZE SUBPXPTS PATT_NUM SUBPIXEL APERNAME SDP_VER
    SUBARRAY GRATING FXD_SLIT BAND GWA_XTIL GWA_YTIL ASN_CANDIDATE EXPOSERR IS_PSF IS_IMPRT BKGDTARG TSOVISIT MSASTATE
    MSAMETFL OPMODE LAMP SPEC_NUM SPAT_NUM DMS_NOTE EXSEGTOT NINTS NGROUPS MTSHADOW
    """.split { $0 == " " || $0 == "\n" }.map(String.init)

  private static func poolValues(_ exposure: Exposure, calibration: Calibration) -> [String: String] {
    var values: [String: String] = [
      "FILENAME": exposure.root + "_uncal.fits",
      "OBS_ID": "V\(exposure.visitID)P0000000002\(exposure.activity.dropFirst(2))",
      "PROGRAM": String(exposure.programme), "OBS_NUM": String(exposure.observation), "VISIT": "1",
      "VISIT_ID": exposure.visitID, "VISITGRP": "2", "VISITYPE": "PRIME_TARGETED_FIXED",
      "SEQ_ID": String(exposure.activity.dropFirst(2).prefix(1)), "ACT_ID": String(exposure.activity.suffix(2)),
      "EXPOSURE": String(exposure.number), "EXP_TYPE": exposure.mode.exposureType,
      "INSTRUME": exposure.mode.instrument.archiveName, "DETECTOR": exposure.detector.rawValue.uppercased(),
      "TARGETID": "1", "TARGPROP": exposure.target.proposalName, "TARGNAME": exposure.target.name,
      "TARGTYPE": "FIXED", "TEMPLATE": exposure.mode.template, "PNTGTYPE": "SCIENCE", "PNTG_SEQ": "1",
      "NUMDTHPT": String(exposure.dithers), "PATT_NUM": String(exposure.dither), "SDP_VER": calibration.system,
      "SUBARRAY": exposure.mode.subarray, "FILTER": exposure.optics.filter,
      "ASN_CANDIDATE": "[('o\(exposure.observation.padded(to: 3))', 'OBSERVATION')]", "BKGDTARG": "F",
      "TSOVISIT": exposure.mode.isTimeSeries ? "T" : "F", "DMS_NOTE": "NULL", "EXSEGTOT": String(exposure.segments),
      "NINTS": String(exposure.integrations), "NGROUPS": String(exposure.groups), "MTSHADOW": "NONE",
    ]
    values["PUPIL"] = exposure.optics.pupil
    values["GRATING"] = exposure.optics.grating
    values["CHANNEL"] = exposure.optics.channel
    values["BAND"] = exposure.optics.band
    return values
  }
}
