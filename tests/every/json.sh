#!/bin/sh
# records
# What every program makes of the bytes that it reads: JSON and what only looks like it.
. "$SRC/tests/loops.sh"

# The sweep through all is in tests/faults; here so many blocks of noise are looked at.
: "${NOISE:=10}"

members='"time":"2024-01-01T00:00:00Z","id":"a","temp":50'
records 3 >3
printf 'oops\n' >oops

j01_nothing() {
	: >nothing
	for text in '' '\n' '\n\n\n' ' \n\t\n\r\n \t\r\n' ' ' '\r'; do
		if is "$p" refuses-empty; then
			printf "$text" >in
			try <in
			[ "$status" -eq 1 ] || wrong "'$text': exit status $status, not 1"
		else
			printf "$text" >in
			try <in
			expect "'$text'" 0 nothing
		fi
	done
	run <3 >wanted
	sed 's/^/\n \t\r\n/; $s/$/\n\n/' 3 >in
	try <in
	expect 'blank lines between' 0 wanted
	known 2 >name
	{ head -2 2000 | sed 's/^/\n/'; printf '\n\noops\n'; } >in
	try <in
	expect 'a bad line after blank ones' 1 "$(cat name)" '-:7: .*'
	verdict "J01 $p: nothing in, nothing out; blank lines are counted and passed over"
}

j02_unended() {
	run <3 >wanted
	head -c -1 3 >in
	try <in
	expect 'last line without LF' 0 wanted
	try in 3
	cat 3 3 | run >wanted
	expect 'and another file after it' 0 wanted
	verdict "J02 $p: a last line without LF is taken"
}

# The last of the records has all that a cut can go through.
j03_cut() {
	{
		head -1 2000
		printf '%s\n' '{"time":"2024-01-01T00:00:02Z","id":"\ud83d\ude00é€😀","temp":5.5e+1,"v":[true,null,{ "w" :-0.5,"n":[]}]}'
	} >whole
	size=$(wc -c <whole)
	first=$(head -1 whole | wc -c)
	: >known.0
	run <whole >both
	head -1 whole | run >one
	settled one both >known.1
	for k in $(seq 1 $((size - 1))); do
		lines=0 rest=$k
		[ "$k" -lt "$first" ] || { lines=1; rest=$((k - first)); }
		head -c "$k" whole >in
		try <in
		case $k in
		$first | $((first - 1))) expect "the first $k bytes" 0 one ;;
		$((size - 1))) expect "the first $k bytes" 0 both ;;
		*) expect "the first $k bytes" 1 known.$lines "-:$((lines + 1)): record is cut off (byte $rest)" ;;
		esac
	done
	verdict "J03 $p: a last record that is cut off anywhere is noticed"
}

j04_bad_line() {
	for n in 1 1001 2000; do
		{ head -n $((n - 1)) 2000; cat oops; tail -n +$((n + 1)) 2000; } >in
		sed "${n}d" in | run >wanted
		for again in 1 2 3; do
			try <in
			expect "line $n" 1 "$(known $((n - 1)))" "-:$n: not a JSON object (byte 0)"
		done
		try --bad bad <in
		expect "line $n, --bad" 0 wanted '1 bad record: see bad'
		printf '{"program":"%s","file":"-","line":%d,"error":"not a JSON object (byte 0)","raw":"oops"}\n' \
			"$p" "$n" >bad.wanted
		cmp bad.wanted bad >.cmp 2>&1 || wrong "line $n: the file of bad records: $(cat .cmp)"
	done
	{ cat oops; head -10 2000; cat oops oops; } >in
	try --bad bad --max-bad 2 in
	expect 'one bad record too many' 1 "$(known 10)" 'in:13: .*; more than --max-bad 2 bad records'
	try --bad bad --max-bad 3 in
	head -10 2000 | run >wanted
	expect 'as many as are allowed' 0 wanted '3 bad records: see bad'
	verdict "J04 $p: all before a bad record is out, and with --bad all after it"
}

# corpus ID VERDICT: in becomes these lines of the table, values those that tell what of them must pass through.
corpus() {
	cp "$1.$2.in" in
	cp "$1.$2.values" values
}

# Every line and every value of the input is in the line of the output.
passed_through() {
	awk 'NR == FNR { want[NR] = $0; n = NR; next }
		!index($0, want[FNR]) { print "instead of " want[FNR] " there is " $0 }
		END { if (FNR != n) print "there are " FNR " lines instead of " n }' values out >>.wrong
}

# The exit status where all records are bad and --bad has them.
nothing_left() {
	is "$p" refuses-empty && echo 1 || echo 0
}

valid() {
	corpus "$1" y
	try <in
	[ "$status" -eq 0 ] && [ ! -s err ] || wrong "records are refused: $(shown err)"
	! carries || passed_through
}

invalid() {
	corpus "$1" n
	: >nothing
	try --bad bad <in
	[ "$status" -eq "$(nothing_left)" ] || wrong "--bad: exit status $status: $(shown err)"
	cmp nothing out || wrong "something is made of $(shown out)"
	python bad.py "$p" - in bad >>.wrong
}

each_invalid() {
	invalid "$1"
	split -l 1 -a 3 in line.
	for f in line.*; do
		try <"$f"
		expect "$f" 1 nothing '-:1: .*(byte [0-9]*)'
	done
	rm line.*
}

undefined() {
	corpus "$1" i
	try --bad bad <in
	[ "$status" -eq 0 ] || [ "$status" -eq "$(nothing_left)" ] || wrong "exit status $status"
	is "$p" refuses-empty || [ $(($(wc -l <out) + $(wc -l <bad))) -le "$(wc -l <in)" ] || wrong 'records are invented'
	! carries || [ $(($(wc -l <out) + $(wc -l <bad))) -eq "$(wc -l <in)" ] || wrong 'records are lost'
}

j05_grammar() {
	valid J05
	invalid J05
	undefined J05
	verdict "J05 $p: takes what is JSON and nothing else"
}

j06_nul() {
	valid J06
	each_invalid J06
	verdict "J06 $p: a NUL is a bad record, one that is escaped passes"
}

j07_utf8() {
	each_invalid J07
	verdict "J07 $p: what is not UTF-8 is a bad record"
}

j08_surrogates() {
	valid J08
	each_invalid J08
	verdict "J08 $p: half of a surrogate pair is a bad record"
}

j09_marks() {
	mark='\357\273\277'
	{ printf "$mark"; cat 3; } >marked
	cat 3 3 | run >wanted
	try marked marked
	expect 'at the start of two files' 0 wanted
	run <3 >wanted
	try <marked
	expect 'of standard input' 0 wanted
	cat 3 marked >in
	try in
	head -4 2000 >4
	{ cat 3; head -1 3; } | run >more
	settled wanted more >known.3
	expect 'in the middle' 1 known.3 'in:4: .*(byte 0)'
	{ printf "$mark"; cat marked; } >in
	try <in
	expect 'twice' 1 nothing '-:1: .*'
	{ printf "$mark\n"; cat 3; } >in
	try <in
	expect 'before a blank line' 0 wanted
	if ! is "$p" refuses-empty; then
		printf "$mark" >in
		try <in
		expect 'and nothing else' 0 nothing
	fi
	printf '\357\273' >in
	try <in
	expect 'half of one' 1 nothing '-:1: .*(byte .*)'
	verdict "J09 $p: a byte-order mark is skipped at the start of a file, and only there"
}

j10_carriage_returns() {
	run <3 >wanted
	sed 's/$/\r/' 3 >in
	run <in 2>err | tr -d '\r' >out
	status=$?
	expect 'CRLF' 0 wanted
	tr '\n' '\r' <3 >in
	try <in
	expect 'CR alone' 1 nothing '-:1: .*'
	verdict "J10 $p: a CR is white space and ends no record"
}

j11_no_text() {
	for code in UTF-16LE UTF-16BE UTF-32LE UTF-32BE; do
		iconv -f UTF-8 -t $code 3 >in
		try <in
		expect "$code without a mark" 1 nothing '-:1: .*(byte .*)'
	done
	for mark in '\377\376 LE' '\376\377 BE'; do
		{ printf "${mark% *}"; iconv -f UTF-8 -t "UTF-16${mark#* }" 3; } >in
		try <in
		expect "UTF-16 ${mark#* }" 1 nothing '-:1: .*UTF-16.*'
	done
	for f in noise.*; do
		eval "timeout 10 $command" <"$f" >out 2>err
		status=$?
		[ "$status" -eq 1 ] && [ "$(wc -l <err)" -eq 1 ] || wrong "$f: exit status $status: $(shown err)"
		eval "timeout 10 $command --bad bad" <"$f" >out 2>err
		status=$?
		[ "$status" -eq "$(nothing_left)" ] && [ ! -s out ] || wrong "$f, --bad: exit status $status: $(shown err)"
	done
	verdict "J11 $p: other encodings and noise are bad records"
}

j12_numbers() {
	valid J12
	corpus J12 y
	# In a field that the program works with they are no reason to crash.
	sed 's/^"v"/{"time":"2024-01-01T00:00:00Z","id":"a","temp"/; s/$/}/' values >in
	while read -r line; do
		printf '%s\n' "$line" >line
		try <line
		survives "$line"
		! grep -qi -e '1\.7976931348623157' -e 'inf' -e 'nan' out || wrong "$line becomes $(cat out)"
	done <in
	verdict "J12 $p: numbers of any size pass through"
}

j13_no_numbers() {
	each_invalid J13
	verdict "J13 $p: NaN, infinity and hexadecimal numbers are bad records"
}

# The last of several members of one name counts, however it is spelled.
j14_twice() {
	printf '{%s,"v":1}\n' "$members" >once
	run <once >wanted
	for f in 'time "2024-03-03T03:03:03Z"' 'id "z"' 'temp 99' 'temp "x"' 'temp [1]' 'temp null'; do
		name=${f%% *} value=${f#* }
		rest=${name#?}
		code=$(printf '\\u%04x' "'$name")
		for spelled in "$name" "$code$rest"; do
			printf '{"%s":%s,%s,"v":1}\n' "$spelled" "$value" "$members"
		done
	done >in
	while read -r line; do
		printf '%s\n' "$line" >line
		try <line
		[ "$status" -eq 0 ] || wrong "$line: exit status $status: $(shown err)"
		cat wanted >&3
		cat out >&4
	done <in 3>all.wanted 4>all.out
	python alike.py all.wanted all.out >>.wrong
	if carries; then
		printf '%s\n' '"v":1,"v":2,"\u0076":3,"v":3,"V":4' >values
		awk 'BEGIN { for (i = 1; i <= 1000; i++) printf "%s\"%s\":%d", (i > 1 ? "," : ""), (i % 2 ? "w" : "\\u0077"), i
			print "" }' >>values
		while read -r line; do printf '{%s,%s}\n' "$members" "$line"; done <values >in
		try <in
		[ "$status" -eq 0 ] || wrong "exit status $status: $(shown err)"
		passed_through
	fi
	verdict "J14 $p: the last of two members counts, those that it does not use stay both"
}

j15_names() {
	printf '{%s,"v":1}\n' "$members" >once
	run <once >wanted
	for name in time id temp; do
		code=$(printf '\\u%04x' "'$name")
		printf '%s\n' "{$members,\"v\":1}" | awk -v from="\"$name\"" -v to="\"\\$code${name#?}\"" '
			{ i = index($0, from); print substr($0, 1, i - 1) to substr($0, i + length(from)) }' >line
		try <line
		[ "$status" -eq 0 ] || wrong "$(cat line): exit status $status: $(shown err)"
		cat wanted >&3
		cat out >&4
	done 3>all.wanted 4>all.out
	python alike.py all.wanted all.out >>.wrong
	for n in 30000 300000; do
		awk -v n=$n -v members="$members" 'BEGIN { printf "{"
			for (i = 0; i < n; i++) printf "\"k%d\":%d,", i, i
			print members "}" }' >keys.$n
		eval "timeout 20 $command" <keys.$n >out 2>err
		status=$?
		[ "$status" -eq 0 ] || wrong "$n keys: exit status $status: $(shown err)"
	done
	if carries; then
		printf '"":1,"":2\n' >values
		awk 'BEGIN { for (k = "k"; length(k) < 1048576; k = k k) ; print "\"" k "\":true" }' >>values
		awk -v n=300000 'BEGIN { for (i = 0; i < n; i++) printf "\"k%d\":%d,", i, i; print "\"k\":0" }' >>values
		awk -v members="$members" '{ print "{" $0 "," members "}" }' values >in
		try <in
		[ "$status" -eq 0 ] || wrong "exit status $status: $(shown err)"
		passed_through
	fi
	verdict "J15 $p: names count by what they mean; they may be empty, long and many"
}

j18_no_object() {
	each_invalid J18
	head -3 2000 | run >wanted
	corpus J18 n
	head -1 2000 >mixed
	cat in >>mixed
	sed -n 2,3p 2000 >>mixed
	try --bad bad <mixed
	expect 'between good ones' 0 wanted "$(wc -l <in) bad records: see bad"
	verdict "J18 $p: a line that is no object is a bad record, its neighbours are not"
}

j19_lines() {
	head -1 2000 | sed 's/,/,\n  /g; s/{/{\n  /; s/}/\n}/' >in
	try <in
	expect 'an object over lines' 1 nothing '-:1: .*jq -c \..*'
	verdict "J19 $p: a record over several lines is refused with advice"
}

j20_shapes() {
	for seed in 1 2 3; do
		[ -e nasty.$seed ] || python nasty.py $seed 3000 >nasty.$seed
		cp nasty.$seed in
		for way in general plain sse4 avx2 fast; do
			WEIR_SCAN=$way run --bad bad.$way <in >out.$way 2>err.$way
			echo $? >>err.$way
		done
		[ "$(tail -1 err.general)" -eq 0 ] || wrong "$(shown err.general)"
		sed -i 's/bad.[a-z0-9]*$//' err.*
		for way in plain sse4 avx2 fast; do
			for f in out bad err; do
				cmp $f.general $f.$way >.cmp 2>&1 || wrong "seed $seed: $(cat .cmp)"
			done
		done
	done
	verdict "J20 $p: whatever is guessed of the next record, the answer is the same"
}

records 2000 >2000
command -v python3 >/dev/null && python noise.py 1 $((NOISE * 16384)) | split -b 16384 -a 4 - noise.
j01_nothing
j02_unended
j03_cut
j04_bad_line
if command -v python3 >/dev/null; then
	python corpus.py "$SRC/tests/data/json.table" "$members"
	j05_grammar
	j06_nul
	j07_utf8
	j08_surrogates
	j11_no_text
	j12_numbers
	j13_no_numbers
	j14_twice
	j15_names
	j18_no_object
	j20_shapes
else
	skip "J05 $p: and others" 'python3 is not installed'
fi
j09_marks
j10_carriage_returns
j19_lines
done_testing
