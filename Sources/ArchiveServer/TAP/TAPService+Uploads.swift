internal import LocalArchive
internal import TableIO

/// The bytes of a table that comes with a query.
struct UploadedBytes: Sendable {
  /// Where the bytes are.
  enum Bytes: Sendable {
    case memory([UInt8])
    case file(String)
  }

  /// The table's name in the query.
  var name: String
  /// The bytes.
  var bytes: Bytes
  /// The client's file name.
  var fileName: String?
  /// What stands for the memory that the bytes take; held as long as they are.
  var hold: (any AnyObject & Sendable)?
}

extension TAPService {
  /// The bytes of the tables that come with a request; those elsewhere are fetched.
  func uploads(_ asked: TAPRequest, _ form: RequestForm) async throws(TAPFault) -> [UploadedBytes] {
    var uploads = try await fetched(asked)
    for (name, source) in asked.uploads {
      guard case .part(let part) = source else { continue }
      guard let file = form.files.first(where: { $0.name == part }) else { throw Self.missing(part, name) }
      guard file.content.count <= configuration.uploadByteLimit else { throw tooLarge(name) }
      uploads.append(
        UploadedBytes(
          name: name, bytes: .memory(Array(file.content)), fileName: file.fileName, hold: form.share))
    }
    return uploads
  }

  /// Fetches the tables of a query that are elsewhere.
  /// - Throws: ``TAPFault``, also when too many wait to have tables fetched.
  func fetched(_ asked: TAPRequest) async throws(TAPFault) -> [UploadedBytes] {
    var uploads: [UploadedBytes] = []
    var room = configuration.uploadByteLimit
    var place: FetchGate.Place?
    for (name, source) in asked.uploads {
      guard case .url(let url) = source else { continue }
      guard let fetch = configuration.fetch else {
        throw TAPFault("This service fetches no tables by their address. Send the table \(name) along with the query.")
      }
      if place == nil { place = await fetches.enter() }
      guard let place else { throw .isBusy }
      let bytes: [UInt8]
      do {
        bytes = try await fetch(url, room)
      } catch {
        throw TAPFault("The table \(name) cannot be fetched from \(url.excerpt). Check the address.")
      }
      guard bytes.count <= room else { throw tooLarge(name) }
      room -= bytes.count
      uploads.append(
        UploadedBytes(name: name, bytes: .memory(bytes), fileName: Self.fileName(inAddress: url), hold: place))
    }
    return uploads
  }

  /// The last part of an address's path, which may tell a format.
  static func fileName(inAddress url: String) -> String? {
    let path = url.prefix { $0 != "?" && $0 != "#" }
    guard let start = path.firstRange(of: "://")?.upperBound, let slash = path[start...].lastIndex(of: "/") else {
      return nil
    }
    let name = path[path.index(after: slash)...]
    return name.isEmpty ? nil : FormItem.decoded(name, plusIsBlank: false)
  }

  /// Reads tables; blocks.
  func tables(_ uploads: [UploadedBytes]) throws(TAPFault) -> [UploadedTable] {
    var tables: [UploadedTable] = []
    let reader = UploadReader(limits: configuration.uploadLimits)
    for upload in uploads {
      let source: any ByteSource
      switch upload.bytes {
      case .memory(let bytes): source = MemoryByteSource(bytes)
      case .file(let path):
        do throws(TableIOError) {
          source = try FileByteSource(path: path)
        } catch {
          throw TAPFault("The uploaded table \(upload.name) is no longer there. Make the job again.")
        }
      }
      tables.append(try reader.table(named: upload.name, source, fileName: upload.fileName))
    }
    return tables
  }

  static func missing(_ part: String, _ name: String) -> TAPFault {
    TAPFault("The request has no part called \"\(part.excerpt)\", which UPLOAD names for the table \(name).")
  }

  func tooLarge(_ name: String) -> TAPFault {
    TAPFault("The uploaded table \(name) is larger than \(configuration.uploadByteLimit) bytes.", status: 413)
  }
}
