import ArgumentParser

struct ESACommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "esa",
    abstract: "Search and download JWST data at ESA's archive.",
    discussion: """
        webb esa cone "53.16 -27.79" --radius 5arcmin
        webb esa target "NGC 3132" --radius 3arcmin --instrument NIRCAM
        webb esa products jw02733001001_02101_00001_nrca1
        webb esa download jw02733001001_02101_00001_nrca1 --product-type science

      For free queries in ADQL see webb tap; both use the same login.
      """,
    subcommands: [
      ESAStatus.self, ESARegion.self, ESACone.self, ESATarget.self, ESAProducts.self, ESAProduct.self, ESADownload.self,
      ESARelated.self, ESAProgram.self, TAPTables.self, TAPTableCommand.self, ESALogin.self, ESALogout.self,
      ESAToken.self,
    ])
}
