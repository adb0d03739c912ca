#!/bin/sh
# sample: 'cat'
# reads: pieces
. "$SRC/tests/lib.sh"

synth home --rows 3000 --format ndjson >home
synth home --rows 2000 >home.csv
printf '{"temperature":1}\n{"temperature":2}' >unended
: >empty

# Whatever the pieces are, the bytes are those of one run.
# alike WHAT COMMAND FILES: of one run of the filter on each file, and of spread over all.
alike() {
	what=$1 filter=$2
	shift 2
	for f; do sh -c "$filter" <"$f"; done >wanted
	for jobs in 1 2 3 7; do
		for block in 1 999 20000 300000 32MiB; do
			spread -j $jobs --block $block "$filter" "$@" >got || echo "status $?" >>got
			cmp wanted got || echo "$what: -j $jobs --block $block"
		done
	done >differs 2>&1
	same "$what: the bytes of one run, in pieces of any size" /dev/null differs
}
head -40 home >few
alike 'a filter' 'fahr2c -f temperature' few
alike 'several files, one without an end, one without anything' 'fahr2c -f temperature' few unended empty few
alike 'a pipeline of others' 'tr a-z A-Z | sed s,1,2,' few

for block in 5000 60000 1MiB; do
	gzip -c home | spread --block $block 'fahr2c -f temperature' >got
	fahr2c -f temperature home >wanted
	same "from a pipe, inflated once, in pieces of $block" wanted got
done
awk 'BEGIN { print "a,\"b\"\"c\",d"; for (i = 0; i < 120; i++) printf "%d,\"x\n%s,\"\"%d\n\"\"\",%s\r\n", i, i % 3 ? "\"\"" : "", i, i % 2 ? "" : "\",\n\"" }' >odd.csv
head -120 home.csv >few.csv
for file in home.csv few.csv odd.csv; do
	csv2rec $file >wanted
	blocks='1 37 1000'
	[ $file != home.csv ] || blocks='9000 50000'
	for block in $blocks; do
		spread -j 3 --csv --block $block csv2rec $file >got
		same "--csv: $file in pieces of $block, no row cut" wanted got
		spread -j 3 --csv --block $block csv2rec <$file >got
		same "--csv: $file from standard input in pieces of $block" wanted got
	done
done
window --csv --size 1h -a mean,min,max -f temperature,humidity home.csv >wanted
spread -j 3 --csv --block 9000 'window --csv --size 1h -a mean,min,max -f temperature,humidity --partial' home.csv |
	window --size 1h -a mean,min,max -f temperature,humidity --merge >got
same 'aggregates in two steps are those of one' wanted got

ok '--head goes before each piece of a file' spread --head 2 --block 2 'tr "\n" " "; echo $SPREAD' <<\_
a
b
c
d
e
--
a b c 1
a b d 2
a b e 3
_
ok 'each piece knows its number, and may write a file of its own' \
	sh -c 'spread --block 1 "keep \"x > 1\" --bad bad.\$SPREAD" 2>err; sort err; cat bad.2' <<\_
{"x":2}
oops
{"x":1}
--
{"x":2}
keep: 1 bad record: see bad.2
{"program":"keep","file":"-","line":1,"error":"not a JSON object (byte 0)","raw":"oops"}
_
ok '--stats counts pieces' sh -c 'spread --stats -j 2 --block 1 cat 2>&1 >out | cut -d, -f 1-4' <<\_
1
2
3
--
{"program":"spread","bytes":6,"pieces":3,"jobs":2
_
seq 700000 >numbers
ok 'a file is shared out evenly, if it is not said' sh -c '
	for jobs in 1 2 8; do spread -j $jobs "wc -l" numbers | awk "{ n += \$1 } END { print NR, n, (\$1 > n / NR / 2) }"; done
	spread -j 2 "wc -l" <numbers; cat numbers | spread -j 2 "wc -l"' <<\_
--
1 700000 1
2 700000 1
5 700000 1
357937
342063
700000
_
ok 'no input is one piece' spread 'echo $SPREAD; cat' <<\_
--
1
_
ok '-o replaces the file when all is done' sh -c 'echo old >o; spread -o o --block 1 "cat o -"; cat o' <<\_
1
2
--
old
1
old
2
_

# Outputs that must wait, in memory and in a file.
ok 'those that are done before their turn wait' sh -c '
	seq 6 | spread -j 6 --block 1 "read n; while [ \$n = 1 ] && [ ! -e six ]; do sleep 0.01; done; [ \$n != 6 ] || >six; echo \$n"' <<\_
--
1
2
3
4
5
6
_
ok 'however much they write' sh -c '
	seq 3 | spread -j 3 --block 1 "head -c 90000000 /dev/zero" | tr "\0" x | wc -c' <<\_
--
270000000
_

# Failures.
fails 'a piece that fails ends all, after what came before it' 1 spread -j 2 --block 1 'fahr2c -f t' <<\_
{"t":32}
{"t":212}
oops
{"t":50}
--
{"t":0}
{"t":100}
--
fahr2c: -:1: not a JSON object (byte 0)
spread: -:3: piece 3, which begins here (byte 19): exit status 1
_
fails 'so does one in the midst of a pipeline' 1 spread 'false | cat' few <<\_
--
--
spread: few:1: piece 1, which begins here (byte 0): exit status 1
_
fails 'a file that is not there' 1 spread cat none <<\_
--
--
spread: none: No such file or directory
_
fails 'a row that never ends' 1 spread --csv --block 1 --max-line 10 cat <<\_
a
"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
--
a
--
spread: -: byte 2: no line ends within --max-line from here; is a quote not closed?
_
refused() {
	said=$1
	shift
	misused "misused: $said" "$said" "$@"
}
refused "which pipeline?  One argument, in quotes: 'jq -c .'"
refused '--jobs must be from 1 to 1000' -j 0 cat
refused '--block must be from 1 byte to 1152921504606846976' --block 0 cat
for option in --bad --late --rest --state -o --output; do
	long=${option#-o}
	refused "window ${long:---output}: each piece would write x; \$SPREAD in its name tells them apart" \
		"cat | window --size 1m $option x | cat"
done
ok 'what is dropped is no file, nor what is of another program' \
	spread 'window --late drop --partial --size 1m | sort -o /dev/stdout' <<\_
{"time":0}
--
{"window_start":0,"window_end":60,"count":1,"partial":1}
_

# The world.
sh -c 'spread "seq 100000" <few >/dev/full' 2>err
[ $? -eq 1 ] && tail -1 err | grep -q '^spread: '
result $? 'a full disk is an error'
sh -c 'spread -j 2 --block 1 "seq 100000" home; echo $? >status' 2>err | head -1 >got
echo 1 >wanted
same 'a reader that leaves ends it without a word' wanted got
[ ! -s err ]
result $? 'really without one'
spread 'echo $$ >pid; sleep 1000' empty &
while [ ! -s pid ]; do sleep 0.01; done
kill $!
wait $!
[ $? -eq 143 ]
result $? 'a signal to end ends it'
! kill -0 "$(cat pid)" 2>none
result $? 'and what it has started'
done_testing
