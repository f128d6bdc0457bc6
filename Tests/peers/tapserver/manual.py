"""The examples of the published manual of astroquery.esa.jwst, taken from its text, which is not part of this project."""
import re

# What the examples name and the sample archive has not, and two misprints: the manual's words, ours, and why. Every row must be of use.
SUBSTITUTIONS = [
    ("ra=53, dec=-27", "ra=159, dec=-58", "the sample has nothing within 5 degrees of the place; it has NGC 3324 (programme 2731)"),
    ("target_name='M1'", "target_name='M82'", "as before: M82 (programme 1701). LMC with NED is asked as it stands (programme 1473)"),
    ("jw00777011001_02104_00001_nrcblong", "jw02731001001_02101_00001_nrcblong", "programme 777 is not in the sample"),
    ("jw97012001001_02101_00001_guider1", "jw01473005001_02101_00001_guider1", "programme 97012 is not in the sample"),
    ("00000000-0000-0000-9c08-f5be8f3df805", "00000000-0000-0000-93a3-694a6c85a548", "key of jw02731001001_02101_00001_nrcb1 in the sample"),
    ("00000000-0000-0000-9335-09ff0e02f06b", "00000000-0000-0000-df3f-a87b035d68b1", "key of its _uncal.fits in the sample"),
    ("jw00601004001_02102_00001_nrcb1_uncal.fits", "jw02731001001_02101_00001_nrcb1_uncal.fits", "programme 601 is not in the sample"),
    ("import JWST", "import Jwst", "misprint: there is no JWST in the module"),
    ("['solution_id']", "['planeid']", "misprint: a column of Gaia; no table of JWST has it, and the output below it shows planeid"),
    ("'mytable.xml.gz'", "'mytable.xml'", "the client opens uploads as text and fails on gzip before it asks anything (this is checked)"),
    ('"job_id_1","job_id_2",...', "*JOBS", "the identifiers of two jobs that were made before"),
    ("userName", "username", "users of a local archive have names in small letters"),
    ("mastToken", "webb-sample-token", "the token that the sample archive knows"),
]


def examples(path):
    """The examples in order: (section, code as it is run). Blocks without code show outputs and are left out."""
    section, found, block, used = "", [], None, set()
    lines = open(path, encoding="utf-8").read().split("\n") + ["."]
    for number, line in enumerate(lines):
        if block is not None and line.strip() and not line.startswith("  "):
            code = "\n".join(block)
            for theirs, ours, _ in SUBSTITUTIONS:
                if theirs in code:
                    used.add(theirs)
                    code = code.replace(theirs, ours)
            if code.strip():
                found.append((section, code))
            block = None
        if re.match(r"^[~\-=]{8,}$", line) and re.match(r"^(\d|Examples)", lines[number - 1]):
            section = lines[number - 1].strip()
        if line.strip() == ".. code-block:: python":
            block = []
        elif block is not None and line.lstrip().startswith(">>>"):
            block.append(line.lstrip()[4:])
    unused = {theirs for theirs, _, _ in SUBSTITUTIONS} - used
    assert not unused, f"the manual does not say {unused}"
    return found
