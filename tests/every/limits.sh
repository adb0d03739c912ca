#!/bin/sh
# streams
# The limits of every program: depth, the length of a line, memory, the values of options.
. "$SRC/tests/loops.sh"

members='"time":"2024-01-01T00:00:00Z","id":"a","temp":50'

# repeated TEXT N: without any LF.
repeated() {
	awk -v text="$1" -v n="$2" 'BEGIN {
		for (i = 1; i * 2 <= n && i < 4096; i *= 2) text = text text
		for (; n >= i; n -= i) printf "%s", text
		printf "%s", substr(text, 1, length(text) / i * n)
	}'
}

# nested N OPEN MIDDLE CLOSE: a record of N levels, of which a value in the middle is one, as it is for
# jansson.
nested() {
	times=$(($1 - 1))
	[ -z "$3" ] || times=$((times - 1))
	printf '{%s,"v":' "$members"
	repeated "$2" $times
	printf '%s' "$3"
	repeated "$4" $times
	printf '}\n'
}

# A million brackets in less than 10 MB; what is longer may take up its length in memory.
refuses_cheaply() {
	spend in
	expect "$1" 1 nothing 'in:1: .*(byte [0-9]*)'
	[ -z "$SAN" ] || return
	size=$(wc -c <in)
	bound=10240
	[ "$size" -lt 2500000 ] || bound=$((8192 + 2 * size / 1024))
	[ "$kib" -lt "$bound" ] || wrong "$1: $kib KiB"
}

j16_depth() {
	for n in 3 2047 2048; do
		nested $n '[' '' ']'
		nested $n '{"a":' 0 '}'
		nested $n '[ ' '"x"' ' ]'
	done >in
	try <in
	[ "$status" -eq 0 ] || wrong "exit status $status: $(shown err)"
	! carries || [ "$(wc -l <out)" -eq 9 ] || wrong "$(wc -l <out) records come out"
	nested 2049 '[' '' ']' >in
	refuses_cheaply 'one level too many'
	for text in '[' '{"a":' '[0,' '{"a" : [ '; do
		case $text in
		*:*) closing='}' ;;
		*) closing=']' ;;
		esac
		for n in 2049 100000 1000000; do
			nested $n "$text" 0 "$closing" >in
			refuses_cheaply "$n levels of $text"
			took=$milliseconds
			{ printf '{%s,"v":' "$members"; repeated "$text" $n; } >in
			refuses_cheaply "$n times $text, left open"
			[ $n -lt 100000 ] || grows "$n times $text" 10 $((took + milliseconds))
		done
	done
	verdict "J16 $p: 2,048 levels are taken, a million refused at no cost"
}

# long N: a record of N bytes and its LF.
long() {
	if [ $form = csv ]; then
		heads 0 1
		repeated x $(($1 - 26)) | sed 's/^/2024-01-01T00:00:00Z,a,50,/'
		echo
		return
	fi
	printf '{%s,"v":"' "$members"
	repeated x $(($1 - $(printf '{%s,"v":""}' "$members" | wc -c)))
	printf '"}\n'
}

# told BAD: the lines that it speaks of and the errors.
told() {
	sed -n 's/.*"line":\([0-9]*\),"error":"\([^"]*\)".*/\1 \2/p' "$1"
}

j17_line() {
	line=$((heading + 1))
	for n in 100 4096 65536 262144 300000; do
		long $n >fits
		long $((n + 1)) >exceeds
		long $((n + 700000)) >far
		try --max-line $n fits
		[ "$status" -eq 0 ] && [ ! -s err ] || wrong "$n bytes: exit status $status: $(shown err)"
		head -c -1 fits | run --max-line $n >unended 2>err || wrong "$n bytes without LF: $(shown err)"
		cmp -s out unended || wrong "$n bytes: not the same without LF"
		try --max-line $n exceeds
		expect "a byte too many for $n" 1 nothing "exceeds:$line: .*--max-line.*(byte $n)"
		head -c -1 exceeds >in
		try --max-line $n in
		expect "a byte too many for $n, without LF" 1 nothing "in:$line: .*--max-line.*(byte $n)"
		cat 1 exceeds fits far 1 >in
		awk -v n=$n 'length > n { print NR }' in >far.lines
		awk -v n=$n 'length <= n' in | run >wanted
		try --max-line $n --bad bad in
		expect "between others, $n" 0 wanted '2 bad records: see bad'
		dd bs=997 status=none <in | run --max-line $n --bad bad.pipe >out 2>err
		expect "through a pipe, $n" 0 wanted '2 bad records: see bad.pipe'
		told bad >one
		told bad.pipe | cmp -s one - || wrong "$n: not the same through a pipe: $(told bad.pipe)"
		cut -d ' ' -f 1 one | cmp -s far.lines - || wrong "$n: bad lines are $(cat one)"
	done
	long 1024 >fits
	long 1025 >exceeds
	run <fits >wanted
	try --max-line 1KiB fits
	expect '1KiB' 0 wanted
	try --max-line 1KiB exceeds
	expect '1KiB and one' 1 nothing "exceeds:$line: .*--max-line.*"
	verdict "J17 $p: a line may be as long as --max-line and no longer"
}

# limited KIB ARGUMENTS: as try, with so much memory to address.
limited() {
	size=$1
	shift
	sh -c 'ulimit -v $1; shift; exec "$@"' - "$size" "$@" >out 2>err
	status=$?
}

m02_memory() {
	run <200000 >wanted
	for base in $(seq 2048 1024 65536); do
		eval "limited $base $command 1"
		[ "$status" -ne 0 ] || break
	done
	eval "limited $((base + 12 * 1024)) $command 200000"
	expect "with $base KiB and 12 MiB" 0 wanted
	verdict "M02 $p: memory does not grow with the input"
}

# What stands in --options as an argument, and what none of that kind may be.
m07_values() {
	"$p" --options | awk -F '\t' 'NR > 1 && ($3 == "N" || $3 == "SIZE") { print $2, $3 }' >rows
	while read -r name kind; do
		try "--$name" 1.5 </dev/null
		fraction=$status
		case $kind in
		N) values='x 1x 0x10 1e 99999999999999999999 -99999999999999999999' ;;
		SIZE) values='x 1x 0x10 -1 0 1.5 +1 99999999999999999999 16777216TB 18446744073709551615KiB 99999999999GiB' ;;
		esac
		for value in '' $values; do
			case $value in *99999*) [ "$fraction" -eq 2 ] || continue ;; esac
			try "--$name" "$value" </dev/null
			[ "$status" -eq 2 ] && [ ! -s out ] || wrong "--$name '$value': exit status $status, not 2: $(shown err)"
		done
		for value in -1 0 1 -9223372036854775808 9223372036854775807; do
			eval "timeout 10 $command --$name $value" <1 >/dev/full 2>err
			status=$?
			survives "--$name $value"
			[ "$status" -ne 0 ] || [ -z "$(eval "$command --$name $value" <1 | head -c 1)" ] ||
				wrong "--$name $value: exit status 0"
		done
	done <rows
	verdict "M07 $p: a value beyond all bounds is a usage error"
}

helper cost
: >nothing
records 200000 >200000
heads 1 200000 >1
m07_values
if ! is "$p" source; then
	[ $form = csv ] || j16_depth
	j17_line
	[ -n "$SAN" ] || m02_memory
fi
done_testing
