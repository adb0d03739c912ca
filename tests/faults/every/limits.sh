#!/bin/sh
# readers
# What does not end, or only after a long time: long lines, long streams. Memory and time are measured.
. "$SRC/tests/loops.sh"

members='"time":"2024-01-01T00:00:00Z","id":"a","temp":50'
mib=1048576

# zeros MIB: digits without end of line.
zeros() {
	head -c $(($1 * mib)) /dev/zero | tr '\0' 0
}

holds() {
	[ "$kib" -le "$2" ] || wrong "$1: $kib KiB, not $2"
}

# A record of N MiB and a little, without its LF.
large() {
	if [ $form = csv ]; then
		printf '2024-01-01T00:00:00Z,a,50,'
		zeros "$1"
		return
	fi
	printf '{%s,"v":"' "$members"
	zeros "$1"
	printf '"}'
}

j17_line() {
	run <2 >wanted
	{ heads 1 2; large 200; echo; tail -1 2; } | spend --bad bad
	spent
	expect '200 MB are too long' 0 wanted '1 bad record: see bad'
	holds '200 MB are too long' $((2 * 65536 + 16384))
	{ heads 0 2; large 200; } | spend --max-line 256MiB
	spent
	[ "$status" -eq 0 ] && [ ! -s err ] || wrong "200 MB that are allowed: exit status $status: $(shown err)"
	holds '200 MB that are allowed' $((2 * 204800 + 16384))
	! carries || [ "$(wc -c <out)" -gt $((200 * mib)) ] || wrong "200 MB become $(wc -c <out)"
	rm out
	spend </dev/zero
	expect '/dev/zero' 1 nothing '-:1: .*--max-line.*'
	holds '/dev/zero' $((2 * 65536 + 16384))
	{ heads 1 2; head -c $((4 * 1024 * mib + 1)) /dev/zero; echo; tail -1 2; } | spend --bad bad
	spent
	expect '4 GiB and a byte' 0 wanted '1 bad record: see bad'
	grep -q "\"line\":$((heading + 2))," bad || wrong "bad holds $(shown bad)"
	holds '4 GiB and a byte' $((2 * 65536 + 16384))
	spend --max-line 4294967295 2
	[ "$status" -eq 2 ] || wrong "--max-line 4294967295: exit status $status, not 2"
	verdict "J17 $p: a line without end takes no more memory than --max-line allows"
}

j17_blank() {
	yes '' | head -c $((512 * mib)) | spend
	spent
	is "$p" refuses-empty || expect 'blank lines' 0 nothing
	holds 'blank lines' 16384
	verdict "J17 $p: blank lines without end take no memory"
}

g06_bomb() {
	run <2 >wanted
	{ heads 1 2 | gzip; python gz.py zeros 10 200; { echo; tail -1 2; } | gzip; } >bomb.gz
	spend --bad bad bomb.gz
	expect 'two thousand MiB of zeros' 0 wanted '1 bad record: see bad'
	holds 'two thousand MiB of zeros' 80000
	verdict "G06 $p: what a bomb inflates to is passed over at no cost of memory"
}

# Ten times the stream: at most 1 MiB more, and not much more than ten times as long.
m02_stream() {
	! is "$p" keeps || return 0
	spend tenth
	least=$kib took=$milliseconds
	[ "$status" -eq 0 ] || wrong "$(shown err)"
	spend whole
	[ "$status" -eq 0 ] || wrong "$(shown err)"
	[ $((kib - least)) -le 1024 ] || wrong "$least KiB for a tenth, $kib for the whole"
	[ "$milliseconds" -le $((20 * took + 200)) ] || wrong "$took ms for a tenth, $milliseconds for the whole"
	verdict "M02 $p: memory does not grow with the stream, time with its length"
}

# The name of the last column grows as well, which is no fault.
lengthened() {
	awk -v json=$((heading == 0)) -v text=0123456789012345678901234567890123456789012345678901234567890123456789 '
		json { sub(/}$/, ",\"text\":\"" text "\"}") } !json { $0 = $0 text } { print }'
}

if [ -n "$SAN" ] || ! command -v python3 >/dev/null; then
	[ -n "$SAN" ] || skip 'J17: and others' 'python3 is not installed'
	done_testing
	exit
fi
helper cost
: >nothing
records 2 >2
records 2000000 | lengthened >whole
heads 200000 whole >tenth
j17_line
j17_blank
g06_bomb
m02_stream
done_testing
