"""Hostile values through every parameter of every path: nothing outside the archive is read, no row comes that should not, nothing breaks.

    corpus.py WEBB ARCHIVE
"""
import collections
import concurrent.futures
import http.client
import itertools
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import served  # noqa: E402

WEBB, ARCHIVE = sys.argv[1:3]
CANARY = "CANARY-5d1c6e"
PASSWORD = "a long enough password 7"
OUTSIDE = os.path.join(os.path.dirname(os.path.abspath(ARCHIVE)), "outside.txt")
# What no answer may hold: a file outside, the machine's users, the database itself, its definitions, secrets of users.
FORBIDDEN = re.compile(rb"CANARY-5d1c6e|root:[^\n]*:0:0:|SQLite format 3\x00|CREATE (?:TABLE|VIEW|INDEX) \W?[a-z]|webb-sample-token|scrypt\W")

SQL = ["'", "''", "\"", "`", "\\", "\\'", "%27", "' OR '1'='1", "' OR 1=1 --", "\" OR \"\"=\"", "1 OR 1=1", "1; DROP TABLE planes; --",
       "'; DROP TABLE observations; --", "'; DELETE FROM jobs; --", "' UNION SELECT sql FROM sqlite_master --",
       "' UNION SELECT name, password FROM users --", "x' AND 1=(SELECT COUNT(*) FROM users) --", "'||(SELECT hash FROM users LIMIT 1)||'",
       "1) UNION SELECT sql FROM sqlite_schema --", "'; ATTACH DATABASE '/tmp/stolen.db' AS s; --", "'; PRAGMA writable_schema=1; --",
       "load_extension('/tmp/x.so')", "readfile('/etc/passwd')", "%", "_", "*", "?1", ":name", "@x", "$1", "/*", "*/", "--", ";", "\x00",
       "a\x00b", "\r\nX-Injected: yes", "\n", "\t", "\u2019 OR 1=1", "\ufeff", "\u202e", "\U0001f52d", "%00", "%0d%0aX-Injected: yes"]
PATHS = ["../outside.txt", "../../outside.txt", "../../../../../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/outside.txt",
         "%252e%252e%252foutside.txt", "..\\..\\outside.txt", "....//....//etc/passwd", "/etc/passwd", "file:///etc/passwd", "//etc/passwd",
         "webb.sqlite", "../webb.sqlite", "files/../webb.sqlite", "tokens.json", "../tokens.json", ".", "..", "/", "~", "~root/.ssh/id_rsa",
         "mast:JWST/product/../../../../etc/passwd", "mast:JWST/product/../webb.sqlite", "mast:JWST/product/%2e%2e/outside.txt",
         "mast:JWST/product/..%2f..%2foutside.txt", "jobs/../webb.sqlite", "/proc/self/environ", "/proc/self/cmdline", "CON", "a" * 5000,
         "x/../../../outside.txt\x00.fits", "..;/outside.txt", OUTSIDE, "file://" + OUTSIDE]
NUMBERS = ["-1", "0", "NaN", "-NaN", "Infinity", "-inf", "1e400", "-1e400", "1e-400", "9223372036854775807", "9223372036854775808",
           "-9223372036854775808", "99999999999999999999999999", "0x10", "1_000", "١٢", "1,2", "", " ", "+", "1e", "--1", "true", "null",
           "9999-99-99T99:99:99", "0000-00-00", "-9999-01-01T00:00:00Z", "99999999999-01-01T00:00:00Z", "2026-13-45"]
MARKUP = ["<script>alert(1)</script>", "]]>", "&lt;", "&xxe;", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "${jndi:ldap://x}",
          "{{7*7}}", "$(id)", "`id`", "|id", "; id", "%s%s%s%n", "{", "[", "{\"a\":", "A" * 100_000]
VALUES = SQL + PATHS + NUMBERS + MARKUP

# Queries that ask for what is not to be had; each is to be refused.
QUERIES = ["SELECT * FROM sqlite_master", "SELECT * FROM sqlite_schema", "SELECT * FROM main.sqlite_master", "SELECT * FROM \"sqlite_master\"",
           "SELECT * FROM temp.sqlite_master", "SELECT * FROM \"main\".\"users\"", "SELECT * FROM users", "SELECT * FROM \"users\"",
           "SELECT * FROM sessions", "SELECT * FROM jobs", "SELECT * FROM \"jobs\"", "SELECT * FROM planes", "SELECT * FROM \"planes\"",
           "SELECT * FROM observations", "SELECT * FROM settings", "SELECT * FROM files", "SELECT * FROM pragma_table_info('users')",
           "SELECT * FROM pragma_database_list", "SELECT * FROM json_each('[1]')", "SELECT * FROM dbstat", "SELECT * FROM sqlite_dbpage",
           "SELECT * FROM user_other.secret", "SELECT load_extension('x') FROM jwst.main", "SELECT readfile('/etc/passwd') FROM jwst.main",
           "SELECT writefile('/tmp/x', 'y') FROM jwst.main", "SELECT sqlite_version() FROM jwst.main", "SELECT randomblob(1000000000) FROM jwst.main",
           "SELECT zeroblob(2000000000) FROM jwst.main", "SELECT hex(obsid) FROM jwst.main", "SELECT rowid FROM jwst.main",
           "SELECT \"key\" FROM jwst.main", "SELECT p.\"key\" FROM jwst.main AS p", "SELECT a.\"row\" FROM jwst.observation AS a",
           "DROP TABLE planes", "DELETE FROM planes", "UPDATE planes SET collection = 'x'", "INSERT INTO planes VALUES (1)",
           "CREATE TABLE x (a INTEGER)", "ATTACH DATABASE '/tmp/x' AS x", "PRAGMA table_info(users)", "VACUUM INTO '/tmp/stolen.db'",
           "EXPLAIN SELECT 1 FROM jwst.main", "SELECT 1 FROM jwst.main; DROP TABLE planes", "SELECT 1 FROM jwst.main; SELECT sql FROM sqlite_master",
           "SELECT 1 FROM jwst.main -- \n; DROP TABLE planes", "SELECT 1 /* */ FROM jwst.main; PRAGMA writable_schema=1",
           "WITH RECURSIVE c(x) AS (SELECT 1 FROM jwst.main UNION ALL SELECT x+1 FROM c) SELECT x FROM c",
           "SELECT 1 FROM \"jwst.main\"\" ; DROP TABLE planes; --\"", "SELECT \"obsid\"\"; DROP TABLE planes; --\" FROM jwst.main",
           "SELECT obsid AS \"a\"\"b', (SELECT sql FROM sqlite_master)\" FROM sqlite_master", "SELECT 'a' FROM jwst.main WHERE obsid MATCH 'x'",
           "SELECT 'a' FROM jwst.main WHERE obsid GLOB '*'", "SELECT obsid -> '$' FROM jwst.main", "SELECT x'414243' FROM jwst.main",
           "SELECT ?1 FROM jwst.main", "SELECT :a FROM jwst.main", "SELECT obsid FROM jwst.main LIMIT 1", "SELECT CURRENT_USER FROM jwst.main",
           "SELECT obsid COLLATE NOCASE FROM jwst.main", "SELECT abs(-9223372036854775808) FROM jwst.main WHERE",
           "SELECT printf('%999999999d', 1) FROM jwst.main", "SELECT char(0) FROM jwst.main", "SELECT fts5() FROM jwst.main"]
# These are ADQL, and hostile only in their values; they are answered without harm.
LITERALS = ["SELECT TOP 1 'it''s; DROP TABLE planes; --' AS a FROM jwst.main", "SELECT TOP 1 obsid AS \"a\"\"; DROP TABLE planes; --\" FROM jwst.main",
            "SELECT TOP 1 '\\' AS a, 'b' AS c FROM jwst.main", "SELECT COUNT(*) AS n FROM jwst.main WHERE observationid LIKE '\\_%' OR observationid = ''''",
            "SELECT TOP 1 '<script>&]]>' AS a FROM jwst.main"]

problems = collections.Counter()
asked = collections.Counter()


def fail(what, text):
    problems[what] += 1
    if problems[what] <= 3:
        print(f"FAIL {what}: {text}"[:700], flush=True)


def check(what, status, headers, body):
    asked[status] += 1
    # astroquery takes any answer but 403 and 500 for a token that was set, so that 500 is how ESA's service refuses one.
    is_token = status == 500 and b"does not know this token" in body
    if status >= 500 and status != 503 and not is_token:
        fail("the server broke", f"{what}: {status} {body[:300]!r}")
    found = FORBIDDEN.search(body)
    if found:
        fail("something leaked", f"{what}: {status} {found[0]!r}")
    if headers is not None and headers.get("X-Injected"):
        fail("a header was made", what)


def ask(server, what, path, fields=None, method=None, files=None, cookies=None):
    try:
        answer = served.ask(server.url + path, fields, files, method, 60, [("Cookie", cookies)] if cookies else [])
    except (OSError, http.client.HTTPException) as error:
        fail("no answer", f"{what}: {error}")
        return None
    check(what, *answer)
    return answer


def endpoints(place):
    """Method, path, parameters with values that would be right, and of them those that name one thing: with hostile values no row may come."""
    job = urllib.parse.urlsplit(place).path
    query = "SELECT TOP 1 observationid FROM jwst.main"
    for base in ("/tap", "/server/tap"):
        sync = {"REQUEST": "doQuery", "LANG": "ADQL", "QUERY": query, "RESPONSEFORMAT": "csv", "MAXREC": "1", "RUNID": "x"}
        yield "GET", base + "/sync", {**sync, "FORMAT": "csv", "UPLOAD": "a,param:b", "PHASE": "RUN", "VERSION": "1.1"}, ()
        yield "POST", base + "/sync", sync, ()
        yield "POST", base + "/async", {**sync, "EXECUTIONDURATION": "10", "DESTRUCTION": "2026-01-01T00:00:00Z", "UPLOAD": "a,http://127.0.0.1:9/",
                                        "jobname": "x", "jobdescription": "x", "PHASE": "RUN"}, ()
        yield "GET", base + "/async", {"PHASE": "COMPLETED", "AFTER": "2026-01-01T00:00:00Z", "LAST": "3"}, ()
        yield "GET", base + "/tables", {"detail": "min", "tables": "jwst.main", "only_tables": "true", "share_accessible": "true"}, ()
        yield "GET", base + "/jobs/async", {"jobid": "1", "jobname": "x", "query": "x", "phaseid": "COMPLETED", "start_time_init": "2026-01-01T00:00:00",
                                            "start_time_limit": "2026-01-01T00:00:00", "end_time_init": "2026-01-01T00:00:00",
                                            "end_time_limit": "2026-01-01T00:00:00", "offset": "0", "limit": "3", "order": "x", "metadata_only": "true"}, ()
        yield "POST", base + "/deletejobs", {"JOB_IDS": "x"}, ()
        yield "GET", base + "/share", {"action": "GetItems", "title": "x", "resource_id": "1", "resource_type": "0"}, ()
        yield "POST", base + "/share", {"action": "CreateOrUpdateGroup", "group_id": "1", "title": "x", "description": "x", "users_list": "x",
                                        "items_list": "x", "resource_id": "1", "resource_type": "0"}, ()
        yield "GET", base + "/users", {"USER": "x"}, ()
        yield "GET", base + "/notification", {"action": "x", "limit": "2"}, ()
    yield "GET", job, {"WAIT": "0", "PHASE": "PENDING"}, ()
    yield "POST", job + "/phase", {"PHASE": "x"}, ()
    yield "POST", job + "/executionduration", {"EXECUTIONDURATION": "10"}, ()
    yield "POST", job + "/destruction", {"DESTRUCTION": "2027-01-01T00:00:00Z"}, ()
    yield "POST", job + "/parameters", {"MAXREC": "1", "x": "y"}, ()
    yield "POST", job, {"ACTION": "x"}, ()
    for base in ("", "/server"):
        for method in ("GET", "POST"):
            yield method, base + "/data", {"RETRIEVAL_TYPE": "PRODUCT", "ARTIFACTID": "x"}, ("ARTIFACTID",)
            yield method, base + "/data", {"RETRIEVAL_TYPE": "PRODUCT", "ARTIFACT_NAME": "x", "ARTIFACT_URI": "x", "FILENAME": "x"}, ("ARTIFACT_NAME", "ARTIFACT_URI", "FILENAME")
            yield method, base + "/data", {"RETRIEVAL_TYPE": "OBSERVATION", "planeid": "x", "calibrationlevel": "ALL", "product_type": "science"}, ("planeid",)
        yield "GET", base + "/datalink/links", {"ID": "x", "RESPONSEFORMAT": "votable"}, ("ID",)
        yield "POST", base + "/login", {"username": "x", "password": "y"}, ()
        yield "POST", base + "/logout", {"x": "y"}, ()
        yield "POST", base + "/jwstToken", {"token": "x"}, ()
        yield "POST", base + "/Upload", {"TABLE_NAME": "x", "TABLE_DESC": "x", "FORMAT": "csv", "URL": "http://127.0.0.1:9/", "JOBID": "1", "DELETE": "TRUE",
                                         "FORCE_REMOVAL": "TRUE", "RACOL": "a", "DECCOL": "b"}, ()
        yield "POST", base + "/TableTool", {"ACTION": "radec", "TABLE_NAME": "x", "RA": "a", "DEC": "b", "NUMTABLES": "1", "TABLE0": "x", "table_name": "x",
                                            "new_table_name": "y", "new_column_names": "a:b"}, ()
    yield "GET", "/tap/datalink/links", {"ID": "x"}, ("ID",)
    yield "GET", "/sia2/query", {"POS": "CIRCLE 1 1 0.001", "BAND": "1e-6 2e-6", "TIME": "60000 60001", "POL": "I", "FOV": "0 1", "SPATRES": "0 1",
                                 "EXPTIME": "0 1", "ID": "x", "COLLECTION": "x", "FACILITY": "x", "INSTRUMENT": "x", "DPTYPE": "image", "CALIB": "1",
                                 "TARGET": "x", "TIMERES": "0 1", "SPECRP": "0 1", "FORMAT": "x", "MAXREC": "3", "RESPONSEFORMAT": "votable"}, (
           "ID", "COLLECTION", "FACILITY", "TARGET", "INSTRUMENT")
    yield "GET", "/cone", {"RA": "1", "DEC": "1", "SR": "0.001", "VERB": "1", "MAXREC": "3", "RESPONSEFORMAT": "votable", "CATALOG": "x"}, ()
    yield "GET", "/api/v0.1/Download/file", {"uri": "x"}, ("uri",)
    yield "GET", "/api/v0.1/download/file", {"uri": "x"}, ("uri",)
    yield "POST", "/api/v0/invoke", {"request": json.dumps({"service": "Mast.Caom.Filtered", "format": "json", "params": {"columns": "*", "filters": []}})}, ()


def rows(body):
    return body.count(b"<TR>") - body.count(b"NotFoundFault") - body.count(b"UsageFault")


def parameter(server, method, path, fields, name, hostile, names, cookies=None, files=None):
    what = f"{method} {path} {name}={hostile[:60]!r}"
    if method == "GET":
        if len(hostile) > 20000:
            return
        answer = ask(server, what, path + "?" + urllib.parse.urlencode(fields), cookies=cookies)
    else:
        answer = ask(server, what, path, fields, files=files, cookies=cookies)
    # An empty or blank value is none at all.
    if answer and name in names and hostile.strip() and answer[0] == 200 and (rows(answer[2]) > 0 or not answer[2].lstrip().startswith(b"<")):
        fail("rows that should not be there", f"{what}: {answer[2][:300]!r}")
    if answer and answer[0] == 303 and path.endswith("/async"):
        ask(server, "end of a job", urllib.parse.urlsplit(answer[1]["Location"]).path, method="DELETE", cookies=cookies)


def parameters(server, place):
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        work = [pool.submit(parameter, server, method, path, list({**right, name: hostile}.items()), name, hostile, names)
                for method, path, right, names in endpoints(place) for name, hostile in itertools.product(right, VALUES)]
    for one in work:
        one.result()
    if server.process.poll() is not None:
        fail("the server ended", "with hostile parameters")


def login(server, name):
    """The cookie of a new user's session."""
    added = subprocess.run([WEBB, "archive", "user", "add", name, "--archive", ARCHIVE], input=f"{PASSWORD}\n{PASSWORD}\n", text=True,
                           capture_output=True)
    if added.returncode:
        fail("no user can be added", added.stderr)
    status, headers, body = served.ask(server.url + "/server/login", [("username", name), ("password", PASSWORD)])
    found = re.search(r"JSESSIONID=[^;]+", headers.get("Set-Cookie", ""))
    if not found:
        fail("no login", f"{status} {body[:200]!r}")
        return None
    return found[0]


def users(server):
    """A user who is known tries to get at the tables of another, and at what is below them all."""
    victim, attacker = login(server, "alice"), login(server, "mallory")
    if not victim or not attacker:
        return
    secret = f"id,word\n1,{CANARY}\n".encode()
    status, _, body = served.ask(server.url + "/server/Upload", [("TABLE_NAME", "secret"), ("FORMAT", "csv")], {"FILE": ("secret.csv", secret)},
                                 headers=[("Cookie", victim)])
    own = served.ask(server.tap + "/sync", [("LANG", "ADQL"), ("QUERY", "SELECT * FROM user_alice.secret")], headers=[("Cookie", victim)])
    if CANARY.encode() not in own[2]:
        fail("a user's table is not there", f"{status} {body[:200]!r}, {own[0]} {own[2][-300:]!r}")
    for text in ["SELECT * FROM user_alice.secret", "SELECT * FROM \"user_alice.secret\"", "SELECT * FROM \"user_alice\".\"secret\"",
                 "SELECT word FROM TAP_UPLOAD.t, user_alice.secret", "SELECT (SELECT word FROM user_alice.secret) AS w FROM jwst.main",
                 "SELECT s.word FROM jwst.main AS m JOIN user_alice.secret AS s ON 1=1", *QUERIES]:
        for cookies in (attacker, None):
            answer = ask(server, "query of a user " + text, "/tap/sync", [("LANG", "ADQL"), ("QUERY", text)], cookies=cookies)
            if answer and answer[0] == 200:
                fail("a query that should be refused", f"{text}: {answer[2][-300:]!r}")
    ask(server, "tables of a user", "/tap/tables", cookies=attacker)
    ask(server, "tables of a user", "/tap/tables/user_alice.secret", cookies=attacker)
    good = b"id,ra,de\n1,10,20\n"
    tools = {"ACTION": "radec", "TABLE_NAME": "user_mallory.mine", "RA": "ra", "DEC": "de", "NUMTABLES": "1", "TABLE0": "user_mallory.mine",
             "TABLE0_COL0": "id", "TABLE0_COL0_UCD": "meta.id", "TABLE0_NUMCOLS": "1", "table_name": "user_mallory.mine",
             "new_table_name": "user_mallory.other", "new_column_names": "id:number"}
    calls = [("/server/Upload", {"TABLE_NAME": "mine", "TABLE_DESC": "x", "FORMAT": "csv"}, {"FILE": ("mine.csv", good)}),
             ("/server/Upload", {"TABLE_NAME": "user_alice.secret", "DELETE": "TRUE", "FORCE_REMOVAL": "TRUE"}, None),
             ("/server/Upload", {"TABLE_NAME": "copy", "JOBID": "1", "URL": "http://127.0.0.1:9/"}, None)]
    calls += [("/server/TableTool", {**tools, "ACTION": action}, None) for action in ("radec", "update", "edit", "rename", "removeradec")]
    calls += [("/server/tap/share", {"action": action, "group_id": "1", "resource_id": "user_alice.secret", "resource_type": "0", "title": "x",
                                     "description": "x", "users_list": "mallory", "items_list": "user_alice.secret,Read"}, None)
              for action in ("CreateOrUpdateGroup", "CreateOrUpdateItem", "RemoveItem", "RemoveGroup", "GetItems", "GetGroups")]
    calls += [("/server/jwstToken", {"token": "x"}, None)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        work = [pool.submit(parameter, server, "POST", path, list({**right, name: hostile}.items()), name, hostile, (), attacker, files)
                for path, right, files in calls for name in right for hostile in VALUES]
        for file in ["id'\"; DROP TABLE planes; --,b\n1,2\n", "a,a,a\n1,2,3\n", ",,\n1,2,3\n", "\x00,b\n1,2\n", "rowid,_rowid_,oid\n1,2,3\n",
                     "key,row\n1,2\n", "SELECT,FROM\n1,2\n", ",".join(f"c{n}" for n in range(3000)) + "\n", "x" * 200_000]:
            fields = [("TABLE_NAME", f"t{abs(hash(file)) % 10**6}"), ("FORMAT", "csv")]
            work.append(pool.submit(ask, server, f"table of a user {file[:40]!r}", "/server/Upload", fields, None, {"FILE": ("t.csv", file.encode())}, attacker))
    for one in work:
        one.result()
    ask(server, "what a user has got", "/tap/sync?LANG=ADQL&QUERY=SELECT+*+FROM+user_alice.secret", cookies=attacker)
    own = served.ask(server.tap + "/sync", [("LANG", "ADQL"), ("QUERY", "SELECT * FROM user_alice.secret")], headers=[("Cookie", victim)])
    if CANARY.encode() not in own[2]:
        fail("a user lost a table to another", f"{own[0]} {own[2][-300:]!r}")


def invoke(server):
    """MAST's requests are JSON in a parameter: hostile names and values inside it."""
    for hostile in VALUES[:-1]:
        for request in ({"service": hostile, "params": {}},
                        {"service": "Mast.Caom.Filtered", "format": "json", "params": {"columns": hostile, "filters": []}},
                        {"service": "Mast.Caom.Filtered", "format": "json",
                         "params": {"columns": "*", "filters": [{"paramName": hostile, "values": ["x"]}]}},
                        {"service": "Mast.Caom.Filtered", "format": "json",
                         "params": {"columns": "*", "filters": [{"paramName": "obs_id", "values": [hostile or "x"]}]}},
                        {"service": "Mast.Caom.Products", "format": "json", "params": {"obsid": hostile}},
                        {"service": "Mast.Caom.Cone", "format": "json", "params": {"ra": hostile, "dec": hostile, "radius": hostile}},
                        {"service": "Mast.Caom.Filtered", "format": "json", "pagesize": hostile, "page": hostile, "params": {"columns": "*", "filters": []}}):
            ask(server, f"invoke {json.dumps(request)[:150]}", "/api/v0/invoke", [("request", json.dumps(request))])


def raw(server, path):
    """A path as it is, without a client that tidies it up."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(server.url).netloc, timeout=30)
    try:
        connection.putrequest("GET", path, skip_host=False, skip_accept_encoding=True)
        connection.endheaders()
        answer = connection.getresponse()
        check("GET " + path[:100], answer.status, answer.headers, answer.read())
    except (OSError, http.client.HTTPException, ValueError):
        asked["no HTTP"] += 1
    finally:
        connection.close()


def paths(server, place):
    job = urllib.parse.urlsplit(place).path
    prefixes = ["/", "/tap/", "/server/", "/tap/async/", job + "/", job + "/results/", job + "/parameters/", "/tap/tables/", "/server/tap/tables/",
                "/data/", "/files/", "/api/v0.1/Download/", "/datalink/", "/sia2/", "/tap/sync/", "/jobs/"]
    for prefix, hostile in itertools.product(prefixes, VALUES[:-1]):
        if any(ord(letter) <= 32 or ord(letter) > 126 for letter in hostile):
            raw(server, prefix + urllib.parse.quote(hostile))
        else:
            raw(server, prefix + hostile)
            raw(server, prefix + urllib.parse.quote(hostile, safe=""))


def refused(server):
    for text in QUERIES:
        answer = ask(server, "query " + text, "/tap/sync", [("LANG", "ADQL"), ("QUERY", text), ("MAXREC", "5")])
        if answer and (answer[0] == 200 or b'value="ERROR"' not in answer[2]):
            fail("a query that should be refused", f"{text}: {answer[0]} {answer[2][-300:]!r}")
    for text in LITERALS:
        answer = ask(server, "query " + text, "/tap/sync", [("LANG", "ADQL"), ("QUERY", text)])
        if answer and (answer[0] != 200 or answer[2].count(b"<TR>") != 1):
            fail("a harmless query", f"{text}: {answer[0]} {answer[2][-300:]!r}")


def uploads(server):
    """Tables that are none, names that are none, addresses of files of the server."""
    good = b'<VOTABLE><RESOURCE><TABLE><FIELD name="a" datatype="int"/><DATA><TABLEDATA><TR><TD>1</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>'
    bodies = [b"", b"x", b"<", b"<VOTABLE>", good[:-40], b"\x00" * 1000, b"\x1f\x8b" + b"\x00" * 50, b"SIMPLE  =                    T" + b" " * 2000,
              b'<!DOCTYPE v [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + good.replace(b"<TD>1", b"<TD>&x;"),
              b"<!DOCTYPE v [" + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"lol") for n in range(12)) + b"]><VOTABLE>&a11;</VOTABLE>",
              good.replace(b'name="a"', b'name="a\'; DROP TABLE planes; --"'), good.replace(b'name="a"', b'name="a&quot; INTEGER); DROP TABLE planes; --"'),
              good.replace(b'name="a"', b'name=""'), good.replace(b'datatype="int"', b'datatype="double" arraysize="99999999999"'),
              good.replace(b"<TD>1", b"<TD>" + b"9" * 100000), good.replace(b'<FIELD name="a" datatype="int"/>', b'<FIELD name="a" datatype="int"/>' * 3),
              good.replace(b'<FIELD name="a" datatype="int"/>', b"".join(b'<FIELD name="a%d" datatype="int"/>' % n for n in range(5000))),
              b'<VOTABLE><RESOURCE><TABLE><FIELD name="a" datatype="int"/><DATA><FITS><STREAM href="file:///etc/passwd"/></FITS></DATA></TABLE></RESOURCE></VOTABLE>',
              b'<VOTABLE><RESOURCE><TABLE><FIELD name="a" datatype="int"/><DATA><BINARY><STREAM href="file:///etc/passwd"/></BINARY></DATA></TABLE></RESOURCE></VOTABLE>',
              b'<VOTABLE><RESOURCE><TABLE><FIELD name="a" datatype="int"/><DATA><BINARY2><STREAM encoding="base64">AAAA////</STREAM></BINARY2></DATA></TABLE></RESOURCE></VOTABLE>',
              b"<VOTABLE>" * 100000]
    for index, body in enumerate(bodies):
        ask(server, f"upload {index} {body[:60]!r}", "/tap/sync", [("LANG", "ADQL"), ("QUERY", "SELECT * FROM TAP_UPLOAD.t"), ("UPLOAD", "t,param:f")],
            files={"f": ("t.vot", body)})
    for name in VALUES[:-1]:
        ask(server, f"upload called {name[:50]!r}", "/tap/sync", [("LANG", "ADQL"), ("QUERY", "SELECT * FROM TAP_UPLOAD.t"), ("UPLOAD", f"{name},param:f")],
            files={"f": (name.replace("\r", "").replace("\n", "").replace('"', ""), good)})
    for url in [f"file://{OUTSIDE}", "file:///etc/passwd", OUTSIDE, "ftp://127.0.0.1/x", "gopher://127.0.0.1:9/", "http://127.0.0.1:9/x", "http://[::1]:9/",
                server.url + "/tap/availability", "http://", "http://user:pass@127.0.0.1:9/", "data:text/csv,a", "jar:file:///etc/passwd!/x", "http://127.0.0.1:99999/"]:
        ask(server, f"upload from {url}", "/tap/sync", [("LANG", "ADQL"), ("QUERY", "SELECT * FROM TAP_UPLOAD.t"), ("UPLOAD", f"t,{url}")])


def wire(server):
    """Requests that are hardly HTTP."""
    import socket
    parts = urllib.parse.urlsplit(server.url)
    host = f"Host: {parts.netloc}\r\n".encode()
    for request in [b"\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x00" * 100, b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n" + host + b"\r\n",
                    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20000 + b"\r\n", b"POST /tap/sync HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n",
                    b"POST /tap/sync HTTP/1.1\r\n" + host + b"Content-Length: 99999999999999999999\r\n\r\n",
                    b"POST /tap/sync HTTP/1.1\r\n" + host + b"Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                    b"POST /tap/sync HTTP/1.1\r\n" + host + b"Content-Type: multipart/form-data; boundary=\r\nContent-Length: 5\r\n\r\n--\r\nx",
                    b"POST /tap/sync HTTP/1.1\r\n" + host + b"Content-Type: multipart/form-data; boundary=a\r\nContent-Length: 30\r\n\r\n--a\r\nContent-Disposition: x\r\n\r\n",
                    b"POST /tap/sync HTTP/1.1\r\n" + host + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 12\r\n\r\nQUERY=%ff%fe%",
                    b"GET /tap/sync?QUERY=%80%81&LANG=%c0%ae HTTP/1.1\r\n" + host + b"\r\n", b"BREW /tap HTTP/1.1\r\n" + host + b"\r\n",
                    b"GET /server/data?RETRIEVAL_TYPE=PRODUCT&ARTIFACTID=x HTTP/1.1\r\n" + host + b"Range: bytes=99999999999999999999-,-,a-b\r\n\r\n",
                    b"GET /tap/availability HTTP/1.1\r\n" + host + b"Cookie: JSESSIONID=' OR '1'='1; JSESSIONID=\x01\r\n\r\n"]:
        try:
            with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
                connection.sendall(request)
                connection.shutdown(socket.SHUT_WR)
                answer = b""
                while block := connection.recv(65536):
                    answer += block
                status = re.match(rb"HTTP/1.\d (\d+)", answer)
                check(f"wire {request[:60]!r}", int(status[1]) if status else 0, None, answer)
        except OSError:
            asked["no HTTP"] += 1


def state():
    """What may not change: rows of the archive's own tables."""
    connection = sqlite3.connect(f"file:{os.path.join(ARCHIVE, 'webb.sqlite')}?mode=ro", uri=True)
    counts = {name: connection.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0]
              for name in ("observations", "products", "planes", "artifacts") if connection.execute(
                  "SELECT 1 FROM sqlite_master WHERE name = ?", [name]).fetchone()}
    counts["tables"] = connection.execute("SELECT COUNT(*) FROM sqlite_master WHERE name NOT LIKE 'user_m%' AND tbl_name NOT LIKE 'user_m%' "
                                          "AND name NOT LIKE 'user_alice%'").fetchone()[0]
    connection.close()
    return counts


def main():
    with open(OUTSIDE, "w") as file:
        file.write(CANARY)
    with served.Server(WEBB, ARCHIVE) as server:
        before = state()
        _, headers, _ = served.ask(server.tap + "/async", [("LANG", "ADQL"), ("QUERY", "SELECT TOP 1 observationid FROM jwst.main")])
        place = urllib.parse.urljoin(server.tap + "/async", headers["Location"])
        for part in (refused, uploads, wire, users, invoke, lambda server: paths(server, place), lambda server: parameters(server, place)):
            start = time.monotonic()
            part(server)
            print(f"  {sum(asked.values()):6} requests after {time.monotonic() - start:5.1f} s more", flush=True)
        status, _, _ = served.ask(server.tap + "/availability")
        if status != 200:
            fail("the server broke", f"availability {status} at the end")
        peak = server.status("VmHWM") / 1024
        if state() != before:
            fail("the archive changed", f"{before} before, {state()} after")
    connection = sqlite3.connect(os.path.join(ARCHIVE, "webb.sqlite"))
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        fail("the archive is damaged", "integrity_check")
    connection.close()
    for stolen in ("/tmp/stolen.db", "/tmp/x"):
        if os.path.exists(stolen):
            fail("a file was written", stolen)
    print(f"{sum(asked.values())} hostile requests: " + ", ".join(f"{count} x {status}" for status, count in sorted(asked.items(), key=str))
          + f"; memory at most {peak:.0f} MiB; " + (", ".join(f"{count} x {what}" for what, count in problems.items()) or "no harm done"))
    return 1 if problems else 0


sys.exit(main())
