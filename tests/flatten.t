#!/bin/sh
# sample:
. "$SRC/tests/loops.sh"

ok 'objects and arrays become fields where they stand, however deep' flatten <<\_
{"id":7,"pos":{"lat":48.10,"lon":11.6},"volt":[230,2.31E2],"last":true}
{"a":{"b":{"c":[[1],{"d":[null,"x"]}]}}}
{"a":[0,1,2,3,4,5,6,7,8,9,10]}
--
{"id":7,"pos.lat":48.10,"pos.lon":11.6,"volt.0":230,"volt.1":2.31E2,"last":true}
{"a.b.c.0.0":1,"a.b.c.1.d.0":null,"a.b.c.1.d.1":"x"}
{"a.0":0,"a.1":1,"a.2":2,"a.3":3,"a.4":4,"a.5":5,"a.6":6,"a.7":7,"a.8":8,"a.9":9,"a.10":10}
_
ok 'what is flat keeps every byte, beside what is not, too' flatten <<\_
 { "a" : 1.50 , "\u0062":"\u00e9" }	
{}
 { "a" : 1.50 , "n" : { "x" : -0 , "y":[ 1E2 ,"\u00e9\/" ] } , "\u0062":"\u00e9" } 
--
 { "a" : 1.50 , "\u0062":"\u00e9" }	
{}
 { "a" : 1.50 , "n.x":-0,"n.y.0":1E2,"n.y.1":"\u00e9\/" , "\u0062":"\u00e9" } 
_
ok 'an empty object or array stays' flatten <<\_
{"a":{},"b":[ ],"c":{"d":{ },"e":[[],1]}}
--
{"a":{},"b":[ ],"c.d":{ },"c.e.0":[],"c.e.1":1}
_
ok 'names are joined as they are meant' flatten <<\_
{"\u0061":{"\u00e9\"":1,"\u002e\n":[2]},"":{"":3},"b":{"":{"":4}}}
--
{"a.é\"":1,"a..\n.0":2,".":3,"b..":4}
_
ok 'of several members of one name the last counts, in the place of the first' flatten <<\_
{"a":{"x":1,"y":2,"\u0078":{"z":3,"z":4}}}
{"a":[1],"b":5,"\u0061":{"x":2},"c":6}
{"a":[1],"b":5,"a":"flat"}
{ "a" : 1, "b":[5], "a" : 2 }
{"a":{"x":[1,2],"x":null,"y":0}}
--
{"a.x.z":4,"a.y":2}
{"a.x":2,"b":5,"c":6}
{"a":"flat","b":5}
{ "a" : 1, "b.0":5, "a" : 2 }
{"a.x":null,"a.y":0}
_
fails 'a name that arises twice is never silent' 1 flatten <<\_
{"a":{"b":1},"c":2}
{"a":{"b":1},"a.b":2}
--
{"a.b":1,"c":2}
--
flatten: -:2: a.b arises twice (byte 19)
_
ok 'nor is one of nested names, however it is spelled' \
	sh -c 'flatten --bad bad 2>err; sed "s/.*\"line\"//; s/,\"raw.*//" bad' <<\_
{"a.b":2,"a":{"b":1}}
{"a":{"b.c":1,"b":{"c":2}}}
{"a":{"\u0062\u002ec":1,"b":{"\u0063":2}},"d":0}
{"a":[1],"a\u002e0":2}
{"a":{"b.c":1},"a.b":{"c":2}}
{"a":{"b.c":1},"a.b":{"d":2}}
{"a.b":1,"a\u002eb":2}
--
{"a.b.c":1,"a.b.d":2}
{"a.b":1,"a\u002eb":2}
:1,"error":"a.b arises twice (byte 18)"
:2,"error":"a.b.c arises twice (byte 23)"
:3,"error":"a.b.c arises twice (byte 38)"
:4,"error":"a.0 arises twice (byte 20)"
:5,"error":"a.b.c arises twice (byte 26)"
_
ok 'records of one form, then of others' flatten <<\_
{"a":1,"b":{"c":[1,2],"d":"x"}}
{"a":2,"b":{"c":[3,4],"d":"yy"}}
{"a":3,"b":{"c":["\"",1.5e5],"d":null}}
{"a":4,"b":{"c":[5],"d":"z"}}
{"a":5,"b":{"c":[{"x":6},7],"d":[]}}
{"a":6,"b":{"c":[8,{}],"d":[9]}}
{"a":[7],"b":{"c":[8,9],"d":true}}
{"a":8,"b":0}
{"a":9,"b":{"c":[1,2],"d":"x"}}
{"a":10,"b":{"c":[1,2],"e":"x"}}
{"a":11,"b":{"c":[1,2],"d":"x"}} 
{"a":12,"b":{"c":[1,2] ,"d":"x"}}
--
{"a":1,"b.c.0":1,"b.c.1":2,"b.d":"x"}
{"a":2,"b.c.0":3,"b.c.1":4,"b.d":"yy"}
{"a":3,"b.c.0":"\"","b.c.1":1.5e5,"b.d":null}
{"a":4,"b.c.0":5,"b.d":"z"}
{"a":5,"b.c.0.x":6,"b.c.1":7,"b.d":[]}
{"a":6,"b.c.0":8,"b.c.1":{},"b.d.0":9}
{"a.0":7,"b.c.0":8,"b.c.1":9,"b.d":true}
{"a":8,"b":0}
{"a":9,"b.c.0":1,"b.c.1":2,"b.d":"x"}
{"a":10,"b.c.0":1,"b.c.1":2,"b.e":"x"}
{"a":11,"b.c.0":1,"b.c.1":2,"b.d":"x"} 
{"a":12,"b.c.0":1,"b.c.1":2,"b.d":"x"}
_

# --only and --separator
cat >in <<\_
{"a":[1],"m1":{"b":2},"m2":{"b":3},"a.c":[4]}
_
ok '--only takes some fields and leaves the others' flatten --only a,x in <<\_
--
{"a.0":1,"m1":{"b":2},"m2":{"b":3},"a.c":[4]}
--
flatten: no record has x
_
ok '--only takes patterns, and more than once' flatten --only 'm*' --only a.c in <<\_
--
{"a":[1],"m1.b":2,"m2.b":3,"a.c.0":4}
_
ok '--only has nothing to say where there is nothing to flatten' flatten --only '`m*`,x' in <<\_
--
{"a":[1],"m1":{"b":2},"m2":{"b":3},"a.c":[4]}
--
flatten: no record has m*
flatten: no record has x
_
fails 'a field that is not taken can still be in the way' 1 flatten --only a <<\_
{"a":{"b":1},"a.b":[2]}
--
--
flatten: -:1: a.b arises twice (byte 19)
_
echo '{"a":{"x":1,"y":[true]}}' >in
ok '--separator joins, whatever it is, and --un takes it apart' \
	sh -c 'for s in / __ "\"" é "\\" "a b"; do flatten --separator "$s" in | tee x; flatten --un --separator "$s" x; done' <<\_
--
{"a/x":1,"a/y/0":true}
{"a":{"x":1,"y":[true]}}
{"a__x":1,"a__y__0":true}
{"a":{"x":1,"y":[true]}}
{"a\"x":1,"a\"y\"0":true}
{"a":{"x":1,"y":[true]}}
{"aéx":1,"aéyé0":true}
{"a":{"x":1,"y":[true]}}
{"a\\x":1,"a\\y\\0":true}
{"a":{"x":1,"y":[true]}}
{"aa bx":1,"aa bya b0":true}
{"a":{"x":1,"y":[true]}}
_
ok 'a separator is found in what is meant, not in an escape' flatten --un --separator n <<\_
{"a\nb":1,"c\u006ed":2,"e\tnf":3}
--
{"a\nb":1,"c":{"d":2},"e\t":{"f":3}}
_
fails 'a separator may overlap with a name' 1 flatten --separator __ <<\_
{"a_":{"b":1},"a":{"_b":2}}
--
--
flatten: -:1: a___b arises twice (byte 24)
_
fails 'so may one of digits with a number' 1 flatten --separator 0 <<\_
{"a":{"1":{"x":1}},"a01":[0,1]}
{"a":[1,2],"a01":3}
--
{"a010x":1,"a0100":0,"a0101":1}
--
flatten: -:2: a01 arises twice (byte 17)
_

# --un
ok '--un makes objects, in the place of the first of their fields' flatten --un <<\_
{ "a.b" : 1.0 , "x" : "\u00e9", "a.c.d":[1, 2] , "a.c.e" : {} }
{"a":1,"b":{"c.d":2}}
--
{ "a":{"b":1.0,"c":{"d":[1, 2],"e":{}}} , "x" : "\u00e9" }
{"a":1,"b":{"c.d":2}}
_
ok 'numbers from 0 on without gaps make an array, in any order' flatten --un <<\_
{"a.0":1,"a.1":2}
{"a.1":1,"x":0,"a.0":2}
{"a.0.0":1,"a.0.1.x":2,"a.1.0":3}
{"a.0":1,"a.2":2}
{"a.1":1}
{"a.0":1,"a.x":2}
{"a.00":1}
{"a.-0":1}
{"0.0":1,"a.4294967296":2}
{"a.10":10,"a.9":9,"a.8":8,"a.7":7,"a.6":6,"a.5":5,"a.4":4,"a.3":3,"a.2":2,"a.1":1,"a.0":0}
--
{"a":[1,2]}
{"a":[2,1],"x":0}
{"a":[[1,{"x":2}],[3]]}
{"a":{"0":1,"2":2}}
{"a":{"1":1}}
{"a":{"0":1,"x":2}}
{"a":{"00":1}}
{"a":{"-0":1}}
{"0":[1],"a":{"4294967296":2}}
{"a":[0,1,2,3,4,5,6,7,8,9,10]}
_
ok 'parts may be empty and escaped' flatten --un <<\_
{".":1,"a.":2,"b..c":3,"\u0064\u002e\"":4,"\u0078":5}
--
{"":{"":1},"a":{"":2},"b":{"":{"c":3}},"d":{"\"":4},"\u0078":5}
_
ok 'of several fields of one name the last counts here, too' flatten --un <<\_
{"a.b":1,"a.c":2,"a\u002eb":3}
{"x":1,"a.b":2,"x":3}
--
{"a":{"b":3,"c":2}}
{"x":1,"a":{"b":2},"x":3}
_
ok 'what is both a value and an object is a bad record' \
	sh -c 'flatten --un --bad bad 2>err; sed "s/.*\"line\"//; s/,\"raw.*//" bad' <<\_
{"a":1,"a.b":2}
{"a.b":2,"a":1}
{"a":{"x":1},"a.b":2}
{"a.b.c":1,"x":0,"a.b":[]}
{"a.b":null,"a.b.c.d":1}
{".a":1,"":2}
--
:1,"error":"a is both a value and an object (byte 13)"
:2,"error":"a is both a value and an object (byte 13)"
:3,"error":"a is both a value and an object (byte 19)"
:4,"error":"a.b is both a value and an object (byte 23)"
:5,"error":"a.b is both a value and an object (byte 22)"
:6,"error":"\"\" is both a value and an object (byte 11)"
_
ok '--un --only leaves the other fields flat' flatten --un --only 'a.*' <<\_
{"a.b":1,"c.d":2,"a.e":3}
{"c.d":2}
--
{"a":{"b":1,"e":3},"c.d":2}
{"c.d":2}
_

# --explode
ok '--explode makes a record for each element' flatten --explode lamp <<\_
{"crossing":3,"lamp":["OK","KO","OK"],"x":1.0}
{ "lamp" : [ 1 , {"a":2,"b":[3]},[4, 5] , [] ] , "y" : [6] }
{"lamp":[0]}
--
{"crossing":3,"lamp":"OK","x":1.0}
{"crossing":3,"lamp":"KO","x":1.0}
{"crossing":3,"lamp":"OK","x":1.0}
{ "lamp" : 1 , "y.0":6 }
{ "lamp.a":2,"lamp.b.0":3 , "y.0":6 }
{ "lamp.0":4,"lamp.1":5 , "y.0":6 }
{ "lamp" : [] , "y.0":6 }
{"lamp":0}
_
ok 'where there are no elements there is still a record' flatten --explode lamp --index n <<\_
{"lamp":[],"y":[6]}
{"lamp" : [ ]}
{"lamp":null}
{"lamp":"OK","n":5}
{"lamp":{"0":1}}
{"lamp":[1],"lamp":2}
{"x":1}
{}
--
{"lamp":null,"y.0":6}
{"lamp" : null}
{"lamp":null}
{"lamp":"OK","n":5}
{"lamp.0":1}
{"lamp":2}
{"x":1}
{}
_
ok '--index sets the number of the element' flatten --explode a --index n <<\_
{"a":["x","y"]}
{ "n" : "old", "a":["x","y"] , "b":1 }
{"n":{"m":[1]},"a":["x"],"\u006e":2}
--
{"a":"x","n":0}
{"a":"y","n":1}
{ "n" : 0, "a":"x" , "b":1 }
{ "n" : 1, "a":"y" , "b":1 }
{"n":0,"a":"x"}
_
ok '--explode with --only flattens only that' flatten --explode a --only b --index 'q"' <<\_
{"a":[{"x":1},[2, 3]],"b":[4],"c":[5]}
--
{"a":{"x":1},"b.0":4,"c":[5],"q\"":0}
{"a":[2, 3],"b.0":4,"c":[5],"q\"":1}
_
ok 'of several arrays of one name the last is exploded' flatten --explode a <<\_
{"a":[1],"b":0,"\u0061":[2,3]}
--
{"a":2,"b":0}
{"a":3,"b":0}
_
fails 'of a bad record nothing is written, whichever element is to blame' 1 flatten --explode a <<\_
{"a":[1]}
{"a":[1,{"b":2}],"a.b":3}
--
{"a":1}
--
flatten: -:2: a.b arises twice (byte 23)
_
fails 'the name of the index can arise twice as well' 1 flatten --explode a --index b.c <<\_
{"a":[1],"b":{"c":2}}
--
--
flatten: -:1: b.c arises twice (byte 0)
_
awk 'BEGIN { printf "{\"a\":["; for (i = 0; i < 3000; i++) printf "%s%d", i ? "," : "", i
	x = "x"; while (length(x) < 1000) x = x x; print "],\"x\":\"" x "\"}" }' >in
sed 's/.*"x":/"x":/' in | awk '{ for (i = 0; i < 3000; i++) print "{\"a\":" i "," $0 }' | sed 's/}$/}/' >wanted
flatten --explode a in >got
same 'many elements are as few' wanted got

ok '--stats counts what was done' sh -c '
	stats() { flatten --stats "$@" in 2>&1 >/dev/null | sed "s/,\"seconds\".*//"; }
	printf "%s\n" "{\"a\":[1,{\"x\":2},[3]],\"b\":{\"c\":{\"d\":1}},\"e\":[]}" "{\"f.g\":1}" "{\"a\":[]}" >in
	stats; stats --explode a; stats --un' <<\_
--
{"program":"flatten","in":3,"out":3,"bad":0,"unmet":0,"flattened":2,"exploded":0,"restored":0
{"program":"flatten","in":3,"out":5,"bad":0,"unmet":0,"flattened":5,"exploded":1,"restored":0
{"program":"flatten","in":3,"out":3,"bad":0,"unmet":0,"flattened":0,"exploded":0,"restored":1
_
ok '-o replaces the file when all is done' sh -c 'echo old >x; flatten -o x; cat x' <<\_
{"a":[1]}
--
{"a.0":1}
_
ok '--bad takes what cannot be flattened' sh -c 'flatten --bad bad; cat bad' <<\_
{"a":[1],"a.0":2}
{"a":[1]}
--
{"a.0":1}
{"program":"flatten","file":"-","line":1,"error":"a.0 arises twice (byte 15)","raw":"{\"a\":[1],\"a.0\":2}"}
--
flatten: 1 bad record: see bad
_
ok 'what becomes longer than a line may be is a bad record' \
	sh -c 'flatten --max-line 30 --bad bad; sed "s/.*\"line\"//; s/,\"raw.*//" bad' <<\_
{"abcdefghijklm":[1]}
{"abcdefghijklm":[1,2]}
{"abcdef":{"ghijkl":1},"x":55}
{"abcdef":{"ghijkl":1},"x":5}
--
{"abcdefghijklm.0":1}
{"abcdef.ghijkl":1,"x":55}
{"abcdef.ghijkl":1,"x":5}
:2,"error":"the line is longer than --max-line allows, once it is flattened (byte 0)"
--
flatten: 1 bad record: see bad
_

# Calls that make no sense
for call in '--un --explode a:--un and --explode exclude each other' '--index n:--index goes with --explode FIELD' \
	'--explode a --index a:--index and --explode name the same field' \
	"--separator '':--separator must not be empty" "--explode a --index '':--index must not be empty"; do
	echo "flatten: ${call#*:}" >wanted
	echo 'try: flatten --help' >>wanted
	eval "flatten ${call%%:*}" >got 2>&1 </dev/null
	[ $? -eq 2 ] || echo 'the exit status is not 2' >>got
	same "refuses ${call%%:*}" wanted got
done
fails 'a separator that can be in no name is refused' 2 sh -c 'flatten --separator "$(printf "\377")"' <<\_
--
--
flatten: --separator: '\xff' is not UTF-8
try: flatten --help
_

# Limits
deep() {
	awk -v n="$1" -v open="$2" -v middle="$3" -v closing="$4" 'BEGIN { printf "{\"v\":"
		for (i = 0; i < n; i++) printf "%s", open
		printf "%s", middle
		for (i = 0; i < n; i++) printf "%s", closing
		print "}" }'
}
{ deep 2046 '{"a":' 0 '}'; deep 2046 '[' 0 ']'; deep 2046 '[' '{}' ']'; } >in
flatten in >flat
awk 'BEGIN { printf "{\"v"; for (i = 0; i < 2046; i++) printf ".a"; print "\":0}" }' >wanted
head -1 flat >got
same 'J16: 2048 levels are flattened' wanted got
flatten --un flat >got
same 'J16: and come back' in got
sed -n '2,$p' flat | sed 's/"v/"v.x/' >in
awk 'NR == 1 { name = "v.x"; for (i = 0; i < 2045; i++) name = name ".0"; print "flatten: in:1: " substr(name, 1, 200) " is nested deeper than 2048 (byte 4099)" }' in >wanted
flatten --un in >got 2>&1
same 'J16: a name of too many parts is refused' wanted got
{ echo '{"a.b":'; deep 2045 '[' 0 ']' | sed 's/{"v"://'; } | tr -d '\n' >in
flatten --un in >got 2>&1
tr -d '\n' <in | sed 's/"a.b":\(.*\)}/"a":{"b":\1}}/' >wanted
echo >>wanted
same 'J16: a value may be as deep below a part' wanted got
sed 's/"a.b"/"a.b.c"/' in | flatten --un >got 2>&1
echo 'flatten: -:1: a.b.c is nested deeper than 2048 (byte 9)' >wanted
same 'J16: so is a value that would come to lie too deep' wanted got

helper cost
use flatten
# many N: an object of so many names, what becomes of it, and one whose names have dots.
many() {
	awk -v n="$1" 'BEGIN { printf "{\"o\":{"; for (i = 0; i < n; i++) printf "%s\"k%d\":%d", i ? "," : "", i, i; print "}}" }' >in
	sed 's/{"o":{/{/; s/}}/}/; s/"k/"o.k/g' in >flat
	sed 's/"k\([0-9]*\)"/"k.\1"/g' in >dots
	sed 's/{"o":{/{/; s/}}/}/; s/"k/"o.k/g' dots >flat.dots
}
# Ten times as many take about ten times as long, not a hundred times.
for n in 30000 300000; do
	many $n
	spend in
	expect "$n names in an object" 0 flat
	took=$milliseconds
	spend --un flat
	expect "$n names back" 0 in
	took=$((took + milliseconds))
	spend dots
	expect "$n names with dots" 0 flat.dots
	grows "$n names" 10 $((took + milliseconds))
done
verdict 'J15: many names take no longer each than few'
{ deep 2000 '{"a":' '[' '}' | tr -d '}\n'; awk 'BEGIN { for (i = 0; i < 200000; i++) printf "0,"; printf "0]" }'; deep 2000 '' '' '}' | sed 's/{"v"://'; } >in
spend in
: >nothing
expect 'long names, many values' 1 nothing 'in:1: the line is longer than --max-line allows, once it is flattened (byte 0)'
[ -n "$SAN" ] || [ "$kib" -lt 300000 ] || wrong "it took $kib KiB"
verdict 'C7: names that grow beyond all bounds are refused'

if command -v python3 >/dev/null; then
	for seed in ${SEEDS:-1}; do
		python flat.py make $seed 700 'a,b,é,,"q\,00,0x,-1,longer name,A,c d,😀,\n' >once
		# More of the same forms, and what looks like them.
		sed 'p; s/null/"n"/g; p; s/"1"/[7]/' once >in
		for separator in . ::; do
			flatten --separator $separator --bad bad <in >out 2>err
			python flat.py judge $separator in out bad >>.wrong
			flatten --un --separator $separator <out >again 2>err
			python flat.py same in again >>.wrong
		done
		verdict "Python flattens alike, and all comes back, seed $seed"
		for names in 'a,b,a.b,.,b.c,c,0,1' 'a,_,__,a_,_a,0' '0,1,10,01,00,a'; do
			python flat.py make $seed 700 "$names" >in
			for separator in . __ 0 a; do
				flatten --separator $separator --bad bad <in >out 2>err
				python flat.py judge $separator in out bad >>.wrong
			done
		done
		verdict "Python sees the same names arise twice, seed $seed"
		for way in general plain fast; do
			WEIR_SCAN=$way flatten --bad bad.$way <in >out.$way 2>err
		done
		cmp out.general out.plain >>.wrong 2>&1
		cmp out.general out.fast >>.wrong 2>&1
		verdict "however records are scanned, seed $seed"
	done
else
	skip 'Python flattens alike' 'python3 is not installed'
fi
done_testing
