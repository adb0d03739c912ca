#!/bin/sh
# Time and memory of window grow as what is asked for does: twice as much takes at most 2.5 times as long, and a
# little, as time on a busy machine is not exact.
. "$SRC/tests/loops.sh"

helper cost

# least COMMAND: of the milliseconds, out of three times.
least() {
	best=
	for _ in 1 2 3; do
		./cost spent "$@" >out
		spent
		[ -n "$best" ] && [ "$milliseconds" -ge "$best" ] || best=$milliseconds
	done
}

# near_linear NAME COMMAND: of the files 1 and 2, which has twice as much.
near_linear() {
	name=$1
	shift
	least "$@" 1
	once=$best
	least "$@" 2
	[ "$best" -le $((once * 5 / 2 + 30)) ]
	result $? "$name"
	[ "$best" -le $((once * 5 / 2 + 30)) ] || echo "# $once ms, and $best ms for twice as much" >&2
}

# twice COMMAND: makes both files.
twice() {
	"$1" "$2" >1
	"$1" $(($2 * 2)) >2
}

falling() {
	awk -v n="$1" 'BEGIN { for (i = n; i; i--) printf "{\"time\":%d}\n", i * 10 }'
}

# Neighbours lie far from one another.
scattered() {
	awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) printf "{\"time\":%d}\n", i * 7919 % n * 10 }'
}

twice falling 60000
near_linear 'windows that come in falling order' window --size 10s --grace 9999d
twice scattered 60000
near_linear 'windows that come in any order' window --size 10s --grace 9999d

# overlapping N: partial results of N windows that hold the first record and N that hold the second, half of them both.
overlapping() {
	printf '%s\n' '{"time":0}' "{\"time\":$((2 * $1))}" | window --size $((4 * $1))s --slide 4s --partial
}
twice overlapping 4000
near_linear 'windows that overlap, merged' sh -c 'window --merge --size $(($1 * 16000))s --slide 4s "$1"' -
# Half a second goes by before the signal; of 10^8 windows few are made up by then. Sanitizers need room beyond a limit.
printf '%s\n' '{"time":0}' '{"time":100000000}' >far
(
	[ -n "$SAN" ] || ulimit -v 8000000
	timeout -k 10 .5 window --size 1s --fill prev --max-gap 99999d --max-open 1000000000 far >out
)
[ $? -eq 124 ]
result $? 'a signal is obeyed while windows are made up'
done_testing
