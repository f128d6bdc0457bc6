"""Stands in for what the clients ask for in the network: the places of names (SIMBAD, NED, VizieR), and the words of DataLink, which pyvo
takes from www.ivoa.net: resolvers.py CERTIFICATE KEY

Prints its port. It is asked in the two ways that clients have: as a proxy (https_proxy, so that an unaltered client that asks for
https://simbad.cds.unistra.fr comes here; the certificate must bear the services' names and be trusted by the client), or directly by plain
HTTP. Each service knows other names, so that "ask one after the other" can be seen to do so.
"""
import http.server
import json
import socketserver
import ssl
import sys
from urllib.parse import parse_qs, unquote, urlsplit

SIMBAD = {"M82": (148.96845833333, 69.67970277778), "NGC 3324": (159.33333, -58.65417)}
NED = {"LMC": (80.894167, -69.756111), "NGC 7320": (339.014167, 33.948250), "M82": (148.968458, 69.679703)}
VIZIER = {"NGC 6720": [(283.396200, 33.029100, 0.02, 0.02), (283.407311, 33.027810, 0.30, 0.30)]}


def votable(fields, rows, info="", resource=' type="results"'):
    heads = "".join(f'<FIELD name="{name}" {more}/>' for name, more in fields)
    cells = "".join("<TR>" + "".join(f"<TD>{cell}</TD>" for cell in row) + "</TR>" for row in rows)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<VOTABLE version="1.3" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">'
            f"<RESOURCE{resource}>{info}<TABLE>{heads}<DATA><TABLEDATA>{cells}</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>")


DEGREES = 'datatype="double" unit="deg"'
TEXT = 'datatype="char" arraysize="*"'


def simbad(form):
    query = form["QUERY"][0]
    name = query.split("id = '")[1].split("'")[0]
    rows = [[name, *SIMBAD[name], 1.0, 1.0, 0, "O", "2020yCat.1350....0G", name]] if name in SIMBAD else []
    fields = [("main_id", TEXT), ("ra", DEGREES), ("dec", DEGREES), ("coo_err_maj", 'datatype="float"'), ("coo_err_min", 'datatype="float"'),
              ("coo_err_angle", 'datatype="short"'), ("coo_wavelength", TEXT), ("coo_bibcode", TEXT), ("matched_id", TEXT)]
    return votable(fields, rows, '<INFO name="QUERY_STATUS" value="OK"/>')


def ned(form):
    name = form["objname"][0]
    if name not in NED:
        return ('<?xml version="1.0"?>\n<VOTABLE version="1.1"><PARAM name="QueryDate" datatype="char" arraysize="*" value="now"/>'
                '<PARAM name="Error" datatype="char" arraysize="*" value="The object name is not known."/></VOTABLE>')
    return votable([("Object Name", TEXT), ("RA", DEGREES), ("DEC", DEGREES)], [[name, *NED[name]]])


def vizier(form):
    rows = VIZIER.get(form["-c"][0], [])
    if not rows:
        return ('<?xml version="1.0" encoding="UTF-8"?>\n<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">'
                '<RESOURCE ID="yCat_2336" name="II/336"></RESOURCE></VOTABLE>')
    fields = [("RAJ2000", DEGREES), ("DEJ2000", DEGREES), ("e_RAJ2000", 'datatype="float" unit="arcsec"'),
              ("e_DEJ2000", 'datatype="float" unit="arcsec"')]
    return votable(fields, rows, resource=' ID="yCat_2336" name="II/336"').replace("<TABLE>", '<TABLE ID="II_336_apass9" name="II/336/apass9">')


CAPABILITIES = """<?xml version="1.0" encoding="UTF-8"?>
<vosi:capabilities xmlns:vosi="http://www.ivoa.net/xml/VOSICapabilities/v1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:vs="http://www.ivoa.net/xml/VODataService/v1.1" xmlns:tr="http://www.ivoa.net/xml/TAPRegExt/v1.0">
<capability standardID="ivo://ivoa.net/std/TAP" xsi:type="tr:TableAccess">
<interface role="std" xsi:type="vs:ParamHTTP"><accessURL use="base">https://simbad.cds.unistra.fr/simbad/sim-tap</accessURL></interface>
<language><name>ADQL</name><version ivo-id="ivo://ivoa.net/std/ADQL#v2.0">2.0</version></language>
<outputFormat><mime>application/x-votable+xml</mime><alias>votable</alias></outputFormat>
<outputLimit><hard unit="row">2000000</hard></outputLimit></capability></vosi:capabilities>"""

WORDS = {"this": "", "progenitor": "", "derivation": "", "auxiliary": "", "weight": "auxiliary", "error": "auxiliary", "noise": "auxiliary",
         "calibration": "", "bias": "calibration", "dark": "calibration", "flat": "calibration", "preview": "", "preview-image": "preview",
         "preview-plot": "preview", "thumbnail": "preview", "proc": "", "cutout": "proc", "documentation": "", "package": ""}


def words(form):
    terms = {word: {"label": word, "description": word, "wider": [wider] if wider else [], "narrower": [n for n, w in WORDS.items() if w == word]}
             for word, wider in WORDS.items()}
    return json.dumps({"uri": "http://www.ivoa.net/rdf/datalink/core", "flavour": "RDF Property", "terms": terms})


SERVICES = {"/rdf/datalink/core": words, "/simbad/sim-tap/capabilities": lambda form: CAPABILITIES, "/simbad/sim-tap/sync": simbad, "/cgi-bin/objsearch": ned,
            "/viz-bin/votable": vizier}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    context = None

    def do_CONNECT(self):
        """As a proxy: the names of the services all lead here."""
        self.send_response(200, "Connection established")
        self.end_headers()
        try:
            with self.context.wrap_socket(self.connection, server_side=True) as inside:
                type(self)(inside, self.client_address, self.server)
        except OSError:
            pass
        self.close_connection = True

    def do_GET(self):
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        # VizieR's form has its fields in lines.
        form = parse_qs(parts.query) | (parse_qs(body) if "&" in body else dict(
            (unquote(name), [unquote(value)]) for name, _, value in (line.partition("=") for line in body.split("\n"))))
        service = SERVICES.get(parts.path)
        answer = (service(form) if service else "nothing here").encode()
        self.send_response(200 if service else 404)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True


def main(certificate, key):
    Handler.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    Handler.context.load_cert_chain(certificate, key)
    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


main(*sys.argv[1:])
