"""astroquery's TapPlus, unaltered, as a user who is logged in, and `webb tap` beside it: tapplus_users.py SERVER_URL CERTIFICATE WEBB

SERVER_URL begins with https. The users "jdoe" (password jdoePassword) and "mroe" (mroePassword) are there. Jobs, tables of users and what
they share: all that TapPlus has for users.
"""
import contextlib
import io
import logging
import os
import sys
import tempfile

import astroquery
from astropy.table import Table
from astroquery.utils.tap import TapPlus
from astroquery.utils.tap.model.filter import Filter

from beside import Webb, same_list, same_table, summary
from checks import check, equal, finish

logging.disable(logging.CRITICAL)
URL, CERTIFICATE, BINARY = sys.argv[1:]
os.chdir(tempfile.mkdtemp())
webb = Webb(BINARY, URL + "/server/tap", ["--ca-file", CERTIFICATE])
MINE = Table({"id": [1, 2, 3], "ra": [10.0, 159.2125, 159.3], "dec": [-3.0, -58.62, -58.5], "mag": [20.5, 21.5, 22.5]})


class Quiet:
    """A client that does not print; TapPlus says on standard output what it does."""

    def __init__(self, client):
        self.client = client

    def __getattr__(self, name):
        def call(*words, **named):
            with contextlib.redirect_stdout(io.StringIO()):
                return getattr(self.client, name)(*words, **named)
        return call


def client():
    return Quiet(TapPlus(url=URL + "/server/tap", upload_context="Upload", table_edit_context="TableTool", data_context="data",
                         datalink_context="datalink", client_id="ASTROQUERY"))


def refused(function, *words, **named):
    try:
        function(*words, **named)
    except Exception as error:
        return str(error)
    raise AssertionError("it was not refused")


def rows(tap, query, **named):
    return tap.launch_job(query, **named).get_results()


def columns(tap, name):
    table = tap.load_table(name)
    return {column.name: (str(column.flags), column.ucd, column.utype) for column in table.columns}


jdoe, mroe, nobody = client(), client(), client()


@check("login and its refusal")
def _():
    assert "401" in refused(jdoe.login, user="jdoe", password="wrong")
    with open("credentials", "w") as file:
        file.write("jdoe\njdoePassword\n")
    jdoe.login(credentials_file="credentials")
    mroe.login(user="mroe", password="mroePassword")
    webb.run("esa", "login", "--credentials-file", "credentials")


@check("a table of a user's own")
def _():
    jdoe.upload_table(upload_resource=MINE, table_name="stars", table_description="Stars of mine")
    found = rows(jdoe, "SELECT * FROM user_jdoe.stars ORDER BY id")
    equal([tuple(row)[-4:] for row in found], [tuple(row) for row in MINE])
    same_table(found, webb.table("tap", "query", "SELECT * FROM user_jdoe.stars"))
    assert "user_jdoe.stars" in [table.name for table in jdoe.load_tables(only_names=True, include_shared_tables=True)]
    equal(jdoe.load_table("user_jdoe.stars").description.strip(), "Stars of mine")
    assert "already" in refused(jdoe.upload_table, upload_resource=MINE, table_name="stars")


@check("tables from files in all formats")
def _():
    for number, (name, written) in enumerate((("votable", "votable"), ("csv", "ascii.csv"), ("fits", "fits"), ("ecsv", "ascii.ecsv"))):
        path = f"file{number}.{name}"
        MINE.write(path, format=written)
        jdoe.upload_table(upload_resource=path, table_name=f"file{number}", format=name if name != "ecsv" else "ascii.ecsv")
        equal([tuple(row)[-4:] for row in rows(jdoe, f"SELECT * FROM user_jdoe.file{number} ORDER BY id")], [tuple(row) for row in MINE])
        jdoe.delete_user_table(table_name=f"file{number}")


@check("nobody else sees it")
def _():
    for other in (mroe, nobody):
        assert "stars" in refused(rows, other, "SELECT * FROM user_jdoe.stars")
        assert "user_jdoe.stars" not in [table.name for table in other.load_tables(only_names=True, include_shared_tables=True)]
        equal(other.load_table("user_jdoe.stars"), None)


@check("a table from a job")
def _():
    job = jdoe.launch_job_async("SELECT observationid, target_ra FROM jwst.main WHERE calibrationlevel = 3", name="observations")
    jdoe.upload_table_from_job(job=job, table_name="from_job")
    equal(rows(jdoe, "SELECT COUNT(*) AS n FROM user_jdoe.from_job")["n"][0], len(job.get_results()))
    jdoe.upload_table_from_job(job=job.jobid)
    equal(rows(jdoe, f"SELECT COUNT(*) AS n FROM user_jdoe.t{job.jobid}")["n"][0], len(job.get_results()))
    for name in ("from_job", "t" + job.jobid):
        jdoe.delete_user_table(table_name=name, force_removal=True)
    jdoe.remove_jobs([job.jobid])


@check("a position, flags, UCDs")
def _():
    jdoe.set_ra_dec_columns(table_name="user_jdoe.stars", ra_column_name="ra", dec_column_name="dec")
    found = columns(jdoe, "user_jdoe.stars")
    assert found["ra"][0] in ("1", "33") and found["dec"][0] in ("2", "34"), found
    jdoe.update_user_table(table_name="user_jdoe.stars", list_of_changes=[
        ["mag", "ucd", "phot.mag"], ["mag", "flags", "Mag"], ["id", "utype", "a:b"], ["id", "flags", "PK"]])
    found = columns(jdoe, "user_jdoe.stars")
    assert found["mag"][0] in ("8", "40") and found["mag"][1] == "phot.mag" and found["id"][2] == "a:b" and found["id"][0] in ("16", "48"), found
    assert found["ra"][0] in ("1", "33") and found["dec"][0] in ("2", "34"), found


@check("the table with those of the archive")
def _():
    query = ("SELECT s.id, COUNT(*) AS n FROM user_jdoe.stars AS s JOIN jwst.main AS m "
             "ON DISTANCE(s.ra, s.dec, m.target_ra, m.target_dec) < 0.2 GROUP BY s.id")
    job = jdoe.launch_job_async(query)
    same_table(job.get_results(), webb.table("tap", "query", query))
    jdoe.remove_jobs([job.jobid])


@check("other names")
def _():
    jdoe.rename_table(table_name="user_jdoe.stars", new_table_name="user_jdoe.suns", new_column_names_dict={"mag": "brightness"})
    found = columns(jdoe, "user_jdoe.suns")
    assert "brightness" in found and "mag" not in found and jdoe.load_table("user_jdoe.stars") is None, found
    jdoe.rename_table(table_name="user_jdoe.suns", new_table_name="user_jdoe.stars")


@check("groups and their members")
def _():
    jdoe.share_group_create(group_name="friends", description="Friends of mine")
    assert "exists" in refused(jdoe.share_group_create, group_name="friends")
    equal((jdoe.is_valid_user(user_id="mroe"), jdoe.is_valid_user(user_id="noone")), (True, False))
    jdoe.share_group_add_user(group_name="friends", user_id="mroe")
    group = jdoe.load_group(group_name="friends")
    equal((group.title, group.description, sorted(user.id for user in group.users)[-1]), ("friends", "Friends of mine", "mroe"))
    same_list([group.title for group in jdoe.load_groups()], webb.table("tap", "group", "list")["title"])
    assert "not found" in refused(jdoe.share_group_add_user, group_name="friends", user_id="noone")


@check("a shared table")
def _():
    jdoe.share_table(group_name="friends", table_name="user_jdoe.stars", description="for friends")
    shared = jdoe.load_shared_items()
    equal([(item.title, [to.mode for to in item.shared_to_items]) for item in shared], [("user_jdoe.stars", ["Read"])])
    assert "user_jdoe.stars" in [table.name for table in mroe.load_tables(only_names=True, include_shared_tables=True)]
    assert "user_jdoe.stars" not in [table.name for table in mroe.load_tables(only_names=True)]
    equal(len(rows(mroe, "SELECT * FROM user_jdoe.stars")), 3)
    refused(mroe.delete_user_table, table_name="user_jdoe.stars")
    refused(mroe.set_ra_dec_columns, table_name="user_jdoe.stars", ra_column_name="dec", dec_column_name="ra")
    refused(rows, nobody, "SELECT * FROM user_jdoe.stars")
    same_list([item.title for item in shared], webb.table("tap", "share")["title"])


@check("the end of sharing")
def _():
    jdoe.share_table_stop(group_name="friends", table_name="user_jdoe.stars")
    assert "stars" in refused(rows, mroe, "SELECT * FROM user_jdoe.stars")
    jdoe.share_table(group_name="friends", table_name="user_jdoe.stars")
    jdoe.share_group_delete_user(group_name="friends", user_id="mroe")
    assert "stars" in refused(rows, mroe, "SELECT * FROM user_jdoe.stars")
    jdoe.share_group_delete(group_name="friends")
    equal(jdoe.load_groups(), [])
    assert "doesn't exist" in refused(jdoe.share_group_delete, group_name="friends")


@check("jobs of a user's own")
def _():
    query = "SELECT TOP 3 observationid FROM jwst.main ORDER BY observationid"
    jobs = [jdoe.launch_job_async(query, name=name) for name in ("one", "two")]
    ids = [job.jobid for job in jobs]
    same_list(ids, [job.jobid for job in jdoe.list_async_jobs()])
    same_list(ids, webb.table("tap", "jobs")["jobid"])
    for other in (mroe, nobody):
        assert not set(ids) & {job.jobid for job in other.list_async_jobs()}
        refused(other.load_async_job, jobid=ids[0])
        assert "403" in refused(other.remove_jobs, ids)
    same_list(ids, [job.jobid for job in jdoe.list_async_jobs()])
    same_table(jdoe.load_async_job(name="two").get_results(), webb.table("tap", "results", ids[1]))
    for filters, expected in (({"jobname": "one"}, ids[:1]), ({"phaseid": "COMPLETED"}, ids), ({"jobid": ids[1]}, ids[1:]), ({"phaseid": "ERROR"}, [])):
        wanted = Filter()
        for name, value in filters.items():
            wanted.add_filter(name, value)
        equal(sorted(job.jobid for job in jdoe.search_async_jobs(jobfilter=wanted)), sorted(expected))
    found = jdoe.search_async_jobs()
    equal({(job.ownerid, job.parameters["query"]) for job in found}, {("jdoe", query)})
    limited = Filter()
    limited.limit, limited.offset = 1, 1
    equal(len(jdoe.search_async_jobs(jobfilter=limited)), 1)
    jdoe.remove_jobs(ids)
    equal(jdoe.list_async_jobs(), [])


@check("uploads as a user")
def _():
    found = rows(jdoe, "SELECT u.id FROM tap_upload.u AS u JOIN user_jdoe.stars AS s ON s.id = u.id WHERE u.id > 1", upload_resource=MINE, upload_table_name="u")
    equal(sorted(found["id"]), [2, 3])


@check("links and data")
def _():
    ids = [f"'{row['planeid']}'".strip("'") for row in rows(nobody, "SELECT TOP 2 planeid FROM jwst.plane WHERE calibrationlevel = 2 ORDER BY planeid")]
    found = nobody.get_datalinks(ids)
    equal(sorted(set(found["ID"])), sorted(ids))
    same_table(found, webb.table("tap", "links", *ids))
    # The addresses are those at which clients reach the server, not its own behind TLS.
    addresses = [address for address in found["access_url"] if address]
    assert addresses and all(address.startswith(URL + "/") for address in addresses), addresses[:3]
    described = rows(nobody, "SELECT TOP 1 access_url FROM ivoa.obscore")["access_url"][0]
    assert described.startswith(URL + "/"), described
    file = rows(nobody, f"SELECT TOP 1 artifactid, contentlength FROM jwst.artifact WHERE planeid = '{ids[0]}' AND producttype = 'science' ORDER BY filename")[0]
    nobody.load_data(params_dict={"RETRIEVAL_TYPE": "PRODUCT", "ARTIFACTID": file["artifactid"]}, output_file="data.fits")
    equal(os.path.getsize("data.fits"), file["contentlength"])


@check("deletion and logout")
def _():
    jdoe.delete_user_table(table_name="stars")
    equal(jdoe.load_table("user_jdoe.stars"), None)
    assert refused(jdoe.delete_user_table, table_name="stars")
    jdoe.logout()
    assert refused(jdoe.upload_table, upload_resource=MINE, table_name="stars")
    webb.run("esa", "logout")


summary()
finish("astroquery " + astroquery.__version__ + ", TapPlus as a user")
