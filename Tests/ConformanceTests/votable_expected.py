"""Writes what astropy reads from the VOTables of the public test suites: expectations for VOTableConformanceTests.

    python votable_expected.py SHARED OUTPUT.json

SHARED is the shared folder; only files that both astropy and STILTS read (votable_matrix.md) are taken. Made once with
astropy 8.0.2; the output is committed.
"""
import json
import math
import os
import re
import sys
import warnings

import numpy as np
from astropy.io.votable import parse

shared, output = sys.argv[1:]
root = os.path.join(shared, "conformance/vo")
suites = ("astropy-votable/", "stilts-jar/", "votable-std/", "pyvo/")
warnings.simplefilter("ignore")


def readable():
    for line in open(os.path.join(root, "votable_matrix.md"), encoding="utf-8"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) < 6 or not cells[0].startswith(suites):
            continue
        if re.match(r"\d+ tbl", cells[3]) and cells[5].startswith("columns"):
            yield cells[0]


def cell(data, mask):
    """A cell as JSON: null, a scalar, or one flat list for an array of any dimension, in the order of the document."""
    if isinstance(data, np.ma.MaskedArray):
        return cell(data.data, np.ma.getmaskarray(data))
    if isinstance(data, np.ndarray) and data.ndim == 0:
        return cell(data.item(), bool(mask))
    if isinstance(data, (np.ndarray, list, tuple)):
        masks = np.broadcast_to(mask, np.shape(data)[:1] if np.ndim(mask) < 1 else np.shape(mask))
        parts = [cell(item, inner) for item, inner in zip(data, masks)]
        nested = any(isinstance(item, (np.ndarray, list, tuple)) and np.ndim(item) for item in data)
        return [element for part in parts for element in part] if nested else parts
    if bool(np.all(mask)) or data is None:
        return None
    if isinstance(data, (bool, np.bool_)):
        return bool(data)
    if isinstance(data, (int, np.integer)):
        return str(int(data))
    if isinstance(data, (complex, np.complexfloating)):
        return number(data.real) + " " + number(data.imag)
    if isinstance(data, (float, np.floating)):
        return number(data)
    if isinstance(data, bytes):
        return data.decode("utf-8", "replace")
    return str(data)


def number(item):
    """A floating-point number by its bits, so that nothing is lost on the way."""
    if math.isnan(item):
        return "nan"
    return float(item).hex()


files = {}
for name in readable():
    document = parse(os.path.join(root, name), verify="ignore")
    tables = []
    for table in document.iter_tables():
        array = table.array
        columns = []
        for field in table.fields:
            if array.dtype.names is None:
                columns.append({"name": field.name, "datatype": field.datatype, "arraysize": field.arraysize, "cells": []})
                continue
            column = array[field.ID if field.ID in array.dtype.names else field.name]
            masks = np.ma.getmaskarray(column)
            cells = [cell(column.data[row], masks[row]) for row in range(len(array))]
            columns.append({"name": field.name, "datatype": field.datatype, "arraysize": field.arraysize, "cells": cells})
        tables.append({"rows": len(array), "columns": columns})
    files[name] = tables
with open(output, "w", encoding="utf-8") as f:
    json.dump(files, f, ensure_ascii=False, separators=(",", ":"))
print(len(files), "files,", os.path.getsize(output), "bytes")
