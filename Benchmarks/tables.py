"""Compares table conversions of webb, vot, STILTS and astropy on the same files in the same run: CPU seconds, wall, memory.

    tables.py WEBB SHARED ROWS...       (or: make bench-tables)

Needs python3-venv and, for the peers, what is there of: STILTS (Debian package stilts), vot (PyPI votable-cli). The
environment with numpy, astropy and votable-cli is made once below PEER_HOME.
"""
import os
import shutil
import subprocess
import sys
import time

webb, shared, sizes = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), [int(n) for n in sys.argv[3:]]
home = os.path.join(os.environ.get("PEER_HOME", "/var/tmp/webb-peers"), "tables")
python = os.path.join(home, "bin/python")
scripts = os.path.join(shared, "tools/peers/bench")
data, out = os.path.join(home, "data"), os.path.join(home, "out")
if not os.path.exists(python):
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    subprocess.run([os.path.join(home, "bin/pip"), "install", "-q", "numpy", "astropy", "votable-cli==0.7.0"], check=True)
os.makedirs(data, exist_ok=True)
os.makedirs(out, exist_ok=True)
vot = os.path.join(home, "bin/vot")


def measure(command, runs):
    """The least CPU of some runs, with the wall time and memory of that run."""
    best = None
    for _ in range(runs):
        start = time.perf_counter()
        process = subprocess.Popen(command, shell=True, executable="/bin/bash", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        message = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        result = (usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024)
        if status != 0:
            return None, message.decode(errors="replace").strip().split("\n")[-1][:60]
        best = min(best or result, result)
    return best, ""


def row(what, results):
    cells = []
    for result, note in results:
        cells.append("–" if result is None and not note else f"failed: {note}" if result is None else "%.2f / %.2f / %.0f" % result)
    print(f"| {what} | " + " | ".join(cells) + " |", flush=True)


for rows in sizes:
    base = os.path.join(data, f"rows{rows}")
    if not os.path.exists(base + ".bin2.vot.gz"):
        subprocess.run([python, os.path.join(scripts, "gen_votables.py"), "--rows", str(rows), "--out", data], check=True)
    if not os.path.exists(base + "a.bin2.vot.gz"):
        subprocess.run([python, os.path.join(scripts, "gen_votables.py"), "--rows", str(rows), "--ascii", "--forms", "bin,bin2", "--out", data], check=True)
    runs = 3 if rows <= 100000 else 1
    print(f"\n{rows:,} rows × 22 columns; CPU s / wall s / peak MB, least CPU of {runs} run{'s' if runs > 1 else ''}\n")
    print("| job | webb | vot 0.7.0 | STILTS | astropy |\n|---|---|---|---|---|")
    for form, name in (("td", "TABLEDATA"), ("bin", "BINARY"), ("bin2", "BINARY2")):
        file = f"{base}.{form}.vot"
        # vot 0.7.0 fails on text beyond ASCII in binary serialisations: there it gets a file without.
        vot_file = file if form == "td" else f"{base}a.{form}.vot"
        jobs = [("csv", "csv"), ("fits", "fits")] + ([("bin2", "xml-bin2")] if form != "bin2" else []) + ([("td", "xml-td")] if form != "td" else [])
        for target, vot_name in jobs:
            to = {"csv": "csv", "fits": "fits", "bin2": "votable-binary2", "td": "votable"}[target]
            stilts = {"csv": f"stilts tpipe in={file} ifmt=votable ofmt=csv out={out}/st.csv",
                      "fits": f"stilts tcopy in={file} ifmt=votable ofmt=fits-basic out={out}/st.fits",
                      "bin2": f"stilts votcopy in={file} format=binary2 out={out}/st.b2",
                      "td": f"stilts votcopy in={file} format=tabledata out={out}/st.td"}[target]
            astropy = target in ("csv",) and rows <= 100000
            row(f"{name} → {target.upper()}", [
                measure(f"{webb} table convert {file} {out}/webb.{target} --to {to}", runs),
                measure(f"{vot} sconvert -i {vot_file} -o {out}/vot.{target} -f {vot_name}", runs) if target != "fits" and os.path.exists(vot) else (None, ""),
                measure(stilts, 1) if shutil.which("stilts") else (None, ""),
                measure(f"{python} {scripts}/astropy_conv.py csv {file} {out}/ap.csv", 1) if astropy else (None, "")])
        row(f"{name}.gz → CSV", [
            measure(f"{webb} table convert {file}.gz {out}/webb.csv --to csv", runs),
            measure(f"zcat {vot_file}.gz | {vot} sconvert -o {out}/vot.csv -f csv", runs) if os.path.exists(vot) else (None, ""),
            (None, ""), (None, "")])
        row(f"zcat {name}.gz (the floor)", [measure(f"zcat {file}.gz", runs), (None, ""), (None, ""), (None, "")])
