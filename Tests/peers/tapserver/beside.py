"""What `webb` gives over the same server, and whether a client's tables and files are the same."""
import hashlib
import os
import subprocess
import tempfile

import numpy
from astropy.table import Table

counts = {"tables": 0, "rows": 0, "files": 0, "lists": 0}


class Webb:
    """The command, with a home of its own, so that its login is its own."""

    def __init__(self, binary, url, more=(), environment=None):
        self.binary, self.url, self.more = binary, url, list(more)
        self.home = tempfile.mkdtemp()
        kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy") and not name.startswith("XDG_")}
        self.environment = kept | {"HOME": self.home} | (environment or {})

    def run(self, *words):
        done = subprocess.run([self.binary, *words, "--url", self.url, *self.more], env=self.environment, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=120)
        assert done.returncode == 0, f"webb {' '.join(words)}: {done.stderr.strip()[:300]}"
        return done.stdout

    def table(self, *words):
        out = os.path.join(self.home, "out.vot")
        self.run(*words, "--format", "votable", "--output", out, "--quiet")
        return Table.read(out, format="votable")

    def files(self, *words):
        """The checksums of the files that a command fetches into a new folder, by name."""
        folder = tempfile.mkdtemp(dir=self.home)
        self.run(*words, "--output-dir", folder, "--quiet")
        return checksums(os.path.join(root, name) for root, _, names in os.walk(folder) for name in names if not name.startswith("."))


def checksums(paths):
    sums = {}
    for path in paths:
        with open(path, "rb") as file:
            sums[os.path.basename(path)] = hashlib.md5(file.read()).hexdigest()
    return sums


def same_files(given, expected):
    """`given`: paths; `expected`: from Webb.files."""
    given = checksums(given)
    assert given and given == expected, f"files {sorted(given)} are not {sorted(expected)}"
    counts["files"] += len(given)


def same_list(given, expected):
    given, expected = sorted(map(str, given)), sorted(map(str, expected))
    assert given and given == expected, f"{given[:5]}… ({len(given)}) is not {expected[:5]}… ({len(expected)})"
    counts["lists"] += 1


def same_table(given, expected, near=None):
    """Cell by cell, after the rows of both are put in one order. `near`: columns that need not be equal, with how far they may be apart."""
    near = near or {}
    assert sorted(given.colnames) == sorted(expected.colnames), f"columns {given.colnames} are not {expected.colnames}"
    assert len(given) == len(expected) > 0, f"{len(given)} rows are not {len(expected)}"
    exact = sorted(set(given.colnames) - set(near))
    ordered = [rows(table, exact, list(near)) for table in (given, expected)]
    for (mine, mine_near), (theirs, theirs_near) in zip(*ordered):
        for name, one, other in zip(exact, mine, theirs):
            assert one == other, f"{name}: {one} is not {other}"
        for name, one, other in zip(near, mine_near, theirs_near):
            assert abs(float(one) - float(other)) <= near[name], f"{name}: {one} is not near {other}"
    for name in given.colnames:
        assert str(given[name].unit) == str(expected[name].unit), f"unit of {name}: {given[name].unit} is not {expected[name].unit}"
    counts["tables"] += 1
    counts["rows"] += len(given)


def rows(table, exact, near):
    return sorted(([cell(row[name]) for name in exact], [cell(row[name]) for name in near]) for row in table)


def cell(value):
    """A cell as text, so that any two can be compared and sorted; numbers keep every digit."""
    if value is numpy.ma.masked:
        return ""
    if isinstance(value, numpy.ndarray):
        return " ".join(cell(item) for item in value)
    if isinstance(value, (bytes, numpy.bytes_)):
        return value.decode()
    return repr(value.item()) if isinstance(value, numpy.generic) and not isinstance(value, numpy.str_) else str(value)


def summary():
    print("Beside webb over the same server: {tables} tables with {rows} rows equal cell by cell, {files} files, {lists} lists of names".format(**counts))
