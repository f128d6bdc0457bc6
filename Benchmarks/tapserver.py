"""Times `webb archive serve` beside DaCHS on PostgreSQL with pgSphere over the same 100,000 rows, then alone over millions.

    Benchmarks/tapserver.py PATH/TO/webb SHARED [--rows 5000000] [--large FOLDER] [--no-large]

--large names a folder in which the large archive is made, or was made before; otherwise it is made and removed again. It needs
archive-bench beside webb.
Both servers run on this machine with the client beside them. What is not installed is left out, and the table says so.
"""
import argparse
import http.client
import math
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "Tests", "peers"))
import served  # noqa: E402

HOME = os.environ.setdefault("PEER_HOME", "/var/tmp/webb-peers")
PORT = os.environ.get("DACHS_PORT", "18742")
TICKS = os.sysconf("SC_CLK_TCK")
COLUMNS = {
    "webb": "observationid, CAST(proposal_id AS INTEGER) AS proposal, proposal_pi, instrument_name, energy_bandpassname, dataproducttype, "
            "calibrationlevel, target_name, target_ra, target_dec, position_bounds_spoly, time_bounds_lower, time_bounds_upper, "
            "time_exposure, energy_bounds_lower, energy_bounds_upper, plane_datarelease",
    "dachs": "obs_id, proposal_id, proposal_pi, instrument_name, filters, dataproduct_type, calib_level, target_name, s_ra, s_dec, "
             "s_region, t_min, t_max, t_exptime, em_min, em_max, release_date",
}
NAMES = {
    "webb": {"t": "jwst.main", "id": "observationid", "ra": "target_ra", "dec": "target_dec", "region": "position_bounds_spoly",
             "all": COLUMNS["webb"]},
    "dachs": {"t": "jwst.observations", "id": "obs_id", "ra": "s_ra", "dec": "s_dec", "region": "s_region", "all": COLUMNS["dachs"]},
}
ONE = "SELECT TOP 1 {id} FROM {t}"
CONE = "SELECT {id}, {ra}, {dec} FROM {t} WHERE 1=CONTAINS(POINT('ICRS', {ra}, {dec}), CIRCLE('ICRS', 53.1, -27.8, %s))"
FOOTPRINTS = "SELECT {id} FROM {t} WHERE 1=INTERSECTS({region}, CIRCLE('ICRS', 150.1, 2.2, 0.05))"
ALL = "SELECT TOP 100000 {all} FROM {t}"


class Service:
    """A TAP service and the processes behind it."""

    def __init__(self, name, tap, processes):
        self.name, self.tap, self.processes = name, tap, processes
        self.host = urllib.parse.urlsplit(tap).netloc
        self.connection = http.client.HTTPConnection(self.host, timeout=300)

    def path(self, adql, form="votable/b2", maxrec=200000):
        text = adql.format(**NAMES[self.name])
        return urllib.parse.urlsplit(self.tap).path + "/sync?" + urllib.parse.urlencode(
            {"REQUEST": "doQuery", "LANG": "ADQL", "MAXREC": maxrec, "RESPONSEFORMAT": form, "QUERY": text})

    def seconds(self, path, connection=None):
        """Wall seconds and bytes of one answer on a connection that stays open."""
        connection = connection or self.connection
        start = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        size, tail = 0, b""
        while block := answer.read(1 << 20):
            size += len(block)
            tail = (tail + block)[-4000:]
        wall = time.perf_counter() - start
        if answer.status != 200 or b'value="ERROR"' in tail:
            raise SystemExit(f"{self.name}: {answer.status} {tail[-400:].decode(errors='replace')}\n{path}")
        return wall, size

    def median(self, adql, runs):
        path = self.path(adql)
        self.seconds(path)
        return statistics.median(self.seconds(path)[0] for _ in range(runs))

    def rows(self, adql):
        """How many rows a query gives."""
        _, rows = served.table(served.query(self.tap, adql.format(**NAMES[self.name])))
        return len(rows)

    def cpu(self):
        """CPU seconds of all processes, of ended children too."""
        total = 0
        for pid in tree(self.processes):
            try:
                with open(f"/proc/{pid}/stat") as file:
                    words = file.read().rpartition(")")[2].split()
                total += sum(map(int, words[11:15]))
            except FileNotFoundError:
                pass
        return total / TICKS

    def peak(self, since_now=False):
        """The largest memory that one of the processes had, mebibytes; or starts to look for it."""
        largest = 0
        for pid in tree(self.processes):
            try:
                if since_now:
                    with open(f"/proc/{pid}/clear_refs", "w") as file:
                        file.write("5")
                with open(f"/proc/{pid}/status") as file:
                    found = re.search(r"VmHWM:\s+(\d+)", file.read())
                largest = max(largest, int(found[1]) if found else 0)
            except (FileNotFoundError, PermissionError):
                pass
        return largest / 1024

    def throughput(self, connections=8, seconds=10):
        """Requests a second of a one-row query."""
        path = self.path(ONE, maxrec=1)
        self.seconds(path)
        if shutil.which("wrk"):
            text = subprocess.run(["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", f"http://{self.host}{path}"],
                                  capture_output=True, text=True, check=True).stdout
            if "Non-2xx" in text or "Socket errors" in text:
                raise SystemExit(f"{self.name}: {text}")
            return float(re.search(r"Requests/sec:\s+([0-9.]+)", text)[1])
        counts, end = [0] * connections, time.monotonic() + seconds

        def work(index):
            connection = http.client.HTTPConnection(self.host, timeout=60)
            while time.monotonic() < end:
                self.seconds(path, connection)
                counts[index] += 1

        threads = [threading.Thread(target=work, args=(index,)) for index in range(connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(counts) / seconds


def tree(roots):
    """Processes and all below them."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    children.setdefault(int(file.read().rpartition(")")[2].split()[1]), []).append(int(name))
            except (FileNotFoundError, ProcessLookupError):
                pass
    found, line = [], list(roots)
    while line:
        pid = line.pop()
        found.append(pid)
        line += children.get(pid, [])
    return found


def dachs(shared):
    """The peer, started if it is not up; None where it cannot be."""
    script = os.path.join(shared, "tools/peers/start-dachs.sh")
    if not os.path.exists(script):
        return None
    started = subprocess.run(["bash", script], capture_output=True, text=True)
    if started.returncode:
        print("DaCHS: left out, it does not start: " + started.stderr.strip()[-200:])
        return None
    with open(os.path.join(HOME, "dachs/dachs/dachs.pid")) as one, open(os.path.join(HOME, "dachs/pg/data/postmaster.pid")) as other:
        return Service("dachs", f"http://127.0.0.1:{PORT}/tap", [int(one.read()), int(other.readline())])


def show(what, ours, theirs, unit, target="", ratio=None):
    """A line of the table; the ratio says how many times better Webb is."""
    cells = [f"{value:11.3f}" if value is not None else f"{'-':>11}" for value in (ours, theirs)]
    print(f"{what:44} {cells[0]} {cells[1]} {unit:5} {f'{ratio:6.1f} x' if ratio else '':>9}  {target}", flush=True)


def compare(ours, theirs):
    """The lines with both services."""
    def both(take, service_theirs=theirs):
        return take(ours), take(service_theirs) if service_theirs else None

    def faster(one, other):
        return other / one if other and one else None

    for what, adql, runs, target in (
            ("one row, median latency", ONE, 100, ""),
            (f"cone 0.1 degree, {ours.rows(CONE % 0.1)} rows", CONE % 0.1, 30, "at least 10 x"),
            (f"cone 5 degrees, {ours.rows(CONE % 5)} rows", CONE % 5, 15, "at least 10 x"),
            (f"footprint intersection, {ours.rows(FOOTPRINTS)} rows", FOOTPRINTS, 30, "at least 10 x")):
        one, other = both(lambda service: 1000 * service.median(adql, runs))
        show(what, one, other, "ms", target, faster(one, other))
    tool = "wrk" if shutil.which("wrk") else "Python, since wrk is not installed"
    one, other = both(lambda service: service.throughput())
    show(f"one row, 8 connections ({tool})", one, other, "1/s", "at least 20 x", one / other if other else None)
    for form, label in (("votable/b2", "BINARY2"), ("csv", "CSV")):
        def stream(service):
            path = service.path(ALL, form)
            service.peak(since_now=True)
            best = None
            for _ in range(3):
                before = service.cpu()
                wall, size = service.seconds(path)
                time.sleep(0.3)
                cpu = service.cpu() - before
                if best is None or cpu < best[0]:
                    best = cpu, wall, size
            return *best, service.peak()
        one, other = both(stream)
        other = other or (None,) * 4
        show(f"100,000 rows as {label}, server's CPU", one[0], other[0], "s", "at least 10 x", faster(one[0], other[0]))
        show(f"100,000 rows as {label}, wall", one[1], other[1], "s", "", faster(one[1], other[1]))
        show(f"100,000 rows as {label}, size", one[2] / 1e6, other[2] / 1e6 if other[2] else None, "MB")
        show(f"100,000 rows as {label}, peak memory", one[3], other[3], "MiB", "under 150 MiB")


def fill(webb, archive, count):
    """Made-up rows straight into the tables, beside those that are there; an import takes an hour for millions."""
    tool = os.path.join(os.path.dirname(webb), "archive-bench")
    if not os.path.exists(tool):
        raise SystemExit("archive-bench is not beside webb: swift build -c release --product archive-bench")
    start = time.perf_counter()
    subprocess.run([tool, archive, str(count)], check=True, stdout=subprocess.DEVNULL)
    show(f"making {count:,} rows", time.perf_counter() - start, None, "s")


def places(count):
    """Places all over the sky."""
    rng = random.Random(3)
    return [(rng.random() * 360, math.degrees(math.asin(2 * rng.random() - 1))) for _ in range(count)]


def median_of_cones(service, radius, count=200):
    """Median milliseconds of cones at many places, each asked for the first time, and the mean number of rows."""
    query = "SELECT {what} FROM {{t}} WHERE 1=CONTAINS(POINT('ICRS', {{ra}}, {{dec}}), CIRCLE('ICRS', {0}, {1}, {radius}))"
    times = [service.seconds(service.path(query.format(*place, what="{id}, {ra}, {dec}", radius=radius)))[0] for place in places(count)]
    found = sum(int(served.table(served.query(service.tap, query.format(*place, what="COUNT(*) AS n", radius=radius).format(
        **NAMES[service.name])))[1][0][0]) for place in places(count))
    return 1000 * statistics.median(times), found / count


def large(webb, rows, folder, catalogue, small):
    """Webb alone over many rows, among them the 100,000, so that the same cone gives nearly the same answer."""
    archive, sparse = os.path.join(folder, "archive"), os.path.join(folder, "sparse")
    if not os.path.exists(os.path.join(folder, "complete")):
        served.import_observations(webb, archive, catalogue)
        fill(webb, archive, rows - 100_000)
        open(os.path.join(folder, "complete"), "w").close()
    if not os.path.exists(sparse):
        fill(webb, sparse, 100_000)

    def compare(what, one, before):
        print(f"{what:58} {one:9.3f} {before:9.3f} ms {one / before:6.2f} x", flush=True)

    with served.Server(webb, archive) as server, served.Server(webb, sparse) as other:
        service, even = Service("webb", server.tap, [server.pid]), Service("webb", other.tap, [other.pid])
        for one in (service, even):
            one.median(ONE, 3)
        print(f"{f'{count_of(service):,} rows beside 100,000; cone: at most 2 x':58}", flush=True)
        compare("one row", *(1000 * one.median(ONE, 100) for one in (service, small)))
        for what, adql in (("cone 0.1 degree", CONE % 0.1), ("cone 5 degrees", CONE % 5), ("footprint intersection", FOOTPRINTS)):
            one, before = 1000 * service.median(adql, 50), 1000 * small.median(adql, 50)
            compare(f"{what}, {service.rows(adql)} and {small.rows(adql)} rows", one, before)
        # The made-up rows alone lie evenly on the sky: the same cone finds more rows among more, a smaller one as many.
        scale = math.sqrt(100_000 / rows)
        few, many, narrow = median_of_cones(even, 0.1), median_of_cones(service, 0.1), median_of_cones(service, scale)
        as_many = median_of_cones(even, 1)
        compare(f"0.1 degree at 200 places, {many[1]:.1f} and {few[1]:.1f} rows", many[0], few[0])
        compare(f"{scale:.3f} and 1 degree at 200 places, {narrow[1]:.1f} and {as_many[1]:.1f} rows", narrow[0], as_many[0])
        for form, label in (("votable/b2", "BINARY2"), ("csv", "CSV")):
            service.peak(since_now=True)
            before = service.cpu()
            wall, size = service.seconds(service.path("SELECT {all} FROM {t}", form, maxrec=2 * rows))
            show(f"all rows as {label}, {size / 1e6:,.0f} MB, wall", wall, None, "s")
            show(f"all rows as {label}, server's CPU", service.cpu() - before, None, "s")
            show(f"all rows as {label}, peak memory", service.peak(), None, "MiB", "under 150 MiB")


def count_of(service):
    _, rows = served.table(served.query(service.tap, "SELECT COUNT(*) AS n FROM jwst.main"))
    return int(rows[0][0])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("webb")
    parser.add_argument("shared", nargs="?", default="")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--large")
    parser.add_argument("--no-large", action="store_true")
    options = parser.parse_args()
    webb = os.path.abspath(options.webb)
    theirs = dachs(options.shared) if options.shared else None
    rows = os.path.join(HOME, "dachs/data/rows100000.csv")
    if not os.path.exists(rows):
        print("TAP server: skipped, the peer's rows are not there (WEBB_SHARED names the folder with the script that makes them)")
        return
    if not theirs:
        print("DaCHS: left out, its script is not there (WEBB_SHARED)")
    with tempfile.TemporaryDirectory() as work:
        catalogue, archive = os.path.join(work, "observations.csv"), os.path.join(work, "archive")
        served.observations(rows, catalogue)
        start = time.perf_counter()
        served.import_observations(webb, archive, catalogue)
        print(f"{'TAP server, 100,000 rows':44} {'webb':>11} {'DaCHS':>11}")
        show("import", time.perf_counter() - start, None, "s")
        with served.Server(webb, archive) as server:
            ours = Service("webb", server.tap, [server.pid])
            compare(ours, theirs)
            if not options.no_large:
                folder = options.large or os.path.join(work, "large")
                os.makedirs(folder, exist_ok=True)
                large(webb, options.rows, folder, catalogue, ours)


if __name__ == "__main__":
    main()
