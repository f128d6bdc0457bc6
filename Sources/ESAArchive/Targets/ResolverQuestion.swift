import HTTPTransport
import TAP

/// What a resolver is asked.
struct ResolverQuestion: Sendable, Hashable {
  var resolver: Resolver
  var name: String

  /// The request, the same as the archive's own clients send.
  func request(_ addresses: ResolverAddresses) -> HTTPRequest {
    switch resolver {
    case .simbad: .post(addresses.simbad + "/sync", form: simbadForm)
    case .ned: HTTPRequest(.get, nedQuery.query(on: addresses.ned))
    case .vizier:
      HTTPRequest(
        .post, addresses.vizier, headers: ["Content-Type": FormBody.contentType], body: Array(vizierLines.utf8))
    }
  }

  private var simbadForm: FormBody {
    let statement: ADQLStatement = """
      SELECT basic."main_id", basic."ra", basic."dec", basic."coo_err_maj", basic."coo_err_min", \
      basic."coo_err_angle", basic."coo_wavelength", basic."coo_bibcode", ident."id" AS "matched_id" \
      FROM basic JOIN ident ON basic."oid" = ident."oidref" WHERE id = \(name)
      """
    return FormBody(["REQUEST": "doQuery", "LANG": "ADQL", "MAXREC": "2000000", "QUERY": statement.text])
  }

  private var nedQuery: FormBody {
    FormBody([
      "of": "xml_main", "img_stamp": "NO", "extend": "no", "list_limit": "0", "hconst": "73", "omegam": "0.27",
      "omegav": "0.73", "corr_z": "1", "out_csys": "Equatorial", "out_equinox": "J2000.0",
      "obj_sort": "RA or Longitude",
      "objname": name,
    ])
  }

  /// VizieR's own form: a condition a line, so a name must not hold line breaks.
  private var vizierLines: String {
    """
    -source=II/336/apass9
    -out.max=50
    -out=*
    -c=\(name)
    -out.meta=huUD
    -out.form=mini
    -oc.form=d
    """
  }
}
