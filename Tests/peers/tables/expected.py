"""The table that goes round: every datatype with missing cells, arrays, Unicode, NaN, infinities and empty strings.

A column is (name, datatype, arraysize, null literal, cells); a missing cell or element is None. It is written by hand, so that
neither Webb nor a peer says what is right.
"""
import math
from xml.sax.saxutils import escape

INF, NAN = math.inf, math.nan

# What both peers read in every serialisation.
COMMON = [
    ("flag", "boolean", None, None, [True, False, None]),
    ("byte", "unsignedByte", None, None, [0, 255, None]),
    ("short", "short", None, None, [-32768, 32767, None]),
    ("int", "int", None, -1, [-2147483648, 2147483647, None]),
    ("long", "long", None, None, [-9223372036854775807, 9223372036854775807, None]),
    ("float", "float", None, None, [0.1, INF, None]),
    ("double", "double", None, None, [5e-324, -INF, None]),
    ("real", "double", None, None, [1.7976931348623157e308, NAN, 0.30000000000000004]),
    ("fcomplex", "floatComplex", None, None, [1.5 - 0.5j, 2j, None]),
    ("dcomplex", "doubleComplex", None, None, [1e-300 - 0.1j, complex(INF, 2), 0.1j]),
    ("letter", "char", None, None, ["a", "Z", None]),
    ("wide_letter", "unicodeChar", None, None, ["é", "山", None]),
    ("text", "char", "*", None, ["a & b <c> \"q\", 'x'", "", None]),
    ("fixed", "char", "8", None, ["12345678", "abc", None]),
    ("bounded", "char", "20*", None, ["2024-01-01T00:00:00", "2024-01-02", None]),
    ("wide", "unicodeChar", "*", None, ["Müller 山田", "tab\tline\nend", None]),
    ("wide_fixed", "unicodeChar", "6", None, ["Å", "山田 太郎", None]),
    ("flags", "boolean", "3", None, [[True, False, True], [False, False, True], None]),
    ("bits", "bit", "11", None, [[1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 1], [0] * 11, [1] * 11]),
    ("bytes", "unsignedByte", "*", None, [[0, 1, 255], [7], None]),
    ("shorts", "short", "2", -1, [[1, 2], [-32768, 5], None]),
    ("longs", "long", "2x2", None, [[1, 2, 3, 4], [5, 6, 7, 9223372036854775807], None]),
    ("floats", "float", "*", None, [[0.1, NAN], [], None]),
    ("circle", "double", "3", None, [[10.5, -20.25, 0.1], [1.0, 2.0, INF], None]),
    ("cube", "double", "2x1x2", None, [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], None]),
    ("fcomplexes", "floatComplex", "2", None, [[1 + 2j, 3 + 4j], [5 + 6j, 7 + 8j], None]),
]
# astropy 8 has no arrays of strings.
STRINGS = [
    ("names", "char", "4x3", None, [["abcd", "x", "y"], ["", "y", "zzzz"], None]),
    ("names_open", "char", "4x*", None, [["abcd", "x"], ["one"], None]),
    ("wide_names", "unicodeChar", "3x*", None, [["äöü", "x"], ["山"], None]),
]
# In binary, astropy 8 counts the steps of the open dimension, where the standard counts the numbers.
OPEN = [("ints", "int", "2x*", None, [[1, 2, 3, 4], [5, 6], None])]
# In binary, STILTS 3.4 counts the parts of variable complex arrays, where the standard counts the numbers.
COMPLEX = [("dcomplexes", "doubleComplex", "*", None, [[1 + 2j], [5 + 6j, 7 + 8.5j], None])]
# In binary, astropy 8 takes a single bit from the wrong place and cannot count variable bit arrays, STILTS 3.4 breaks off at
# single bits and its votlint at variable bit arrays.
BITS = [
    ("one_bit", "bit", None, None, [1, 0, 1]),
    ("bits_open", "bit", "*", None, [[1, 0, 1], [1, 1, 1, 1, 1, 1, 1, 1, 0], None]),
]
TABLES = {"common": COMMON, "strings": STRINGS, "open": OPEN, "complex": COMPLEX, "bits": BITS}
# Who reads a table, by its name and whether it is binary; what nobody reads goes through webb once more.
READERS = {
    ("strings", False): {"votlint"}, ("strings", True): {"votlint"}, ("open", True): {"votlint", "stilts"},
    ("complex", True): {"astropy"}, ("bits", True): set(),
}


def number(value):
    if isinstance(value, bool): return "T" if value else "F"
    if isinstance(value, complex): return number(value.real) + " " + number(value.imag)
    if isinstance(value, float):
        if math.isnan(value): return "NaN"
        if math.isinf(value): return "+Inf" if value > 0 else "-Inf"
    return repr(value)


def cell(column, value):
    _, datatype, size, _, _ = column
    if value is None: return ""
    if isinstance(value, str): return escape(value)
    if isinstance(value, list) and datatype in ("char", "unicodeChar"):
        return escape("".join(text.ljust(int(size.split("x")[0])) for text in value))
    return " ".join(map(number, value)) if isinstance(value, list) else number(value)


def votable(columns):
    """The columns as a VOTable in TABLEDATA."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>',
             '<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE type="results">',
             '<INFO name="QUERY_STATUS" value="OK"/>',
             '<COOSYS ID="frame" system="ICRS" epoch="J2015.5"/>',
             '<TIMESYS ID="clock" timescale="TDB" refposition="BARYCENTER" timeorigin="MJD-origin"/>',
             '<TABLE name="round">', "<DESCRIPTION>Goes round &amp; comes back</DESCRIPTION>"]
    for name, datatype, size, null, _ in columns:
        lines.append('<FIELD ID="c_%s" name="%s" datatype="%s"%s%s>' % (
            name, name, datatype, ' arraysize="%s"' % size if size else "", ' ref="frame"' if name == "double" else "")
            + "<DESCRIPTION>The column %s &lt;here&gt;</DESCRIPTION>" % name
            + ('<VALUES null="%d"/>' % null if null is not None else "") + "</FIELD>")
    lines.append('<PARAM name="pair" datatype="double" arraysize="2" unit="deg" value="1.5 2"/>')
    lines.append('<GROUP name="g"><FIELDref ref="c_%s"/></GROUP>' % columns[0][0])
    lines.append("<DATA><TABLEDATA>")
    for row in range(len(columns[0][4])):
        lines.append("<TR>" + "".join("<TD>%s</TD>" % cell(c, c[4][row]) for c in columns) + "</TR>")
    return "\n".join(lines + ["</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>", ""])
