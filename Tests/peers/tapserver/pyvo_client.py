"""pyvo, unaltered, on the TAP service: pyvo_client.py SERVER_URL"""
import sys
import time

import pyvo
from astropy.table import Table

from checks import check, equal, finish

URL = sys.argv[1] + "/tap"
service = pyvo.dal.TAPService(URL)
MINE = Table({"id": [1, 2], "ra": [10.5, 159.2125], "dec": [-3.0, -58.62], "name": ["nowhere", "Carina"]})


@check("synchronous query")
def _():
    rows = service.run_sync("SELECT TOP 7 observationid, target_ra, calibrationlevel FROM jwst.main ORDER BY observationid")
    equal(len(rows), 7)
    equal(rows.to_table()["target_ra"].unit.to_string(), "deg")
    equal(rows.fieldnames, ("observationid", "target_ra", "calibrationlevel"))


@check("overflow is told")
def _():
    rows = service.run_sync("SELECT observationid FROM jwst.main", maxrec=5)
    equal(len(rows), 5)
    equal(rows.query_status, "OVERFLOW")


@check("an error is told with its reason")
def _():
    try:
        service.run_sync("SELECT nonsense FROM jwst.main")
    except pyvo.DALQueryError as error:
        assert "nonsense" in str(error), error
    else:
        raise AssertionError("no error")


@check("asynchronous query")
def _():
    rows = service.run_async("SELECT COUNT(*) AS n FROM jwst.observation")
    equal(rows["n"][0], service.run_sync("SELECT COUNT(*) AS n FROM jwst.observation")["n"][0])


@check("a job step by step")
def _():
    job = service.submit_job("SELECT TOP 3 * FROM jwst.plane", maxrec=2)
    equal(job.phase, "PENDING")
    job.execution_duration = 60
    equal(job.execution_duration.sec, 60)
    job.run()
    job.wait(phases=["COMPLETED"], timeout=30)
    equal(job.phase, "COMPLETED")
    rows = job.fetch_result()
    equal((len(rows), rows.query_status), (2, "OVERFLOW"))
    jobs = [entry.jobid for entry in service.get_job_list()]
    assert job.job_id in jobs, jobs
    job.delete()


@check("a job that fails says why")
def _():
    job = service.submit_job("SELECT nonsense FROM jwst.main")
    job.run()
    deadline = time.time() + 30
    while job.phase not in ("ERROR", "COMPLETED") and time.time() < deadline:
        time.sleep(0.2)
    equal(job.phase, "ERROR")
    try:
        job.raise_if_error()
    except pyvo.DALQueryError as error:
        assert "nonsense" in str(error), error
    else:
        raise AssertionError("no error")
    job.delete()


@check("stopping a job stops the query")
def _():
    job = service.submit_job(
        "SELECT COUNT(*) AS n FROM jwst.artifact AS a, jwst.artifact AS b, jwst.artifact AS c "
        "WHERE a.filename || b.filename || c.filename LIKE '%no such%'")
    job.run()
    while job.phase == "QUEUED":
        time.sleep(0.1)
    equal(job.phase, "EXECUTING")
    job.abort()
    equal(job.phase, "ABORTED")
    job.delete()


@check("uploads, synchronous and asynchronous")
def _():
    query = "SELECT u.id, u.name, u.ra FROM TAP_UPLOAD.mine AS u WHERE u.ra > 11"
    for run in (service.run_sync, service.run_async):
        table = run(query, uploads={"mine": MINE}).to_table()
        equal((table["id"][0], str(table["name"][0]), float(table["ra"][0])), (2, "Carina", 159.2125))
        equal(len(table), 1)


@check("formats")
def _():
    for name in ("votable", "votable/b2", "application/x-votable+xml;serialization=binary2", "text/xml"):
        equal(len(service.run_sync("SELECT TOP 2 * FROM jwst.artifact", responseformat=name)), 2)


@check("tables, all at once and one by one")
def _():
    tables = service.tables
    assert "jwst.main" in tables and "ivoa.obscore" in tables and "tap_schema.columns" in {n.lower() for n in tables.keys()}
    columns = {column.name: column for column in tables["jwst.main"].columns}
    equal(columns["target_ra"].unit, "deg")
    equal(columns["target_ra"].datatype.content, "double")


@check("examples run")
def _():
    examples = service.examples
    assert len(examples) >= 3, len(examples)
    for example in examples:
        example.execute()


@check("capabilities")
def _():
    assert service.hardlimit and service.maxrec, (service.hardlimit, service.maxrec)
    languages = service.get_tap_capability().languages
    equal([language.name for language in languages], ["ADQL"])
    assert service.get_tap_capability().get_adql().get_udf("ivo_hasword")
    equal({m.ivo_id.split("#")[1] for m in service.upload_methods} >= {"upload-inline", "upload-http"}, True)
    assert service.available


finish("pyvo " + pyvo.__version__)
