#!/bin/sh
# sample: -f temp
. "$SRC/tests/lib.sh"

ok 'converts the named field and leaves every other byte' fahr2c -f temp <<\_
{"temp":212}
{ "a" : 21.50, "temp" : -40 , "n":9007199254740993,"x":"\u00e9" }
{"b":3.33E-05,"temp":36.14,"c":[1, {"temp":32}]}
--
{"temp":100}
{ "a" : 21.50, "temp" : -40 , "n":9007199254740993,"x":"\u00e9" }
{"b":3.33E-05,"temp":2.3,"c":[1, {"temp":32}]}
_
ok 'is exact in the decimals as written' fahr2c -f t <<\_
{"t":36.14}
{"t":98.6}
{"t":-459.67}
{"t":32.0000000000000000000000000000018}
{"t":1E2}
{"t":0}
{"t":90071992547409930000}
{"t":1e300}
--
{"t":2.3}
{"t":37}
{"t":-273.15}
{"t":1e-30}
{"t":37.77777777777778}
{"t":-17.77777777777778}
{"t":50039995859672190000}
{"t":5.555555555555556e299}
_
ok 'converts several fields, in any order, also by pattern' fahr2c -f 'c,t_*' <<\_
{"t_out":50,"t_in":68,"c":41,"tt":1}
{"c":32}
{"t_new":5}
--
{"t_out":10,"t_in":20,"c":5,"tt":1}
{"c":0}
{"t_new":-15}
_
ok 'a field named twice is converted once' fahr2c -f t -f t,t <<\_
{"t":50}
--
{"t":10}
_
ok 'names with blanks, commas and stars are taken to the letter in backquotes' \
	fahr2c -f 'use [F],`a,b`,`*`' <<\_
{"use [F]":50,"a,b":50,"*":50,"a":50}
--
{"use [F]":10,"a,b":10,"*":10,"a":50}
_
ok 'a name is found by its meaning, however it is spelled' fahr2c -f 'té' <<\_
{"t\u00e9":50}
{"\u0074é":50}
--
{"t\u00e9":10}
{"\u0074é":10}
_
ok 'of several members of one name the last counts, and one is left' fahr2c -f t <<\_
{"t":1,"a":2,"t":50,"b":3}
{"\u0074":1,"t":"x","t":50}
--
{"t":10,"a":2,"b":3}
{"\u0074":10}
_
ok 'null and missing stay as they are' fahr2c -f t <<\_
{"t":null}
{"u":1}
{}
--
{"t":null}
{"u":1}
{}
_
fails 'a text is no number: what came before is out, the place is named' 1 fahr2c -f t <<\_
{"t":50}
{"a":1,"t":"50"}
{"t":50}
--
{"t":10}
--
fahr2c: -:2: t is not a number (byte 11)
_
fails 'neither is true, nor a nested value' 1 fahr2c -f t <<\_
{"t":true}
--
--
fahr2c: -:1: t is not a number (byte 5)
_
fails 'keeps what came before a bad line, and names it' 1 fahr2c -f temp <<\_
{"temp":32}

oops
--
{"temp":0}
--
fahr2c: -:3: not a JSON object (byte 0)
_
ok 'with --bad the others go on, and the bad ones are kept with the reason' \
	sh -c 'fahr2c -f t --bad bad; cat bad' <<\_
{"t":50}
{"t":"\"x\""}
{"t":
{"t":41}
--
{"t":10}
{"t":5}
{"program":"fahr2c","file":"-","line":2,"error":"t is not a number (byte 5)","raw":"{\"t\":\"\\\"x\\\"\"}"}
{"program":"fahr2c","file":"-","line":3,"error":"record is cut off; each must be on one line, as jq -c . writes them (byte 5)","raw":"{\"t\":"}
--
fahr2c: 2 bad records: see bad
_
fails '--max-bad is the limit' 1 fahr2c -f t --bad bad --max-bad 1 <<\_
{"t":50}
1
2
{"t":50}
--
{"t":10}
--
fahr2c: -:3: not a JSON object (byte 0); more than --max-bad 1 bad records
_
ok '--reverse goes back' fahr2c -r -f t <<\_
{"t":37}
{"t":2.3}
{"t":-273.15}
--
{"t":98.6}
{"t":36.14}
{"t":-459.67}
_
ok '--difference has no offset' fahr2c --difference -f t <<\_
{"t":9}
{"t":-1.8}
--
{"t":5}
{"t":-1}
_
ok '--difference --reverse goes back' fahr2c --difference -r -f t <<\_
{"t":5}
--
{"t":9}
_
ok '--digits rounds the exact value, half away from zero' fahr2c --digits 1 -f t <<\_
{"t":32.09}
{"t":31.91}
{"t":98.7}
{"t":98.6}
--
{"t":0.1}
{"t":-0.1}
{"t":37.1}
{"t":37}
_
ok 'what is too large for a double becomes null, and is counted' \
	sh -c 'fahr2c --stats -f t 2>err; sed "s/,\"seconds\".*//" err' <<\_
{"t":1e999,"u":1e999}
{"t":-1e400}
--
{"t":null,"u":1e999}
{"t":null}
{"program":"fahr2c","in":2,"out":2,"bad":0,"unmet":0,"converted":0,"overflows":2
_
ok 'reads several files, gzip too, and standard input among them' \
	sh -c 'echo "{\"t\":50}" >a; echo "{\"t\":41}" | gzip >b; fahr2c -f t a - b' <<\_
{"t":32}
--
{"t":10}
{"t":0}
{"t":5}
_
ok '-o replaces the file when all is done' \
	sh -c 'mkdir o && cd o && echo old >x; fahr2c -f t -o x; cat x; ls -A' <<\_
{"t":50}
--
{"t":10}
x
_
fails '-o leaves the old file when something fails' 1 \
	sh -c 'cd o && echo old >x; fahr2c -f t -o x; s=$?; cat x; ls -A; exit $s' <<\_
{"t":50}
oops
--
old
x
--
fahr2c: -:2: not a JSON object (byte 0)
_
fails 'a table is told from records' 1 fahr2c -f temp <<\_
time,temp
1,212
--
--
fahr2c: -:1: not a JSON object: csv2rec makes them of CSV (byte 0)
_
fails 'and so is an array' 1 fahr2c -f temp <<\_
[{"temp":212}]
--
--
fahr2c: -:1: not a JSON object but an array: jq -c '.[]' takes it apart (byte 0)
_
fails 'an array of cells is told from one of objects' 1 fahr2c -f temp <<\_
["2024-01-01",212]
--
--
fahr2c: -:1: not a JSON object but an array of values: jq -r @csv makes CSV of it (byte 0)
_
fails '--bad is never the input, by whatever name' 2 \
	sh -c 'echo oops >in && ln in twin && fahr2c -f t --bad twin in; s=$?; cat in; exit $s' <<\_
--
oops
--
fahr2c: --bad: twin is the input
try: fahr2c --help
_
fails 'nor standard input' 2 sh -c 'fahr2c -f t --bad in <in; s=$?; cat in; exit $s' <<\_
--
oops
--
fahr2c: --bad: in is the input
try: fahr2c --help
_
fails 'nor the output' 2 fahr2c -f t -o x --bad x <<\_
--
--
fahr2c: --bad: x is the output
try: fahr2c --help
_
fails 'a file is not added to while it is read' 2 \
	sh -c 'fahr2c -f t in >>in; s=$?; cat in; exit $s' <<\_
--
oops
--
fahr2c: in is the output too
try: fahr2c --help
_
fails 'bad records that cannot be kept leave the old file, too' 1 \
	sh -c 'echo old >kept; fahr2c -f t -o kept --bad /dev/full; s=$?; cat kept; exit $s' <<\_
{"t":32}
oops
--
old
--
fahr2c: /dev/full: No space left on device
_
ok '-o /dev/stdout writes to what is open' \
	sh -c '{ echo one; fahr2c -f t -o /dev/stdout; echo three; } >lines; cat lines' <<\_
{"t":32}
--
one
{"t":0}
three
_
ok 'a bad record is kept as a record, whatever its file is called' \
	sh -c 'f=$(printf "a\377"); echo oops >"$f"; fahr2c -f t --bad odd "$f" 2>&1; fahr2c -f t odd' <<\_
--
fahr2c: 1 bad record: see odd
{"program":"fahr2c","file":"a�","line":1,"error":"not a JSON object (byte 0)","raw":"oops"}
--
fahr2c: no record has t
_
fails 'both messages are said where the last words fail' 1 \
	sh -c '(echo "{\"t\":32}"; echo oops) | fahr2c -f t >/dev/full' <<\_
--
--
fahr2c: -:2: not a JSON object (byte 0)
fahr2c: standard output: No space left on device
_
fails 'a name that can be in no record is refused' 2 sh -c 'fahr2c -f "$(printf "\377")"' <<\_
--
--
fahr2c: --field: a name is not UTF-8: '\xff' (byte 0)
try: fahr2c --help
_
fails 'a way to scan that there is not' 2 env WEIR_SCAN=plian fahr2c -f t <<\_
--
--
fahr2c: WEIR_SCAN is none of fast, avx2, sse4, plain, general
try: fahr2c --help
_
fails 'needs to know which fields' 2 fahr2c <<\_
--
--
fahr2c: which fields?  -f FIELDS is needed
try: fahr2c --help
_
fails 'refuses digits that make no sense' 2 fahr2c -f t --digits -1 <<\_
--
--
fahr2c: --digits must be from 0 to 99
try: fahr2c --help
_
trickled() {
	awk 'BEGIN { printf "{\"t\":32,\"v\":\""; for (;i < 30000; i++) printf "%0100d", 0; print "\"}" }' >long
	: >none
	python3 "$SRC/tests/help/live.py" trickled long none fahr2c -f t long
}
if command -v python3 >/dev/null; then
	ok 'a slow reader in the middle of a record does not keep it from ending' trickled </dev/null
else
	skip 'a slow reader' 'python3 is not installed'
fi
done_testing
