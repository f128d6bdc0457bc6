"""astroquery.mast, unaltered, with its requests for MAST sent to another base address."""
import hashlib
import os
import sys

from requests.adapters import HTTPAdapter

base, folder = sys.argv[1:]
real = "https://mast.stsci.edu"
send = HTTPAdapter.send


def redirected(self, request, **options):
    if request.url.startswith(real):
        request.url = base + request.url[len(real):]
    return send(self, request, **options)


HTTPAdapter.send = redirected

from astroquery.mast import Mast, Observations  # noqa: E402  (after the redirection)

failures = 0


def check(what, condition, detail=""):
    global failures
    failures += not condition
    print(f"{'ok  ' if condition else 'FAIL'} astroquery {what} {detail}")


observations = Observations.query_criteria(obs_collection="JWST", instrument_name="NIRCAM*", calib_level=[2, 3])
check("query_criteria", len(observations) > 10, f"{len(observations)} observations")
programme = Observations.query_criteria(obs_collection="JWST", proposal_id=[str(observations["proposal_id"][0])])
check("query_criteria by programme", len(programme) > 0, f"{len(programme)} of programme {observations['proposal_id'][0]}")
count = Observations.query_criteria_count(obs_collection="JWST", instrument_name="NIRCAM*", calib_level=[2, 3])
check("query_criteria_count", count == len(observations), str(count))
cone = Observations.query_region(f"{observations['s_ra'][0]} {observations['s_dec'][0]}", radius="0.05 deg")
check("query_region", len(cone) > 0, f"{len(cone)} observations")

products = Observations.get_product_list(programme[:3])
check("get_product_list", len(products) > 10, f"{len(products)} products")
wanted = Observations.filter_products(products, productSubGroupDescription=["RATE", "CAL"], extension="fits")
wanted = wanted[:6]
manifest = Observations.download_products(wanted, download_dir=folder, verbose=False)
complete = [row for row in manifest if row["Status"] == "COMPLETE"]
sizes = {row["productFilename"]: row["size"] for row in wanted}
right = all(os.path.getsize(row["Local Path"]) == sizes[os.path.basename(row["Local Path"])] for row in complete)
check("download_products", len(complete) == len(set(wanted["productFilename"])) and right, f"{len(complete)} files complete")

rows = Mast().service_request(
    "Mast.Jwst.Filtered.Nircam",
    {"columns": "filename,fileSize,checksum,program,expstart,s_region",
     "filters": [{"paramName": "program", "values": [str(programme["proposal_id"][0])]}]})
check("service_request Mast.Jwst.Filtered.Nircam", len(rows) > 10, f"{len(rows)} rows")
sums = {row["filename"]: row["checksum"] for row in rows}
known = [row for row in complete if os.path.basename(row["Local Path"]) in sums]
verified = 0
for row in known:
    with open(row["Local Path"], "rb") as f:
        verified += hashlib.md5(f.read()).hexdigest() == sums[os.path.basename(row["Local Path"])]
check("MD5 of the downloaded NIRCam files", verified == len(known) > 0, f"{verified} of {len(known)} agree with the keyword rows")
sys.exit(bool(failures))
