"""pyvo, unaltered, on the TAP service, and `webb` beside it: pyvo_client.py SERVER_URL WEBB"""
import datetime
import io
import os
import sys
import tempfile
import time

import astropy.units as u
import pyvo
from astropy.table import Table

from beside import Webb, same_list, same_table, summary
from checks import check, equal, finish

URL = sys.argv[1] + "/tap"
webb = Webb(sys.argv[2], URL)
service = pyvo.dal.TAPService(URL)
os.chdir(tempfile.mkdtemp())
MINE = Table({"id": [1, 2], "ra": [10.5, 159.2125], "dec": [-3.0, -58.62], "name": ["nowhere", "Carina"]})


@check("synchronous query")
def _():
    rows = service.run_sync("SELECT TOP 7 observationid, target_ra, calibrationlevel FROM jwst.main ORDER BY observationid")
    equal(len(rows), 7)
    equal(rows.to_table()["target_ra"].unit.to_string(), "deg")
    equal(rows.fieldnames, ("observationid", "target_ra", "calibrationlevel"))
    for query in ("SELECT * FROM jwst.main", "SELECT * FROM ivoa.obscore", "SELECT * FROM jwst.artifact"):
        same_table(service.run_sync(query).to_table(), webb.table("tap", "query", query))


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
    same_table(service.run_async("SELECT * FROM jwst.plane").to_table(), webb.table("tap", "query", "--async", "SELECT * FROM jwst.plane"))


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


@check("uploads of files, bytes, results, and several at once")
def _():
    MINE.write("mine.xml", format="votable", overwrite=True)
    result = service.run_sync("SELECT u.* FROM TAP_UPLOAD.mine AS u ORDER BY id", uploads={"mine": MINE})
    address = f"{URL}/sync?LANG=ADQL&QUERY=SELECT+TOP+2+calibrationlevel+AS+id+FROM+jwst.main"
    for resource in ("mine.xml", io.BytesIO(open("mine.xml", "rb").read()), result):
        table = service.run_sync("SELECT * FROM TAP_UPLOAD.mine ORDER BY id", uploads={"mine": resource}).to_table()
        equal([list(row) for row in table], [list(row) for row in MINE])
    pair = service.run_sync("SELECT a.name AS one, b.name AS other FROM TAP_UPLOAD.a JOIN TAP_UPLOAD.b ON a.id < b.id", uploads={"a": MINE, "b": "mine.xml"})
    equal((len(pair), pair["one"][0], pair["other"][0]), (1, "nowhere", "Carina"))
    equal(len(service.run_async("SELECT * FROM TAP_UPLOAD.mine", uploads={"mine": io.BytesIO(open("mine.xml", "rb").read())})), 2)
    # The server fetches what is named by its address: a table, and the result of a job.
    job = service.submit_job("SELECT TOP 2 calibrationlevel AS id FROM jwst.main").run().wait(timeout=30)
    for resource in (address, job):
        equal(len(service.run_sync("SELECT * FROM TAP_UPLOAD.far", uploads={"far": resource})), 2)
    job.delete()


@check("an upload equals webb's")
def _():
    query = ("SELECT u.id, m.observationid FROM TAP_UPLOAD.mine AS u JOIN jwst.main AS m ON DISTANCE(u.ra, u.dec, m.target_ra, m.target_dec) < 0.1")
    same_table(service.run_sync(query, uploads={"mine": MINE}).to_table(), webb.table("tap", "query", query, "--upload", "mine=mine.xml"))


@check("a job that is changed before it runs")
def _():
    job = service.submit_job("SELECT nonsense FROM jwst.main")
    job.query = "SELECT TOP 2 id FROM TAP_UPLOAD.mine"
    job.upload(mine=MINE)
    equal(job.phase, "PENDING")
    until = job.destruction - 5 * u.hour
    job.destruction = until
    assert abs((job.destruction - until).to_value("s")) < 1, (job.destruction, until)
    job.run().wait(timeout=30)
    equal((job.phase, job.owner or None, job.uws_version), ("COMPLETED", None, "1.1"))
    equal((len(job.fetch_result()), job.result_uri.startswith(URL), len(job.results)), (2, True, 1))
    # Another client finds it again by its address.
    again = service.get_job(job.job_id)
    equal((again.jobid, again.phase), (job.job_id, "COMPLETED"))
    job.delete()


@check("jobs by phase, number and time")
def _():
    begin = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None) - datetime.timedelta(seconds=1)
    jobs = [service.submit_job("SELECT TOP 1 planeid FROM jwst.plane") for _ in range(3)]
    jobs[0].run().wait(timeout=30)
    ids = [job.job_id for job in jobs]

    def found(**named):
        return {entry.jobid for entry in service.get_job_list(**named)} & set(ids)
    equal((found(phases="PENDING"), found(phases="COMPLETED")), (set(ids[1:]), {ids[0]}))
    equal(found(phases=["PENDING", "COMPLETED"]), set(ids))
    equal((found(after=begin.strftime("%Y-%m-%dT%H:%M:%SZ")), found(last=1)), (set(ids), {ids[2]}))
    for job in jobs:
        job.delete()


@check("formats")
def _():
    for name in ("votable", "votable/b2", "application/x-votable+xml;serialization=binary2", "text/xml"):
        equal(len(service.run_sync("SELECT TOP 2 * FROM jwst.artifact", responseformat=name)), 2)


@check("tables, all at once and one by one")
def _():
    tables = service.tables
    same_list([name for name in tables.keys()], webb.table("tap", "tables")["table_name"])
    assert "jwst.main" in tables and "ivoa.obscore" in tables and "tap_schema.columns" in {n.lower() for n in tables.keys()}
    columns = {column.name: column for column in tables["jwst.main"].columns}
    same_list(columns, webb.table("tap", "table", "jwst.main")["column_name"])
    equal(columns["target_ra"].unit, "deg")
    equal(columns["target_ra"].datatype.content, "double")


@check("examples run")
def _():
    examples = service.examples
    assert len(examples) >= 3, len(examples)
    for example in examples:
        assert len(example["QUERY"]) > 10 and len(example.execute().fieldnames) > 1, example


@check("capabilities")
def _():
    assert service.hardlimit and service.maxrec, (service.hardlimit, service.maxrec)
    languages = service.get_tap_capability().languages
    equal([language.name for language in languages], ["ADQL"])
    assert service.get_tap_capability().get_adql().get_udf("ivo_hasword")
    equal({m.ivo_id.split("#")[1] for m in service.upload_methods} >= {"upload-inline", "upload-http"}, True)
    assert service.available


summary()
finish("pyvo " + pyvo.__version__)
