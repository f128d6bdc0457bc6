import Pictures

/// Small pictures for the tables of a page: made from a JPEG, or from the image of a FITS file where no JPEG was fetched.
struct Thumbnail {
  var options: WebPageOptions

  /// The longest side of a small picture, pixels, whatever the shape of the large one.
  static let longestSide = 1600

  /// The small picture of a file as JPEG.
  /// - Parameter path: the file.
  /// - Returns: `nil` when the file holds no picture.
  /// - Throws: ``ReportsError`` when it cannot be read.
  func jpeg(of path: String) throws(ReportsError) -> [UInt8]? {
    do {
      if path.hasSuffix(".jpg") || path.hasSuffix(".jpeg") {
        let image = try JPEG.decode(
          try FileBytes.read(path), enoughWidth: options.thumbnailWidth, enoughHeight: options.thumbnailHeight)
        let (width, height) = size(of: image.width, image.height)
        return try JPEG.encode(image.resized(width: width, height: height))
      }
      guard path.hasSuffix(".fits") else { return nil }
      let side = max(options.thumbnailWidth ?? 0, options.thumbnailHeight ?? 0)
      guard let plane = try FITSImageFile(path: path).plane(side: min(side, Self.longestSide) * 4) else { return nil }
      let (width, height) = size(of: plane.width, plane.height)
      return try Picture.jpeg(plane, side: max(width, height), tint: .ice)
    } catch let error as ReportsError {
      throw error
    } catch {
      throw ReportsError(.unreadable, "\(error)", file: path)
    }
  }

  /// The size of the small picture of a large one: as wide or as high as asked for, or inside the box of both, in the same shape.
  func size(of width: Int, _ height: Int) -> (width: Int, height: Int) {
    let wanted = [
      options.thumbnailWidth.map { Double($0) / Double(width) },
      options.thumbnailHeight.map { Double($0) / Double(height) },
    ].compactMap(\.self).min()
    let scale = min(wanted ?? 1, Double(Self.longestSide) / Double(max(width, height)))
    return (max(1, Int((Double(width) * scale).rounded())), max(1, Int((Double(height) * scale).rounded())))
  }

  /// Where the small picture of a file goes: `NAMETN.jpg` beside a JPEG as `jwst_mast_query` names it, `NAME.TN.jpg` beside
  /// another file.
  static func path(of path: String) -> String {
    path.hasSuffix(".jpg") ? String(path.dropLast(4)) + "TN.jpg" : path + ".TN.jpg"
  }
}
