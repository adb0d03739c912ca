# For the tests of what holds of every program, tests/every/LOOP.sh: make writes for each program a file that says which,
# build/every/LOOP-PROGRAM.t, so that they run side by side, and T=PROGRAM runs all that is said of one. A program runs
# with the arguments of its sample, and the records are
#	{"time":"2024-01-01T00:00:01Z","id":"b","temp":51,"v":"..."}
# of which a sample may name time, id and temp, and hold none back by their values. The input differs
# from test to test, so that what is wanted is said in terms of what the program makes of good records.
# What reads CSV gets the same as a table. $form is the form of the input, json or csv, in which $heading
# lines come before the first record.

. "$SRC/tests/lib.sh"

form=json heading=0

# use PROGRAM: from now on run ARGUMENTS is this program.
use() {
	p=$1
	command="$p $(sample "$p")"
	eval "run() { $command \"\$@\"; }"
	form=json heading=0
	[ "$(header "$p" reads)" != csv ] || form=csv heading=1
}

# try ARGUMENTS: runs it, and keeps out, err and status.
try() {
	run "$@" >out 2>err
	status=$?
}

records() {
	awk -v n="$1" -v form="$form" 'BEGIN {
		line = "{\"time\":\"2024-01-%02dT%02d:%02d:%02dZ\",\"id\":\"%s\",\"temp\":%d,\"v\":\"\303\251 %d\"}\n"
		if (form == "csv") {
			line = "2024-01-%02dT%02d:%02d:%02dZ,%s,%d,\303\251 %d\n"
			print "time,id,temp,v"
		}
		for (i = 1; i <= n; i++)
			printf line, 1 + i / 86400, i / 3600 % 24, i / 60 % 60, i % 60,
				substr("abcde", 1 + i % 5, 1), 50 + i % 50, i
	}'
}

# heads N FILE: the first N records.
heads() {
	head -n $(($1 + heading)) "$2"
}

# spoiled FILE: with a line before the first record that is none.
spoiled() {
	heads 0 "$1"
	cat oops
	tail -n +$((heading + 1)) "$1"
}

# together FILE: what it makes of two files that hold the same; a heading there is for each.
together() {
	if [ "$heading" -eq 0 ]; then
		cat "$1" "$1" | run
	else
		run <"$1" && run <"$1"
	fi
}

# settled FEW MORE: the lines that the answers to some records and to more records have in common at the
# front, which is what no later record can change.
settled() {
	is "$p" gathers || awk 'NR == FNR { few[NR] = $0; n = NR; next } FNR > n || few[FNR] != $0 { exit } { print }' "$1" "$2"
}

# known N: the file of what must be out after the first N of 2,000 records, whatever follows.
known() {
	if [ ! -e "known.$p.$1" ]; then
		[ -e 2000 ] || records 2000 >2000
		heads "$1" 2000 | run >few 2>&1
		[ -e "known.$p" ] || run <2000 >"known.$p" 2>&1
		settled few "known.$p" >"known.$p.$1"
	fi
	echo "known.$p.$1"
}

# carries: does it hand on what it does not know, one record for one?
carries() {
	records 3 | sed 's/"v":.*/"v":[1.0, "\\u00e9"],"w":1E2}/' | run 2>&1 | awk '
		index($0, "\"v\":[1.0, \"\\u00e9\"],\"w\":1E2") { n++ }
		END { exit n != 3 || NR != 3 }'
}

# A case may look at several things: wrong notes what it finds, verdict ends it.
wrong() {
	echo "$*" >>.wrong
}

verdict() {
	[ ! -s .wrong ]
	result $? "$1"
	[ ! -s .wrong ] || { head -c 4000 .wrong | head -40 | cat -v | sed 's/^/# /' >&2; rm .wrong; }
}

shown() {
	head -c 300 "$1" | head -3
}

# expect WHAT STATUS OUTPUT [PATTERN]: of the last try; standard error is one line, PROGRAM: PATTERN, or
# nothing.
expect() {
	[ "$status" -eq "$2" ] || wrong "$1: exit status $status, not $2"
	{ [ "$3" = nothing ] && [ ! -s out ]; } || cmp "$3" out >.cmp 2>&1 ||
		wrong "$1: the output is not what it should be: $(cat .cmp)"
	if [ -z "${4-}" ]; then
		[ ! -s err ] || wrong "$1: on standard error: $(shown err)"
	elif ! one_line || ! grep -q "^$p: $4\$" err; then
		wrong "$1: on standard error should be '$p: $4': $(shown err)"
	fi
}

one_line() {
	{ read -r _ && ! read -r _; } <err
}

# No signal, and no time without end.
survives() {
	[ "$status" -lt 124 ] || wrong "$1: exit status $status"
}

# helper NAME OPTIONS: builds tests/faults/NAME.c here.
helper() {
	name=$1
	shift
	$CC -std=gnu17 -D_GNU_SOURCE -O2 "$@" -o "$name" "$SRC/tests/faults/$name.c"
}

# spend ARGUMENTS: as try, and keeps the milliseconds of the processor and the KiB that it took; needs
# the helper cost. At the end of a pipeline only spent can tell.
spend() {
	eval "./cost spent $command \"\$@\"" >out 2>err
	spent
}

spent() {
	read -r status milliseconds kib <spent
}

# grows WHAT TIMES MILLISECONDS: after something of which there was so many times less, which was given to it
# before: at most three times as long for each, and a little, for time on a busy machine is not exact.
less=
grows() {
	if [ -z "$less" ]; then
		less=$3
	else
		[ "$3" -le $((3 * $2 * less + 200)) ] || wrong "$1: $3 ms, and $less ms for a ${2}th of it"
		less=
	fi
}

[ -z "${PROGRAM-}" ] || use "$PROGRAM"
