import Downloads

/// One run over one archive: reads its members into a staging folder and checks that it ends as it must.
struct Extraction {
  private let unpacker: ArchiveUnpacker
  private let limits: UnpackLimits
  private let staging: StagingFolder
  private let stored: CountingStage
  private var inflated: CountingStage?
  private var places: [[String]] = []
  private var files: [UnpackedFile] = []
  private var memberCount = 0
  private var totalBytes: Int64 = 0

  init(_ feed: any ByteFeed, _ unpacker: ArchiveUnpacker, _ staging: StagingFolder) {
    self.unpacker = unpacker
    limits = unpacker.limits
    self.staging = staging
    stored = CountingStage(feed)
  }

  /// Unpacks all members and gives them their places.
  mutating func run() throws(UnpackingError) -> [UnpackedFile] {
    let (reader, kind) = try open()
    while let member = try reader.nextMember() { try take(member, from: reader) }
    try checkBounds()
    if kind == .zip {
      try finishZip(reader)
    } else {
      try finishTar(reader)
    }
    let kept = try staging.publish(places, existing: unpacker.existing)
    for index in files.indices { files[index].keptExisting = kept[index] }
    return files
  }

  /// Takes the bytes as they are for one file. Its name gets the ending of gzip data where it lacks it.
  mutating func runSingle(_ name: SafeFileName) throws(UnpackingError) -> UnpackedFile {
    let isGzip = try stored.kind() == .gzip
    let text = isGzip && !name.text.lowercased().hasSuffix(".gz") ? name.text + ".gz" : name.text
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
    defer { buffer.deallocate() }
    let stored = stored
    try store([text], named: text) { () throws(UnpackingError) in
      let count = try stored.read(into: buffer)
      return count == 0 ? nil : UnsafeRawBufferPointer(rebasing: buffer.prefix(count))
    }
    files[0].keptExisting = try staging.publish(places, existing: unpacker.existing)[0]
    return files[0]
  }

  private mutating func open() throws(UnpackingError) -> (ArchiveReader, ArchiveKind) {
    guard let outer = try stored.kind() else { throw Self.notAnArchive }
    guard outer.isCompression else {
      return (try ArchiveReader(stored, form: outer == .zip ? .zip : .tar), outer)
    }
    let content = CountingStage(outer == .gzip ? GzipStage(stored) : try FilterStage(stored))
    inflated = content
    guard try content.kind() == .tar else { throw Self.notAnArchive }
    return (try ArchiveReader(content, form: .tar), .tar)
  }

  private static let notAnArchive = UnpackingError(
    .notAnArchive, "This is neither a tar nor a zip archive; it may be a single file, or an answer of another kind.")
}

// MARK: Members

extension Extraction {
  private mutating func take(_ member: ArchiveReader.Member, from reader: ArchiveReader) throws(UnpackingError) {
    memberCount += 1
    try checkBounds()
    guard let raw = member.name else {
      throw UnpackingError(
        .unsafeName, "The name of a member is no text in UTF-8. Nothing of the archive was unpacked.")
    }
    let name = try MemberName(raw, limits: limits)
    switch member.kind {
    case .refused(let kind, let what):
      throw UnpackingError(
        kind, member: raw, "The archive holds \(what), which is not unpacked. Nothing of the archive was unpacked.")
    case .folder: return
    case .file: break
    }
    guard let last = name.components.last else {
      throw UnpackingError(.unsafeName, member: raw, "A file in the archive has no name. Nothing of it was unpacked.")
    }
    if let size = member.size, size < 0 || size > limits.bytesPerMember { throw tooLarge(raw) }
    do throws(UnpackingError) {
      try store(unpacker.layout == .flat ? [last] : name.components, named: name.text) { () throws(UnpackingError) in
        try reader.nextBlock()
      }
      let size = files[files.count - 1].size
      if let announced = member.size, announced != size {
        throw UnpackingError(
          .damaged, "A member has \(size) bytes and its header says \(announced); fetch the archive again.")
      }
    } catch {
      var error = error
      if error.member == nil, error.isFaultOfArchive { error.member = raw }
      throw error
    }
  }

  /// Writes a file into the staging folder, compares its digest and puts it on the list.
  private mutating func store(
    _ place: [String], named name: String, from nextBlock: () throws(UnpackingError) -> UnsafeRawBufferPointer?
  ) throws(UnpackingError) {
    let file = try staging.makeFile(place)
    let expected = unpacker.checksums[name] ?? unpacker.checksums[place[place.count - 1]]
    var checksum = RunningChecksum(for: expected ?? .md5(""))
    while let block = try nextBlock() {
      totalBytes += Int64(block.count)
      guard checksum.count + Int64(block.count) <= limits.bytesPerMember else { throw tooLarge(name) }
      try checkBounds()
      try file.write(block)
      checksum.update(block)
    }
    try file.synchronise()
    let digest = checksum.digest ?? .md5("")
    if let expected, digest.description != expected.description {
      throw UnpackingError(
        .wrongChecksum, member: name,
        "A file is not the one of the catalogue (\(digest), expected \(expected)). Nothing was unpacked.")
    }
    places.append(place)
    files.append(
      UnpackedFile(
        name: name, path: staging.destination + "/" + place.joined(separator: "/"), size: checksum.count,
        checksum: digest, isVerified: expected != nil))
  }

  private func tooLarge(_ member: String) -> UnpackingError {
    UnpackingError(
      .limit, member: member,
      "A file in the archive is larger than the \(limits.bytesPerMember) bytes that are allowed for one.")
  }

  private func checkBounds() throws(UnpackingError) {
    guard memberCount <= limits.members else {
      throw UnpackingError(.limit, "The archive holds more than the \(limits.members) members that are allowed.")
    }
    guard totalBytes <= limits.totalBytes else {
      throw UnpackingError(.limit, "The archive holds more than the \(limits.totalBytes) bytes that are allowed.")
    }
    let produced = max(totalBytes, inflated?.count ?? 0)
    guard produced <= limits.bytesBeforeRatio || produced / limits.ratio <= stored.count else {
      throw UnpackingError(
        .limit,
        "The archive expands more than \(limits.ratio) times, as no science data do; unpack it by hand if you trust it."
      )
    }
  }
}

// MARK: The end

extension Extraction {
  /// A tar ends with two blocks of zeros, and only zeros may follow (POSIX, pax, "ustar Interchange Format").
  private func finishTar(_ reader: ArchiveReader) throws(UnpackingError) {
    guard reader.endMarkSize >= 1024 else {
      throw UnpackingError(.truncated, "The archive has no end mark, so something is missing; fetch it again.")
    }
    while true {
      let rest = try reader.readRest()
      if rest.isEmpty { return }
      try checkBounds()
      guard rest.allSatisfy({ $0 == 0 }) else {
        throw UnpackingError(.damaged, "Something follows the end of the archive; fetch it again.")
      }
    }
  }

  /// A zip ends with a directory that must tell of the same members.
  private func finishZip(_ reader: ArchiveReader) throws(UnpackingError) {
    var directory: [UInt8] = []
    while true {
      let rest = try reader.readRest()
      if rest.isEmpty { break }
      directory += rest
      guard directory.count <= ZipDirectory.longest else {
        throw UnpackingError(.limit, "The directory of the zip archive is larger than is allowed.")
      }
    }
    try ZipDirectory.check(directory, memberCount: memberCount)
  }
}
