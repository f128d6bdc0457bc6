import Foundation
import MASTArchive
import TestSupport
import Testing

@Suite struct PublicBucketTests {
  @Test(arguments: [
    (
      "jw06434111001_03201_00001_nrca1_rate.fits",
      "jwst/public/jw06434/jw06434111001/jw06434111001_03201_00001_nrca1_rate.fits"
    ),
    (
      "jw02731-o001_t017_nircam_clear-f090w_i2d.jpg",
      "jwst/public/jw02731/L3/t/o001/jw02731-o001_t017_nircam_clear-f090w_i2d.jpg"
    ),
    ("jw06368-o007_s000102896_nirspec_clear-prism_x1d.fits", nil), ("jw01266-c1005_t002_miri_ch1-long_s3d.fits", nil),
    ("jw02731_20220101t000000_pool.csv", nil), ("jw06434111001_03201_00001_nrca1", nil), ("../../secret.fits", nil),
    ("jw06434111001_gs-fg_2022155000000_cal.fits", nil),
  ])
  func keys(name: String, key: String?) {
    #expect(PublicBucket(baseURL: "https://b/").url(ofFile: name) == key.map { "https://b/" + $0 })
  }

  /// The keys of a real listing.
  @Test(.enabled(if: Shared.folder != nil, "WEBB_SHARED is not set"))
  func keysOfAListing() throws {
    let text = try String(contentsOf: Shared.file("realdata/misc/s3_listing_jw02731_L3_o001.csv"), encoding: .utf8)
    let keys = text.split(whereSeparator: \.isNewline).dropFirst().compactMap {
      $0.split(separator: ",").last.map(String.init)
    }
    #expect(keys.count == 5)
    let bucket = PublicBucket()
    for key in keys {
      let name = String(key.split(separator: "/").last ?? "")
      // Associations and pools lie there too, and are not asked for.
      guard let url = bucket.url(ofFile: name) else { continue }
      #expect(url == bucket.baseURL + "/" + key)
    }
    #expect(keys.contains { bucket.url(ofFile: String($0.split(separator: "/").last ?? "")) != nil })
  }
}
