import Testing

@testable import HTTPTransport

@Suite struct ResponseHeadParserTests {
  private func parse(_ lines: [String]) -> (head: HTTPResponse?, isRefused: Bool) {
    var parser = ResponseHeadParser()
    var head: HTTPResponse?
    for line in lines {
      let step = Array((line + "\r\n").utf8).withUnsafeBytes { parser.line($0) }
      switch step {
      case .more: break
      case .head(let response): head = response
      case .refuse: return (head, true)
      }
    }
    return (head, false)
  }

  @Test func interimHeadsAreDropped() {
    let head = parse(["HTTP/1.1 100 Continue", "X: 1", "", "HTTP/1.1 200 OK", "A:b", "C :  d  ", "no colon", ""]).head
    #expect(head?.status == 200)
    #expect(head?.headers == ["A": "b", "C": "d"])
  }

  @Test func trailersDoNotMakeAnotherHead() {
    let head = parse(["HTTP/2 206", "A: b", "", "HTTP/1.1 500 Trailer", "D: e", ""]).head
    #expect(head?.status == 206)
    #expect(head?.headers == ["A": "b"])
  }

  @Test(arguments: [["SMTP 200"], ["HTTP/1.1 abc"], ["HTTP/1.1 20"], [""], ["HTTP/1.1"]])
  func refused(lines: [String]) {
    #expect(parse(lines).isRefused)
  }

  @Test func tooMuchIsRefused() {
    let line = "X: " + String(repeating: "y", count: 1000)
    #expect(parse(["HTTP/1.1 200 OK"] + Array(repeating: line, count: 300)).isRefused)
  }
}
