import ESAArchive
import TAP
import Testing

/// Expects an error of the archive's own.
@discardableResult func expect<Value>(
  _ kind: ESAArchiveError.Kind, _ location: SourceLocation = #_sourceLocation, _ body: () async throws -> Value
) async -> ESAArchiveError? {
  do {
    _ = try await body()
    Issue.record("no error where \(kind.rawValue) was expected", sourceLocation: location)
  } catch let error as ESAArchiveError {
    #expect(error.kind == kind, "\(error)", sourceLocation: location)
    return error
  } catch {
    Issue.record("\(error) where \(kind.rawValue) was expected", sourceLocation: location)
  }
  return nil
}

/// Expects an error of the table service.
@discardableResult func expect<Value>(
  _ kind: TAPError.Kind, _ location: SourceLocation = #_sourceLocation, _ body: () async throws -> Value
) async -> TAPError? {
  do {
    _ = try await body()
    Issue.record("no error where \(kind.rawValue) was expected", sourceLocation: location)
  } catch let error as TAPError {
    #expect(error.kind == kind, "\(error)", sourceLocation: location)
    return error
  } catch {
    Issue.record("\(error) where \(kind.rawValue) was expected", sourceLocation: location)
  }
  return nil
}
