"""pyvo, unaltered, on cone search, SIA 2 and DataLink, and `webb` beside it: pyvo_discovery.py SERVER_URL WEBB

The environment names a proxy that has DataLink's vocabulary, which pyvo fetches from www.ivoa.net.
"""
import hashlib
import io
import os
import sys
import tarfile
import tempfile

import astropy.units as u
import pyvo
from astropy.coordinates import SkyCoord
from astropy.time import Time
from pyvo.dal.adhoc import DatalinkResults, DatalinkService

from beside import Webb, same_files, same_list, same_table, summary
from checks import check, equal, finish

URL, BINARY = sys.argv[1:]
webb = Webb(BINARY, URL + "/server/tap")
tap = pyvo.dal.TAPService(URL + "/tap")
images = pyvo.dal.SIA2Service(URL + "/sia2")
cones = pyvo.dal.SCSService(URL + "/cone")
CARINA = SkyCoord(159.2, -58.6, unit="deg")
ONE = "jw02731001001_02101_00001_nrcb1"


def adql(query):
    return tap.run_sync(query).to_table()


def refusal(function, *words, **named):
    try:
        function(*words, **named)
    except pyvo.DALQueryError as error:
        return str(error)
    raise AssertionError("no error")


@check("cone: as a table of TAP, as webb esa cone")
def _():
    for found in (pyvo.dal.conesearch(URL + "/cone", pos=CARINA, radius=0.1 * u.deg), cones.search((159.2, -58.6), 0.1)):
        assert len(found) > 20, len(found)
        same_table(found.to_table()[["planeid", "observationid", "target_ra", "target_dec", "calibrationlevel"]], adql(
            "SELECT planeid, observationid, target_ra, target_dec, calibrationlevel FROM jwst.main "
            "WHERE CONTAINS(POINT(target_ra, target_dec), CIRCLE(159.2, -58.6, 0.1)) = 1"))
        beside = webb.table("esa", "cone", "159.2 -58.6", "--radius", "0.1deg", "--cal-level", "any", "--all-columns", "--layout", "main")
        same_list(found["planeid"], beside["planeid"])
    record = found[0]
    equal((record.id, record.pos.ra.deg), (found["planeid"][0], found["target_ra"][0]))


@check("cone: verbosity")
def _():
    numbers = [len(cones.search(CARINA, 0.1, verbosity=verbosity).fieldnames) for verbosity in (1, 2, 3)]
    assert numbers[0] < numbers[1] < numbers[2], numbers


@check("cone: without rows")
def _():
    equal(len(cones.search((10, 10), 0.01)), 0)
    assert "target_ra" in [column.name for column in cones.columns], cones.columns


@check("cone: a wrong request is explained")
def _():
    assert "SR" in refusal(cones.search, (159, -58), 181)
    assert "VERB" in refusal(cones.search, (159, -58), 0.1, verbosity=7)


OBSCORE = "SELECT * FROM ivoa.obscore WHERE dataproduct_type IN ('image', 'cube') AND "


@check("SIA2: position")
def _():
    for pos, region in (((CARINA, 0.1 * u.deg), "CIRCLE(159.2, -58.6, 0.1)"), ((159.2, -58.6, 0.1), "CIRCLE(159.2, -58.6, 0.1)"),
                        ((159, -59, 160, -59, 160, -58, 159, -58), "POLYGON(159, -59, 160, -59, 160, -58, 159, -58)")):
        found = images.search(pos=pos)
        assert len(found) > 10, len(found)
        same_table(found.to_table(), adql(OBSCORE + f"INTERSECTS({region}, s_region) = 1"))
    found = images.search(pos=(159 * u.deg, 160 * u.deg, -59 * u.deg, -58 * u.deg))
    same_table(found.to_table(), adql(OBSCORE + "s_ra BETWEEN 159 AND 160 AND s_dec BETWEEN -59 AND -58"))
    assert isinstance(found[0].s_ra, u.Quantity)
    equal(len(images.search(pos=[(159.2, -58.6, 0.1), (338.9, 33.9, 0.3)])), len(images.search(pos=(159.2, -58.6, 0.1))) + len(
        images.search(pos=(338.9, 33.9, 0.3))))


@check("SIA2: band, time and exposure")
def _():
    same_table(images.search(band=(1.9e-6, 2.1e-6)).to_table(), adql(OBSCORE + "em_min <= 2.1e-6 AND em_max >= 1.9e-6"))
    same_table(images.search(band=(1.9 * u.micron, 2.1 * u.micron), calib_level=3).to_table(), adql(
        OBSCORE + "em_min <= 2.1e-6 AND em_max >= 1.9e-6 AND calib_level = 3"))
    middle = adql("SELECT AVG(t_min) AS t FROM ivoa.obscore")["t"][0]
    from_time, to_time = Time(middle - 1, format="mjd"), Time(middle + 1, format="mjd")
    same_table(images.search(time=(from_time, to_time)).to_table(), adql(OBSCORE + f"t_min <= {to_time.mjd} AND t_max >= {from_time.mjd}"))
    same_table(images.search(exptime=(100, 1000)).to_table(), adql(OBSCORE + "t_exptime BETWEEN 100 AND 1000"))


@check("SIA2: what the data are")
def _():
    for named, condition in ((dict(instrument="NIRCAM"), "instrument_name LIKE 'NIRCAM/%'"), (dict(data_type="cube"), "dataproduct_type = 'cube'"),
                             (dict(target_name="M82"), "target_name = 'M82'"), (dict(calib_level=[2, 3]), "calib_level IN (2, 3)"),
                             (dict(facility="JWST", collection="JWST", instrument="MIRI"), "instrument_name LIKE 'MIRI/%'"),
                             (dict(spatial_resolution=(0, 0.1 * u.arcsec)), "s_resolution BETWEEN 0 AND 0.1"),
                             (dict(field_of_view=(0.01, 0.1)), "s_fov BETWEEN 0.01 AND 0.1")):
        found = images.search(**named).to_table()
        expected = adql(OBSCORE + condition)
        if len(expected):
            same_table(found, expected)
        else:
            equal(len(found), 0)


@check("SIA2: limits and errors")
def _():
    found = images.search(pos=(159.2, -58.6, 0.1), maxrec=3)
    equal((len(found), found.queryurl is not None), (3, True))
    equal(len(images.search(pos=(159.2, -58.6, 0.1), maxrec=0)), 0)
    assert "POS" in refusal(images.search, POS="SQUARE 1 2 3"), "not explained"
    assert images.available


@check("DataLink: what webb tap links gives")
def _():
    ids = [row["obs_publisher_did"] for row in adql(f"SELECT obs_publisher_did FROM ivoa.obscore WHERE obs_id = '{ONE}' ORDER BY 1")]
    found = DatalinkService(URL + "/datalink/links").run_sync(ids).to_table()
    beside = webb.table("tap", "links", *ids)
    # /server/tap has its links under /server, which is another address of the same.
    for table in (found, beside):
        table["access_url"] = [str(text).replace(URL + "/server/", URL + "/") for text in table["access_url"]]
    same_table(found[beside.colnames], beside)
    alone = DatalinkResults.from_result_url(f"{URL}/datalink/links?ID={ids[0]}")
    equal([str(row["access_url"] or "") for row in alone], [row["access_url"] for row in found if row["ID"] == ids[0]])


def md5(stream):
    return hashlib.md5(stream.read()).hexdigest()


def saved(stream, name):
    path = os.path.join(tempfile.mkdtemp(), name)
    with open(path, "wb") as file:
        file.write(stream.read())
    return path


@check("DataLink: from the rows of TAP")
def _():
    rows = tap.run_sync("SELECT * FROM ivoa.obscore WHERE obs_collection = 'JWST' AND calib_level = 2 AND obs_id LIKE 'jw02731001001%' ORDER BY obs_id")
    links = list(rows.iter_datalinks())
    # The result says where links are; those of all rows come at once, in an order of their own.
    equal((len(links), len(list(rows.iter_adhocservices()))), (len(rows), 1))
    equal(sorted(link["ID"] for its in links for link in its), sorted(its.original_row["obs_publisher_did"] for its in links for _ in its))
    equal({its.original_row["obs_publisher_did"] for its in links}, set(rows["obs_publisher_did"]))
    for its in links:
        assert next(its.bysemantics("#this")).content_length > 0 and list(its.bysemantics("#preview")) and list(its.bysemantics("#derivation"))
    ordered = list(rows.iter_datalinks(preserve_order=True))
    equal([its[0]["ID"] for its in ordered], list(rows["obs_publisher_did"]))
    first = rows[0].getdatalink()
    this = next(first.bysemantics("#this"))
    name = this.description.split(",")[0]
    same_files([saved(this.getdataset(), name)], webb.files("esa", "product", "--file-name", name))
    # The record itself leads to the same data.
    equal(md5(rows[0].getdataset()), md5(this.getdataset()))


@check("DataLink: from the rows of other tables")
def _():
    for table in ("jwst.main", "jwst.plane", "jwst.archive"):
        rows = tap.run_sync(f"SELECT TOP 3 * FROM {table} WHERE calibrationlevel = 2 ORDER BY planeid")
        links = list(rows.iter_datalinks())
        equal(sorted(its[0]["ID"] for its in links), sorted(rows["planeid"]))
        assert all(list(its.bysemantics("#this")) for its in links)


@check("DataLink: from the rows of SIA2 and of a job")
def _():
    for rows in (images.search(pos=(159.2, -58.6, 0.1), calib_level=3), tap.run_async("SELECT TOP 2 * FROM ivoa.obscore WHERE calib_level = 3")):
        links = list(rows.iter_datalinks())
        equal(len(links), len(rows))
        assert all(list(its.bysemantics("#progenitor")) for its in links)


@check("DataLink: from a file to what it was made from")
def _():
    row = tap.run_sync("SELECT * FROM ivoa.obscore WHERE obs_id = 'jw02731-o001_t001_nircam_clear-f200w'")[0]
    first = next(row.getdatalink().bysemantics("#progenitor"))
    equal(first.content_type, "application/x-votable+xml;content=datalink")
    assert list(DatalinkResults.from_result_url(first.access_url).bysemantics("#this"))


@check("DataLink: the service that packs files")
def _():
    row = tap.run_sync(f"SELECT * FROM ivoa.obscore WHERE obs_id = '{ONE}' AND calib_level = 2")[0]
    service = row.getdatalink().get_first_proc()
    assert {"planeid", "calibrationlevel", "product_type"} <= {param.name for param in service.input_params}, service.input_params
    with tarfile.open(fileobj=io.BytesIO(service.process(calibrationlevel="SELECTED", product_type="science").read())) as packed:
        names = [os.path.basename(name) for name in packed.getnames()]
    beside = webb.table("esa", "products", ONE, "--cal-level", "2", "--product-type", "science")
    same_list(names, beside["filename"])


@check("DataLink: what is not there, and what is not for everybody")
def _():
    missing = DatalinkResults.from_result_url(URL + "/datalink/links?ID=ivo://nowhere/nothing")
    assert missing[0].error_message.startswith("NotFoundFault"), missing[0]
    row = tap.run_sync("SELECT TOP 1 * FROM ivoa.obscore WHERE target_name = 'M16' AND calib_level = 2 ORDER BY obs_id")[0]
    this = next(row.getdatalink().bysemantics("#this"))
    equal((this["link_auth"], bool(this["link_authorized"])), ("true", False))
    try:
        this.getdataset().read()
    except pyvo.DALServiceError as error:
        equal(error.code, 401)
    else:
        raise AssertionError("exclusive data were given to anybody")


summary()
finish("pyvo " + pyvo.__version__ + ", cone, SIA2 and DataLink")
