import HTTPTransport
import Testing

@Suite struct MultipartBodyTests {
  @Test func theWireForm() {
    var body = MultipartBody(boundary: "cut")
    body.append(field: "TASKID", value: "-1")
    body.append(file: "FILE", fileName: "a b.vot", contentType: "application/x-votable+xml", bytes: [0, 13, 10, 255])
    let head =
      "--cut\r\nContent-Disposition: form-data; name=\"TASKID\"\r\n\r\n-1\r\n"
      + "--cut\r\nContent-Disposition: form-data; name=\"FILE\"; filename=\"a b.vot\"\r\n"
      + "Content-Type: application/x-votable+xml\r\n\r\n"
    #expect(body.bytes == Array(head.utf8) + [0, 13, 10, 255] + Array("\r\n--cut--\r\n".utf8))
    #expect(body.contentType == "multipart/form-data; boundary=cut")
  }

  @Test func namesCannotEndTheirHeaderLine() {
    var body = MultipartBody(boundary: "cut")
    body.append(field: "a\"\r\nX: 1", value: "é\r\n")
    body.append(file: "f", fileName: "\".vot", contentType: "text/plain\r\nX: 1", bytes: [])
    let text = String(decoding: body.bytes, as: UTF8.self)
    #expect(text.contains("name=\"a%22%0D%0AX: 1\"\r\n\r\né\r\n\r\n--cut\r\n"))
    #expect(text.contains("filename=\"%22.vot\"\r\nContent-Type: text/plainX: 1\r\n\r\n\r\n--cut--\r\n"))
  }

  @Test func theBoundaryIsInNoPart() {
    var body = MultipartBody(boundary: "cut")
    body.append(field: "a", value: "--cut")
    #expect(body.boundary == "cut0")
    body.append(file: "b", fileName: "", contentType: "text/plain", bytes: Array("xcut0cut00\r\n--cut000--".utf8))
    #expect(body.boundary == "cut0000")
    #expect(body.contentType.hasSuffix("boundary=cut0000"))
    #expect(String(decoding: body.bytes, as: UTF8.self).hasPrefix("--cut0000\r\n"))
  }

  @Test func everyBodyHasItsOwnBoundary() {
    let boundaries = Set((0..<20).map { _ in MultipartBody().boundary })
    #expect(boundaries.count == 20)
    #expect(boundaries.allSatisfy { $0.utf8.count == 37 })
  }
}
