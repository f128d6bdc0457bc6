"""64 clients ask for everything that the server gives, for some time; some read slowly. No error, no leak, nobody held up.

    mix.py WEBB ARCHIVE SECONDS
"""
import collections
import http.client
import os
import random
import re
import socket
import statistics
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import served  # noqa: E402

WEBB, ARCHIVE, SECONDS = sys.argv[1], sys.argv[2], float(sys.argv[3])
CLIENTS = 64
SLOW = 32
ONE = "SELECT TOP 1 observationid FROM jwst.main"
UPLOAD = ('<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE><TABLE>'
          '<FIELD name="id" datatype="int"/><FIELD name="ra" datatype="double" unit="deg"/><FIELD name="de" datatype="double" unit="deg"/>'
          "<DATA><TABLEDATA>" + "".join(f"<TR><TD>{n}</TD><TD>{n * 3.6}</TD><TD>{n * 1.7 - 85}</TD></TR>" for n in range(100))
          + "</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>").encode()

failures = collections.Counter()
lock = threading.Lock()


def fail(text):
    with lock:
        failures[text] += 1


class Client:
    """One client with a connection that stays open, and what it does."""

    def __init__(self, server, number):
        self.host = urllib.parse.urlsplit(server.url).netloc
        self.random = random.Random(number)
        self.connection = http.client.HTTPConnection(self.host, timeout=60)
        self.times = collections.defaultdict(list)

    def get(self, path, fields=None, files=None, method=None, headers=()):
        body, kind = None, {}
        if files:
            body, media = served.multipart(fields, files)
            kind = {"Content-Type": media}
        elif fields is not None:
            body, kind = urllib.parse.urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method or ("POST" if body else "GET"), path, body, {**kind, **dict(headers)})
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def query(self, adql, form="csv", by_get=False, files=None, maxrec=20000):
        fields = [("REQUEST", "doQuery"), ("LANG", "ADQL"), ("QUERY", adql), ("RESPONSEFORMAT", form), ("MAXREC", maxrec)]
        if files:
            fields.append(("UPLOAD", ";".join(f"{name},param:{name}" for name in files)))
        if by_get:
            return self.get("/tap/sync?" + urllib.parse.urlencode(fields))
        return self.get("/tap/sync", fields, files)

    def lines(self, answer, least, most=None):
        """Complains unless the answer is a CSV table with so many rows."""
        status, _, body = answer
        count = body.count(b"\n") - 1
        if status != 200 or body.lstrip().startswith(b"<") or count < least or (most is not None and count > most):
            raise AssertionError(f"{status}, {count} rows instead of {least}: {body[:200]!r}")

    def one(self):
        self.lines(self.query(ONE, by_get=True), 1, 1)

    def cone(self):
        ra, dec = self.random.random() * 360, self.random.random() * 160 - 80
        self.lines(self.query("SELECT observationid, target_ra, target_dec FROM jwst.main WHERE 1=CONTAINS(POINT(target_ra, target_dec), "
                              f"CIRCLE({ra}, {dec}, 2))"), 0)

    def group(self):
        self.lines(self.query("SELECT instrument_name, calibrationlevel, COUNT(*) AS n FROM jwst.main "
                              "GROUP BY instrument_name, calibrationlevel"), 5)

    def rows(self):
        form = self.random.choice(["csv", "votable", "votable/b2", "fits", "json", "tsv"])
        status, _, body = self.query("SELECT TOP 2000 * FROM ivoa.obscore", form)
        if status != 200 or len(body) < 100_000:
            raise AssertionError(f"{status}: {form}, {len(body)} bytes, {body[:200]!r}")

    def upload(self):
        self.lines(self.query("SELECT u.id, m.observationid FROM TAP_UPLOAD.mine AS u JOIN jwst.main AS m ON "
                              "1=CONTAINS(POINT(m.target_ra, m.target_dec), CIRCLE(u.ra, u.de, 0.5)) WHERE u.id < 10",
                              files={"mine": ("mine.vot", UPLOAD)}), 0)

    def count_upload(self):
        self.lines(self.query("SELECT COUNT(*) AS n FROM TAP_UPLOAD.mine", files={"mine": ("mine.vot", UPLOAD)}), 1, 1)

    def job(self):
        status, headers, body = self.get("/tap/async", [("LANG", "ADQL"), ("QUERY", "SELECT TOP 500 * FROM ivoa.obscore"),
                                                        ("RESPONSEFORMAT", "csv"), ("PHASE", "RUN")])
        if status != 303:
            raise AssertionError(f"{status} for a new job: {body[:200]!r}")
        place = urllib.parse.urlsplit(headers["Location"]).path
        for _ in range(30):
            status, _, body = self.get(place + "?WAIT=10")
            phase = re.search(rb"<(?:\w+:)?phase>(\w+)<", body)
            if status != 200 or not phase:
                raise AssertionError(f"{status} for a job: {body[:200]!r}")
            if phase[1] not in (b"QUEUED", b"EXECUTING"):
                break
        if phase[1] != b"COMPLETED":
            raise AssertionError(f"a job ended in {phase[1].decode()}: {body[:600]!r}")
        self.lines(self.get(place + "/results/result"), 500, 500)
        status, _, body = self.get(place, method="DELETE")
        if status not in (200, 303):
            raise AssertionError(f"{status} for the end of a job: {body[:200]!r}")

    def download(self):
        if not FILES:
            return
        artifact, size = self.random.choice(FILES)
        path = "/server/data?RETRIEVAL_TYPE=PRODUCT&ARTIFACTID=" + artifact
        if self.random.random() < 0.3 and size > 10:
            start = self.random.randrange(size - 1)
            status, _, body = self.get(path, headers={"Range": f"bytes={start}-"})
            wanted = (206, size - start)
        else:
            status, _, body = self.get(path)
            wanted = (200, size)
        if (status, len(body)) != wanted:
            raise AssertionError(f"{(status, len(body))} instead of {wanted} for {path}: {body[:200]!r}")

    def documents(self):
        path = self.random.choice(["/tap/capabilities", "/tap/availability", "/tap/tables?detail=min", "/tap/tables/jwst.main",
                                   "/server/tap/tables", "/tap/examples"])
        status, _, body = self.get(path)
        if status != 200 or not body:
            raise AssertionError(f"{status} for {path}: {body[:200]!r}")

    def mistake(self):
        status, _, body = self.query("SELECT nothing FROM jwst.main")
        if status != 400 or b"nothing" not in body:
            raise AssertionError(f"{status} for a mistake: {body[:200]!r}")

    WEIGHTS = {one: 30, cone: 20, group: 3, rows: 6, upload: 4, count_upload: 6, job: 8, download: 12, documents: 8, mistake: 3}

    def work(self, until):
        kinds, weights = zip(*self.WEIGHTS.items())
        while time.monotonic() < until:
            kind = self.random.choices(kinds, weights)[0]
            start = time.perf_counter()
            try:
                kind(self)
            except (AssertionError, OSError, http.client.HTTPException) as error:
                fail(f"{kind.__name__}: {type(error).__name__} {error}"[:300])
                self.connection.close()
            self.times[kind.__name__].append(time.perf_counter() - start)
        self.connection.close()


def slow_reader(server, stop):
    """Asks for much and hardly reads."""
    parts = urllib.parse.urlsplit(server.url)
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader.connect((parts.hostname, parts.port))
    query = urllib.parse.quote_plus("SELECT TOP 20000 * FROM jwst.main")
    reader.sendall(f"GET /tap/sync?LANG=ADQL&MAXREC=20000&QUERY={query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
    reader.settimeout(120)
    try:
        first = reader.recv(512)
        if b" 200 " not in first[:20]:
            fail(f"slow reader: {first[:100]!r}")
        while not stop.is_set():
            if not reader.recv(512):
                return
            time.sleep(0.05)
    except OSError as error:
        fail(f"slow reader: {error}")
    finally:
        reader.close()


def latencies(server, count):
    client = Client(server, 1)
    times = []
    for _ in range(count):
        start = time.perf_counter()
        try:
            client.one()
        except (AssertionError, OSError, http.client.HTTPException) as error:
            fail(f"one row: {error}"[:300])
            client.connection.close()
        times.append(1000 * (time.perf_counter() - start))
    client.connection.close()
    return times


def load(server, seconds):
    """The times of all clients by kind of request; memory by the second is watched beside."""
    clients = [Client(server, number) for number in range(CLIENTS)]
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=client.work, args=(until,)) for client in clients]
    for thread in threads:
        thread.start()
    memory = []
    while any(thread.is_alive() for thread in threads):
        memory.append(server.status("VmRSS") / 1024)
        time.sleep(1)
    times = collections.defaultdict(list)
    for client in clients:
        for kind, some in client.times.items():
            times[kind] += some
    return times, memory


def settled(server):
    """Descriptors and memory once the connections are closed."""
    time.sleep(3)
    return server.descriptors(), server.status("VmRSS") / 1024


def files(server):
    """Public files of the sample archive: identifiers and sizes."""
    adql = ('SELECT TOP 500 a.artifactid, a.contentlength FROM jwst.artifact AS a JOIN jwst.plane AS p ON p.planeid = a.planeid '
            'WHERE p."public" = 1 AND a.contentlength > 0')
    _, rows = served.table(served.query(server.tap, adql))
    found = []
    for artifact, size in rows:
        status, _, body = served.ask(server.url + "/server/data?RETRIEVAL_TYPE=PRODUCT&ARTIFACTID=" + artifact)
        if status == 200:
            found.append((artifact, len(body)))
        if len(found) == 40:
            break
    return found


with served.Server(WEBB, ARCHIVE) as server:
    FILES = files(server)
    print(f"{len(FILES)} files to download")
    if not FILES:
        fail("no file can be downloaded")
    quiet = latencies(server, 200)
    print(f"one row, nobody else: median {statistics.median(quiet):.1f} ms, slowest {max(quiet):.1f} ms")

    stop = threading.Event()
    readers = [threading.Thread(target=slow_reader, args=(server, stop)) for _ in range(SLOW)]
    for reader in readers:
        reader.start()
    time.sleep(5)
    beside = latencies(server, 200)
    print(f"one row beside {SLOW} slow readers: median {statistics.median(beside):.1f} ms, slowest {max(beside):.1f} ms, "
          f"memory {server.status('VmRSS') / 1024:.0f} MiB")
    # Held up would be seconds: a slow reader takes minutes for its answer.
    if statistics.median(beside) > max(10 * statistics.median(quiet), 100) or max(beside) > 5000:
        fail(f"slow readers hold up others: {statistics.median(beside):.1f} ms, slowest {max(beside):.1f} ms")
    stop.set()
    for reader in readers:
        reader.join()

    load(server, 10)  # what is made once, such as connections of the pool, is made now
    descriptors, resident = settled(server)
    times, memory = load(server, SECONDS)
    after, resident_after = settled(server)
    for kind, some in sorted(times.items()):
        some.sort()
        print(f"  {kind:14} {len(some):6} requests, median {1000 * some[len(some) // 2]:8.1f} ms, 95% "
              f"{1000 * some[len(some) * 95 // 100]:8.1f} ms, slowest {1000 * some[-1]:8.1f} ms")
    total = sum(map(len, times.values()))
    print(f"{CLIENTS} clients, {SECONDS:.0f} s: {total} requests, {total / SECONDS:.0f} a second, {sum(failures.values())} errors; "
          f"memory at most {max(memory):.0f} MiB")
    print(f"descriptors {descriptors} before, {after} after; memory {resident:.0f} MiB before, {resident_after:.0f} MiB after")
    if after > descriptors + 4:
        fail(f"descriptors leak: {descriptors} before, {after} after")
    if resident_after > resident * 1.25 + 32:
        fail(f"memory leaks: {resident:.0f} MiB before, {resident_after:.0f} MiB after")
    left = os.listdir(os.path.join(ARCHIVE, "jobs")) if os.path.isdir(os.path.join(ARCHIVE, "jobs")) else []
    if left:
        fail(f"files of deleted jobs are left: {left[:3]}")
    if server.process.poll() is not None:
        fail(f"the server ended: {server.process.returncode}")

for text, count in failures.most_common(20):
    print(f"FAIL {count} x {text}")
sys.exit(1 if failures else 0)
