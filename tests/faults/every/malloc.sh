#!/bin/sh
# streams
# Memory that runs out, at every allocation that a program asks for: once, and from then on.
. "$SRC/tests/loops.sh"

# Beyond so many allocations not every one is tried.
most=400

# How many there are where none fails, and what comes out then.
allocations() {
	echo 0 >count
	(
		export MALLOC_COUNT=count LD_PRELOAD="$B/malloc.so"
		eval "exec $command \"\$@\"" <"$from" >wanted 2>wanted.err
	) || wrong "$from: $(shown wanted.err)"
	last=$(cat count)
	[ "$last" -gt 0 ] || wrong "$from: nothing was counted: $(shown wanted.err)"
	[ "$last" -le $most ] || last=$most
}

# starve INPUT ARGUMENTS: lets each of them fail.
starve() {
	from=$1
	shift
	allocations "$@"
	for n in $(seq "$last"); do
		for sticky in '' yes; do
			hungry "$@"
			case $status in
			0) cmp wanted out >.cmp 2>&1 || wrong "$from, allocation $n: exit status 0, but $(cat .cmp)" ;;
			1) expect "$from, allocation $n" 1 out '.*out of memory'
				is_front || wrong "$from, allocation $n: the output is not the front of the whole" ;;
			*) wrong "$from, allocation $n${sticky:+ and all after it}: exit status $status" ;;
			esac
		done
	done
}

hungry() {
	(
		export MALLOC_FAIL_AT="$n" LD_PRELOAD="$B/malloc.so"
		[ -z "$sticky" ] || export MALLOC_FAIL_STICKY=1
		eval "exec $command \"\$@\"" <"$from" >out 2>err
	)
	status=$?
}

# Whole lines, as they are where nothing fails.
is_front() {
	head -c "$(wc -c <out)" wanted | cmp -s - out && [ -z "$(tail -c 1 out | tr -d '\n')" ]
}

m01_memory() {
	if is "$p" source; then
		starve /dev/null
	else
		starve records
		starve records.gz
		starve long
		starve bad --bad kept
	fi
	verdict "M01 $p: when memory runs out it says so"
}

m01_replaced() {
	mkdir new
	echo old >new/file
	from=records
	is "$p" source && from=/dev/null
	allocations -o whole
	for n in $(seq "$last"); do
		for sticky in '' yes; do
			hungry -o new/file
			[ "$(ls -A new)" = file ] || { wrong "allocation $n leaves $(ls -A new)"; rm -f new/.file.*; }
			case $status in
			0) cmp -s whole new/file || wrong "allocation $n: exit status 0, but another file" ;;
			1) [ "$(cat new/file)" = old ] || cmp -s whole new/file || wrong "allocation $n: part of a file" ;;
			*) wrong "allocation $n: exit status $status" ;;
			esac
			echo old >new/file
		done
	done
	rm -r new
	verdict "M01 $p: when memory runs out the file of -o is the old or the new one"
}

# wide: a record of 60,000 fields.
wide() {
	awk -v form=$form 'BEGIN {
		for (i = 0; i < 60000 && form == "json"; i++) printf "%s\"k%d\":%d", i ? "," : "{", i, i
		for (i = 0; i < 60000 && form == "csv"; i++) printf "k%d,", i
		if (form == "json") {
			print ",\"time\":\"2024-01-01T00:00:00Z\",\"id\":\"a\",\"temp\":50}"
			exit
		}
		print "time,id,temp"
		for (i = 0; i < 60000; i++) printf "%d,", i
		print "2024-01-01T00:00:00Z,a,50" }'
}

if [ -z "$SAN" ]; then
	records 50 >records
	gzip <records >records.gz
	wide >long
	{ heads 2 records; echo oops; printf '{"temp":"\377"}\n[]\n'; sed -n 3,5p records; } >bad
	m01_memory
	"$p" --options | grep -q '^o	output	' && m01_replaced
fi
done_testing
