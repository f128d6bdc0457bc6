import CJPEG

/// JPEG files, through libjpeg-turbo.
package enum JPEG {
  /// The largest picture that is read, pixels; a larger one is refused before memory is taken for it.
  static let pixelLimit = 100_000_000

  /// Compresses a picture.
  /// - Parameter quality: 1...100.
  package static func encode(_ image: RGBImage, quality: Int = 85) throws(PicturesError) -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    var message = [CChar](repeating: 0, count: 256)
    guard
      cjpeg_encode(
        image.samples, Int32(image.width), Int32(image.height), 3, Int32(quality), &bytes, &count, &message) == 0
    else { throw failure("compressed", message) }
    defer { cjpeg_free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// Reads a picture.
  /// - Parameters:
  ///   - bytes: the file.
  ///   - width: how many columns are enough: the picture may be read at a fraction of its size, but with no fewer.
  ///   - height: how many rows are enough.
  package static func decode(
    _ bytes: [UInt8], enoughWidth width: Int? = nil, enoughHeight height: Int? = nil
  ) throws(PicturesError) -> RGBImage {
    var (columns, rows) = (Int32(0), Int32(0))
    var samples: UnsafeMutablePointer<UInt8>?
    var message = [CChar](repeating: 0, count: 256)
    guard
      cjpeg_decode(
        bytes, bytes.count, Int32(clamping: width ?? 0), Int32(clamping: height ?? 0), pixelLimit, &samples, &columns,
        &rows, &message) == 0
    else { throw failure("read", message) }
    defer { cjpeg_free(samples) }
    let count = Int(columns) * Int(rows) * 3
    return RGBImage(
      width: Int(columns), height: Int(rows), samples: Array(UnsafeBufferPointer(start: samples, count: count)))
  }

  private static func failure(_ verb: String, _ message: [CChar]) -> PicturesError {
    let reason = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return PicturesError("The picture could not be \(verb): \(reason).")
  }
}
