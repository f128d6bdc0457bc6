"""Lists the programmes of an archive with their instruments: `number instrument public|exclusive`."""
import sqlite3
import sys

db = sqlite3.connect(sys.argv[1])
rows = db.execute(
    "SELECT DISTINCT CAST(proposal_id AS INTEGER), lower(substr(instrument_name || '/', 1, instr(instrument_name || '/', '/') - 1)),"
    " max(dataRights <> 'PUBLIC') FROM observations WHERE calib_level >= 0 GROUP BY 1, 2 ORDER BY 1, 2")
for program, instrument, exclusive in rows:
    print(program, instrument, "exclusive" if exclusive else "public")
