"""Times downloads of webb, aria2c and curl from the same nginx on loopback, in turns, and of jwst_mast_query beside webb.

    transfers.py WEBB [SHARED]       (or: make bench-transfers; make bench runs it last)

Webb is timed as people run it: `webb mast download` with its search, list, MD5 checks and fsync. The bytes come from nginx as they
would from the public bucket, rows and checksums from `webb archive serve`. The others are given a list of addresses and check
nothing. WEBB_BENCH_DIR chooses the disk (15 GB are needed for a while), WEBB_BENCH_ROUNDS how often each runs.
"""
import contextlib
import hashlib
import os
import random
import shutil
import signal
import socket
import sqlite3
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


def nginx(work, root, port):
    configuration = os.path.join(work, "nginx.conf")
    places = "".join(f"  {kind}_temp_path {work}/nginx_{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.geteuid() == 0 else ""
    with open(configuration, "w") as file:
        file.write(f"{user}daemon off;\nworker_processes auto;\npid {work}/nginx.pid;\nerror_log {work}/nginx.log;\nevents {{}}\n"
                   f"http {{\n{places}  access_log off;\n  sendfile on;\n  tcp_nopush on;\n"
                   f"  server {{ listen 127.0.0.1:{port}; root {root}; }}\n}}\n")
    return ["nginx", "-e", f"{work}/nginx.log", "-c", configuration]


def wait_for(port):
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    sys.exit(f"bench: nothing answers at port {port}")


def archive(work, root, sets):
    """A local archive of the files' rows, which also serves their bytes."""
    folder, table = os.path.join(work, "archive"), os.path.join(work, "rows.csv")
    with open(table, "w") as file:
        file.write("filename,instrume,program,observtn,visit,productLevel,exp_type,detector,fileSize,checksum,ArchiveFileID,"
                   "dataURI,expstart,expend,effexptm,isRestricted\n")
        for files in sets:
            file.writelines(files.rows())
    subprocess.run([webb, "archive", "import", "--archive", folder, "mast-keywords", table], check=True, stdout=subprocess.DEVNULL)
    if os.path.isdir(os.path.join(folder, "files")):
        os.rmdir(os.path.join(folder, "files"))
    os.symlink(root, os.path.join(folder, "files"))
    with contextlib.closing(sqlite3.connect(os.path.join(folder, "webb.sqlite"))) as database, database:
        for files in sets:
            database.executemany("INSERT INTO files (name, path, size, md5, mtime) VALUES (?, ?, ?, ?, NULL)",
                                 [(name, files.path(name), files.size, md5) for name, md5 in zip(files.names, files.sums)])
    return folder


class Run:
    """What one run of a program took."""

    def __init__(self, command, out, files, log, environment=None, limit=1800):
        shutil.rmtree(out, ignore_errors=True)
        os.makedirs(out)
        os.sync()
        with open(log, "w") as said:
            start = time.perf_counter()
            process = subprocess.Popen(command, cwd=out, stdin=subprocess.PIPE, stdout=said, stderr=said, env=environment)
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


def compare(title, files, work, mast, url):
    """The three programs in turns, the first of a round another one each time."""
    out, log = os.path.join(work, "out"), os.path.join(work, "log")
    addresses = [f"{url}/{files.path(name)}" for name in files.names]
    lists = {"aria2c": os.path.join(work, "aria2c.txt"), "curl": os.path.join(work, "curl.txt")}
    with open(lists["aria2c"], "w") as file:
        file.writelines(address + "\n" for address in addresses)
    with open(lists["curl"], "w") as file:
        file.writelines(f'url = "{address}"\noutput = "{name}"\n' for address, name in zip(addresses, files.names))
    commands = {
        "webb": [webb, "mast", "download", "--mast-url", mast, "--source", "s3", "--s3-url", url, "--propID", str(files.program),
                 "--outrootdir", out, "--jobs", str(jobs), "--yes"],
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
    shutil.rmtree(out)
    table(f"{title}, {jobs} at a time, {rounds} runs of each in turns", results)
    least = {name: min(run.wall for run in runs) for name, runs in results.items()}
    verdict(f"wall at most aria2c's ({least['webb']:.2f} s, {least['aria2c']:.2f} s)", least["webb"] <= least["aria2c"])
    peak = max(run.peak for run in results["webb"])
    verdict(f"peak memory under 100 MB ({peak:.0f} MB)", peak < 100)


def beside_python(files, work, mast):
    peer = os.path.join(shared, "tools/peers/jwst-mast-query.sh")
    home = os.path.join(os.environ.get("PEER_HOME", "/var/tmp/webb-peers"), "jwst-mast-query")
    if not shared or not os.path.exists(os.path.join(home, "bin/python")):
        print("\n(jwst_mast_query is left out: set WEBB_SHARED, and install it with tools/peers/jwst-mast-query.sh there)")
        return
    out, log = os.path.join(work, "out"), os.path.join(work, "log")
    options = ["--propID", str(files.program), "-l", "0", "--outrootdir", out]
    environment = {key: value for key, value in os.environ.items() if key != "JWSTDOWNLOAD_OUTDIR"}
    python = ["bash", peer, "run", mast, "2026-07-01T12:00:00", "-i", "nircam", "-f", "fits", *options]
    download = [webb, "mast", "download", "--mast-url", mast, *options, "--yes"]
    results = {"webb, 4 at a time": [Run(download, out, files, log) for _ in range(rounds)],
               "webb, 1 at a time": [Run([*download, "--jobs", "1"], out, files, log)],
               "jwst_mast_query": [Run(python, out, files, log, environment | {"MAST_API_TOKEN": "anything"})]}
    shutil.rmtree(out)
    table(f"{files.count} files of 1 MB from webb archive serve", results)
    ours, theirs = (min(run.wall for run in results[name]) for name in ("webb, 4 at a time", "jwst_mast_query"))
    verdict(f"at least 5 times faster than jwst_mast_query ({theirs / ours:.1f} times)", theirs >= 5 * ours)


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
        folder = archive(work, root, (large, small))
        ports = free_port(), free_port()
        log = stack.enter_context(open(os.path.join(work, "server.log"), "w"))
        stack.enter_context(running(nginx(work, root, ports[0])))
        stack.enter_context(running([webb, "archive", "serve", "--archive", folder, "--port", str(ports[1]), "--quiet"],
                                    stdout=log, stderr=log))
        for port in ports:
            wait_for(port)
        url, mast = (f"http://127.0.0.1:{port}" for port in ports)
        compare("4 files of 1 GB", large, work, mast, url)
        compare("2,000 files of 1 MB", small, work, mast, url)
        beside_python(small, work, mast)


if __name__ == "__main__":
    main()
