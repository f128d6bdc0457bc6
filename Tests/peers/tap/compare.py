"""Runs the same questions through webb, pyvo, astroquery's TapPlus and STILTS, compares the answers and prints the times.

    compare.py WEBB TAP_URL WORK_FOLDER

Every client runs as a process of its own, so that its CPU seconds can be told. Exit code 1 when an answer differs.
"""
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import time

WEBB, URL, WORK = sys.argv[1:4]
PYTHON = sys.executable
CLIENTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "clients.py")
TABLE = "jwst.observations"
CONE = (f"SELECT obs_id, s_ra, s_dec FROM {TABLE} "
        "WHERE 1=CONTAINS(POINT('ICRS', s_ra, s_dec), CIRCLE('ICRS', 53.1, -27.8, 0.1)) ORDER BY obs_id")
JOIN = (f"SELECT u.id, o.obs_id FROM {TABLE} AS o JOIN tap_upload.mine AS u "
        "ON 1=CONTAINS(POINT(o.s_ra, o.s_dec), CIRCLE(u.ra, u.dec, 0.02)) ORDER BY o.obs_id")
GROUPS = f"SELECT instrument_name, COUNT(*) AS n FROM {TABLE} GROUP BY instrument_name ORDER BY instrument_name"
ALL = f"SELECT TOP 100000 * FROM {TABLE}"

UPLOAD = os.path.join(WORK, "mine.csv")
with open(UPLOAD, "w") as file:
    file.write("id,ra,dec\n1,53.1,-27.8\n2,150.1,2.2\n3,83.8,-5.4\n")

failures = 0


def run(command, env=None):
    """Exit code, standard output and error, wall seconds, CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, env=env)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done, wall, cpu


def rows(path):
    with open(path, newline="") as file:
        return list(csv.reader(file))


def fail(text):
    global failures
    failures += 1
    print("FAIL " + text)


def show(label, times):
    cells = "".join(f"  {name} {wall:6.2f}/{cpu:5.2f}" for name, (wall, cpu) in times.items())
    print(f"{label:28s}{cells}", flush=True)


def same(label, adql, webb_options=(), stilts_options=("sync=true",), pyvo="sync", tapplus="sync", upload=False, maxrec=None):
    """One query through every client; the rows must be equal to webb's."""
    times, answers = {}, {}
    limit = maxrec or 200000
    out = os.path.join(WORK, "webb.csv")
    command = [WEBB, "tap", "query", "--url", URL, "--max-rows", str(limit), "--output", out, *webb_options, adql]
    if upload:
        command[5:5] = ["--upload", f"mine={UPLOAD}"]
    done, *times["webb"] = run(command)
    if done.returncode:
        return fail(f"{label}: webb: {done.stderr.strip()}")
    answers["webb"] = rows(out)
    for name, mode in (("pyvo", pyvo), ("astroquery", tapplus)):
        if not mode:
            continue
        out = os.path.join(WORK, name + ".csv")
        arguments = [PYTHON, "-W", "ignore", CLIENTS, name, mode, URL, adql, out, str(limit)]
        done, *times[name] = run(arguments + ([UPLOAD] if upload else []))
        if done.returncode:
            fail(f"{label}: {name}: {done.stderr.strip().splitlines()[-1:]}")
        else:
            answers[name] = rows(out)
    if stilts_options and shutil.which("stilts"):
        out = os.path.join(WORK, "stilts.csv")
        arguments = ["stilts", "tapquery", f"tapurl={URL}", f"adql={adql}", f"maxrec={limit}", *stilts_options,
                     f"out={out}", "ofmt=csv"]
        if upload:
            arguments += ["nupload=1", f"upload1={UPLOAD}", "ufmt1=csv", "upname1=mine"]
        done, *times["stilts"] = run(arguments)
        if done.returncode:
            fail(f"{label}: stilts: {done.stderr.strip().splitlines()[-1:]}")
        else:
            answers["stilts"] = rows(out)
    show(f"{label} ({len(answers['webb']) - 1} rows)", times)
    for name, answer in answers.items():
        difference = differs(answers["webb"], answer)
        if difference:
            fail(f"{label}: {name} and webb differ: {difference}")
    return times


def numbers(text):
    """A number, or those of an array in any brackets; None for other text."""
    try:
        return [float(word) for word in text.strip("[]() ").replace(",", " ").split()]
    except ValueError:
        return None


def differs(ours, theirs):
    """The first difference of two CSV tables, numbers compared as numbers; None when they are equal."""
    if len(ours) != len(theirs):
        return f"{len(ours) - 1} and {len(theirs) - 1} rows"
    words = {"True": "true", "False": "false", "--": "", "nan": "", "NaN": "", "None": ""}
    for index, (one, other) in enumerate(zip(ours, theirs)):
        if index == 0:
            one, other = [c.lower() for c in one], [c.lower() for c in other]
        if len(one) != len(other):
            return f"row {index}: {len(one)} and {len(other)} columns"
        for a, b in zip(one, other):
            a, b = words.get(a, a), words.get(b, b)
            if a == b:
                continue
            x, y = numbers(a), numbers(b)
            # 1e-6: a 32-bit number is printed by some clients with its 64-bit digits.
            if x is None or y is None or len(x) != len(y) or any(
                    abs(p - q) > 1e-6 * max(abs(p), abs(q)) for p, q in zip(x, y)):
                return f"row {index}: {a!r} and {b!r}"
    return None


print("wall/CPU seconds of the whole process, start of the client included")
same("sync, one row", f"SELECT TOP 1 obs_id, s_ra, s_dec FROM {TABLE} ORDER BY obs_id")
same("sync, group by", GROUPS)
same("sync, cone 0.1 deg", CONE)
same("async, cone 0.1 deg", CONE, ["--async"], ["sync=false", "poll=200"], "async", "async")
same("sync, upload and join", JOIN, upload=True, tapplus=None)
same("async, upload and join", JOIN, ["--async"], ["sync=false", "poll=200"], "async", None, upload=True)
big = same("sync, all columns", ALL)

# What the peers have no common command for: webb alone, against what the service is known to hold.
def webb(label, arguments, code=0, output=None, error=None):
    done, wall, cpu = run([WEBB, "tap", *arguments[:1], "--url", URL, *arguments[1:]])
    text = f"{label:28s}  webb {wall:6.2f}/{cpu:5.2f}"
    if done.returncode != code or (output and output not in done.stdout) or (error and error not in done.stderr):
        fail(f"{label}: exit {done.returncode}\n{done.stdout[-500:]}\n{done.stderr[-500:]}")
    else:
        print(text, flush=True)
    return done


webb("tables", ["tables"], output="jwst.observations")
webb("table", ["table", "jwst.observations"], output="s_region")
webb("service", ["service"], output="ADQL")
webb("overflow is told", ["query", "--max-rows", "5", "--format", "csv", f"SELECT obs_id FROM {TABLE}"], error="5 rows")
webb("error document", ["query", "SELECT nonsense FROM nowhere"], code=1, error="nowhere")
webb("error document, async", ["query", "--async", "SELECT nonsense FROM nowhere"], code=1, error="nowhere")
job = webb("start a job", ["query", "--background", "--format", "csv", GROUPS]).stdout.strip()
webb("wait for its result", ["results", job, "--format", "csv"], output="NIRCAM")
webb("job", ["job", job], output="COMPLETED")
webb("job list", ["jobs"], output=job)
webb("delete", ["remove", job])
webb("deleted is gone", ["job", job], code=1)

if big:
    webb_cpu = big["webb"][1]
    if webb_cpu > big["pyvo"][1] / 10:
        fail(f"100,000 rows: webb's CPU {webb_cpu:.2f} s is more than a tenth of pyvo's {big['pyvo'][1]:.2f} s")
    if "stilts" in big and webb_cpu > big["stilts"][1] / 3:
        fail(f"100,000 rows: webb's CPU {webb_cpu:.2f} s is more than a third of STILTS' {big['stilts'][1]:.2f} s")
print("All answers agree." if failures == 0 else f"{failures} differences.")
sys.exit(1 if failures else 0)
