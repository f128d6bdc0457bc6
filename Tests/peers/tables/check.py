"""Converts the tables of expected.py with webb and compares what the peers read with what is right.

usage: check.py WEBB FOLDER [SCHEMA]
"""
import json, math, os, subprocess, sys
import numpy as np
from astropy.table import Table
from expected import READERS, TABLES, votable

webb, folder, schema = sys.argv[1], sys.argv[2], (sys.argv[3:] + [""])[0]
# Webb's name of the serialisation, and the file's ending.
VOTABLES = [("votable", "td.vot"), ("votable-binary2", "bin2.vot"), ("votable-binary", "bin.vot")]
TEXTS = [("csv", "csv"), ("ecsv", "ecsv"), ("jsonl", "jsonl")]
WIDE = {"wide_letter", "wide", "wide_fixed"}
failures = 0


def report(title, problems):
    global failures
    print(("ok    " if not problems else "FAIL  ") + title)
    for problem in problems[:8]: print("      " + problem)
    failures += bool(problems)


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def convert(source, target, to):
    done = run(webb, "table", "convert", source, target, "--to", to)
    problems = [] if done.returncode == 0 and os.path.exists(target) else [done.stderr.strip() or "exit %d" % done.returncode]
    if problems: report("convert " + os.path.basename(target), problems)
    return not problems


def plain(value):
    """A cell of astropy, NumPy or JSON as Python values; missing ones, NaN and empty texts are None."""
    if value is np.ma.masked or value is None: return None
    if isinstance(value, (list, tuple, np.ndarray)):
        items = [plain(item) for item in (value.ravel() if isinstance(value, np.ndarray) else value)]
        flat = [x for item in items for x in (item if isinstance(item, list) else [item])]
        return flat if any(x is not None for x in flat) else None
    if isinstance(value, np.generic): value = value.item()
    if isinstance(value, complex): return None if math.isnan(value.real) or math.isnan(value.imag) else value
    if isinstance(value, float): return None if math.isnan(value) else value
    if value in ("", "NaN"): return None
    return {"Infinity": math.inf, "-Infinity": -math.inf}.get(value, value) if isinstance(value, str) else value


def same(found, wanted, datatype):
    found, wanted = plain(found), plain(wanted)
    if isinstance(found, str): found = found.rstrip(" ")
    if isinstance(wanted, list) and found is not None and not isinstance(found, list): found = [found]
    if wanted is None or found is None: return wanted is found
    if isinstance(wanted, list): return len(found) == len(wanted) and all(same(f, w, datatype) for f, w in zip(found, wanted))
    if datatype == "float": return np.float32(found) == np.float32(wanted)
    return found == wanted


def compare(columns, cells):
    """Problems where `cells(name)` differs from the expected values."""
    problems = []
    for name, datatype, _, _, wanted in columns:
        try:
            found = list(cells(name))
        except Exception as error:
            problems.append("%s: %s" % (name, error))
            continue
        if len(found) != len(wanted): problems.append("%s has %d rows" % (name, len(found)))
        for row, (f, w) in enumerate(zip(found, wanted)):
            if not same(f, w, datatype): problems.append("%s, row %d: %r, not %r" % (name, row + 1, plain(f), plain(w)))
    return problems


def read(path, **options):
    try:
        return Table.read(path, **options), []
    except Exception as error:
        return None, ["%s: %s" % (type(error).__name__, error)]


def check_astropy(title, columns, path, **options):
    table, problems = read(path, **options)
    report(title, problems or compare(columns, lambda name: table[name]))


def check_stilts(title, columns, path, form, has_no_nulls=False):
    # STILTS has complex numbers as two. In BINARY it knows of no missing single characters nor arrays.
    columns = [(n, d, s, u, [apart(x) for x in cells]) for n, d, s, u, cells in columns]
    if has_no_nulls:
        columns = [(n, d, s, u, cells) for n, d, s, u, cells in columns if not n.endswith("letter") and n not in ("flags", "shorts", "longs")]
    back = path + ".stilts.vot"
    done = run("stilts", "-disk", "tcopy", "in=" + path, "ifmt=" + form, "out=" + back, "ofmt=votable-tabledata")
    if done.returncode: return report(title, done.stderr.strip().splitlines()[-1:])
    check_astropy(title, columns, back, format="votable", use_names_over_ids=True)


def apart(value):
    if isinstance(value, complex): return [value.real, value.imag]
    return [apart(item) for item in value] if isinstance(value, list) else value


def check_votlint(title, path):
    done = run("stilts", "-disk", "votlint", path)
    lines = done.stdout.splitlines()
    if done.returncode: lines.append("ERROR: " + done.stderr.strip().splitlines()[-1])
    # votlint of STILTS 3.4 does not know that an empty TD is a missing cell also where an array or a complex number is due;
    # STILTS writes them itself and has them refused.
    known = ("Wrong number of elements in array (0 found", "Bad double string ''", "Bad float string ''")
    report(title, [line for line in lines if line.startswith("ERROR") and not any(k in line for k in known)])


def check_votables(name, columns, source):
    for to, ending in VOTABLES:
        path = os.path.join(folder, "%s.%s" % (name, ending))
        # BINARY has no way to say that a bit is missing.
        if name == "bits" and to == "votable-binary": continue
        if not convert(source, path, to): continue
        if schema:
            done = run("xmllint", "--noout", "--nonet", "--schema", schema, path)
            report("schema  %s %s" % (name, ending), [] if done.returncode == 0 else done.stderr.splitlines())
        binary = to != "votable"
        readers = READERS.get((name, to != "votable"), {"votlint", "stilts", "astropy"})
        title = "%s %s" % (name, ending)
        if "votlint" in readers: check_votlint("votlint " + title, path)
        if "stilts" in readers: check_stilts("stilts  " + title, columns, path, "votable", to == "votable-binary")
        if "astropy" in readers: check_astropy("astropy " + title, columns, path, format="votable", use_names_over_ids=True)
        if not readers & {"stilts", "astropy"} and convert(path, path + ".jsonl", "jsonl"):
            check_lines("again   " + title, columns, path + ".jsonl")


def check_lines(title, columns, path):
    def pairs(value, datatype):
        # JSON has complex numbers as lists of two.
        if "Complex" not in datatype or value is None: return value
        if isinstance(value[0], list): return [complex(*map(plain, pair)) for pair in value]
        return complex(*map(plain, value))
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    types = {c[0]: c[1] for c in columns}
    report(title, compare(columns, lambda name: [pairs(row[name], types[name]) for row in rows]))


def check_texts(name, columns, source):
    for to, ending in TEXTS:
        path = os.path.join(folder, "%s.%s" % (name, ending))
        if not convert(source, path, to): continue
        title = "%s %s" % (name, ending)
        if to == "jsonl": check_lines("python  " + title, columns, path)
        # ECSV has no type for complex arrays; they are JSON lists in it.
        lists = [c for c in columns if "Complex" in c[1] and c[2]]
        if to == "ecsv": check_astropy("astropy " + title, [c for c in columns if c not in lists], path, format="ascii.ecsv")
        # CSV has no types: truth values and arrays are text to astropy; STILTS takes them for what they are.
        scalar = [c for c in columns if c[2] in (None, "*", "8", "20*", "6") and (not c[2] or "ar" in c[1][-4:])]
        if to == "csv":
            check_astropy("astropy " + title, [c for c in scalar if c[1] != "boolean" and "Complex" not in c[1]], path,
                          format="ascii.csv")
        if to in ("csv", "ecsv"):
            # STILTS 3.4 reads both as ISO-8859-1 and knows no complex numbers in them.
            known = [c for c in scalar if c[0] not in WIDE and "Complex" not in c[1]]
            check_stilts("stilts  " + title, known, path, to)


for name, columns in TABLES.items():
    source = os.path.join(folder, name + ".source.vot")
    with open(source, "w", encoding="utf-8") as file: file.write(votable(columns))
    check_votables(name, columns, source)
    if name == "common": check_texts(name, columns, source)
print("%d failed" % failures if failures else "All read back the same.")
sys.exit(failures > 0)
