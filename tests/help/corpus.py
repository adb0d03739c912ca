"""corpus.py TABLE MEMBERS: the lines of data/json.table, of each ID and verdict in files of their own: ID.VERDICT.in
are the lines to be read, records with MEMBERS or what is none, ID.VERDICT.values what must pass through of each."""
import sys
from collections import defaultdict
from urllib.parse import unquote_to_bytes

table, members = sys.argv[1].encode(), sys.argv[2].encode()
files = defaultdict(bytes)
for row in open(table, "rb").read().splitlines():
    if row[:1] in b"#":
        continue
    name, verdict, form, text = (row + b" ").split(b" ", 3)
    name, text = (name + b"." + verdict).decode(), unquote_to_bytes(text[:-1])
    if form == b"value":
        lines = [b"{" + members + b',"v":' + text + b"}", b'{"v":' + text + b"," + members + b"}"]
        values = 2 * [b'"v":' + text]
    else:
        lines, values = [text.replace(b"@", members)], [b""]
    files[name + ".in"] += b"".join(line + b"\n" for line in lines)
    files[name + ".values"] += b"".join(value + b"\n" for value in values)
for name, text in files.items():
    open(name, "wb").write(text)
