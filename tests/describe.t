#!/bin/sh
# sample: -f time,id,temp
# gathers
. "$SRC/tests/loops.sh"

# only COLUMNS ARGUMENTS: some columns of the answer, as CSV.
only() {
	columns=$1
	shift
	describe "$@" >described
	rec2csv --absent - -f "$columns" described
}

ok 'tells a row a field, in the order of their appearance, and nulls where something does not apply' describe <<\_
{"room":"attic","temp":18.50}
{"temp":21,"wet":true,"room":"hall"}
--
{"field":"room","records":2,"missing":0,"null":0,"numbers":0,"texts":2,"booleans":0,"nested":0,"distinct":2,"distinct_exact":true,"min":null,"q1":null,"median":null,"q3":null,"max":null,"mean":null,"shortest":4,"longest":5,"longest_text":"attic"}
{"field":"temp","records":2,"missing":0,"null":0,"numbers":2,"texts":0,"booleans":0,"nested":0,"distinct":2,"distinct_exact":true,"min":18.50,"q1":19.125,"median":19.75,"q3":20.375,"max":21,"mean":19.75,"shortest":null,"longest":null,"longest_text":null}
{"field":"wet","records":2,"missing":1,"null":0,"numbers":0,"texts":0,"booleans":1,"nested":0,"distinct":1,"distinct_exact":true,"min":null,"q1":null,"median":null,"q3":null,"max":null,"mean":null,"shortest":null,"longest":null,"longest_text":null}
_
ok 'what applies to no field is left out' describe <<\_
{"a":null,"b":[1]}
--
{"field":"a","records":1,"missing":0,"null":1,"numbers":0,"texts":0,"booleans":0,"nested":0,"distinct":0,"distinct_exact":true,"notes":"never a value"}
{"field":"b","records":1,"missing":0,"null":0,"numbers":0,"texts":0,"booleans":0,"nested":1,"distinct":1,"distinct_exact":true,"notes":null}
_
ok 'no records, and records without fields, have no answer' describe <<\_
{}

{}
_
ok 'nor have they a table' describe --table <<\_
{}
_
ok 'of several members of one name the last counts, and an escaped name is the same' \
	only field,records,missing,min,max <<\_
{"a":1,"a":2}
{"\u0061":3,"é\"":1}
--
field,records,missing,min,max
a,2,0,2,3
"é""",2,1,1,1
_
ok 'counts each kind' only field,missing,null,numbers,texts,booleans,nested,distinct <<\_
{"v":null,"w":{}}
{"v":0,"w":{"a":1}}
{"v":"0","w":[]}
{"v":true,"w":false}
{"v":false}
{"v":[],"w":null}
{"v":{}}
--
field,missing,null,numbers,texts,booleans,nested,distinct
v,0,1,1,1,2,2,6
w,2,1,0,0,1,3,4
_
ok 'there are no more different values than values' sh -c 'for from in $(seq 10 10 300); do
		seq $((from * 10000)) $((from * 10000 + 1500)) | sed "s/.*/{\"x\":&,\"k\":$from}/"
	done >runs
	describe -k k runs | keep "distinct > numbers" | wc -l' <<\_
--
0
_
ok 'equal values are one, however they are spelled' only field,distinct,min,max,mean <<\_
{"n":1.0,"t":"a"}
{"n":1,"t":"\u0061"}
{"n":10e-1,"t":"a"}
{"n":"1","t":"A"}
--
field,distinct,min,max,mean
n,2,1,1,1
t,2,,,
_
ok 'extremes keep all their digits, and sums are exact' only field,min,max,mean <<\_
{"a":0.1,"b":123456789012345678901234567890,"c":3.33E-05,"d":-0}
{"a":0.1,"b":123456789012345678901234567891,"c":0.0000333,"d":0.00}
{"a":0.1,"b":123456789012345678901234567889,"c":1e16,"d":0}
{"a":0.1,"b":123456789012345678901234567890,"c":-1e16,"d":-0.0}
{"a":0.10,"b":12345678901234567890123456789e1,"c":1,"d":0e5}
--
field,min,max,mean
a,0.1,0.1,0.1
b,123456789012345678901234567889,123456789012345678901234567891,1.2345678901234568e29
c,-1e16,1e16,0.20001332
d,0,0,0
_
# As R, numpy and spreadsheets have them: 1 + 4 * 0.25 = 2; of 5 and 2^53 + 1, which is no double, the middle.
ok 'quartiles divide the ranks from the first to the last, and keep their digits' only q1,median,q3 <<\_
{"a":1}
{"a":2}
{"a":3}
{"a":4}
{"a":5,"b":9007199254740993}
{"b":5}
--
q1,median,q3
2,3,4
2251799813685252,4503599627370499,6755399441055746
_
ok 'texts are measured in characters; the longest is cut after 80' \
	only field,shortest,longest,longest_text <<\_
{"a":"\u20ac€😀","b":"","c":"12345678901234567890123456789012345678901234567890123456789012345678901234567890ab"}
{"a":"ab","b":"","c":"12345678901234567890123456789012345678901234567890123456789012345678901234567890aa"}
{"a":"","b":"","c":"x"}
--
field,shortest,longest,longest_text
a,0,3,€€😀
b,0,0,
c,1,82,12345678901234567890123456789012345678901234567890123456789012345678901234567890
_

ok 'notes: never a value, always the same' only field,notes <<\_
{"a":null,"b":1,"c":"x","d":{"e":1},"once":1}
{"b":1.0,"c":"x","d":{"e":1}}
--
field,notes
a,never a value
b,always the same
c,always the same
d,always the same
once,
_
ok 'notes: texts among numbers, and numbers among texts' only field,notes <<\_
{"cloudCover":"cloudCover","b":"x","c":"long","d":"bb"}
{"cloudCover":0.75,"b":"y","c":1,"d":"ab"}
{"cloudCover":0.5,"b":7,"c":2,"d":4}
{"cloudCover":"cloudCover","b":"z","c":"longer","d":5}
--
field,notes
cloudCover,"2 texts among numbers, such as cloudCover"
b,1 number among texts
c,"2 texts among numbers, such as longer"
d,"2 texts among numbers, such as ab"
_
ok 'notes: numbers written as texts, values of several kinds' only field,notes <<\_
{"a":"12","b":"12","c":true,"d":1,"e":[]}
{"a":"1.5","b":1,"c":"no","d":false,"e":false}
{"a":"007","b":2,"c":null,"d":2,"e":[]}
--
field,notes
a,2 numbers written as texts
b,1 number written as a text
c,values of several kinds
d,values of several kinds
e,values of several kinds
_
ok 'notes: what stands for a missing value; a number only where all others are far' only field,notes <<\_
{"a":"?","b":-200,"c":-99,"d":9999,"e":"","f":-999}
{"a":"?","b":0.3,"c":-50,"d":9998,"e":"NA","f":-500}
{"a":3,"b":-200.0,"c":-98,"d":1,"e":"nil","f":-499}
{"a":"NaN","b":-99.5,"c":7,"d":2,"e":"NA","f":0}
--
field,notes
a,? 2 times; NaN once
b,-200 2 times
c,
d,
e,an empty text once; NA 2 times
f,
_
ok 'notes: numbers beyond doubles, which only counts know' only field,numbers,distinct,min,max,mean,notes <<\_
{"a":1e999,"b":-1e999}
{"a":10e998,"b":1e999}
{"a":2,"b":null}
--
field,numbers,distinct,min,max,mean,notes
a,3,2,2,2,2,2 numbers beyond doubles
b,2,2,,,,2 numbers beyond doubles
_
ok 'numbers that are one as doubles have an order all the same' only field,min,max <<\_
{"a":2e-401,"b":-1e-401,"c":9007199254740993}
{"a":1e-401,"b":-2e-401,"c":9007199254740992}
{"a":9e-402,"b":-9e-402,"c":9007199254740992.5}
--
field,min,max
a,9e-402,2e-401
b,-2e-401,-9e-402
c,9007199254740992,9007199254740993
_
ok 'notes: a copy has the same bytes in every record, or is missing with the other' only field,notes <<\_
{"a":1,"b":1,"c":1,"d":1,"e":1,"z":0,"y":0}
{"b":2.0,"a":2.0,"c":2,"e":2.0,"z":0,"y":0}
{"e":null,"c":null,"b":null,"a":null,"d":null,"z":0,"y":0}
{"late":5,"later":5,"z":0,"y":0}
{"later":6,"late":6,"e":1,"z":0,"y":0}
--
field,notes
a,
b,a copy of a
c,
d,
e,
z,always the same
y,always the same
late,
later,a copy of late
_
ok 'what leaves a class together stays together' only field,notes <<\_
{"a":1,"b":1,"c":1,"d":1,"e":1}
{"a":1,"b":2,"c":2,"d":1,"e":2}
{"a":3,"b":4,"c":5,"d":3,"e":4}
--
field,notes
a,
b,
c,
d,a copy of a
e,a copy of b
_

ok 'the time has its first, its last, its step and what is wrong with it' \
	only first,last,step,gaps,longest_gap,duplicates,backwards,notes -f time <<\_
{"time":"2024-01-01T00:00:00Z"}
{"time":"2024-01-01T00:01:00Z"}
{"time":"2024-01-01T00:02:00Z"}
{"time":"2024-01-01T00:02:00Z"}
{"time":"2024-01-01T00:03:30Z"}
{"time":"2024-01-01T00:04:30Z"}
{"time":"2024-01-01T01:04:30Z"}
{"time":"2024-01-01T00:05:30Z"}
{"time":null}
{"time":"soon"}
{}
{"time":"2024-01-01T00:06:30.000Z"}
--
first,last,step,gaps,longest_gap,duplicates,backwards,notes
2024-01-01T00:00:00Z,2024-01-01T01:04:30Z,60,1,3600,1,1,1 value is no time; not in order of time
_
ok 'a regular stream has no gaps, and a step of a fraction of a second' only first,last,step,gaps,backwards -t at -f at <<\_
{"at":1700000000.0}
{"at":1700000000.1}
{"at":1700000000.2}
{"at":1700000000.3}
--
first,last,step,gaps,backwards
1700000000,1700000000.3,0.1,0,0
_
ok 'one time has no step' only field,first,last,duplicates <<\_
{"time":1700000000123}
--
field,first,last,duplicates
time,1700000000123,1700000000123,0
_
ok 'times are read in the zone' only first,last,step --tz Europe/Berlin -f time <<\_
{"time":"2024-03-31 01:30:00"}
{"time":"2024-03-31 03:30:00"}
--
first,last,step
2024-03-31 01:30:00,2024-03-31 03:30:00,3600
_
ok 'notes: times in several manners' only notes -f time <<\_
{"time":"2024-01-01T00:00:00Z"}
{"time":1704067260}
{"time":"2024-01-01 00:02:00"}
--
notes
1 number among texts; times are written in several ways
_
ok 'a field of another name is no time, whatever it holds' only field,first -t at <<\_
{"time":"2024-01-01T00:00:00Z","x":1}
--
field,first
time,-
x,-
--
describe: no record has at
rec2csv: no record has first
_

ok 'describes each key by itself, equal values being one key, in order and without the key' \
	only dev,room,field,records,min,max,notes -k dev -k room <<\_
{"room":"b","dev":1.0,"x":5,"y":5}
{"room":"a","dev":1,"x":6,"y":6}
{"room":"b","dev":1e0,"x":7,"y":7}
{"dev":null,"x":8}
{"room":null,"x":9}
{"room":"b","dev":"1","x":10,"y":1}
{"room":"b","dev":-2,"z":10}
--
dev,room,field,records,min,max,notes
,,x,2,8,9,
-2,b,z,1,10,10,
1,a,x,1,6,6,
1,a,y,1,6,6,
1.0,b,x,2,5,7,
1.0,b,y,2,5,7,a copy of x
1,b,x,1,10,10,
1,b,y,1,1,1,
_
ok 'a key may be an expression' only cold,field,records -k 'x < 5 as cold' <<\_
{"x":3}
{"x":4}
{"x":9}
--
cold,field,records
false,x,1
true,x,2
_
ok 'times are put in order for each key' only id,step,gaps,duplicates,backwards -k id <<\_
{"time":100,"id":"a"}
{"time":100,"id":"b"}
{"time":160,"id":"a"}
{"time":130,"id":"b"}
--
id,step,gaps,duplicates,backwards
a,60,0,0,0
b,30,0,0,0
_
ok 'takes the fields that are asked for, also one that is never there' only field,records,missing,notes -f 'n*,none' -x night <<\_
{"x":1,"night":1,"noon":1}
{"x":1,"night":1,"noon":2,"nine":3}
--
field,records,missing,notes
noon,2,0,
none,2,2,never a value
nine,2,1,
--
describe: no record has none; did you mean nine?
_
ok 'a table for people: six digits, no column of zeros, and what has no room is said' describe --table <<\_
{"a":0.1234567,"b":"x"}
{"a":0.1234567,"b":"\u001by"}
{"a":1e30,"b":null}
{"a":1234567.25,"b":"x"}
--
4 records

field  null  numbers  texts  distinct        min        q1  median      q3   max    mean
-----  ----  -------  -----  --------  ---------  --------  ------  ------  ----  ------
a         0        4      0         3  0.1234567  0.123457  617284  2.5e29  1e30  2.5e29
b         1        0      3         2

b: longest_text \x1by
(no room for shortest, longest)
_
terminal() {
	python3 -ISB "$SRC/tests/help/terminal.py" "$@"
}
cat >wide <<\_
{"time":"2024-01-01T00:00:00Z","a rather long name for a reading":0.1234567,"t":20.5,"icon":"rain","copy":20.5}
{"time":"2024-01-01T00:10:00Z","a rather long name for a reading":0.1234567,"t":20.5,"icon":"rain","copy":20.5}
{"time":"2024-01-01T00:20:00Z","a rather long name for a reading":0.7654321,"t":-3.25,"icon":"partly cloudy","copy":-3.25}
{"time":"2024-01-01T00:30:00Z","a rather long name for a reading":0.7654321,"t":-3.25,"icon":3,"copy":-3.25}
_
ok 'a wide terminal has room for all' terminal 260 describe --table wide <<\_
--
field                             records  numbers  texts  distinct        min        q1    median        q3        max      mean  shortest  longest  longest_text          first                 last                  step  notes
--------------------------------  -------  -------  -----  --------  ---------  --------  --------  --------  ---------  --------  --------  -------  --------------------  --------------------  --------------------  ----  --------------------
time                                    4        0      4         4                                                                      20       20  2024-01-01T00:00:00Z  2024-01-01T00:00:00Z  2024-01-01T00:30:00Z   600
a rather long name for a reading        4        4      0         2  0.1234567  0.123457  0.444444  0.765432  0.7654321  0.444444
t                                       4        4      0         2      -3.25     -3.25     8.625      20.5       20.5     8.625
icon                                    4        1      3         3          3         3         3         3          3         3         4       13  partly cloudy                                                           1 number among texts
copy                                    4        4      0         2      -3.25     -3.25     8.625      20.5       20.5     8.625                                                                                             a copy of t
_
ok 'in 100 columns notes and times are below, and estimates would be marked' terminal 100 describe --table wide <<\_
--
4 records

field                             distinct     min      q1  median      q3     max    mean
--------------------------------  --------  ------  ------  ------  ------  ------  ------
time                                     4
a rather long name for a reading         2  0.1235  0.1235  0.4444  0.7654  0.7654  0.4444
t                                        2   -3.25   -3.25   8.625    20.5    20.5   8.625
icon                                     3       3       3       3       3       3       3
copy                                     2   -3.25   -3.25   8.625    20.5    20.5   8.625

time: first 2024-01-01T00:00:00Z, last 2024-01-01T00:30:00Z, step 600
icon: longest_text partly cloudy; 1 number among texts
copy: a copy of t
(no room for numbers, texts, shortest, longest)
_
ok 'in 60 the columns that matter most are left, and names are cut' terminal 60 describe --table wide <<\_
--
4 records

field               distinct     min  median     max    mean
------------------  --------  ------  ------  ------  ------
time                       4
a rather long nam…         2  0.1235  0.4444  0.7654  0.4444
t                          2   -3.25   8.625    20.5   8.625
icon                       3       3       3       3       3
copy                       2   -3.25   8.625    20.5   8.625

time: first 2024-01-01T00:00:00Z, last 2024-01-01T00:30:00Z, step 600
icon: longest_text partly cloudy; 1 number among texts
copy: a copy of t
(no room for numbers, texts, q1, q3, shortest, longest)
_
ok 'a pipe has 100 columns' describe -k 'icon as kind' -x icon -f t,time --table wide <<\_
--
kind           field  records  numbers  texts  distinct    min     q1  median     q3    max   mean
-------------  -----  -------  -------  -----  --------  -----  -----  ------  -----  -----  -----
            3  t            1        1      0         1  -3.25  -3.25   -3.25  -3.25  -3.25  -3.25
            3  time         1        0      1         1
partly cloudy  t            1        1      0         1  -3.25  -3.25   -3.25  -3.25  -3.25  -3.25
partly cloudy  time         1        0      1         1
rain           t            2        2      0         1   20.5   20.5    20.5   20.5   20.5   20.5
rain           time         2        0      2         2

3, time: first 2024-01-01T00:30:00Z, last 2024-01-01T00:30:00Z
partly cloudy, time: first 2024-01-01T00:20:00Z, last 2024-01-01T00:20:00Z
rain, t: always the same
rain, time: first 2024-01-01T00:00:00Z, last 2024-01-01T00:10:00Z, step 600
(no room for shortest, longest)
_
fails 'too many keys are an error' 1 describe -k id --max-keys 2 <<\_
{"id":1}
{"id":2}
{"id":1.0}
{"id":3}
--
--
describe: -: more than --max-keys 2 keys
_
fails 'too many fields are an error' 1 describe --max-fields 2 <<\_
{"a":1,"b":2}
{"a":1,"c":2}
--
--
describe: -: more than --max-fields 2 fields
_
awk 'BEGIN { for (i = 0; i < 70000; i++) printf "%s\"f%d\":%d", i ? "," : "{", i, i; print "}" }' >wide
ok 'more than 65536 fields, where they are allowed' sh -c 'describe --max-fields 70000 wide | wc -l' <<\_
--
70000
_
fails 'else too many' 1 describe wide <<\_
--
--
describe: wide: more than --max-fields 65536 fields
_
fails 'what is excluded counts' 1 describe -x 'f*' --max-fields 69999 wide <<\_
--
--
describe: wide: more than --max-fields 69999 fields
_
fails 'those of each key count' 1 describe -k id --max-fields 2 <<\_
{"id":1,"b":2}
{"id":2,"b":2}
{"id":3,"b":2}
--
--
describe: -: more than --max-fields 2 fields of all keys
_
fails 'a key that is named like a column is refused' 2 describe -k 'x as mean' <<\_
--
--
describe: --key: a result is named mean too: 'FIELD as NAME' renames the key
try: describe --help
_
for bound in keys fields; do
	fails "--max-$bound begins at 1" 2 describe --max-$bound 0 <<-_
		--
		--
		describe: --max-$bound must be at least 1
		try: describe --help
	_
done
fails 'nothing is told of a stream with a bad record' 1 describe <<\_
{"a":1}
oops
--
--
describe: -:2: not a JSON object (byte 0)
_
ok 'unless it is set aside' only field,records --bad bad <<\_
{"a":1}
oops
{"a":2}
--
field,records
a,2
--
describe: 1 bad record: see bad
_
ok 'the statistics count fields' sh -c 'describe --stats 2>&1 >/dev/null | cut -d, -f 1-4' <<\_
{"a":1,"b":2}
{"a":1,"b":2}
--
{"program":"describe","in":2,"out":2,"bad":0
_

# Against a description from the definitions, in exact arithmetic.
for seed in $(seq 7 20); do
	python describe.py make "$seed" $((seed * seed % 400 + 1)) >in
	describe in >out 2>err || wrong "seed $seed: $(shown err)"
	python describe.py judge in out >told 2>&1
	[ ! -s told ] || wrong "seed $seed: $(shown told)"
	describe -k id in >out 2>err || wrong "seed $seed by id: $(shown err)"
	python describe.py judge in out id >told 2>&1
	[ ! -s told ] || wrong "seed $seed by id: $(shown told)"
	for way in avx2 sse4 plain general; do
		WEIR_SCAN=$way describe -k id in | cmp -s out - || wrong "seed $seed: $way differs"
	done
	describe -x time in >out
	{ head -n 1 in; sed 1d in | sort; } | sed '1s/$/\n/' | describe -x time | sort >sorted
	sort out | cmp -s sorted - || wrong "seed $seed: the order of the records shows"
done
verdict 'random streams are described as their definition says, in any order'

# More different values than are kept: the estimates are near, the rest is exact.
awk 'BEGIN { for (i = 0; i < 40000; i++) printf "{\"a\":%d,\"b\":\"t%d\",\"c\":%d}\n", i * 7919 % 40000, i, i % 3 }' >many
describe many | rec2csv -f field,numbers,distinct,distinct_exact,min,q1,median,q3,max,mean --null '' | awk -F , '
	function near(x, wanted, part) { return x >= wanted * (1 - part) && x <= wanted * (1 + part) }
	NR == 2 && !(near($3, 40000, 0.03) && $4 == "false" && $5 == 0 && $9 == 39999 && $10 == 19999.5 &&
		near($6, 10000, 0.01) && near($7, 20000, 0.005) && near($8, 30000, 0.003)) { print }
	NR == 3 && !(near($3, 40000, 0.03) && $4 == "false") { print }
	NR == 4 && $0 != "c,40000,3,true,0,0,1,2,2,0.999975" { print }' >told
[ ! -s told ] || wrong "$(cat told)"
verdict 'many different values are estimated well'

# Memory is that of the fields, not of the records.
[ -n "$SAN" ] || {
	helper cost
	awk 'BEGIN { srand(1); for (i = 0; i < 30000; i++) { printf "{\"time\":%d", 1700000000 + i
		for (k = 0; k < 31; k++) printf ",\"f%d\":%.9f", k, rand()
		print "}" } }' >wide
	./cost spent describe wide >out 2>err
	spent
	[ "$status" -eq 0 ] || wrong "exit status $status"
	[ "$kib" -lt 16384 ] || wrong "$kib KiB"
	verdict '32 fields of ever new values take less than 16 MiB'
}
done_testing
