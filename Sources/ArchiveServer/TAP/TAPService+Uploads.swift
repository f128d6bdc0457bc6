internal import LocalArchive
internal import TableIO

/// The bytes of a table that comes with a query.
struct UploadedBytes: Sendable {
  /// Where they are.
  enum Place: Sendable {
    case memory([UInt8])
    case file(String)
  }

  /// The table's name in the query.
  var name: String
  /// The bytes.
  var place: Place
  /// The client's file name.
  var fileName: String?
}

extension TAPService {
  /// The bytes of the tables that come with a request; those elsewhere are fetched.
  func uploads(_ asked: TAPRequest, _ files: [MultipartBody.Part]) async throws(TAPFault) -> [UploadedBytes] {
    var uploads: [UploadedBytes] = []
    for (name, source) in asked.uploads {
      switch source {
      case .part(let part):
        guard let file = files.first(where: { $0.name == part }) else { throw Self.missing(part, name) }
        guard file.content.count <= configuration.uploadByteLimit else { throw tooLarge(name) }
        uploads.append(UploadedBytes(name: name, place: .memory(Array(file.content)), fileName: file.fileName))
      case .url(let url):
        uploads.append(UploadedBytes(name: name, place: .memory(try await fetched(url, for: name))))
      }
    }
    return uploads
  }

  /// Fetches a table.
  func fetched(_ url: String, for name: String) async throws(TAPFault) -> [UInt8] {
    guard let fetch = configuration.fetch else {
      throw TAPFault("This service fetches no tables by their address. Send the table \(name) along with the query.")
    }
    do {
      let bytes = try await fetch(url, configuration.uploadByteLimit)
      guard bytes.count <= configuration.uploadByteLimit else { throw tooLarge(name) }
      return bytes
    } catch let fault as TAPFault {
      throw fault
    } catch {
      throw TAPFault("The table \(name) cannot be fetched from \(url.excerpt). Check the address.")
    }
  }

  /// Reads tables; blocks.
  func tables(_ uploads: [UploadedBytes]) throws(TAPFault) -> [UploadedTable] {
    var tables: [UploadedTable] = []
    let reader = UploadReader(rowLimit: configuration.uploadRowLimit)
    for upload in uploads {
      let source: any ByteSource
      switch upload.place {
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
