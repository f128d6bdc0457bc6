"""Queries made to exhaust the server are stopped, and kill -9 at any moment leaves an archive that goes on.

    limits.py WEBB ARCHIVE
"""
import os
import re
import signal
import sqlite3
import statistics
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import served  # noqa: E402

WEBB, ARCHIVE = sys.argv[1:3]
failed = 0
CROSS = "jwst.main AS a, jwst.main AS b, jwst.main AS c"
# Each would take hours, the whole memory or the whole disk.
ENDLESS = {
    "cross join counted": f"SELECT COUNT(*) AS n FROM {CROSS}",
    "cross join with a condition": f"SELECT COUNT(*) AS n FROM {CROSS} WHERE a.target_ra + b.target_ra < c.target_dec - 1000",
    "huge sort": f"SELECT TOP 10 a.observationid FROM {CROSS} ORDER BY a.target_ra * b.target_ra + c.target_dec",
    "huge sort of wide rows": "SELECT TOP 10 a.* FROM jwst.main AS a, jwst.main AS b ORDER BY a.target_ra * b.target_ra",
    "huge group": "SELECT a.target_ra + b.target_ra AS s, COUNT(*) AS n FROM jwst.main AS a, jwst.main AS b GROUP BY a.target_ra + b.target_ra",
    "huge distinct": "SELECT DISTINCT a.target_ra * b.target_dec AS p FROM jwst.main AS a, jwst.main AS b",
    "huge union": "SELECT a.target_ra * b.target_dec AS p FROM jwst.main AS a, jwst.main AS b "
                  "UNION SELECT a.target_ra + b.target_dec AS p FROM jwst.main AS a, jwst.main AS b",
    "text strung together": "SELECT ivo_string_agg(a.observationid || b.observationid, ' ') AS s FROM jwst.main AS a, jwst.main AS b",
    "no row is found": f"SELECT a.observationid FROM {CROSS} WHERE a.target_ra < 0 OR b.target_ra * c.target_ra < -1",
    "geometry on all pairs": "SELECT COUNT(*) AS n FROM jwst.main AS a, jwst.main AS b "
                             "WHERE 0 = INTERSECTS(a.position_bounds_spoly, b.position_bounds_spoly)",
    "subquery for every row": "SELECT COUNT(*) AS n FROM jwst.main AS a WHERE (SELECT COUNT(*) FROM jwst.main AS b, jwst.main AS c "
                              "WHERE b.target_ra + c.target_ra > a.target_ra) > 5",
}
# Each is answered or refused at once.
LARGE = {
    "deep brackets": "SELECT TOP 1 " + "(" * 5000 + "1" + ")" * 5000 + " AS n FROM jwst.main",
    "long sum": "SELECT TOP 1 " + "+".join(["1"] * 50000) + " AS n FROM jwst.main",
    "long list": "SELECT COUNT(*) AS n FROM jwst.main WHERE calibrationlevel IN (" + ",".join(map(str, range(100000))) + ")",
    "long condition": "SELECT COUNT(*) AS n FROM jwst.main WHERE " + " OR ".join(["target_ra < 0"] * 20000),
    "many columns": "SELECT TOP 1 " + ", ".join(f"target_ra AS c{n}" for n in range(5000)) + " FROM jwst.main",
    "many tables": "SELECT TOP 1 a0.obsid FROM " + ", ".join(f"jwst.main AS a{n}" for n in range(200)),
    "many unions": " UNION ALL ".join(["SELECT TOP 1 target_ra FROM jwst.main"] * 1000),
    "nested subqueries": "SELECT TOP 1 target_ra FROM " + "(SELECT * FROM " * 300 + "jwst.main" + ") AS s" * 300,
    "doubled text": "SELECT TOP 1 " + "||".join(["observationid"] * 10000) + " AS s FROM jwst.main",
    "pattern": "SELECT COUNT(*) AS n FROM jwst.main WHERE observationid LIKE '" + "%a_" * 1500 + "'",
    "huge polygon": "SELECT COUNT(*) AS n FROM jwst.main WHERE 1=CONTAINS(POINT(target_ra, target_dec), POLYGON("
                    + ", ".join(f"{n % 360}.{n}, {n % 80}.{n}" for n in range(20000)) + "))",
    "huge numbers": "SELECT TOP 1 POWER(10, 400) AS a, EXP(100000) AS b, 9223372036854775807 + 1 AS c, -9223372036854775808 / -1 AS d, "
                    "MOD(5, 0) AS e, 1 / 0 AS f, SQRT(-1) AS g, LOG(0) AS h, TRUNCATE(1e308, 400) AS i, ROUND(1.5, -400) AS k FROM jwst.main",
    "top": "SELECT TOP 99999999999999999999999 target_ra FROM jwst.main",
}


def fail(text):
    global failed
    failed += 1
    print("FAIL " + text, flush=True)


def create(server, adql, seconds=None, run=True, **more):
    """Makes a job; its address."""
    fields = [("LANG", "ADQL"), ("QUERY", adql), ("RESPONSEFORMAT", "csv"), *more.items()]
    if seconds:
        fields.append(("EXECUTIONDURATION", seconds))
    if run:
        fields.append(("PHASE", "RUN"))
    status, headers, body = served.ask(server.tap + "/async", fields)
    if status != 303:
        # A client may only have so many jobs; to be told so is no fault.
        if not (status == 403 and b"which is the most" in body):
            fail(f"{status} for a new job: {body[:200]!r}")
        return None
    return urllib.parse.urljoin(server.tap + "/async", headers["Location"])


def phase(place):
    return served.ask(place + "/phase")[2].decode(errors="replace").strip()


def ended(place, seconds):
    served.wait_for(lambda: phase(place) not in ("QUEUED", "EXECUTING"), seconds)
    return phase(place)


def cpu(server):
    with open(f"/proc/{server.pid}/stat") as file:
        words = file.read().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def idle(server, what):
    """Complains when the server still works although nobody waits for anything."""
    def rests():
        before = cpu(server)
        time.sleep(1)
        return cpu(server) - before < 0.2
    if not served.wait_for(rests, 15):
        fail(f"{what}: the server goes on working")


def folder_size(path):
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names
               if os.path.exists(os.path.join(folder, name)))


def malicious(server):
    for name, adql in ENDLESS.items():
        start = time.monotonic()
        place = create(server, adql, seconds=3)
        latencies = []
        while place and time.monotonic() - start < 30 and phase(place) in ("QUEUED", "EXECUTING"):
            before = time.perf_counter()
            served.query(server.tap, "SELECT TOP 1 observationid FROM jwst.main")
            latencies.append(1000 * (time.perf_counter() - before))
            time.sleep(0.1)
        last = phase(place) if place else "none"
        seconds = time.monotonic() - start
        error = served.ask(place + "/error")[2] if place else b""
        words = re.search(rb">([^<>]{5,})</INFO>", error)
        print(f"  {name:30} {last:9} after {seconds:5.1f} s, memory at most {server.status('VmHWM') / 1024:5.0f} MiB, others' slowest "
              f"{max(latencies, default=0):6.0f} ms: {words[1].decode()[:90] if words else ''}", flush=True)
        # A query that is done within its time is as good as one that is stopped.
        if last not in ("ERROR", "ABORTED", "COMPLETED") or seconds > 12:
            fail(f"{name}: {last} after {seconds:.1f} s, when 3 were allowed")
        if place:
            served.ask(place, method="DELETE")
    idle(server, "after endless jobs")
    for name, adql in LARGE.items():
        start = time.monotonic()
        try:
            status, _, body = served.ask(server.tap + "/sync", [("LANG", "ADQL"), ("MAXREC", "10"), ("QUERY", adql)], timeout=60)
            if status >= 500:
                fail(f"{name}: {status} {body[:200]!r}")
            said = "answered" if b'value="OK"' in body else " ".join(re.sub(rb"<[^>]*>", b"", body).decode(errors="replace").split())[:90]
        except OSError as error:
            status, said = 0, str(error)
            fail(f"{name}: {error}")
        seconds = time.monotonic() - start
        print(f"  {name:30} {status} after {seconds:5.1f} s: {said}", flush=True)
        if seconds > 20:
            fail(f"{name}: {seconds:.1f} s")
        if server.process.poll() is not None:
            fail(f"{name}: the server ended with {server.process.returncode}")
            return
    peak = server.status("VmHWM") / 1024
    print(f"memory at most {peak:.0f} MiB")
    if peak > 1024:
        fail(f"hostile queries took {peak:.0f} MiB")


def stops(server):
    """Abort, and the end of a connection, really stop a query."""
    place = create(server, ENDLESS["cross join counted"])
    if not served.wait_for(lambda: phase(place) == "EXECUTING", 10):
        fail("a job does not start: " + phase(place))
    served.ask(place + "/phase", [("PHASE", "ABORT")])
    if ended(place, 10) != "ABORTED":
        fail("an aborted job is " + phase(place))
    idle(server, "after an abort")
    place = create(server, ENDLESS["huge sort"])
    served.wait_for(lambda: phase(place) == "EXECUTING", 10)
    served.ask(place, method="DELETE")
    idle(server, "after the deletion of a job at work")
    try:
        served.ask(server.tap + "/sync", [("LANG", "ADQL"), ("QUERY", ENDLESS["cross join counted"])], timeout=2)
        fail("an endless query was answered in two seconds")
    except OSError:
        pass
    idle(server, "after the client of a synchronous query went away")


def flood(server):
    """More endless queries than there are workers: the line is bounded, and who comes later is told so or waits."""
    threads = []

    def one():
        try:
            served.ask(server.tap + "/sync", [("LANG", "ADQL"), ("QUERY", ENDLESS["cross join counted"])], timeout=6)
        except OSError:
            pass

    for _ in range(40):
        threads.append(threading.Thread(target=one))
        threads[-1].start()
    time.sleep(2)
    status, _, _ = served.ask(server.tap + "/availability", timeout=5)
    if status != 200:
        fail(f"{status} for availability in a flood")
    for thread in threads:
        thread.join()
    idle(server, "after a flood")
    times = []
    for _ in range(20):
        before = time.perf_counter()
        served.query(server.tap, "SELECT TOP 1 observationid FROM jwst.main")
        times.append(1000 * (time.perf_counter() - before))
    print(f"one row after a flood of 40 endless queries: median {statistics.median(times):.1f} ms")


def check_database(when):
    base = os.path.join(ARCHIVE, "webb.sqlite")
    connection = sqlite3.connect(base)
    found = connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()
    if found != [("ok",)]:
        fail(f"integrity_check {when}: {found[:3]}")


def killed():
    """kill -9 with jobs in every phase."""
    with served.Server(WEBB, ARCHIVE) as server:
        done = create(server, "SELECT TOP 20 observationid FROM jwst.main")
        if ended(done, 20) != "COMPLETED":
            fail("a small job ended in " + phase(done))
        result = served.ask(done + "/results/result")[2]
        pending = create(server, "SELECT TOP 3 observationid FROM jwst.main", run=False)
        endless = [create(server, ENDLESS["cross join counted"], seconds=15) for _ in range(6)]
        small = create(server, "SELECT TOP 7 observationid FROM jwst.main")
        served.wait_for(lambda: any(phase(place) == "EXECUTING" for place in endless), 10)
        before = [phase(place) for place in endless]
        stop = threading.Event()
        written = []

        def writer():
            while not stop.is_set():
                try:
                    place = create(server, "SELECT TOP 1 observationid FROM jwst.main")
                    if place and len(written) < 150:
                        written.append(place)
                    elif place:
                        served.ask(place, method="DELETE")
                except Exception:  # the server is being killed
                    return

        threads = [threading.Thread(target=writer) for _ in range(8)]
        for thread in threads:
            thread.start()
        time.sleep(1)
        stop.set()
        server.stop(signal.SIGKILL)
        for thread in threads:
            thread.join()
    check_database("after kill -9")
    start = time.perf_counter()
    with served.Server(WEBB, ARCHIVE) as server:
        print(f"started again in {time.perf_counter() - start:.1f} s")
        move = lambda place: server.tap + "/async/" + place.rpartition("/")[2]  # noqa: E731
        after = [phase(move(place)) for place in endless]
        print(f"endless jobs before kill -9: {before}, after: {after}")
        for one, other in zip(before, after):
            if one == "EXECUTING" and other not in ("ERROR", "QUEUED", "EXECUTING"):
                fail(f"a job that was {one} is {other} after kill -9")
            if one == "QUEUED" and other not in ("QUEUED", "EXECUTING", "ERROR"):
                fail(f"a job that was {one} is {other} after kill -9")
        for place in endless:
            served.ask(move(place) + "/phase", [("PHASE", "ABORT")])
        if phase(move(done)) != "COMPLETED" or served.ask(move(done) + "/results/result")[2] != result:
            fail("a completed job lost its result")
        if phase(move(pending)) != "PENDING":
            fail("a pending job is " + phase(move(pending)))
        last = ended(move(small), 60)
        if last != "COMPLETED":
            fail(f"a job that waited is {last} after kill -9")
        served.ask(move(pending) + "/phase", [("PHASE", "RUN")])
        if ended(move(pending), 60) != "COMPLETED":
            fail("a pending job does not run after kill -9")
        for place in [done, pending, small, *endless, *written]:
            served.ask(move(place), method="DELETE")
    check_database("at the end")


def main():
    with served.Server(WEBB, ARCHIVE) as server:
        disk = folder_size(ARCHIVE)
        malicious(server)
        if server.process.poll() is None:
            stops(server)
            flood(server)
        grown = folder_size(ARCHIVE) - disk
        if grown > 50e6:
            fail(f"hostile queries left {grown / 1e6:.0f} MB in the archive")
    check_database("after hostile queries")
    killed()
    return 1 if failed else 0


sys.exit(main())
