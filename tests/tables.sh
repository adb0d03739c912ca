# A table, and how it is compared: for tests/csv.t and tests/every/csv.sh.
. "$SRC/tests/loops.sh"

awk 'BEGIN {
	print "time,id,temp,v,\"a \"\"b\"\"\",use [kW]"
	for (i = 1; i <= 400; i++)
		printf "2024-01-%02dT%02d:%02d:%02dZ,%s,%s,%s,%s,%s%s",
			1 + i / 100, i % 24, i * 7 % 60, i % 60, substr("abcde", 1 + i % 5, 1), i % 9 ? 50 + i % 50 + i / 8 : "",
			i % 11 ? "\303\251 " i : "\"x, \"\"" i "\"\"\n\"", i % 7 ? "1e" i % 3 : "007", i % 2 ? "\\\t" : "\"" i ".50\"",
			i % 5 ? "\n" : "\r\n" }' >mild
printf 'id,time,x,temp\na,2024-02-01T00:00:00Z,,1\nb,2024-01-01T00:00:00Z,1,' >other

# both COMMAND: its answers, and the files that it writes beside them, to what csv2rec makes of mild and other,
# and to themselves; $WEIR_SCAN is the way.
both() {
	rm -rf records tables && mkdir records tables
	csv2rec mild >records/mild && csv2rec other >records/other
	cp mild other tables
	(cd records && eval "$1 mild other" >out 2>err; echo $? >>err; rm mild other)
	(cd tables && eval "$1 --csv mild other" >out 2>err; echo $? >>err; rm mild other)
	diff -r records tables
}

# alike COMMAND: in every way of reading.
alike() {
	for way in fast avx2 sse4 plain general; do
		export WEIR_SCAN=$way
		both "$1"
	done >got 2>&1
	unset WEIR_SCAN
	[ -s records/out ] || { echo 'it has no answer' && head -3 records/err; } >>got
	: >wanted
	same "$1" wanted got
}
