/// A query that shows what can be asked. All run on the sample archive, and keep to ADQL 2.0, which old clients check.
struct QueryExample: Sendable {
  let id: String
  let name: String
  let text: String
  let tables: [String]
  let query: String

  static let all = [
    QueryExample(
      id: "cone", name: "Observations around a position",
      text: "What was observed within a tenth of a degree of a position, the nearest first.", tables: ["jwst.main"],
      query: """
        SELECT TOP 50 observationid, target_name, instrument_name, calibrationlevel,
          DISTANCE(POINT('ICRS', target_ra, target_dec), POINT('ICRS', 53.16, -27.79)) AS dist
        FROM jwst.main
        WHERE 1 = CONTAINS(POINT('ICRS', target_ra, target_dec), CIRCLE('ICRS', 53.16, -27.79, 0.1))
        ORDER BY dist
        """),
    QueryExample(
      id: "programmes", name: "Observations of each programme",
      text: "How many observations each programme has, and with which instruments.", tables: ["jwst.observation"],
      query: """
        SELECT proposal_id, instrument_name, COUNT(*) AS observations
        FROM jwst.observation
        GROUP BY proposal_id, instrument_name
        ORDER BY proposal_id
        """),
    QueryExample(
      id: "files", name: "Files of an instrument's images",
      text: "The files of calibrated images, with their sizes and addresses.",
      tables: ["jwst.plane", "jwst.artifact"],
      query: """
        SELECT TOP 100 p.productid, a.filename, a.contentlength
        FROM jwst.plane AS p JOIN jwst.artifact AS a ON a.planeid = p.planeid
        WHERE p.calibrationlevel = 2 AND p.dataproducttype = 'image'
        """),
    QueryExample(
      id: "obscore", name: "Observations in any archive's words",
      text: "ObsCore has the same columns in all archives: what covers a position at some wavelength.",
      tables: ["ivoa.obscore"],
      query: """
        SELECT TOP 20 obs_id, dataproduct_type, instrument_name, em_min, em_max, access_url
        FROM ivoa.obscore
        WHERE 1 = INTERSECTS(s_region, CIRCLE('ICRS', 53.16, -27.79, 0.05)) AND em_min < 3E-6
        """),
    QueryExample(
      id: "columns", name: "Columns of a table",
      text: "The archive describes itself: the columns of a table, with their units.", tables: ["TAP_SCHEMA.columns"],
      query: """
        SELECT column_name, datatype, unit, description
        FROM TAP_SCHEMA.columns
        WHERE table_name = 'jwst.main'
        """),
  ]
}
