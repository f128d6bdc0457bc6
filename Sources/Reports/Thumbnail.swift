import Pictures

/// Small pictures for the tables of a page: made from a JPEG, or from the image of a FITS file where no JPEG was fetched.
struct Thumbnail {
  var options: WebPageOptions

  /// The small picture of a file as JPEG.
  /// - Parameter path: the file.
  /// - Returns: `nil` when the file holds no picture.
  /// - Throws: ``ReportsError`` when it cannot be read.
  func jpeg(of path: String) throws(ReportsError) -> [UInt8]? {
    let lower = path.lowercased()
    do {
      if lower.hasSuffix(".jpg") || lower.hasSuffix(".jpeg") {
        let image = try JPEG.decode(
          try FileBytes.read(path), enoughWidth: options.thumbnailWidth, enoughHeight: options.thumbnailHeight)
        let (width, height) = image.size(width: options.thumbnailWidth, height: options.thumbnailHeight)
        return try JPEG.encode(width == image.width ? image : image.resized(width: width, height: height))
      }
      guard lower.hasSuffix(".fits") || lower.hasSuffix(".fits.gz") else { return nil }
      let side = max(options.thumbnailWidth ?? 0, options.thumbnailHeight ?? 0, 120)
      guard let plane = try FITSImageFile(path: path).plane(side: side * 4) else { return nil }
      let width = Double(options.thumbnailWidth ?? side), height = Double(options.thumbnailHeight ?? .max)
      let scale = min(width / Double(plane.width), height / Double(plane.height))
      return try Picture.jpeg(
        plane, side: max(1, Int((Double(max(plane.width, plane.height)) * scale).rounded())), tint: .ice)
    } catch let error as ReportsError {
      throw error
    } catch {
      throw ReportsError(.unreadable, "\(error)", file: path)
    }
  }

  /// Where the small picture of a file goes: `NAMETN.jpg` beside a JPEG as `jwst_mast_query` names it, `NAME.TN.jpg` beside a FITS file.
  static func path(of path: String) -> String {
    path.hasSuffix(".jpg") ? String(path.dropLast(4)) + "TN.jpg" : path + ".TN.jpg"
  }
}
