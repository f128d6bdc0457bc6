@testable import TableIO

/// Documents that tests of the VOTable reader share.
enum VOTableSamples {
  /// One column of every type, with a row of values and a row of nothing.
  static let fields = """
    <FIELD name="flag" datatype="boolean"/><FIELD name="bits" datatype="bit" arraysize="10"/>
    <FIELD name="byte" datatype="unsignedByte"><VALUES null="255"/></FIELD>
    <FIELD name="short" datatype="short"><VALUES null="-32768"/></FIELD>
    <FIELD name="int" datatype="int" ID="i"><VALUES null="-1"><MIN value="0"/><MAX value="9" inclusive="no"/></VALUES></FIELD>
    <FIELD name="long" datatype="long"><DESCRIPTION>A &lt;long&gt; number</DESCRIPTION><VALUES null="-9"/></FIELD>
    <FIELD name="float" datatype="float" unit="mag"/><FIELD name="double" datatype="double" ucd="pos.eq.ra"/>
    <FIELD name="fc" datatype="floatComplex"/><FIELD name="dc" datatype="doubleComplex" arraysize="2"/>
    <FIELD name="char" datatype="char" arraysize="4"/><FIELD name="text" datatype="char" arraysize="*" xtype="timestamp"/>
    <FIELD name="wide" datatype="unicodeChar" arraysize="*"/><FIELD name="words" datatype="char" arraysize="3x*"/>
    <FIELD name="ints" datatype="int" arraysize="*"><VALUES null="-1"/></FIELD>
    <FIELD name="pair" datatype="double" arraysize="2"/>

    """

  static func document(fields: String = fields, data: String, around: (String, String) = ("", "")) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
    <COOSYS ID="sys" system="ICRS" epoch="J2000"/><TIMESYS ID="t" timescale="TDB" refposition="BARYCENTER"/>
    <RESOURCE type="results"><INFO name="QUERY_STATUS" value="OK"/>
    \(around.0)<TABLE name="things" ID="first"><DESCRIPTION>Some things</DESCRIPTION>
    <PARAM name="epoch" datatype="double" value="2015.5" unit="yr"/>
    <GROUP name="g"><FIELDref ref="i"/><PARAM name="p" datatype="int" value="3"/><GROUP ID="inner"/></GROUP>
    <LINK href="http://localhost/doc" content-role="doc"/>
    \(fields)<DATA>\(data)</DATA></TABLE>\(around.1)</RESOURCE></VOTABLE>
    """
  }

  static let tableData = document(
    data: """
      <TABLEDATA>
      <TR><TD>T</TD><TD>10 1100 1101</TD><TD>7</TD><TD>-5</TD><TD>+0x10</TD><TD>9007199254740993</TD><TD>1.1</TD><TD>NaN</TD>\
      <TD>1 -2</TD><TD>1 2 3 4.5</TD><TD>ab</TD><TD>x &lt; y</TD><TD>\u{E9}\u{1F600}</TD><TD>abcd  e</TD><TD>1 -1 3</TD><TD>0.5,-Inf</TD></TR>
      <TR><TD/><TD/><TD/><TD>-32768</TD><TD></TD><TD> </TD><TD/><TD/><TD/><TD/><TD/><TD/><TD/><TD/><TD/><TD/></TR>
      </TABLEDATA>
      """.replacing("+0x10", with: "0x10"))

  /// The same rows as binary ones.
  static func binaryRows(flags: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    func put<Value: FixedWidthInteger>(_ value: Value) {
      withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
    func put(_ value: Float) { put(value.bitPattern) }
    func put(_ value: Double) { put(value.bitPattern) }
    func put(_ text: String, length: Int? = nil) {
      if length == nil { put(UInt32(text.utf8.count)) }
      bytes.append(contentsOf: text.utf8)
      for _ in text.utf8.count..<max(length ?? 0, text.utf8.count) { bytes.append(0) }
    }
    if flags { put(0 as UInt16) }
    bytes.append(UInt8(ascii: "T"))
    bytes += [0b1011_0011, 0b0100_0000]
    put(7 as UInt8)
    put(-5 as Int16)
    put(16 as Int32)
    put(9_007_199_254_740_993 as Int64)
    put(1.1 as Float)
    put(Double.nan)
    put(1 as Float)
    put(-2 as Float)
    for value in [1, 2, 3, 4.5] { put(value) }
    put("ab", length: 4)
    put("x < y")
    put(3 as UInt32)
    for unit in "\u{E9}\u{1F600}".utf16 { put(unit) }
    put("abcd  e\0\0")
    put(3 as UInt32)
    for value in [1, -1, 3] as [Int32] { put(value) }
    put(0.5)
    put(-Double.infinity)
    if flags { put(0xFFFF as UInt16) }
    bytes.append(0)
    bytes += [0, 0]
    put(255 as UInt8)
    put(-32768 as Int16)
    put(-1 as Int32)
    put(-9 as Int64)
    put(Float.nan)
    put(Double.nan)
    for _ in 0..<2 { put(Float.nan) }
    for _ in 0..<4 { put(Double.nan) }
    put("", length: 4)
    for _ in 0..<4 { put(0 as UInt32) }
    for _ in 0..<2 { put(Double.nan) }
    return bytes
  }

  static func base64(_ bytes: [UInt8], lineLength: Int = 17) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = group.enumerated().reduce(0) { $0 | Int($1.1) << (16 - 8 * $1.0) }
      for index in 0..<4 { text.append(index <= group.count ? alphabet[word >> (18 - 6 * index) & 63] : "=") }
      if start / 3 % lineLength == 0 { text += "\n " }
    }
    return text
  }

  static let binary = document(
    data: "<BINARY><STREAM encoding='base64'>\n\(base64(binaryRows(flags: false)))</STREAM></BINARY>")
  static let binary2 = document(
    data: "<BINARY2><STREAM encoding='base64'>\n\(base64(binaryRows(flags: true)))</STREAM></BINARY2>")
}
