"""One query through pyvo or astroquery's TapPlus, its rows as CSV.

    clients.py pyvo|astroquery sync|async TAP_URL ADQL OUT.csv MAXREC [UPLOAD.csv]
"""
import sys

client, mode, url, adql, out, maxrec = sys.argv[1:7]
upload = sys.argv[7] if len(sys.argv) > 7 else None

if client == "pyvo":
    import pyvo

    uploads = None
    if upload:
        from astropy.table import Table

        uploads = {"mine": Table.read(upload, format="ascii.csv")}
    service = pyvo.dal.TAPService(url)
    call = service.run_sync if mode == "sync" else service.run_async
    table = call(adql, maxrec=int(maxrec), uploads=uploads).to_table()
else:
    from astroquery.utils.tap import TapPlus

    service = TapPlus(url=url)
    if mode == "sync":
        job = service.launch_job(adql, maxrec=int(maxrec))
    else:
        # DaCHS does not take PHASE=RUN with the creation of a job, which is all that TapPlus sends otherwise.
        job = service.launch_job_async(adql, maxrec=int(maxrec), autorun=False)
        job.start()
    table = job.get_results()
for name in table.colnames:
    # CSV cells hold no arrays.
    if table[name].dtype == object and not isinstance(table[name][0], str):
        table[name] = [" ".join(repr(float(x)) for x in cell) if cell is not None else "" for cell in table[name]]
table.write(out, format="ascii.csv", overwrite=True)
