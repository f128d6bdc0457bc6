/// A service that can be asked with values of a table's columns (VOTable's RESOURCE of type meta and utype `adhoc:service`).
/// Source: DataLink 1.1, section 4.
///
/// Writers of VOTables put it after the table; other formats have no place for it, and readers leave it out.
public struct ServiceDescriptor: Sendable, Hashable {
  /// A name for programs.
  public var name: String?
  /// What the service gives.
  public var description: String?
  /// What is known of the service: `accessURL`, and `standardID` if it is a standard's.
  public var params: [Param]
  /// What it is told. A param whose `ref` is the identifier of a column takes its values from there.
  public var inputs: [Param]

  /// Describes a service.
  public init(name: String? = nil, description: String? = nil, params: [Param], inputs: [Param]) {
    self.name = name
    self.description = description
    self.params = params
    self.inputs = inputs
  }
}
