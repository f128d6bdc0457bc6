"""Compares what jwst_mast_query and webb left on disk, and the summary tables they printed."""
import hashlib
import os
import re
import sys

label, python_dir, webb_dir, python_log, webb_log = sys.argv[1:]


def tree(root):
    files = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as f:
                files[os.path.relpath(path, root)] = hashlib.md5(f.read()).hexdigest()
    return files


def table(log, heading, skip):
    lines = open(log, errors="replace").read().split("\n")
    if heading not in lines:
        return None
    start = lines.index(heading) + skip
    block = []
    for line in lines[start:]:
        if not line:
            break
        block.append(line)
    return block


theirs, ours = tree(python_dir), tree(webb_dir)
# The Python tool cannot select suffixes with a hyphen (specification section 11); webb can.
hyphenated = {p for p in ours if re.search(r"_[a-z0-9]*-[a-z0-9]+\.fits$", p) and p not in theirs}
problems = []
for path in sorted((set(theirs) | set(ours)) - hyphenated):
    if theirs.get(path) != ours.get(path):
        problems.append(f"{path}: {'only python' if path not in ours else 'only webb' if path not in theirs else 'other bytes'}")
if not hyphenated:
    a = table(python_log, "### Summary propID/obsnum:", 2)
    b = table(webb_log, "Summary:", 1)
    if a != b:
        problems.append(f"summary tables differ:\n  python {a}\n  webb   {b}")
note = f", and webb alone selects {len(hyphenated)} with a hyphenated suffix" if hyphenated else ""
print(f"{'FAIL' if problems else 'ok  '} {label}: {len(theirs)} files by jwst_mast_query, {len(ours)} by webb{note}")
for problem in problems[:4]:
    print("     ", problem)
sys.exit(bool(problems))
