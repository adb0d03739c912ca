#!/bin/sh
# sample: -f time,id,temp --extra drop --no-header
. "$SRC/tests/lib.sh"

ok 'names the fields in the first row, and has the values as they are spelled' rec2csv <<\_
{"time":1451624400,"use [kW]":0.93,"icon":"clear-night"}
{"time":1451624460,"use [kW]":1.50,"icon":"rain"}
{ "icon" : "caf\u00e9" , "use [kW]" : 3.33E-05 , "time" : -0 }
--
time,use [kW],icon
1451624400,0.93,clear-night
1451624460,1.50,rain
-0,3.33E-05,café
_
ok 'quotes what needs it, in names too' rec2csv <<\_
{"a,b":1,"say \"so\"":"two, three"," c":"x\"y","two\nlines":"\n"}
{"a,b":1e999,"say \"so\"":"\"","two\nlines":"plain"," c":"'"}
--
"a,b","say ""so"""," c","two
lines"
1,"two, three","x""y","
"
1e999,"""",',plain
_
ok 'blanks at the ends of a cell are quoted, those within are not' rec2csv <<\_
{"a":" x","b":"x ","c":"x y","d":"\tx","e":"x\ty"}
--
a,b,c,d,e
" x","x ",x y,"	x",x	y
_
ok 'null is an empty cell, as is an empty text; true and false are words' rec2csv <<\_
{"a":null,"b":"","c":true,"d":false,"e":"null"}
--
a,b,c,d,e
,,true,false,null
_
ok 'nested values are their JSON' rec2csv <<\_
{"a":[1,2],"b":{"x":"y\"","z":[]},"c":[1],"d":{}}
--
a,b,c,d
"[1,2]","{""x"":""y\"""",""z"":[]}",[1],{}
_
ok 'a row of one empty cell is no empty line' rec2csv <<\_
{"a":null}
{"a":""}
{"a":"x"}
--
a
""
""
x
_
ok 'so is a header of one empty name' rec2csv <<\_
{"":null}
--
""
""
_
ok 'V04: every escape is undone, a NUL too' sh -c 'rec2csv | od -An -c -w99 | tr -s " "' <<\_
{"a":"\b\f\t\/\\\u0000\u00e9\ud83d\ude00"}
--
 a \n \b \f \t / \ \0 303 251 360 237 230 200 \n
_
ok 'what a reader would take for a byte-order mark is quoted' sh -c 'rec2csv | od -An -c -w99 | tr -s " "' <<\_
{"\ufeffa":"\ufeff"}
--
 " 357 273 277 a " \n " 357 273 277 " \n
_
ok 'fields in another order go where they belong' rec2csv <<\_
{"a":1,"b":2,"c":3}
{"c":6,"a":4,"b":5}
{"b":8,"\u0063":9,"a":7}
--
a,b,c
1,2,3
4,5,6
7,8,9
_
ok 'of several fields of one name the last counts' rec2csv <<\_
{"a":1,"b":2,"a":3}
{"b":2,"\u0061":1,"a":4}
{"a":5,"b":2}
--
a,b
3,2
4,2
5,2
_
ok 'no records, no output' rec2csv <<\_
_
ok '-f says which fields, in what order, also by pattern; each is one column' \
	rec2csv -f 'c,t_*' -f 'b,c' <<\_
{"a":1,"b":2,"t_in":3,"c":4,"t_out":5}
{"t_out":9,"a":1,"b":6,"t_in":7,"c":8}
--
c,t_in,t_out,b
4,3,5,2
8,7,9,6
_
ok '-f leaves out all others, new ones too' rec2csv -f a <<\_
{"a":1,"b":2}
{"c":2,"a":3}
--
a
1
3
_
fails '-f --extra error does not' 1 rec2csv -f a,b --extra error <<\_
{"a":1,"b":2}
{"c":2,"a":3,"b":4}
--
a,b
1,2
--
rec2csv: -:2: c is no column; --extra drop leaves it out (byte 5)
_
ok '-x says which ones not, in later records too' rec2csv -x 'b,d*' <<\_
{"a":1,"b":2,"c":3,"d":4}
{"dd":0,"a":1,"b":2,"c":3}
{"a":1,"c":3}
{"d":0,"d":0,"a":1,"c":3}
--
a,c
1,3
1,3
1,3
1,3
_
ok '-x is stronger than -f' rec2csv -f 't_*,a' -x t_b <<\_
{"a":1,"t_a":2,"t_b":3}
--
t_a,a
2,1
_
ok 'a pattern stands for the fields of the first record' rec2csv -f 't_*' <<\_
{"t_a":1}
{"t_a":2,"t_b":3}
--
t_a
1
2
_
fails 'a field that is no column is an error' 1 rec2csv <<\_
{"a":1}
{"a":2,"v\"":3}
--
a
1
--
rec2csv: -:2: v" is no column; --extra drop leaves it out (byte 13)
_
fails 'also beside one that -x leaves out' 1 rec2csv -x b <<\_
{"a":1,"b":2}
{"b":1,"a":2,"c":3}
--
a
1
--
rec2csv: -:2: c is no column; --extra drop leaves it out (byte 17)
_
ok '--extra drop leaves it out, and --stats counts it' \
	sh -c 'rec2csv --extra drop --stats 2>err; sed "s/,\"seconds\".*//" err' <<\_
{"a":1}
{"a":2,"b":3}
{"c":3,"d":4,"a":3}
--
a
1
2
3
{"program":"rec2csv","in":3,"out":3,"bad":0,"unmet":0,"left_out":3,"filled_in":0,"defused":0
_
fails 'a field that is missing is an error' 1 rec2csv <<\_
{"a":1,"b":2}
{"a":1}
--
a,b
1,2
--
rec2csv: -:2: b is missing; --absent TEXT stands in for it (byte 0)
_
ok '--absent is written for it, and --null for null' rec2csv --absent 'n/a, so' --null NULL <<\_
{"a":1,"b":null}
{"a":1}
{}
--
a,b
1,NULL
1,"n/a, so"
"n/a, so","n/a, so"
_
ok '--absent "" is an empty cell' rec2csv -f b,a --absent '' <<\_
{"a":1}
--
b,a
,1
--
rec2csv: no record has b
_
fails 'an empty name is shown as such' 1 rec2csv <<\_
{"a":1}
{"a":1,"":2}
--
a
1
--
rec2csv: -:2: "" is no column; --extra drop leaves it out (byte 10)
_
awk 'BEGIN { for (t = "x,"; length(t) < 300000; t = t t) ; print "{\"a\":\"" t "\",\"b\":1}" }' >long
awk 'BEGIN { for (i = 1; i <= 30000; i++) printf "%s\"c%d\":%d", (i > 1 ? "," : "{"), i, i
	print "}" }' >many
ok 'cells may be long, and many' sh -c "rec2csv --no-header long |
	awk '{ print length(\$0), substr(\$0, 1, 5), substr(\$0, length(\$0) - 3) }'
	rec2csv many many | awk -F , '{ print NF, \$1, \$30000 }'" <<\_
--
524292 "x,x, ,",1
30000 c1 c30000
30000 1 30000
30000 1 30000
_
fails 'a record without fields names no columns' 1 rec2csv <<\_
{}
--
--
rec2csv: -:1: the record has no field for a column (byte 0)
_
ok 'with --bad the first record that makes a row names the columns' \
	sh -c 'rec2csv -f "t_*,b" --bad bad; cut -d, -f 3-4 bad' <<\_
{}
{"t_x":1,"a":1}
{"t_a":1,"b":2}
{"b":4,"t_a":3}
{"t_a":5}
--
t_a,b
1,2
3,4
"line":1,"error":"b is missing; --absent TEXT stands in for it (byte 0)"
"line":2,"error":"b is missing; --absent TEXT stands in for it (byte 0)"
"line":5,"error":"b is missing; --absent TEXT stands in for it (byte 0)"
--
rec2csv: 3 bad records: see bad
_
ok '-d divides, and is what is quoted then' rec2csv -d ';' <<\_
{"a":"1,5","b":"x;y","c;d":2}
--
a;b;"c;d"
1,5;"x;y";2
_
ok '-d may be a byte of numbers' rec2csv -d . <<\_
{"a":1.5,"b":2,"c":"x.y"}
--
a.b.c
"1.5".2."x.y"
_
ok '--decimal , writes numbers with a comma, and nothing else' rec2csv -d ';' --decimal , <<\_
{"a":12.50,"b":"1.5","c":[1.5,2],"d":-0.5E-3,"e":7}
{"a":1E5,"b":"-1.5","c":null,"d":123456789012345678901234567890.123456789,"e":0.0}
--
a;b;c;d;e
12,50;1.5;[1.5,2];-0,5E-3;7
1E5;-1.5;;123456789012345678901234567890,123456789;0,0
_
ok '--decimal , in a table for a terminal' rec2csv --table --decimal , <<\_
{"a":12.5}
{"a":3}
--
   a
----
12,5
   3
_
ok '--decimal , goes there and back' sh -c 'rec2csv --tsv --decimal , | csv2rec --tsv --decimal ,' <<\_
{"a":12.50,"b":"1.5","c":-1e5,"d":"1.234,5"}
--
{"a":12.50,"b":"1.5","c":-1e5,"d":"1.234,5"}
_
fails 'a comma cannot be both' 2 rec2csv --decimal , <<\_
--
--
rec2csv: --decimal: a comma divides the cells; -d tells what else does
try: rec2csv --help
_
ok '--decimal , where the delimiter is in numbers' rec2csv -d - --decimal , <<\_
{"a":-1.5,"b":2.5}
--
a-b
"-1,5"-2,5
_
ok '--tsv is divided by tabs' rec2csv --tsv <<\_
{"a":"1,5","b":"x\ty","c":[1,	2]}
--
a	b	c
1,5	"x	y"	"[1,	2]"
_
ok '--crlf ends rows with both' sh -c 'rec2csv --crlf | od -An -c -w99 | tr -s " "' <<\_
{"a":"\n"}
{"a":null}
--
 a \r \n " \n " \r \n " " \r \n
_
ok '--no-header has the values only' rec2csv --no-header <<\_
{"a":1,"b":2}
--
1,2
_
ok 'V11: without --excel-safe nothing is changed' rec2csv <<\_
{"=a":"=1+1","b":"-1","c":"@x"}
--
=a,b,c
=1+1,-1,@x
_
ok 'V11: --excel-safe disarms texts that begin a formula, but no numbers' rec2csv --excel-safe <<\_
{"=a":"=1+1","b":"-1","c":"-1-1","d":-5,"e":"+1","f":"@x","g":"\tx","i":"a=1","j":"=\"a\",1"}
{"=a":"-","b":"-2.5e-3","c":"-.5","d":0,"e":"'=","f":"","g":null,"i":" =1","j":"-0"}
--
'=a,b,c,d,e,f,g,i,j
'=1+1,-1,'-1-1,-5,'+1,'@x,'	x,a=1,"'=""a"",1"
'-,-2.5e-3,'-.5,0,'=,,," =1",-0
_
ok 'V11: --excel-safe knows the CR too' sh -c 'rec2csv --excel-safe | od -An -c -w99 | tr -s " "' <<\_
{"a":"\r=1"}
--
 a \n " ' \r = 1 " \n
_
ok '--table sets numbers right, texts left, and knows how wide characters are' rec2csv --table <<\_
{"room":"attic","temp":2.3,"mixed":1,"note":null}
{"room":"漢字","temp":-11.25,"mixed":"x","note":"e\u0301!"}
{"room":"😀","temp":null,"mixed":true,"note":"a,\"b\""}
--
room     temp  mixed  note
-----  ------  -----  -----
attic     2.3      1
漢字   -11.25  x      é!
😀             true   a,"b"
_
ok '--table shows control characters, and lets none act' rec2csv --table -f b,a <<\_
{"a":"\u001b[31m\n\t\u0000","b":"\u009b\u007f"}
--
b             a
------------  --------------------
\xc2\x9b\x7f  \x1b[31m\x0a\x09\x00
_
ok '--table --no-header has no rule either' rec2csv --table --no-header --null - --absent + <<\_
{"a":1,"b":"x"}
{"a":100,"b":null}
{"a":10}
--
  1  x
100  -
 10  +
_
ok '--table decides by the first 100 rows; what is wider later is whole' sh -c '
	{ for i in $(seq 100); do echo "{\"a\":1,\"b\":\"x\",\"c\":7}"; done
	echo "{\"a\":12345,\"b\":\"long\",\"c\":7}"; echo "{\"a\":2,\"b\":\"y\",\"c\":8}"; } |
	rec2csv --table | uniq' <<\_
--
a  b  c
-  -  -
1  x  7
12345  long  7
2  y  8
_
ok '--table prints what came before a bad record' sh -c 'rec2csv --table || echo failed' <<\_
{"a":1}
oops
--
a
-
1
failed
--
rec2csv: -:2: not a JSON object (byte 0)
_
ok '--table makes no column as wide as a book' sh -c '
	{ printf "{\"a\":\"%0300d\",\"b\":1}\n" 0; echo "{\"a\":\"x\",\"b\":1}"; } |
	rec2csv --table | awk "{ print length(\$0), \$NF }"' <<\_
--
4 b
4 -
303 1
4 1
_
fails '--delimiter is one character' 2 rec2csv -d '""' <<\_
--
--
rec2csv: --delimiter: '""' is not one ASCII character
try: rec2csv --help
_
fails '--tsv and --delimiter exclude each other' 2 rec2csv --tsv -d , <<\_
--
--
rec2csv: --tsv and --delimiter exclude each other
try: rec2csv --help
_
fails '--table is for the eye' 2 rec2csv --table --crlf <<\_
--
--
rec2csv: --table is neither CSV nor TSV: no --tsv, --delimiter, --crlf, --excel-safe
try: rec2csv --help
_

# Python judges what the cells are, and csv2rec whether they come back. In its records what is spelled as
# a number is one, and an empty text is null.
if command -v python3 >/dev/null; then
	for seed in 1 2 3; do
		python3 -ISB "$SRC/tests/help/cells.py" make $seed >in
		for options in '' '--tsv' '-d ;' '--crlf' '-d 1'; do
			rec2csv $options <in >got
			python3 -ISB "$SRC/tests/help/cells.py" judge in got $options >out
			same "Python reads the same cells, seed $seed $options" /dev/null out
		done
		rec2csv <in | csv2rec >got
		python3 -ISB "$SRC/tests/help/cells.py" back in got >out
		same "csv2rec brings them back, seed $seed" /dev/null out
		rec2csv --no-header <in | csv2rec --no-header --trim | sed 's/"c[0-9]*"://g' >trimmed
		rec2csv --no-header <in | csv2rec --no-header | sed 's/"c[0-9]*"://g' >got
		same "csv2rec --trim takes nothing away, seed $seed" got trimmed
	done
else
	skip 'Python reads the same cells' 'python3 is not installed'
fi
awk 'BEGIN { for (i = 0; i < 70000; i++) printf "%s\"f%d\":%d", i ? "," : "{", i, i; print "}" }' >in
sh -c 'rec2csv in | csv2rec' >got
same 'the columns of the first record may be more than 65536' in got

done_testing
