"""A local archive that `webb archive serve` serves, a client of TAP that needs nothing but Python, and rows that a peer has too."""
import csv
import math
import os
import random
import re
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree

COLUMNS = ["intentType", "obs_collection", "provenance_name", "project", "obsid", "obs_id", "instrument_name", "filters", "target_name",
           "s_ra", "s_dec", "proposal_id", "proposal_pi", "dataproduct_type", "calib_level", "t_min", "t_max", "t_exptime", "em_min",
           "em_max", "t_obs_release", "s_region", "jpegURL", "dataRights"]


def modified_julian_date(text):
    """MJD of an ISO time."""
    year, month, day, hour, minute, second = map(float, re.split("[-T:]", text))
    month, year = (month, year) if month > 2 else (month + 12, year - 1)
    days = math.floor(365.25 * year) + year // 400 - year // 100 + math.floor(30.6001 * (month + 1)) + day - 679004
    return days + (hour + (minute + second / 60) / 60) / 24


def nanometres(metres):
    return repr(float(metres) * 1e9) if metres else ""


def observations(source, target):
    """Writes the peer's rows as MAST's catalogue has them."""
    with open(source, newline="") as rows, open(target, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number, row in enumerate(csv.DictReader(rows)):
            release = row["release_date"]
            writer.writerow([
                "science", "JWST", "CALJWST", "JWST", 1_000_000 + number, row["obs_id"], row["instrument_name"], row["filters"],
                row["target_name"], row["s_ra"], row["s_dec"], row["proposal_id"], row["proposal_pi"], row["dataproduct_type"],
                row["calib_level"], row["t_min"], row["t_max"], row["t_exptime"], nanometres(row["em_min"]), nanometres(row["em_max"]),
                repr(modified_julian_date(release)) if release else "", row["s_region"], row["preview_url"],
                "PUBLIC" if row["is_public"] == "true" else "EXCLUSIVE_ACCESS"])


def many(path, first, count, seed):
    """Made-up observations anywhere on the sky."""
    rng = random.Random(seed)
    modes = [("NIRCAM/IMAGE", "F200W", "image"), ("MIRI/IMAGE", "F770W", "image"), ("NIRSPEC/IFU", "G395H;F290LP", "cube"),
             ("NIRISS/SOSS", "GR700XD", "spectrum")]
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number in range(first, first + count):
            instrument, filters, kind = modes[number % 4]
            ra, z = rng.random() * 360, rng.random() * 2 - 1
            dec = math.degrees(math.asin(z))
            width = 0.018 / max(0.001, math.sqrt(1 - z * z))
            low, high = max(-90, dec - 0.018), min(90, dec + 0.018)
            west, east = (ra - width) % 360, (ra + width) % 360
            start = 59700 + number * 0.0003
            name = f"jw{1000 + number // 10000:05}{number // 100 % 100:03}001_{number % 100:05}_{number:08}_nrcb1"
            writer.writerow(["science", "JWST", "CALJWST", "JWST", 2_000_000 + number, name, instrument, filters, f"T-{number % 5000}", ra, dec,
                             1000 + number // 10000, "Webb, J.", kind, number % 3 + 1, start, start + 0.01, 857.3, 1700.0, 2200.0,
                             start + 365, f"POLYGON {west} {low} {east} {low} {east} {high} {west} {high}", "", "PUBLIC"])


def import_observations(webb, archive, path):
    subprocess.run([webb, "archive", "import", "--archive", archive, "--quiet", "mast-observations", path], check=True,
                   stdout=subprocess.DEVNULL)


class Server:
    """`webb archive serve` as a process: where it is, what it takes, and an end to it."""

    def __init__(self, webb, archive, log=os.devnull, port=0):
        self.log = open(log, "ab")
        self.process = subprocess.Popen([webb, "archive", "serve", "--archive", archive, "--port", str(port)],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        if not found:
            self.process.wait(10)
            raise SystemExit("webb archive serve did not start: " + line)
        self.url = found[0].rstrip("/")
        self.tap = self.url + "/tap"
        self.pid = self.process.pid

    def status(self, key):
        """A figure in kibibytes of the kernel's about the process, such as VmRSS."""
        with open(f"/proc/{self.pid}/status") as file:
            return int(re.search(key + r":\s+(\d+)", file.read())[1])

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def stop(self, number=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def multipart(fields, files):
    """The body of a form with files, and its media type. Files are name: (file name, bytes)."""
    boundary = "webb-peers-6f1d2c"
    body = b""
    for name, value in fields:
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for name, (file_name, content) in files.items():
        body += (f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
                 "Content-Type: application/x-votable+xml\r\n\r\n").encode() + content + b"\r\n"
    return body + f"--{boundary}--\r\n".encode(), "multipart/form-data; boundary=" + boundary


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


direct = urllib.request.build_opener(NoRedirect)


def ask(url, fields=None, files=None, method=None, timeout=120, headers=()):
    """Status, headers and body of an answer; fields make it a POST. Redirects are answers."""
    body, kind = None, None
    if files:
        body, kind = multipart(list(fields or []), files)
    elif fields is not None:
        body, kind = urllib.parse.urlencode(list(fields)).encode(), "application/x-www-form-urlencoded"
    request = urllib.request.Request(url, body, method=method, headers=dict(headers))
    if kind:
        request.add_header("Content-Type", kind)
    try:
        with direct.open(request, timeout=timeout) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def query(tap, adql, files=None, uploads=(), maxrec=2_000_000, **more):
    """A synchronous query's answer as VOTable in TABLEDATA."""
    fields = [("REQUEST", "doQuery"), ("LANG", "ADQL"), ("QUERY", adql), ("MAXREC", maxrec), ("RESPONSEFORMAT", "votable/td"),
              *more.items()]
    if uploads:
        fields.append(("UPLOAD", ";".join(f"{name},param:{name}" for name in uploads)))
    return ask(tap + "/sync", fields, files)


class Refusal(Exception):
    """What a service says when it does not answer a query."""


def table(answer):
    """Fields, each with its attributes, and rows of text of a VOTable in TABLEDATA; an empty cell is None."""
    status, _, body = answer
    try:
        root = xml.etree.ElementTree.fromstring(body)
    except xml.etree.ElementTree.ParseError:
        raise Refusal(f"{status}: " + " ".join(body.decode(errors="replace").split())[:300])
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    for info in root.iter("INFO"):
        if info.get("name") == "QUERY_STATUS" and info.get("value") == "ERROR":
            raise Refusal(f"{status}: " + " ".join((info.text or "").split())[:300])
    fields = [dict(field.attrib) for field in root.iter("FIELD")]
    nulls = []
    for field in root.iter("FIELD"):
        values = field.find("VALUES")
        nulls.append(values.get("null") if values is not None else None)
    rows = [[None if cell.text is None or cell.text == null else cell.text for cell, null in zip(row, nulls)]
            for row in root.iter("TR")]
    return fields, rows


def wait_for(condition, seconds, step=0.2):
    """Whether a condition becomes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(step)
    return False
