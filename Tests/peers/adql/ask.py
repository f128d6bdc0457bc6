#!/usr/bin/env python3
"""Asks a TAP service the queries of queries.json, with the two tables of that file uploaded.

  ask.py URL            compares the service's rows with the expected ones
  ask.py URL --write    puts the service's rows into the file as the expected ones

The expected rows in the file are those of DaCHS 2.7 over PostgreSQL 15 with pgSphere.
"""
import csv
import io
import json
import math
import os
import sys
import urllib.error
import urllib.request
from xml.sax.saxutils import escape, quoteattr

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "queries.json")
VOTABLE_TYPES = {
    "char*": 'datatype="char" arraysize="*"',
    "timestamp": 'datatype="char" arraysize="*" xtype="timestamp"',
}


def votable(table):
    fields = []
    for name, kind, unit in table["columns"]:
        attributes = VOTABLE_TYPES.get(kind, 'datatype="%s"' % kind)
        if unit:
            attributes += " unit=" + quoteattr(unit)
        null = '<VALUES null="-32000"/>' if kind in ("short", "int", "long") else ""
        fields.append("<FIELD name=%s %s>%s</FIELD>" % (quoteattr(name), attributes, null))
    rows = []
    for row in table["rows"]:
        cells = []
        for (_, kind, _), value in zip(table["columns"], row):
            if value is None:
                value = "-32000" if kind in ("short", "int", "long") else ""
            cells.append("<TD>%s</TD>" % escape(str(value)))
        rows.append("<TR>%s</TR>" % "".join(cells))
    return (
        '<VOTABLE version="1.3" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE><TABLE>%s<DATA><TABLEDATA>%s'
        "</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>" % ("".join(fields), "".join(rows))
    )


def ask(url, adql, tables):
    boundary = "webb-adql-queries"
    parts = {"REQUEST": "doQuery", "LANG": "ADQL", "QUERY": adql, "RESPONSEFORMAT": "csv", "FORMAT": "csv"}
    parts["UPLOAD"] = ";".join("%s,param:%s" % (name, name) for name in tables)
    body = "".join(
        '--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (boundary, name, value)
        for name, value in parts.items()
    )
    for name, table in tables.items():
        body += (
            '--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s.vot"\r\n'
            "Content-Type: application/x-votable+xml\r\n\r\n%s\r\n" % (boundary, name, name, votable(table))
        )
    body += "--%s--\r\n" % boundary
    request = urllib.request.Request(url.rstrip("/") + "/sync", body.encode())
    request.add_header("Content-Type", "multipart/form-data; boundary=" + boundary)
    with urllib.request.urlopen(request, timeout=60) as answer:
        text = answer.read().decode()
    if text.lstrip().startswith("<"):
        raise ValueError(" ".join(text.split())[-400:])
    return [[value_of(cell) for cell in row] for row in list(csv.reader(io.StringIO(text)))[1:]]


def value_of(cell):
    if cell in ("", "NULL", "None"):
        return None
    try:
        number = float(cell)
    except ValueError:
        return cell
    if math.isnan(number):
        return None
    return int(number) if number == int(number) and abs(number) < 1e15 else number


def same(left, right):
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return abs(left - right) <= 1e-9 * max(1, abs(left), abs(right))
    return left == right


def order(row):
    return [(value is None, str(type(value)), "%.6f" % value if isinstance(value, (int, float)) else value or "") for value in row]


def main():
    url, write = sys.argv[1], "--write" in sys.argv[2:]
    with open(FILE) as file:
        content = json.load(file)
    failures = 0
    for query in content["queries"]:
        adql = query["adql"].format(**{name: "TAP_UPLOAD." + name for name in content["tables"]})
        try:
            rows = ask(url, adql, content["tables"])
        except (urllib.error.HTTPError, ValueError) as error:
            message = " ".join(error.read().decode()[-400:].split()) if hasattr(error, "read") else error
            print("%s: %s" % (query["name"], message))
            failures += 1
            continue
        if write:
            query["rows"] = rows if query["ordered"] else sorted(rows, key=order)
            continue
        expected = query["rows"]
        if not query["ordered"]:
            rows, expected = sorted(rows, key=order), sorted(expected, key=order)
        if len(rows) != len(expected) or any(
            len(a) != len(b) or not all(map(same, a, b)) for a, b in zip(rows, expected)
        ):
            print("%s: %s instead of %s" % (query["name"], rows, expected))
            failures += 1
    if write:
        with open(FILE, "w") as file:
            file.write(text(content))
    print("%d queries, %d failures" % (len(content["queries"]), failures))
    return 1 if failures else 0


def text(content):
    """JSON with one row a line."""
    lines = ['{', '  "tables": {']
    for index, (name, table) in enumerate(content["tables"].items()):
        lines.append('    "%s": {' % name)
        lines.append('      "columns": %s,' % json.dumps(table["columns"]))
        lines.append('      "rows": [')
        lines.append(",\n".join("        " + json.dumps(row) for row in table["rows"]))
        lines.append("      ]\n    }" + ("," if index + 1 < len(content["tables"]) else ""))
    lines.append('  },\n  "queries": [')
    blocks = []
    for query in content["queries"]:
        block = ["    {"]
        keys = [key for key in query if key != "rows"]
        for key in keys:
            block.append('      "%s": %s,' % (key, json.dumps(query[key])))
        rows = query.get("rows", [])
        block.append('      "rows": [%s]' % ", ".join(json.dumps(row) for row in rows))
        block.append("    }")
        blocks.append("\n".join(block))
    lines.append(",\n".join(blocks))
    lines.append("  ]\n}\n")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
