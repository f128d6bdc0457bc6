"""astroquery.esa.jwst, unaltered, with every example of its published manual, and `webb esa` beside it:

    jwst_manual.py MANUAL SERVER_URL CERTIFICATE WEBB RESOLVERS_PORT

SERVER_URL begins with https. The examples run as they are printed but for the substitutions of manual.py. The environment gives the client
its configuration (the address of the service), the certificate to trust, and the proxy that stands for SIMBAD, NED and VizieR. The users
"username" (password userPassword) and "other" (password otherPassword) are there.
"""
import contextlib
import io
import logging
import os
import sys
import tempfile

import astroquery
from astropy.table import Table

import manual
from beside import Webb, same_files, same_list, same_table, summary
from checks import check, equal, finish

logging.disable(logging.INFO)
MANUAL, URL, CERTIFICATE, BINARY, RESOLVERS = sys.argv[1:]
resolvers = f"http://127.0.0.1:{RESOLVERS}"
webb = Webb(BINARY, URL + "/server/tap", ["--ca-file", CERTIFICATE], {
    "WEBB_SIMBAD_URL": resolvers + "/simbad/sim-tap", "WEBB_NED_URL": resolvers + "/cgi-bin/objsearch", "WEBB_VIZIER_URL": resolvers + "/viz-bin/votable"})
# The client moves the place that it is given to FK5, which is up to 0.032 arcsec off, and asks in ICRS; the distances come out that far off.
NEAR = {"dist": 1e-5}
MAIN = ("--layout", "main")
names = {}
examples = manual.examples(MANUAL)
place = tempfile.mkdtemp()


@contextlib.contextmanager
def folder():
    """Example by example: the client writes into the current directory, under names that it may choose again within a second."""
    path = tempfile.mkdtemp(dir=place)
    os.chdir(path)
    try:
        yield path
    finally:
        os.chdir(place)


def example(name):
    """The next example of the manual: runs it, then the check below, which gets what it printed."""
    def decorate(function):
        section, code = examples.pop(0)

        @check(f"{section}: {name}")
        def _():
            with folder():
                out = io.StringIO()
                prepare = PREPARE.get(name)
                with contextlib.redirect_stdout(out):
                    if prepare:
                        prepare()
                    exec(code, names)
                function(out.getvalue())
        return function
    return decorate


def refused(function, *words, **named):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            function(*words, **named)
    except Exception as error:
        return str(error)
    raise AssertionError("it was not refused")


def my_table():
    Table({"source_id": ["a", "b", "c"], "alpha": [1.0, 3.0, 5.0], "delta": [2.0, 4.0, 6.0]}).write("mytable.xml", format="votable")


def two_jobs():
    jobs = [names["Jwst"].launch_job("select top 1 planeid from jwst.plane", async_job=True) for _ in range(2)]
    names["JOBS"] = [job.jobid for job in jobs]
    same_list(names["JOBS"], set(names["JOBS"]) & {job.jobid for job in names["Jwst"].list_async_jobs()})


def credentials():
    with open("my_credentials_file", "w") as file:
        file.write("username\nuserPassword\n")


def log_out():
    names["Jwst"].logout()
    credentials()


def shared_table():
    """Another user shares a table with a group to which "username" belongs; the manual's user logs in again after the logout above."""
    tap = astroquery.utils.tap.TapPlus(url=URL + "/server/tap", upload_context="Upload", table_edit_context="TableTool")
    tap.login(user="other", password="otherPassword")
    tap.upload_table(upload_resource=Table({"id": [1, 2], "ra": [10.0, 11.0]}), table_name="table1")
    tap.share_group_create(group_name="readers", description="who may read")
    tap.share_group_add_user(group_name="readers", user_id="username")
    tap.share_table(group_name="readers", table_name="user_other.table1", description="a table")
    tap.logout()
    names["Jwst"].login(user="username", password="userPassword")


def exclusive():
    with contextlib.redirect_stdout(io.StringIO()):
        job = names["Jwst"].launch_job("SELECT TOP 1 observationid FROM jwst.main WHERE public = 'false' AND calibrationlevel = 2 ORDER BY observationid")
        return job.get_results()["observationid"][0]


def owner():
    """To whom a job belongs that is made now."""
    job = names["Jwst"].launch_job("select top 1 planeid from jwst.plane", async_job=True)
    found = [entry.ownerid for entry in names["Jwst"].search_async_jobs() if entry.jobid == job.jobid]
    names["Jwst"].remove_jobs([job.jobid])
    return found


def same_exclusive_files():
    observation = exclusive()
    files = names["Jwst"].get_obs_products(observation_id=observation, product_type="science")
    credentials()
    webb.environment["MAST_API_TOKEN"] = "webb-sample-token"
    webb.run("esa", "login", "--credentials-file", "my_credentials_file", "--with-token")
    same_files(files, webb.files("esa", "download", observation, "--product-type", "science"))
    webb.run("esa", "logout")


PREPARE = {"an upload": my_table, "removal of jobs": two_jobs, "login with a file": log_out, "shared tables": shared_table}


@example("status messages")
def _(printed):
    assert "Welcome, readers of the manual" in printed, printed


@example("a box")
def _(printed):
    same_table(names["r"], webb.table("esa", "region", "159 -58", "--width", "5deg", "--height", "5deg", *MAIN), NEAR)


@example("a cone, as a job")
def _(printed):
    same_table(names["r"], webb.table("esa", "cone", "159 -58", "--radius", "5deg", "--async", *MAIN), NEAR)


@example("a name, any resolver")
def _(printed):
    same_table(names["r"], webb.table("esa", "target", "M82", "--radius", "5deg", *MAIN), NEAR)


@example("a name, NED, a box, as a job")
def _(printed):
    same_table(names["r"], webb.table("esa", "target", "LMC", "--resolver", "NED", "--width", "5deg", "--height", "5deg", *MAIN), NEAR)


@example("products")
def _(printed):
    assert "filename: jw02731001001_02101_00001_nrcblong_cal.fits\n" in printed, printed
    same_table(names["product_list"], webb.table("esa", "products", "jw02731001001_02101_00001_nrcblong"))


@example("products of a kind")
def _(printed):
    assert "filename: jw01473005001_02101_00001_guider1_cal.fits\n" in printed, printed
    same_table(names["product_list"], webb.table("esa", "products", "jw01473005001_02101_00001_guider1", "--product-type", "science"))


@example("a file by its key and by its name")
def _(printed):
    same_table(names["results"], webb.table("tap", "query", names["query"]))
    equal(names["output_file"], "jw02731001001_02101_00001_nrcb1_uncal.fits")
    for words in (("--artifact-id", "00000000-0000-0000-df3f-a87b035d68b1"), ("--file-name", names["output_file"])):
        same_files([names["output_file"]], webb.files("esa", "product", *words))


@example("files of an observation")
def _(printed):
    same_files(names["results"], webb.files("esa", "download", names["observation_id"], "--cal-level", "2", "--product-type", "science"))


@example("related observations")
def _(printed):
    same_list(names["results"], webb.table("esa", "related", names["observation_id"])["observationid"])


@check("1.4 Getting data products: upper levels are refused")
def _():
    error = refused(names["Jwst"].get_obs_products, observation_id=names["observation_id"], cal_level=3)
    equal(error, "Requesting upper levels is not allowed")


@check("1.4 Getting data products: exclusive data are refused without a login")
def _():
    with folder():
        error = refused(names["Jwst"].get_obs_products, observation_id=exclusive(), product_type="science")
        assert "Error 403:\nPrivate file(s) requested: MAST token required for authentication." in error, error


@example("names of tables")
def _(printed):
    same_list(printed.split(), webb.table("esa", "tables")["table_name"])


@example("tables")
def _(printed):
    same_list(printed.split(), webb.table("esa", "tables")["table_name"])


@example("a table")
def _(printed):
    columns = webb.table("esa", "table", "jwst.main")
    assert "TAP Table name: jwst.main\n" in printed and f"Num. columns: {len(columns)}\n" in printed, printed


@example("columns")
def _(printed):
    same_list(printed.split(), webb.table("esa", "table", "jwst.main")["column_name"])


FIRST = "SELECT TOP 100 instrument_name, observationuri, planeid, calibrationlevel, dataproducttype{} FROM jwst.main ORDER BY instrument_name, observationuri"


@example("at once")
def _(printed):
    assert "Phase: COMPLETED" in printed, printed
    same_table(names["r"], webb.table("tap", "query", FIRST.format("")))


@example("at once, into a file")
def _(printed):
    assert "Phase: COMPLETED" in printed, printed
    equal(len(os.listdir(".")), 1)
    same_table(names["r"], webb.table("tap", "query", FIRST.format(", target_ra, target_dec")))


@example("an upload")
def _(printed):
    same_table(names["r"], webb.table("tap", "query", "SELECT * from tap_upload.table_test", "--upload", "table_test=mytable.xml"))
    equal([tuple(row) for row in names["r"]], [("a", 1.0, 2.0), ("b", 3.0, 4.0), ("c", 5.0, 6.0)])


@check("1.7: the client cannot read the manual's gzip file, whatever the server")
def _():
    import gzip
    with folder():
        my_table()
        with open("mytable.xml", "rb") as plain, gzip.open("mytable.xml.gz", "wb") as packed:
            packed.write(plain.read())
        error = refused(names["Jwst"].launch_job, "SELECT * from tap_upload.t", upload_resource="mytable.xml.gz", upload_table_name="t")
        assert "codec can't decode" in error, error
        # Webb reads it.
        equal(len(webb.table("tap", "query", "SELECT * from tap_upload.t", "--upload", "t=mytable.xml.gz")), 3)


@example("as a job")
def _(printed):
    assert "Phase: COMPLETED" in printed and names["job"].jobid, printed
    same_table(names["r"], webb.table("tap", "query", "select top 100 * from jwst.main", "--async"))


@example("as a job, into a file")
def _(printed):
    assert "Phase: COMPLETED" in printed, printed
    equal(len(os.listdir(".")), 1)
    same_table(names["r"], webb.table("tap", "query", "select top 100 * from jwst.main"))


@example("removal of jobs")
def _(printed):
    left = {job.jobid for job in names["Jwst"].list_async_jobs()}
    assert not left & set(names["JOBS"]), left


@example("login")
def _(printed):
    equal(owner(), ["username"])


@example("login with a file")
def _(printed):
    equal(owner(), ["username"])


@example("login with a token")
def _(printed):
    same_exclusive_files()


@example("a token after the login")
def _(printed):
    assert "MAST token has been set successfully" in printed, printed
    same_exclusive_files()


@example("logout")
def _(printed):
    error = refused(names["Jwst"].get_obs_products, observation_id=exclusive(), product_type="science")
    assert "Private file(s) requested" in error, error


@example("shared tables")
def _(printed):
    assert "user_other.table1" in printed.split(), printed
    credentials()
    webb.run("esa", "login", "--credentials-file", "my_credentials_file")
    same_list(printed.split(), webb.table("esa", "tables", "--shared")["table_name"])
    rows = names["Jwst"].launch_job("SELECT * FROM user_other.table1").get_results()
    same_table(rows, webb.table("tap", "query", "SELECT * FROM user_other.table1"))
    webb.run("esa", "logout")
    names["Jwst"].logout()
    assert "user_other.table1" not in [table.name for table in names["Jwst"].load_tables(only_names=True, include_shared_tables=True)]


@check("every example was run")
def _():
    equal(examples, [])


summary()
finish("astroquery " + astroquery.__version__ + ", the published manual")
