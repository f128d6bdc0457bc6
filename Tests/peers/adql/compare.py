"""Asks Webb and DaCHS the same questions over the same rows and compares what they answer.

    compare.py WEBB ROWS_CSV DACHS_TAP_URL WORK_FOLDER [NAME …]

rows.json has queries over the peer's 100,000 rows, which are imported into a local archive; queries.json (see ask.py) brings two small
tables along with each query. Rows are compared as multisets, or in order where the order is whole; numbers within 1e-9, and within 1e-6
where a service says that a column has 32 bits; a query may say a tolerance of its own: pgSphere's areas of small polygons have seven digits.
Exit code 1 when an answer differs. With WEBB `-` DaCHS is asked alone.
"""
import json
import math
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]
import ask  # noqa: E402
import served  # noqa: E402

WEBB, ROWS, DACHS, WORK = sys.argv[1:5]
ONLY = set(sys.argv[5:])

# One name for what the two tables call differently. The archive's model has programmes as text.
NAMES = {
    "webb": {"obs": "jwst.main", "id": "observationid", "ra": "target_ra", "dec": "target_dec", "region": "position_bounds_spoly",
             "target": "target_name", "filters": "energy_bandpassname", "instrument": "instrument_name", "type": "dataproducttype",
             "level": "calibrationlevel", "programme": "CAST(proposal_id AS INTEGER)", "pi": "proposal_pi", "tmin": "time_bounds_lower",
             "tmax": "time_bounds_upper", "exptime": "time_exposure", "emin": "energy_bounds_lower", "emax": "energy_bounds_upper",
             "release": "plane_datarelease"},
    "dachs": {"obs": "jwst.observations", "id": "obs_id", "ra": "s_ra", "dec": "s_dec", "region": "s_region", "target": "target_name",
              "filters": "filters", "instrument": "instrument_name", "type": "dataproduct_type", "level": "calib_level",
              "programme": "proposal_id", "pi": "proposal_pi", "tmin": "t_min", "tmax": "t_max", "exptime": "t_exptime",
              "emin": "em_min", "emax": "em_max", "release": "release_date"},
}
PLACES = {
    "places": {"columns": [["id", "int", None], ["ra", "double", "deg"], ["dec", "double", "deg"], ["name", "char*", None]],
               "rows": [[1, 53.1, -27.8, "NIRCAM"], [2, 150.1, 2.2, "MIRI"], [3, 83.8, -5.4, None], [4, 0.01, 89.9, "NIRISS"],
                        [5, 10.7, 41.3, "elsewhere"], [6, 359.99, -30.0, "FGS"]]},
    "notes": {"columns": [["id", "int", None], ["note", "char*", None]], "rows": [[1, "deep"], [2, "wide"], [2, "O'Neill <&> co"]]},
}
NUMBERS = {"short", "int", "long", "float", "double", "boolean", "unsignedByte"}


def answer(tap, adql, tables=None):
    files = {name: (name + ".vot", ask.votable(content).encode()) for name, content in (tables or {}).items()}
    start = time.perf_counter()
    fields, rows = served.table(served.query(tap, adql, files, list(files)))
    return fields, rows, time.perf_counter() - start


def value(text, field):
    """A cell as number, tuple of numbers or text; NaN is null."""
    if text is None:
        return None
    if field["datatype"] in NUMBERS:
        words = {"true": "1", "t": "1", "T": "1", "false": "0", "f": "0", "F": "0"}
        numbers = tuple(float(words.get(word, word)) for word in text.split())
        if len(numbers) != 1:
            return numbers
        return None if math.isnan(numbers[0]) else numbers[0]
    if field.get("xtype") == "timestamp":
        return text.rstrip("Z").partition(".")[0].replace(" ", "T")
    return text


def same(one, other, tolerance):
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(same(a, b, tolerance) for a, b in zip(one, other))
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= tolerance * max(abs(one), abs(other)) or abs(one - other) < 1e-14
    return one == other


def key(row):
    """Where a row stands in a sorted list: numbers roughly, so that the last digits do not count."""
    return [(cell is None, str(type(cell)), f"{cell:+.6e}" if isinstance(cell, float) else str(cell)) for cell in row]


def differs(ours, theirs, ordered, tolerance=1e-9):
    """The first difference of two answers, or None."""
    (fields, rows, _), (other_fields, other_rows, _) = ours, theirs
    if len(fields) != len(other_fields):
        return f"{len(fields)} and {len(other_fields)} columns"
    if len(rows) != len(other_rows):
        return f"{len(rows)} and {len(other_rows)} rows"
    short = ["float" in (a["datatype"], b["datatype"]) for a, b in zip(fields, other_fields)]
    tolerances = [1e-6 if is_short else tolerance for is_short in short]
    one = [[value(cell, field) for cell, field in zip(row, fields)] for row in rows]
    two = [[value(cell, field) for cell, field in zip(row, other_fields)] for row in other_rows]
    if not ordered:
        # Columns of 32 bits last: their digits may differ.
        last = sorted(range(len(fields)), key=lambda index: (short[index], index))
        one.sort(key=lambda row: key([row[index] for index in last]))
        two.sort(key=lambda row: key([row[index] for index in last]))
    remaining = []
    for index, (row, other) in enumerate(zip(one, two)):
        if not all(map(same, row, other, tolerances)):
            if ordered:
                return f"row {index + 1}: {row} and {other}"
            remaining.append((row, other))
    # Rounding may have put neighbours the other way round.
    missing = [other for _, other in remaining]
    for row, _ in remaining[:2000]:
        found = next((other for other in missing if all(map(same, row, other, tolerances))), None)
        if found is None:
            return f"{row} is not among the peer's rows, such as {missing[:1]}"
        missing.remove(found)
    return f"{len(missing)} rows" if missing else None


def compare(tap, query, ours, theirs, tables):
    """One query on both; the words for the table of results."""
    name, answers = query["name"], {}
    for service, url, adql in (("webb", tap, ours), ("dachs", DACHS, theirs)):
        if url is None:
            continue
        try:
            answers[service] = answer(url, adql, tables)
        except (served.Refusal, OSError) as error:
            answers[service] = error
    wrong = [f"{service}: {error}" for service, error in answers.items() if isinstance(error, Exception)]
    if not wrong and tap:
        difference = differs(answers["webb"], answers["dachs"], query["ordered"], query.get("tolerance", 1e-9))
        wrong = [difference] if difference else []
    times = " ".join(f"{service} {got[2]:6.3f} s {len(got[1]):6} rows" for service, got in answers.items()
                     if not isinstance(got, Exception))
    print(f"{'FAIL' if wrong else 'same'} {name:32} {times}", flush=True)
    for text in wrong:
        print(f"     {text}\n     {ours}")
    return not wrong


def main():
    with open(os.path.join(HERE, "queries.json")) as file:
        small = json.load(file)
    with open(os.path.join(HERE, "rows.json")) as file:
        large = json.load(file)
    server = None
    if WEBB != "-":
        catalogue, archive = os.path.join(WORK, "observations.csv"), os.path.join(WORK, "archive")
        served.observations(ROWS, catalogue)
        served.import_observations(WEBB, archive, catalogue)
        server = served.Server(WEBB, archive, os.path.join(WORK, "requests.log"))
    tap = server.tap if server else None
    count = failures = unasked = 0
    try:
        for query in large:
            if ONLY and query["name"] not in ONLY:
                continue
            tables = PLACES if "TAP_UPLOAD" in query["adql"] else None
            ours, theirs = (qualified(query["adql"], NAMES[service]) for service in ("webb", "dachs"))
            count += 1
            failures += not compare(tap, query, ours, theirs, tables)
        for query in small["queries"]:
            if ONLY and query["name"] not in ONLY:
                continue
            if not query.get("peer", True):
                unasked += 1
                continue
            adql = query["adql"].format(**{name: "TAP_UPLOAD." + name for name in small["tables"]})
            count += 1
            failures += not compare(tap, query, adql, adql, small["tables"])
    finally:
        if server:
            server.stop()
    print(f"{count} queries on both services, {failures} differences; {unasked} are in words that DaCHS does not know.")
    return 1 if failures else 0


def qualified(adql, names):
    """The query with the names of one service; a qualifier goes inside a cast."""
    for name, column in names.items():
        if column.startswith("CAST("):
            for qualifier in ("a.", "b."):
                adql = adql.replace(qualifier + "{" + name + "}", column.replace("CAST(", "CAST(" + qualifier))
        adql = adql.replace("{" + name + "}", column)
    return adql


if __name__ == "__main__":
    sys.exit(main())
