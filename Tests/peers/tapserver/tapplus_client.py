"""astroquery's TapPlus, unaltered, on the service as ESA lays it out: tapplus_client.py SERVER_URL"""
import logging
import os
import sys

import astroquery
from astropy.table import Table
from astroquery.utils.tap import TapPlus

from checks import check, equal, finish

logging.disable(logging.CRITICAL)
sys.stdout.flush()
SERVER = sys.argv[1]
QUERY = "SELECT observationid, calibrationlevel, target_ra, public FROM jwst.main ORDER BY observationid, calibrationlevel"


def service(base="/server/tap"):
    return TapPlus(url=SERVER + base)


class Quiet:
    """TapPlus prints what it does."""
    def __enter__(self):
        self.out, sys.stdout = sys.stdout, open(os.devnull, "w")

    def __exit__(self, *_):
        sys.stdout.close()
        sys.stdout = self.out


def quietly(function, *args, **kwargs):
    with Quiet():
        return function(*args, **kwargs)


@check("tables")
def _():
    for base in ("/server/tap", "/tap"):
        tables = quietly(service(base).load_tables)
        main = next(t for t in tables if t.get_qualified_name() == "jwst.main" or t.name == "jwst.main")
        flags = {c.name: c.flags for c in main.columns}
        equal((flags["target_ra"], flags["target_dec"]), ("1", "2"))
        assert '"public"' in flags, sorted(flags)


@check("names of tables")
def _():
    names = [t.name for t in quietly(service().load_tables, only_names=True)]
    assert "jwst.main" in names and "ivoa.obscore" in names, names


@check("one table")
def _():
    table = quietly(service().load_table, "jwst.artifact")
    assert len(table.columns) > 5, table
    equal(quietly(service().load_table, "jwst.unknown"), None)


@check("synchronous query")
def _():
    table = quietly(service().launch_job, QUERY).get_results()
    assert len(table) > 100 and table["target_ra"].unit == "deg", table


@check("asynchronous query gives the same")
def _():
    tap = service()
    first = quietly(tap.launch_job, QUERY).get_results()
    job = quietly(tap.launch_job_async, QUERY, name="mine")
    second = quietly(job.get_results)
    equal([tuple(row) for row in first], [tuple(row) for row in second][:len(first)])
    loaded = quietly(tap.load_async_job, jobid=job.jobid)
    equal(len(quietly(loaded.get_results)), len(second))
    assert job.jobid in [j.jobid for j in quietly(tap.list_async_jobs)]
    quietly(tap.remove_jobs, [job.jobid])
    assert job.jobid not in [j.jobid for j in quietly(tap.list_async_jobs)]


@check("a job in other formats")
def _():
    tap = service()
    rows = {}
    for name in ("votable", "votable_plain", "votable_gzip", "csv", "json", "ecsv", "fits"):
        job = quietly(tap.launch_job_async, QUERY, output_format=name)
        rows[name] = len(quietly(job.get_results))
        equal(len(quietly(quietly(tap.load_async_job, jobid=job.jobid).get_results)), rows[name])
        quietly(tap.remove_jobs, [job.jobid])
    equal(set(rows.values()), {rows["votable"]})


@check("results in files")
def _():
    for name, ending in (("votable", ".vot.gz"), ("csv", ".csv"), ("fits", ".fits.gz")):
        quietly(service().launch_job, QUERY, output_format=name, output_file="out" + ending, dump_to_file=True)
        table = Table.read("out" + ending, format={"votable": "votable", "csv": "csv", "fits": "fits"}[name])
        assert len(table) > 100, name


@check("uploads")
def _():
    mine = Table({"id": [1, 2], "ra": [10.5, 159.2]})
    mine.write("mine.vot", format="votable", overwrite=True)
    query = "SELECT id, ra FROM tap_upload.mine WHERE ra > 11"
    for resource in (mine, "mine.vot"):
        for launch in (service().launch_job, service().launch_job_async):
            job = quietly(launch, query, upload_resource=resource, upload_table_name="mine")
            equal([tuple(row) for row in quietly(job.get_results)], [(2, 159.2)])


@check("a wrong query is explained")
def _():
    for launch in (service().launch_job, service().launch_job_async):
        try:
            quietly(launch, "SELECT nonsense FROM jwst.main")
        except Exception as error:
            assert "nonsense" in str(error), error
        else:
            raise AssertionError("no error")


@check("a job that waits to be started")
def _():
    tap = service()
    job = quietly(tap.launch_job_async, "SELECT TOP 1 observationid FROM jwst.main", autorun=False)
    equal(quietly(job.get_phase, update=True), "PENDING")
    quietly(job.send_parameter, name="QUERY", value="SELECT TOP 2 observationid FROM jwst.main")
    quietly(job.start)
    equal(len(quietly(job.get_results)), 2)
    found = quietly(tap.search_async_jobs)
    assert job.jobid in [j.jobid for j in found], found
    quietly(tap.remove_jobs, [job.jobid])


@check("JwstClass: cone, region, products")
def _():
    import astropy.units as u
    from astropy.coordinates import SkyCoord
    with Quiet():  # The module asks ESA's server for news when it is imported.
        from astroquery.esa.jwst import JwstClass

    tap = service()
    ra, dec, name = quietly(tap.launch_job, (
        "SELECT TOP 1 target_ra, target_dec, observationid FROM jwst.main WHERE calibrationlevel = 3 ORDER BY observationid"
    )).get_results()[0]
    jwst = quietly(JwstClass, tap_plus_handler=tap, data_handler=object(), show_messages=False)
    place = SkyCoord(ra, dec, unit="deg")
    cone = quietly(jwst.cone_search, place, radius=0.1 * u.deg).get_results()
    assert name in list(cone["observationid"]), cone
    later = quietly(jwst.cone_search, place, radius=0.1 * u.deg, async_job=True)
    equal(len(quietly(later.get_results)), len(cone))
    region = quietly(jwst.query_region, place, width=0.2 * u.deg, height=0.2 * u.deg)
    assert name in list(region["observationid"]), region
    products = quietly(jwst.get_product_list, observation_id=name)
    assert len(products) > 0, name
    quietly(jwst.get_related_observations, name)


finish("astroquery " + astroquery.__version__)
