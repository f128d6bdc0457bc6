"""astroquery.esa.jwst, unaltered, with the options that its manual does not show, and `webb esa` beside it:

    jwst_searches.py SERVER_URL CERTIFICATE WEBB RESOLVERS_PORT

The environment is that of jwst_manual.py.
"""
import contextlib
import io
import itertools
import logging
import os
import sys
import tempfile

logging.disable(logging.CRITICAL)
import astroquery
import astropy.units as u
from astropy.coordinates import SkyCoord

from beside import Webb, same_files, same_list, same_table, summary
from checks import check, equal, finish

with contextlib.redirect_stdout(io.StringIO()):  # The module shows the archive's notices when it is imported.
    from astroquery.esa.jwst import Jwst

URL, CERTIFICATE, BINARY, RESOLVERS = sys.argv[1:]
resolvers = f"http://127.0.0.1:{RESOLVERS}"
webb = Webb(BINARY, URL + "/server/tap", ["--ca-file", CERTIFICATE], {
    "WEBB_SIMBAD_URL": resolvers + "/simbad/sim-tap", "WEBB_NED_URL": resolvers + "/cgi-bin/objsearch", "WEBB_VIZIER_URL": resolvers + "/viz-bin/votable"})
NEAR = {"dist": 1e-5}  # See jwst_manual.py.
MAIN = ("--layout", "main")
STEPHAN = SkyCoord(339.0152, 33.9594, unit="deg")
os.chdir(tempfile.mkdtemp())


def quietly(function, *words, **named):
    with contextlib.redirect_stdout(io.StringIO()):
        return function(*words, **named)


# What narrows a search down: the client's words and webb's. The client takes filters as parts of names, webb's as whole ones but for *.
OPTIONS = [
    (dict(), ()), (dict(cal_level=1), ("--cal-level", "1")), (dict(cal_level=2), ("--cal-level", "2")), (dict(cal_level=3), ("--cal-level", "3")),
    (dict(cal_level=None, only_public=True), ("--cal-level", "any", "--public-only")), (dict(only_public=True), ("--public-only",)),
    (dict(prod_type="image"), ("--product-type", "image")), (dict(prod_type="cube"), ("--product-type", "cube")),
    (dict(instrument_name="NIRCAM"), ("--instrument", "NIRCAM")), (dict(instrument_name="miri", cal_level=2), ("--instrument", "MIRI", "--cal-level", "2")),
    (dict(filter_name="F"), ("--filter", "*F*")), (dict(filter_name="F770W"), ("--filter", "*F770W*")),
    (dict(proposal_id="2732"), ("--proposal", "2732")), (dict(proposal_id="273"), ("--proposal", "*273*")),
    (dict(observation_id="jw02732%"), ("--observation-id", "jw02732%")), (dict(observation_id="JW02732-O00_%"), ("--observation-id", "jw02732-o00_%")),
    (dict(show_all_columns=True), ("--all-columns",)), (dict(async_job=True), ("--async",)),
]


@check("options of cones, boxes and radii")
def _():
    for named, words in OPTIONS:
        job = quietly(Jwst.cone_search, STEPHAN, 0.5 * u.deg, **named)
        same_table(job.get_results(), webb.table("esa", "cone", "339.0152 33.9594", "--radius", "0.5deg", *words, *MAIN), NEAR)
    for named, words in OPTIONS[::3]:
        found = quietly(Jwst.query_region, STEPHAN, width=0.4 * u.deg, height="30 arcmin", **named)
        same_table(found, webb.table("esa", "region", "339.0152 33.9594", "--width", "0.4deg", "--height", "30arcmin", *words, *MAIN), NEAR)
        found = quietly(Jwst.query_region, STEPHAN, radius="1800 arcsec", **named)
        same_table(found, webb.table("esa", "region", "339.0152 33.9594", "--radius", "1800arcsec", *words, *MAIN), NEAR)


@check("places in other frames and as text")
def _():
    for place, words in ((STEPHAN.galactic, (f"{STEPHAN.galactic.l.deg} {STEPHAN.galactic.b.deg}", "--frame", "galactic")),
                         (STEPHAN.fk5, (f"{STEPHAN.fk5.ra.deg} {STEPHAN.fk5.dec.deg}", "--frame", "fk5")),
                         ("339.0152d 33.9594d", ("339.0152 33.9594",)), ("22h36m3.648s 33d57m33.84s", ("22:36:03.648 +33:57:33.84",))):
        same_table(quietly(Jwst.query_region, place, radius=0.1 * u.deg), webb.table("esa", "region", *words, "--radius", "0.1deg", *MAIN), NEAR)


@check("names, resolver by resolver")
def _():
    for name, resolver in (("M82", "SIMBAD"), ("NGC 7320", "NED"), ("NGC 6720", "VIZIER"), ("NGC 3324", "ALL"), ("NGC 7320", "ALL"), ("NGC 6720", "ALL")):
        found = quietly(Jwst.query_target, name, target_resolver=resolver, radius=0.2 * u.deg)
        same_table(found, webb.table("esa", "target", name, "--resolver", resolver, "--radius", "0.2deg", *MAIN), NEAR)
    try:
        quietly(Jwst.query_target, "Nowhere 1", radius=1 * u.deg)
    except ValueError as error:
        assert "cannot be determined" in str(error), error
    else:
        raise AssertionError("a name that nobody knows has a place")


OBSERVATIONS = ["jw02731001001_02101_00001_nrcb1", "jw02731-o001_t001_nircam_clear-f200w", "jw01473005001_02101_00001_guider1"]


@check("products of all levels and kinds")
def _():
    levels = {OBSERVATIONS[0]: ("ALL", 1, 2), OBSERVATIONS[1]: ("ALL", 1, 2, 3), OBSERVATIONS[2]: ("ALL", 1)}
    for name in OBSERVATIONS:
        for level, kind in itertools.chain(((level, None) for level in levels[name]), (("ALL", kind) for kind in ("science", "preview", "thumbnail"))):
            found = quietly(Jwst.get_product_list, observation_id=name, cal_level=level, product_type=kind)
            words = ("--cal-level", str(level)) + (("--product-type", kind) if kind else ())
            same_table(found, webb.table("esa", "products", name, *words))


@check("related observations, up and down")
def _():
    for name in OBSERVATIONS[:2]:
        same_list(set(quietly(Jwst.get_related_observations, observation_id=name)), set(webb.table("esa", "related", name)["observationid"]))


def downloaded(function, *words, **named):
    """Where the client leaves files: it makes a folder of a name that it may choose again within the second."""
    folder = tempfile.mkdtemp(dir=".")
    before = os.getcwd()
    os.chdir(folder)
    try:
        return [os.path.abspath(path) for path in quietly(function, *words, **named)]
    finally:
        os.chdir(before)


@check("files of observations")
def _():
    for name, level, kinds in ((OBSERVATIONS[0], "ALL", ["science", "preview"]), (OBSERVATIONS[0], 1, []), (OBSERVATIONS[1], 3, ["thumbnail", "preview"]),
                               (OBSERVATIONS[1], "ALL", ["preview"])):
        files = downloaded(Jwst.get_obs_products, observation_id=name, cal_level=level, product_type=kinds or None)
        words = ("--product-type", *kinds) if kinds else ()
        same_files(files, webb.files("esa", "download", name, "--cal-level", str(level), *words))


@check("files of a programme")
def _():
    folder = tempfile.mkdtemp(dir=".")
    before = os.getcwd()
    os.chdir(folder)
    names = quietly(Jwst.download_files_from_program, proposal_id="1558", product_type="preview")
    os.chdir(before)
    given = [os.path.join(root, file) for root, _, files in os.walk(folder) for file in files if file.endswith(".jpg")]
    expected = webb.files("esa", "program", "1558", "--product-type", "preview")
    same_files(given, {name: sum for name, sum in expected.items() if name.endswith(".jpg")})
    same_list(names, set(webb.table("tap", "query", "SELECT observationid FROM jwst.archive WHERE proposal_id = '1558'")["observationid"]))


@check("results in files of all formats")
def _():
    from astropy.table import Table
    for form, ending in (("votable", ".vot.gz"), ("csv", ".csv"), ("fits", ".fits.gz")):
        quietly(Jwst.cone_search, STEPHAN, 0.1 * u.deg, output_file="cone" + ending, output_format=form, dump_to_file=True)
        equal(len(Table.read("cone" + ending, format=form)), len(webb.table("esa", "cone", "339.0152 33.9594", "--radius", "0.1deg")))


@check("jobs: by number, by name, in the background")
def _():
    job = quietly(Jwst.launch_job, "SELECT TOP 5 * FROM jwst.plane ORDER BY planeid", name="five", async_job=True)
    for found in (quietly(Jwst.load_async_job, jobid=job.jobid), quietly(Jwst.load_async_job, name="five")):
        same_table(found.get_results(), webb.table("tap", "results", job.jobid))
    assert job.jobid in [found.jobid for found in quietly(Jwst.list_async_jobs)] and job.jobid in [found.jobid for found in quietly(Jwst.search_async_jobs)]
    later = quietly(Jwst.launch_job, "SELECT TOP 5 * FROM jwst.plane ORDER BY planeid", async_job=True, background=True)
    same_table(quietly(later.get_results), job.get_results())
    quietly(Jwst.remove_jobs, [job.jobid, later.jobid])


@check("tokens: what is wrong is said")
def _():
    def said(token):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            Jwst.set_token(token=token)
        return out.getvalue()
    assert "cannot be assigned or requested by anonymous users" in said("webb-sample-token")
    quietly(Jwst.login, user="username", password="userPassword")
    assert "Server error when setting the token" in said("nobodys")
    assert "has been set successfully" in said("webb-sample-token")
    quietly(Jwst.logout)
    assert "cannot be assigned or requested by anonymous users" in said("webb-sample-token")


summary()
finish("astroquery " + astroquery.__version__ + ", options beyond the manual")
