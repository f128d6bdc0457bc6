"""Makes the archive for the load: the sample archive, which has files to download, and 20,000 made-up observations."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import served  # noqa: E402

webb, archive = sys.argv[1:3]
subprocess.run([webb, "archive", "sample", archive, "--epoch", "2026-07-01T12:00:00", "--quiet"], check=True, stdout=subprocess.DEVNULL)
served.many(archive + ".csv", 0, 20_000, 6)
served.import_observations(webb, archive, archive + ".csv")
os.remove(archive + ".csv")
