#!/bin/sh
# --csv: for whoever reads records, a table is what csv2rec would have made of it.
. "$SRC/tests/tables.sh"

while read -r command; do
	alike "$command"
done <<\_
chart line -y temp -k id --script
chart box -y temp -x id --script
derive 'temp = temp * 2' 'n = upper(v)' --rename 'v=w,id=id2' --drop 'use [kW]'
derive 'temp = 1' --drop time
derive 'x = 1' --drop id,time,temp
derive --drop '*'
derive -f 'v,id' '_ = upper(_)'
derive 'x = temp' --keep 'x,id'
describe
describe --table
describe -f 'a*' -k id
flatten --un
flatten --un --separator ' ' --only '*[*'
keep 'temp > 60 && v != "\u00e9 9"' --rest rest
keep 'isnull(temp)'
keep true
rec2csv --extra drop --absent -
rec2csv -f v,temp --extra drop --absent -
rec2csv --table --extra drop --absent -
rectime --to s
rectime --to '%d.%m.%Y' --shift 1d
window --size 1h -a 'first(v),last(id),median(temp)' --late late
window --rows 3 -k id -a 'min(temp),max(temp)'
window --size 1d -k id -f temp -a mean --partial
window --size 1d -f temp -a mean --late late --state state
_

# However the bytes come.
for command in 'keep true' 'describe' 'window --all -k id -a max -f temp'; do
	$command --csv mild >wanted
	dd bs=7 status=none <mild | $command --csv >got
	same "$command: from a pipe" wanted got
	gzip -c mild | $command --csv >got
	same "$command: from gzip" wanted got
done

# A row is answered before the next one comes: who reads the answer first sends no other before.
mkfifo to from
keep --csv true <to >from &
exec 3>to 4<from
printf 't,u\n1,a\n' >&3
{ read -r line <&4 && printf '%s\n' "$line"; } >got
printf '2,"b\n"\n' >&3
{ read -r line <&4 && printf '%s\n' "$line"; } >>got
exec 3>&-
cat <&4 >>got
exec 4<&-
wait
printf '%s\n' '{"t":1,"u":"a"}' '{"t":2,"u":"b\n"}' >wanted
same 'rows are answered as they come' wanted got

# What divides the cells
for d in ';' '	' '|' . 5; do
	printf '\357\273\277t%su\n1%s2\n-3%s"x%sy"\n' "$d" "$d" "$d" "$d" >table
	csv2rec -d "$d" table | derive 's = t + 1' >wanted
	derive 's = t + 1' --csv -d "$d" table >got
	[ "$(wc -l <got)" -eq 2 ]
	result $? "-d '$d': two records"
	same "-d '$d': as csv2rec" wanted got
done
fails '-d alone is a slip' 2 keep -d ';' true <<\_
--
--
keep: --delimiter goes with --csv
try: keep --help
_

# Rows that are bad
if command -v python3 >/dev/null; then
	for seed in 1 2; do
		python3 -ISB "$SRC/tests/help/rows.py" $seed 8000 >nasty
		csv2rec --bad bad <nasty >good 2>/dev/null
		sed 's/^{"program":"csv2rec"/{"program":"P"/' bad >bad.wanted
		[ "$(wc -l <good)" -gt 5000 ] && [ -s bad ]
		result $? "seed $seed: there are good rows and bad ones"
		while read -r command; do
			eval "$command" <good >wanted
			for way in fast avx2 sse4 plain general; do
				for feed in 'cat nasty' 'dd bs=997 status=none if=nasty'; do
					$feed | eval "WEIR_SCAN=$way $command --csv --bad bad" >got 2>err
					sed 's/^{"program":"[a-z0-9]*"/{"program":"P"/' bad >bad.got
					cmp wanted got
					cmp bad.wanted bad.got
				done
			done >differs 2>&1
			: >wanted
			same "seed $seed: $command, and the bad rows that csv2rec finds" wanted differs
		done <<-\_
			keep true
			keep 'isnull(b)'
			derive 'z = b' --drop a
			describe
			rec2csv -f d,a --extra drop
			derive --rename 'd=x'
		_
	done
else
	skip 'bad rows are those of csv2rec' 'python3 is not installed'
fi
printf 'id,t\na,1\n\n"b\nc",7\nd,"x"\ne,\nf\ng,\351\nh,i"j\nk,9' >faults
fails 'a record that a program can do nothing with is a bad one, with its line and its bytes' 1 \
	fahr2c --csv -f t faults <<\_
--
{"id":"a","t":-17.22222222222222}
{"id":"b\nc","t":-13.88888888888889}
--
fahr2c: faults:6: t is not a number (byte 3)
_
ok '--bad keeps the row' sh -c 'fahr2c --csv -f t --bad bad faults; cat bad' <<\_
--
{"id":"a","t":-17.22222222222222}
{"id":"b\nc","t":-13.88888888888889}
{"id":"e","t":null}
{"id":"k","t":-12.777777777777779}
{"program":"fahr2c","file":"faults","line":6,"error":"t is not a number (byte 3)","raw":"d,\"x\""}
{"program":"fahr2c","file":"faults","line":8,"error":"the row has 1 cell, not 2 (byte 0)","raw":"f"}
{"program":"fahr2c","file":"faults","line":9,"error":"t is not UTF-8: iconv -f LATIN1 -t UTF-8 may convert it (byte 2)","raw_b64":"Zyzp"}
{"program":"fahr2c","file":"faults","line":10,"error":"a quote in a cell without quotes (byte 3)","raw":"h,i\"j"}
--
fahr2c: 4 bad records: see bad
_
fails 'a column that nobody looks at must be valid too' 1 keep --csv 't == 1' <<_
t,u
1,a
1,$(printf '\351')
--
{"t":1,"u":"a"}
--
keep: -:3: u is not UTF-8: iconv -f LATIN1 -t UTF-8 may convert it (byte 2)
_
ok 'the other columns take no part in the fault of one' sh -c 'rm bad; flatten --csv --un --bad bad; cut -d, -f 3-4 bad' <<\_
x,a.b,a
1,2,3
--
"line":2,"error":"a is both a value and an object (byte 4)"
--
flatten: 1 bad record: see bad
_

# Headers
fails 'a name that stands twice' 1 keep --csv true <<\_
a,a
1,2
--
--
keep: -:1: two columns are called 'a'; csv2rec --dedupe-header numbers them
_
fails 'a header that is none' 1 keep --csv true <<\_
a"b
1
--
--
keep: -:1: a quote in a cell without quotes
_
ok 'nothing but a header is no record' keep --csv 'x > 1' <<\_
a,b
--
_
ok 'nothing at all is none either' keep --csv 'x > 1' </dev/null
ok 'a name that no row has is told once' keep --csv 'tmp > 1' <<\_
temp
2
--
--
keep: no record has tmp; did you mean temp?
_
ok '--stats counts rows' sh -c 'keep "a > 1" --csv --stats --bad bad 2>&1 | sed "s/,\"unmet.*//"' <<\_
a,b
1,2
2

3,4
--
{"a":3,"b":4}
keep: 1 bad record: see bad
{"program":"keep","in":3,"out":1,"bad":1
_
done_testing
