"""Times downloads of webb, aria2c, curl and jwst_mast_query from one nginx on loopback, in turns.

    transfers.py WEBB [SHARED]       (or: make bench-transfers; make bench runs it last)

nginx stands where MAST's does: it sends the files itself and hands every question on to `webb archive serve`. webb and
jwst_mast_query are timed as people run them, with search and list; webb checks every MD5 and waits until each file is on disk. aria2c
and curl are given a list of addresses and do neither. WEBB_BENCH_DIR chooses the disk (15 GB are needed for a while),
WEBB_BENCH_ROUNDS how often each runs.
"""
import contextlib
import hashlib
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

webb = os.path.abspath(sys.argv[1])
shared = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2] else ""
rounds = int(os.environ.get("WEBB_BENCH_ROUNDS", "3"))
jobs = 4
block = 2880  # bytes of a FITS block
packages = {"nginx": "nginx-light", "aria2c": "aria2", "curl": "curl"}
os.environ["PATH"] += ":/usr/sbin"  # nginx, for those who are not root
for name in ("MAST_API_TOKEN", "WEBB_MAST_URL", "JWSTDOWNLOAD_OUTDIR", "JWST_QUERY_CFGFILE"):
    os.environ.pop(name, None)
detectors = ["nrca1", "nrca2", "nrca3", "nrca4", "nrcalong", "nrcb1", "nrcb2", "nrcb3", "nrcb4", "nrcblong"]


class Files:
    """Made-up exposures of a programme, in the folders that the public bucket would have."""

    def __init__(self, program, count, size):
        self.program, self.count = program, count
        self.size = size // block * block
        self.names, self.sums = [], []
        for i in range(count):
            exposure, detector = divmod(i, len(detectors))
            observation, number = divmod(exposure, 10)
            visit = f"{program:05}{observation + 1:03}001"
            self.names.append(f"jw{visit}_02101_{number + 1:05}_{detectors[detector]}_uncal.fits")

    def path(self, name):
        return f"jwst/public/jw{self.program:05}/{name.split('_')[0]}/{name}"

    def make(self, root):
        """Writes the files: a FITS keyword first, then noise that no two files have in common."""
        noise = random.Random(self.program).randbytes(1 << 20)
        for i, name in enumerate(self.names):
            path = os.path.join(root, self.path(name))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            md5 = hashlib.md5()
            with open(path, "wb") as file:
                left = self.size
                piece = f"SIMPLE  =                    T / {name}".ljust(block).encode()
                while left > 0:
                    piece = piece[:left]
                    file.write(piece)
                    md5.update(piece)
                    left -= len(piece)
                    start = (i * 7919) % len(noise)
                    piece = noise[start:] + noise[:start]
            self.sums.append(md5.hexdigest())

    def rows(self):
        for i, (name, md5) in enumerate(zip(self.names, self.sums)):
            detector = name.split("_")[3].upper()
            yield (f"{name},NIRCAM,{self.program},{int(name[7:10])},1,1b,NRC_IMAGE,{detector},{self.size},{md5},{self.program * 10000 + i},"
                   f"mast:JWST/product/{name},{60000 + i / 1000:.5f},{60000.0001 + i / 1000:.5f},85.9,False\n")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextlib.contextmanager
def running(command, **options):
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def nginx(work, root, port, archive_port):
    configuration = os.path.join(work, "nginx.conf")
    places = "".join(f"  {kind}_temp_path {work}/nginx_{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.geteuid() == 0 else ""
    with open(configuration, "w") as file:
        file.write(f"""{user}daemon off;
worker_processes auto;
pid {work}/nginx.pid;
error_log {work}/nginx.log;
events {{}}
http {{
{places}  access_log off;
  sendfile on;
  tcp_nopush on;
  map $arg_uri $file {{
    "~(?<visit>(?<program>jw[0-9]{{5}})[0-9]{{6}})_(?<rest>[a-z0-9_.]+)$" /jwst/public/$program/$visit/${{visit}}_$rest;
  }}
  server {{
    listen 127.0.0.1:{port};
    root {root};
    location / {{ try_files $uri @archive; }}
    location ~* /api/v0.1/download/file$ {{ rewrite ^ $file? last; }}
    location @archive {{ proxy_pass http://127.0.0.1:{archive_port}; client_max_body_size 0; }}
  }}
}}
""")
    return ["nginx", "-e", f"{work}/nginx.log", "-c", configuration]


def wait_for(port):
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    sys.exit(f"bench: nothing answers at port {port}")


def archive(work, sets):
    """A local archive of the files' rows."""
    folder, table = os.path.join(work, "archive"), os.path.join(work, "rows.csv")
    with open(table, "w") as file:
        file.write("filename,instrume,program,observtn,visit,productLevel,exp_type,detector,fileSize,checksum,ArchiveFileID,"
                   "dataURI,expstart,expend,effexptm,isRestricted\n")
        for files in sets:
            file.writelines(files.rows())
    subprocess.run([webb, "archive", "import", "--archive", folder, "mast-keywords", table], check=True, stdout=subprocess.DEVNULL)
    return folder


class Run:
    """What one run of a program took."""

    def __init__(self, command, out, files, log, environment={}):
        shutil.rmtree(out, ignore_errors=True)
        os.makedirs(out)
        os.sync()
        with open(log, "w") as said:
            start = time.perf_counter()
            process = subprocess.Popen(command, cwd=out, stdin=subprocess.PIPE, stdout=said, stderr=said, env=os.environ | environment)
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(b"y\n")
                process.stdin.close()
            _, status, usage = os.wait4(process.pid, 0)
            self.wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        os.sync()
        self.settled = time.perf_counter() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.user = usage.ru_utime
        self.peak = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20)
        self.gigabytes = files.count * files.size / 1e9
        sizes = [os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(out) for name in names if name.endswith(".fits")]
        if status != 0 or len(sizes) != files.count or set(sizes) != {files.size}:
            tail = open(log, errors="replace").read()[-2000:]
            sys.exit(f"bench: {' '.join(command[:3])} … ended with {process.returncode} and {len(sizes)} files:\n{tail}")


def table(title, results):
    print(f"\n{title}\n\n| program | wall s (least, median) | until on disk s (least) | CPU s per GB (least) | of it user | peak MB |\n|---|---|---|---|---|---|")
    for name, runs in results.items():
        best = min(runs, key=lambda run: run.cpu)
        print(f"| {name} | {min(run.wall for run in runs):.2f}, {statistics.median(run.wall for run in runs):.2f} | "
              f"{min(run.settled for run in runs):.2f} | {best.cpu / best.gigabytes:.2f} | {best.user / best.gigabytes:.2f} | "
              f"{max(run.peak for run in runs):.0f} |", flush=True)


def verdict(what, is_met):
    print(f"{'reached' if is_met else 'MISSED '}: {what}", flush=True)


def compare(title, files, work, url):
    """The three programs in turns, the first of a round another one each time."""
    out, log = os.path.join(work, "out"), os.path.join(work, "log")
    addresses = [f"{url}/{files.path(name)}" for name in files.names]
    lists = {"aria2c": os.path.join(work, "aria2c.txt"), "curl": os.path.join(work, "curl.txt")}
    with open(lists["aria2c"], "w") as file:
        file.writelines(address + "\n" for address in addresses)
    with open(lists["curl"], "w") as file:
        file.writelines(f'url = "{address}"\noutput = "{name}"\n' for address, name in zip(addresses, files.names))
    commands = {
        "webb": [webb, "mast", "download", "--mast-url", url, "--propID", str(files.program), "--outrootdir", out, "--jobs", str(jobs), "--yes"],
        "aria2c": ["aria2c", "-q", "-i", lists["aria2c"], "-j", str(jobs), "-x", "1", "-s", "1", "-d", out],
        "curl": ["curl", "--silent", "--fail", "--parallel", "--parallel-max", str(jobs), "-K", lists["curl"]],
    }
    results = {name: [] for name in commands}
    for turn in range(rounds):
        names = list(commands)
        for name in names[turn % len(names):] + names[:turn % len(names)]:
            results[name].append(Run(commands[name], out, files, log))
            if name == "webb" and f"{files.count} of them verified by MD5" not in open(log).read():
                sys.exit("bench: webb did not verify every file by MD5")
    python = jwst_mast_query(files, out, url) if files.count > 100 else None
    if python:
        results["jwst_mast_query"] = [Run(python, out, files, log, {"MAST_API_TOKEN": "anything"})]
    shutil.rmtree(out)
    table(f"{title}, {jobs} at a time, {rounds} runs of each in turns", results)
    least = {name: min(run.wall for run in runs) for name, runs in results.items()}
    verdict(f"wall at most aria2c's ({least['webb']:.2f} s, {least['aria2c']:.2f} s)", least["webb"] <= least["aria2c"])
    if python:
        times = least["jwst_mast_query"] / least["webb"]
        verdict(f"at least 5 times faster than jwst_mast_query, which has one run and one file at a time ({times:.1f} times)", times >= 5)
    peak = max(run.peak for run in results["webb"])
    verdict(f"peak memory under 100 MB ({peak:.0f} MB)", peak < 100)


def jwst_mast_query(files, out, url):
    """The command line of the Python tool, where it is installed."""
    peer = os.path.join(shared, "tools/peers/jwst-mast-query.sh")
    home = os.path.join(os.environ.get("PEER_HOME", "/var/tmp/webb-peers"), "jwst-mast-query")
    if not shared or not os.path.exists(os.path.join(home, "bin/python")):
        print("\n(jwst_mast_query is left out: set WEBB_SHARED, and install it with tools/peers/jwst-mast-query.sh there)")
        return None
    return ["bash", peer, "run", url, "2026-07-01T12:00:00", "-i", "nircam", "-f", "fits", "--propID", str(files.program), "-l", "0",
            "--outrootdir", out]


def main():
    missing = [package for program, package in packages.items() if not shutil.which(program)]
    if missing:
        print(f"(The comparison with aria2c and curl is left out: {' '.join(missing)} not installed; apt-get install {' '.join(missing)})")
        return
    base = os.environ.get("WEBB_BENCH_DIR", "/var/tmp")
    if shutil.disk_usage(base).free < 15e9:
        print(f"(The comparison with aria2c and curl is left out: {base} has less than 15 GB free; choose a disk with WEBB_BENCH_DIR)")
        return
    with tempfile.TemporaryDirectory(prefix="webb-transfers-", dir=base) as work, contextlib.ExitStack() as stack:
        root = os.path.join(work, "www")
        large, small = Files(9001, 4, 10**9), Files(9002, 2000, 10**6)
        for files in (large, small):
            files.make(root)
        folder = archive(work, (large, small))
        ports = free_port(), free_port()
        log = stack.enter_context(open(os.path.join(work, "server.log"), "w"))
        stack.enter_context(running(nginx(work, root, *ports)))
        stack.enter_context(running([webb, "archive", "serve", "--archive", folder, "--port", str(ports[1]), "--quiet"],
                                    stdout=log, stderr=log))
        for port in ports:
            wait_for(port)
        url = f"http://127.0.0.1:{ports[0]}"
        compare("4 files of 1 GB", large, work, url)
        compare("2,000 files of 1 MB", small, work, url)


if __name__ == "__main__":
    main()
