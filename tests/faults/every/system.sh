#!/bin/sh
# streams
# System calls that fail, are interrupted or do less than was asked for, one after the other.
. "$SRC/tests/loops.sh"

# traced OPTIONS -- ARGUMENTS: as try, under strace and with input from the file $from.
traced() {
	tracing=
	while [ "$1" != -- ]; do
		tracing="$tracing $1"
		shift
	done
	shift
	eval "strace -qq -o log $tracing $command \"\$@\"" <"$from" >out 2>err
	status=$?
}

# failing CALL ERROR WHEN: the options that make these calls fail.
failing() {
	echo "-e trace=$1 -e inject=$1:error=$2:when=$3"
}

# first CALL: the number of the first one that is ours and not the loader's. Our own start begins with
# a look at the standard descriptors.
first() {
	from=/dev/null
	traced -e trace=fcntl,"$1" --
	awk '/^fcntl\(0, F_GETFD/ { exit } !/^fcntl/ { n++ } END { print n + 1 }' log
}

has_output_option() {
	"$p" --options | grep -q '^o	output	'
}

# Where a user may mount a file system; tests/every/system.sh has the limit of a file's size.
o03_full_disk() {
	if ! unshare -rm true 2>/dev/null; then
		skip "O03 $p: a full disk" 'no file system may be mounted here'
		return
	fi
	mkdir -p disk
	echo "$command" >command
	room=1000
	! is "$p" gathers || room=0
	unshare -rm sh -c '
		mount -t tmpfs -o size=1m none disk && echo old >disk/file || exit 99
		[ "$2" -gt 0 ] || head -c 2M /dev/zero >disk/.full 2>/dev/null
		eval "$(cat command)" <"$1" >disk/out 2>err
		echo $? >status
		cp disk/out front
		rm disk/out
		eval "$(cat command) -o disk/file" <"$1" >out 2>err.replace
		echo $? >>status
		rm -f disk/.full
		{ ls -A disk; cat disk/file; } >left' - "$many" $room 2>/dev/null
	[ $? -ne 99 ] || return 0
	: >out
	status=$(head -1 status)
	expect 'standard output' 1 nothing 'standard output: No space left on device'
	head -c "$(wc -c <front)" many.wanted | cmp -s - front || wrong 'what was written is not the front'
	if has_output_option; then
		mv err.replace err
		status=$(tail -1 status)
		expect '-o' 1 nothing 'disk/file: No space left on device'
		[ "$(cat left)" = "$(printf 'file\nold')" ] || wrong "-o leaves $(cat left)"
	fi
	verdict "O03 $p: a full disk is an error, and leaves the old file of -o"
}

o07_short() {
	for f in $inputs; do
		run <$f >wanted
		LD_PRELOAD=$PWD/short run <$f >out 2>err
		status=$?
		expect "one byte at a time, $f" 0 wanted
	done
	verdict "O07 $p: reading and writing single bytes changes nothing"
}

o07_interrupted() {
	for call in read openat close write poll fsync; do
		n=$(first $call)
		for when in $n $((n + 1)) $((n + 2)) $((n + 3)) $n+2 $((n + 1))+2; do
			for f in $inputs; do
				run <$f >wanted
				from=$f
				traced $(failing $call EINTR $when) --
				expect "$call $when, $f" 0 wanted
				has_output_option && interrupted_file
			done
		done
	done
	verdict "O07 $p: being interrupted in any call changes nothing"
}

# The same with a file that is named, and one that is replaced.
interrupted_file() {
	set --
	is "$p" source || set -- "$f"
	from=/dev/null
	traced $(failing $call EINTR $when) -- -o file "$@"
	expect "$call $when with -o, $f" 0 nothing
	cmp -s wanted file || wrong "$call $when with -o, $f: the file is not what it should be"
}

# The whole lines that the reads of the log have brought, before the one that failed.
lines_read() {
	bytes=$(awk '$NF ~ /^[0-9]+$/ { n += $NF } END { print n + 0 }' log)
	head -c "$bytes" 50000 | tr -cd '\n' | wc -c
}

o08_unreadable() {
	run <50000 >whole
	from=/dev/null
	for n in $(seq 50); do
		traced -P "$PWD/50000" $(failing read EIO $n) -- "$PWD/50000"
		[ "$status" -ne 0 ] || break
		head -n "$(lines_read)" 50000 | run >few
		settled few whole >wanted
		expect "read $n" 1 wanted "$PWD/50000: Input/output error"
	done
	[ "$n" -gt 3 ] || wrong "only $n reads failed"
	traced -P "$PWD/100.gz" $(failing read EIO 1) -- "$PWD/100.gz"
	expect 'gzip' 1 nothing "$PWD/100.gz: Input/output error"
	from=100
	traced -P "$PWD/100" $(failing read EIO 1) --
	expect 'standard input' 1 nothing '-: Input/output error'
	verdict "O08 $p: an error while reading is told, after what was read"
}

# The file that stands for standard output, so that only it is made to fail.
o09_unwritable() {
	from=$many
	for error in 'EIO Input/output error' 'ENOSPC No space left on device' 'EDQUOT Disk quota exceeded'; do
		for n in 1 2 3 7; do
			for when in $n $n+; do
				traced -P "$PWD/out" $(failing write "${error%% *}" $when) --
				if ! grep -q INJECTED log; then
					expect "no write $when" 0 many.wanted
					continue
				fi
				cp out front
				expect "${error%% *} at write $when" 1 front "standard output: ${error#* }"
				head -c "$(wc -c <front)" many.wanted | cmp -s - front ||
					wrong "${error%% *} at write $when: what was written is not the front"
			done
		done
	done
	traced -P "$PWD/out" $(failing close EIO 1) --
	! grep -q INJECTED log || [ "$status" -eq 1 ] || wrong "EIO at close: exit status $status"
	verdict "O09 $p: an error while writing is told, also when it happens once"
}

# Is the close that failed that of the new file, which comes between its fsync and the directory's?
is_kept() {
	awk '/^fsync/ { n++ } /INJECTED/ { exit n != 1 }' log
}

o09_not_replaced() {
	mkdir new
	for call in openat fchmod write fsync close rename; do
		n=$(first $call)
		from=$few
		for when in $n $((n + 1)) $((n + 2)) $((n + 3)); do
			for error in 'EIO Input/output error' 'ENOSPC No space left on device' 'EROFS Read-only file system'; do
				echo old >new/file
				traced $(failing $call "${error%% *}" $when) -e trace=fsync,$call -- -o new/file
				grep -q INJECTED log || continue
				[ "$(ls -A new)" = file ] || { wrong "$error at $call $when leaves $(ls -A new)"; rm -f new/.file.*; }
				[ "$(cat new/file)" = old ] || cmp -s new/file few.wanted || wrong "$error at $call $when: part of a file"
				[ $call = close ] && ! is_kept && cmp -s new/file few.wanted && [ "$status" -eq 0 ] && continue
				expect "$call $when" 1 nothing ".*new.*: ${error#* }"
			done
		done
	done
	rm -r new
	verdict "O09 $p: an error leaves the old or the new file of -o, and nothing beside it"
}

o13_traced() {
	run <100 >wanted
	eval "python live.py traced 100 wanted $command" >live 2>&1
	while read -r line; do wrong "$line"; done <live
	verdict "O13 $p: being traced changes nothing"
}

o14_blocked() {
	! is "$p" gathers || return 0
	eval "python live.py blocked_once $more nothing $command" >live 2>&1
	while read -r line; do wrong "$line"; done <live
	verdict "O14 $p: an output that is blocked does not keep it from ending"
}

# Refused is what is asked of pipes; the first three calls of fcntl ask about the standard descriptors.
o18_missing() {
	run <$many >many.wanted
	for calls in fcntl:error=EPERM:when=4+ fcntl:error=EINVAL:when=4+ \
		splice,vmsplice,tee,sendfile,copy_file_range:error=ENOSYS; do
		cat $many | {
			eval "strace -qq -o log -e trace=${calls%%:*} -e inject=$calls $command" 2>err
			echo $? >code
		} | cat >out
		status=$(cat code)
		expect "$calls" 0 many.wanted
	done
	verdict "O18 $p: calls that are missing or refused are done without"
}

if [ -n "$SAN" ] || ! command -v strace >/dev/null || ! command -v python3 >/dev/null; then
	[ -n "$SAN" ] || skip 'O03: and others' 'strace or python3 is not installed'
	done_testing
	exit
fi
helper short -shared -fPIC
: >nothing
records 200000 >200000
for n in 50000 100 1; do heads $n 200000 >$n; done
gzip <100 >100.gz
{ printf '\357\273\277'; head -c -1 100; } >marked
few=1 many=50000 more=200000 inputs='100 100.gz marked'
is "$p" source && few=/dev/null many=/dev/null more=/dev/null inputs=/dev/null
run <$few >few.wanted
run <$many >many.wanted
o03_full_disk
o07_short
o07_interrupted
o09_unwritable
has_output_option && o09_not_replaced
o18_missing
if ! is "$p" source; then
	o08_unreadable
	o13_traced
	o14_blocked
fi
done_testing
