"""Prints a table of timings of the webb command: what, median, slowest, runs, and the limit that was set for it."""
import glob
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

webb = os.path.abspath(sys.argv[1])
shared = sys.argv[2] if len(sys.argv) > 2 else ""
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def timed(arguments, runs, before=lambda: None, **options):
    times = []
    for _ in range(runs):
        before()
        start = time.perf_counter()
        subprocess.run(arguments, check=True, **(quiet | options))
        times.append(time.perf_counter() - start)
    return times


def row(what, times, limit):
    print(f"{what:58} {statistics.median(times):9.3f} {max(times):9.3f} {len(times):5} {limit:>9}", flush=True)


def keyword_rows(path, count, suffixes=("rate",)):
    """A table of made-up MAST keyword rows, 10 exposures of 10 detectors an observation, a file for each suffix."""
    detectors = ["nrca1", "nrca2", "nrca3", "nrca4", "nrcalong", "nrcb1", "nrcb2", "nrcb3", "nrcb4", "nrcblong"]
    names = []
    with open(path, "w") as f:
        f.write("filename,instrume,program,observtn,visit,productLevel,exp_type,detector,fileSize,checksum,ArchiveFileID,"
                "dataURI,expstart,expend,effexptm,isRestricted\n")
        for i in range(count):
            exposure, detector = divmod(i // len(suffixes), len(detectors))
            observation, number = divmod(exposure, 10)
            name = f"jw09000{observation + 1:03}001_02101_{number + 1:05}_{detectors[detector]}_{suffixes[i % len(suffixes)]}.fits"
            names.append(name)
            f.write(f"{name},NIRCAM,9000,{observation + 1},1,2a,NRC_IMAGE,{detectors[detector].upper()},4096,{i:032x},{i + 1},"
                    f"mast:JWST/product/{name},{60000 + exposure / 100:.5f},{60000.001 + exposure / 100:.5f},85.9,False\n")
    return names


def place(names, out):
    """Empty files of the right size where the command looks for them."""
    for name in names:
        folder = os.path.join(out, "09000", "obsnum" + str(int(name[7:10])).zfill(2))
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, name), "wb") as f:
            f.truncate(4096)


print(f"{'what':58} {'median s':>9} {'slowest s':>9} {'runs':>5} {'limit s':>9}")
row("webb --help", timed([webb, "--help"], 50), "0.020")

with tempfile.TemporaryDirectory() as work:
    if shared:
        files = sorted(glob.glob(os.path.join(shared, "realdata/mast_si_keywords/*_full.csv.gz")))
        archive = os.path.join(work, "real")
        import_command = [webb, "archive", "import", "--archive", archive, "mast-keywords"] + files
        row("archive import, 29,749 real keyword rows", timed(import_command, 3, lambda: shutil.rmtree(archive, ignore_errors=True)), "15")
        row("archive import of the same rows again", timed(import_command, 1), "")
    else:
        print("(WEBB_SHARED is not set: the import of real rows is left out)")

    sample = os.path.join(work, "sample")
    row("archive sample", timed([webb, "archive", "sample", sample, "--epoch", "2026-07-01"], 3,
                                lambda: shutil.rmtree(sample, ignore_errors=True)), "30")

    archive, out = os.path.join(work, "large"), os.path.join(work, "out")
    names = keyword_rows(os.path.join(work, "rows.csv"), 10000)
    subprocess.run([webb, "archive", "import", "--archive", archive, "mast-keywords", os.path.join(work, "rows.csv")], check=True, **quiet)
    place(names, out)
    def download(archive, out, *more):
        command = [webb, "mast", "download", "--archive", archive, "--propID", "9000", "--outrootdir", out, "--yes", *more]
        return command, subprocess.run(command, capture_output=True, text=True, check=True)

    command, result = download(archive, out)
    assert result.stdout.count(" exists") >= 10000, result.stderr
    row("mast download, 10,000 files already present", timed(command, 5), "3")

    archive = os.path.join(work, "larger")
    names = keyword_rows(os.path.join(work, "more.csv"), 20000, ["uncal", "rate", "rateints", "cal", "i2d", "crf", "s2d", "x1d"])
    subprocess.run([webb, "archive", "import", "--archive", archive, "mast-keywords", os.path.join(work, "more.csv")], check=True, **quiet)
    place(names, out)
    results = [download(archive, out, "-vv", "--filetypes", types)[1] for types in ("fits", "fits", "fits", "fits", "fits", "all")]
    assert all(r.stdout.count(" exists") >= 20000 for r in results), results[0].stderr
    laid_out = [float(re.search(r"laid out 20000 files in ([0-9.e-]+) seconds", r.stderr)[1]) for r in results]
    row("20,000 products selected, laid out, looked up on disk", laid_out[:5], "1")
    row("mast download, 20,000 files already present", timed(command[:4] + [archive] + command[5:], 3), "")
    for what, r in (("FITS files", results[0]), ("all files", results[5])):
        print(f"requests for the list of 20,000 products, {what}: {r.stderr.count('/invoke ')}")
