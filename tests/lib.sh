# The language of the tests: two words, and a here-document that is divided by lines "--" into
# standard input, standard output and standard error. What is left out is empty. All three and the exit
# status are always compared.
#
#	ok 'says what holds' fahr2c -f temp <<\_
#	{"temp":212}
#	--
#	{"temp":100}
#	_
#	fails 'says what is refused' 1 fahr2c -f temp <<\_
#
# Each file runs in a fresh directory of its own. The last line of a file is done_testing.
# For the loops over all programs a test of a program begins with
#	# sample: ARGUMENTS     with which it runs
#	# source                it reads no records
#	# reads: csv            nor does this one, but tables
#	# refuses-empty         no input is an error
#	# gathers               its answer comes at the end, and is small
#	# keeps                 it remembers what it reads, up to a limit of its own

set -u
export LC_ALL=C
work=$(mktemp -d "${TMPDIR:-/tmp}/weir.XXXXXX") && cd "$work" || exit 1
trap 'cd / && rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
tests=0

# result STATUS NAME: one line of TAP.
result() {
	tests=$((tests + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tests - $2"
	else
		echo "not ok $tests - $2"
	fi
}

# skip NAME REASON: where something is not installed; a failure where WEIR_NOSKIP is set.
skip() {
	tests=$((tests + 1))
	if [ -n "${WEIR_NOSKIP:-}" ]; then
		echo "not ok $tests - $1"
		echo "# not to be skipped here: $2" >&2
	else
		echo "ok $tests - $1 # skip $2"
	fi
}

# same NAME WANTED GOT: two files.
same() {
	diff -u "$2" "$3" >.diff 2>&1
	result $? "$1"
	sed 's/^/# /' .diff | head -40 >&2
}

compare() {
	name=$1 wanted=$2
	shift 2
	rm -f .in .out .err .got.out .got.err
	touch .in .out .err
	awk -v part=.in '$0 == "--" { part = part == ".in" ? ".out" : ".err"; next } { print >part }'
	"$@" <.in >.got.out 2>.got.err
	status=$?
	{
		diff -u .out .got.out
		diff -u .err .got.err
		[ $status -eq "$wanted" ] || echo "exit status $status, not $wanted"
	} >.diff 2>&1
	[ ! -s .diff ]
	result $? "$name"
	[ ! -s .diff ] || { echo "# $*"; sed 's/^/# /' .diff | head -40; } >&2
}

ok() {
	title=$1
	shift
	compare "$title" 0 "$@"
}

fails() {
	title=$1 code=$2
	shift 2
	compare "$title" "$code" "$@"
}

# python FILE ARGUMENTS: of tests/help.
python() {
	helper=$SRC/tests/help/$1
	shift
	python3 -ISB "$helper" "$@"
}

# shuffle SECONDS SEED: records that come in another order.
shuffle() {
	python shuffle.py "$@"
}

# misused WHAT MESSAGE ARGUMENTS: a call that is wrong of the program whose test this is, NAME.t or PART-NAME.t, and what
# is said then.
misused() {
	title=$1 program=$(basename "${0##*-}" .t)
	printf -- '--\n--\n%s: %b\ntry: %s --help\n' "$program" "$2" "$program" >.usage
	shift 2
	fails "$title" 2 "$program" "$@" <.usage
}

# header PROGRAM WORD: what the program's test says of it in its first lines.
header() {
	sed -n "1,8s/^# $2:* *//p" "$SRC/tests/$1.t"
}

sample() {
	header "$1" sample
}

is() {
	sed -n 1,8p "$SRC/tests/$1.t" | grep -q "^# $2\$"
}

done_testing() {
	echo "1..$tests"
}
