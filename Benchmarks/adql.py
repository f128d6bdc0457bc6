"""Times the ADQL parser over IVOA's validation queries: Benchmarks/adql.py PATH/TO/adql-bench SHARED (see the Makefile)."""
import glob
import os
import subprocess
import sys
import xml.etree.ElementTree

if len(sys.argv) < 3:
    print("ADQL parser: skipped, WEBB_SHARED is not set")
    sys.exit(0)
bench, shared = os.path.abspath(sys.argv[1]), sys.argv[2]
files = sorted(glob.glob(os.path.join(shared, "conformance/vo/lyonetia/src/adql/*/*.xml")))
texts = [element.text for file in files for element in xml.etree.ElementTree.parse(file).getroot().iter("adql")]
if not texts:
    sys.exit("bench: no ADQL queries below " + shared)
answer = subprocess.run([bench], input="\0".join(texts), capture_output=True, text=True, check=True).stdout
print(f"{'ADQL parser, one core; at least 20000 wanted':58} {answer.strip()}")
