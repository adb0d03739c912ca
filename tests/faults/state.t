#!/bin/sh
# What a program remembers: it is killed, loses power, meets errors and finds states that are damaged or
# not its own. All is done with a small filter built here, and the deaths with every program whose test has
#	# state: ARGUMENTS      with which it remembers the records of the loops
. "$SRC/tests/loops.sh"

# linked NAME OBJECTS: with what the library needs.
linked() {
	name=$1
	shift
	$CC -o "$name" "$@" "$B/lib.a" -Wl,--as-needed -lz -lm 2>/dev/null ||
		$CC -o "$name" "$@" "$B/lib.a" -Wl,--as-needed -lz -lisal -lm
}

# compiled NAME FILE OPTIONS: of lib/ or of these tests.
compiled() {
	name=$1
	for file in "$SRC/lib"/*/"$2.c" "$SRC/tests/faults/$2.c"; do
		[ ! -e "$file" ] || break
	done
	shift 2
	$CC -std=gnu17 -D_GNU_SOURCE -iquote "$SRC/lib" "$@" -c -o "$name.o" "$file"
}

# seeded NAME FILES OPTIONS: the small filter with a bug in these files.
seeded() {
	bug=$1 files=$2
	shift 2
	rm -f $bug-*.o
	for file in $files; do
		compiled "$bug-$file" "$file" "$@"
	done
	[ -e "$bug-remember.o" ] || cp remember.o "$bug-remember.o"
	linked "$bug" "$bug"-*.o seeded.o
}

# found HOW OUTPUT COMMAND: what a death leaves behind that is not right.
found() {
	python state.py "$@" 2>&1 >found
}

# dies CASE WHAT ID OUTPUTS: as a pipe would have it, and with -o, if no others are named.
dies() {
	for output in ${4:-stdout replaced}; do
		points=$(found "$1" $output $tried)
		while read -r line; do wrong "$output: $line"; done <found
		[ "${points:-0}" -gt 20 ] || wrong "$output: tried only ${points:-nothing}"
	done
	verdict "$3 $p: $2"
}

deaths() {
	dies kill 'killed at any call, it goes on with the truth' T01
	dies kill 'a run that has a name and is killed at any call is done again' T01 named
	dies images 'so is one that whatever loss of power meets' T02 named
	dies directories 'killed at any call, another try in another directory gives the truth' T10
	dies images 'whatever a loss of power leaves, it goes on with the truth' T02
	dies fail 'an error while saving is told, and leaves the state and nothing beside it' T07
}

# caught BUG BY HOW: does a bug show, and in the way in which it must?
caught() {
	for how in $3; do
		found "$how" stdout "$PWD/$1" >errors
		[ -s found ] || wrong "$how finds nothing: $(shown errors)"
	done
	verdict "$2 are found"
}

bugs() {
	export SEEDED_FILE=w
	compiled seeded seeded
	seeded early 'state remember' -Doutput_saves=seeded_saves -Dfilter_main=seeded_main
	caught early 'states that are saved before the output' 'kill images'
	seeded inplace file -Dmkostemp=seeded_mkostemp -Drename=seeded_rename
	caught inplace 'states that are written in place' 'kill images'
	seeded believed 'file state' -Dmkostemp=seeded_mkostemp -Drename=seeded_rename -Dframe_check=seeded_check
	caught believed 'states that are written in place and believed' 'kill images'
	seeded unsynced file -Dfsync=seeded_fsync
	caught unsynced 'states that are not synced' images
	seeded loose out -Dfsync=seeded_fsync
	caught loose 'states that are synced before the output' images
}

# begun OPTIONS: begins a state that other options will not fit.
begun() {
	rm -f w
	./remember --state w --state-new "$@" one >/dev/null
}

# refused NAME MESSAGE ARGUMENTS: with the state w, which stays.
refused() {
	title=$1 message=$2
	shift 2
	cp w kept
	./remember --state w "$@" one >out 2>err
	status=$?
	expect "$*" 1 nothing "w: $message"
	cmp -s w kept || wrong "$*: the state has changed"
	verdict "$title"
}

# Sealed anew: the checksum is right.
altered() {
	head -n -1 w | sed "$1" >lines
	python state.py seal <lines >w
}

t04_damage() {
	mkdir damaged && cd damaged || exit 1
	heads 4 ../first >first
	heads 3 ../second >second
	found flips stdout "$work/remember"
	while read -r line; do wrong "$line"; done <found
	cd ..
	verdict 'T04 a byte that is flipped, a cut anywhere: refused'
	begun
	: >w
	refused 'T04 an empty state is refused' 'is empty'
	echo '{"id":"a","n":1}' >w
	refused 'T04 records that are no state are refused' 'is no state'
	head -c 3000000 /dev/zero >w
	refused 'T04 zeros are refused' 'is no state'
	begun
	altered 's/"n":1/"n":"x"/'
	fails 'T04 a whole state with a wrong record is refused, and the place named' 1 ./remember --state w one <<-\_
		--
		--
		remember: w:2: n is not a number (byte 14)
	_
	altered 's/"n":"x"/"n"/'
	fails 'T04 and with a record that is none' 1 ./remember --state w one <<-\_
		--
		--
		remember: w:2: not a JSON object: expected ':' (byte 13)
	_
}

t04_kinds() {
	mkdir folder
	mkfifo fifo
	begun
	ln -s w link
	fails 'T04 a folder is no state' 1 ./remember --state folder one <<-\_
		--
		--
		remember: folder: is no regular file
	_
	fails 'T04 a FIFO is no state, and is not waited for' 1 ./remember --state fifo one <<-\_
		--
		--
		remember: fifo: is no regular file
	_
	fails 'T04 a device is no state' 1 ./remember --state /dev/null one <<-\_
		--
		--
		remember: /dev/null: is no regular file
	_
	fails 'T04 a symbolic link is no state' 1 ./remember --state link one <<-\_
		--
		--
		remember: link: is a symbolic link; --state needs the file itself
	_
	# Root may read all but without its capabilities, and nobody else can give a file away.
	if [ "$(id -u)" -eq 0 ]; then
		without='setpriv --bounding-set=-dac_override,-dac_read_search'
		chown 65534 w
		refused 'T04 the state of another user is refused' 'belongs to another user'
		chown 0 w
	fi
	chmod 0 w
	fails 'T04 a state that may not be read is refused' 1 ${without-} ./remember --state w <<-\_
		--
		--
		remember: w: Permission denied
	_
	rm -f w
}

t05_others() {
	begun --size 10s
	refused 'T05 a state with another size is refused' 'made with size "10s", not with "15s"' --size 15s
	refused 'T05 a state with a size is refused without' 'made with size "10s", not without'
	refused 'T05 the first difference is named' 'made with size "10s", not with "1h"' --size 1h -k x
	refused 'T05 a state without key is refused with one' 'made without key, not with "x"' --size 10s -k x
	altered 's/,"key":null/,"grace":"5s"/'
	refused 'T05 a state with an option that is not known is refused' 'made with grace "5s", not without' --size 10s
	begun
	altered '1s/remember/recall/'
	refused 'T05 the state of another program is refused' 'made by "recall", not by remember'
	begun
	altered '1s/"version":1/"version":2/'
	refused 'T05 a newer state is refused' 'made by a newer remember: its format is 2, not 1'
	altered '1s/"version":2/"version":0/'
	refused 'T05 an older state is refused' 'made by an older remember: its format is 0, not 1'
	altered '1s/"version":0,//'
	refused 'T05 a state without version is refused' 'has no version of its format'
	begun --size 10s
	altered '1s/\(,"version":1\)\(,"size":"10s"\),"key":null/\2\1/'
	ok 'T05 the order of the options does not matter' ./remember --state w --size 10s one <<-\_
		--
		{"id":"a","n":2}
	_
}

# running: one that has answered a record and waits for the next; its input is 3, its output 4.
running() {
	rm -f feed said
	mkfifo feed said
	exec 4<>said
	./remember --state w --state-new feed >said 2>err.running &
	running=$!
	exec 3>feed
	cat one >&3
	read -r answer <&4
}

ended() {
	exec 3>&-
	wait $running 2>/dev/null
	status=$?
	exec 4>&-
}

t06_lock() {
	rm -f w
	running
	fails 'T06 a state that another process works on is refused' 1 ./remember --state w one <<-\_
		--
		--
		remember: w: another process is at work on it
	_
	fails 'T06 --state-new does not help' 1 ./remember --state w --state-new one <<-\_
		--
		--
		remember: w: another process is at work on it
	_
	ended
	[ "$status $answer" = '0 {"id":"a","n":1}' ]
	result $? 'T06 that process does not notice'
	ok 'T06 the lock ends with its process' ./remember --state w one <<-\_
		--
		{"id":"a","n":2}
	_
	begun
	running
	kill -KILL $running
	ended
	ok 'T06 even if that is killed' ./remember --state w one <<-\_
		--
		{"id":"a","n":2}
	_
}

untouched() {
	[ "$status" -eq "$2" ] || wrong "exit status $status, not $2"
	cmp -s w kept || wrong 'the state has changed'
	[ -z "$(ls -A | grep '^\.weir')" ] || wrong "leaves $(ls -A)"
	verdict "$1"
}

t01_not_saved() {
	begun
	cp w kept
	for signal in 15 1; do
		running
		kill -$signal $running
		ended
		untouched "T01 a stop by signal $signal leaves the state" $((128 + signal))
	done
	printf '{"id":"a"}\noops\n' >in
	./remember --state w in >out 2>err
	status=$?
	untouched 'T01 a bad record leaves the state' 1
	./remember --state w one no >out 2>err
	status=$?
	untouched 'T01 a file that is missing leaves the state' 1
	mkfifo unread
	exec 4<>unread 5>unread 4>&-
	./remember --state w second 2>err >&5
	status=$?
	exec 5>&-
	untouched 'T01 a reader that has left leaves the state' 141
	./remember --state w second >/dev/full 2>err
	status=$?
	untouched 'T01 a full disk for the output leaves the state' 1
	./remember --state w in --bad bad >out 2>err
	status=$?
	[ "$status" -eq 0 ] && ! cmp -s w kept
	result $? 'T01 bad records that are put aside do not'
}

t07_full_disk() {
	if ! unshare -rm true 2>/dev/null; then
		skip 'T07 a full disk leaves the state' 'no file system may be mounted here'
		skip 'T08 a folder that is read only is refused' 'no file system may be mounted here'
		return
	fi
	mkdir -p disk
	unshare -rm sh -c '
		mount -t tmpfs -o size=16k none disk && ./remember --state disk/w --state-new one >one.out || exit 99
		cp disk/w kept
		./remember --state disk/w second >out 2>err
		echo $? >code
		cp disk/w w
		ls -A disk >left' 2>/dev/null
	[ "$(cat err)" = 'remember: disk/w: No space left on device' ] || wrong "$(shown err)"
	[ "$(cat left)" = "$(printf 'w\nw.lock')" ] || wrong "leaves $(cat left)"
	status=$(cat code)
	untouched 'T07 a full disk leaves the state' 1
	unshare -rm sh -c 'mount -t tmpfs -o ro none disk && ./remember --state disk/w one' >out 2>err
	status=$?
	expect 'read only' 1 nothing 'disk/w.lock: Read-only file system'
	verdict 'T08 a folder that is read only is refused'
	begun
	cp w kept
	(ulimit -f 20; trap '' XFSZ; ./remember --state w second >/dev/null 2>err)
	status=$?
	grep -q 'remember: w: File too large' err || wrong "$(shown err)"
	untouched 'T07 a limit of size leaves the state' 1
	./remember --state w first >/dev/null
	cp w kept
	echo old >replaced
	(ulimit -f 20; trap '' XFSZ; ./remember --state w -o replaced one 2>err)
	status=$?
	grep -q 'remember: w: File too large' err || wrong "$(shown err)"
	[ "$(cat replaced)" = old ] || wrong 'the output has taken its place'
	untouched 'T07 a state that cannot be written leaves the old file of -o, too' 1
}

t08_folder() {
	fails 'T08 a folder that is absent is named' 1 ./remember --state no/w one <<-\_
		--
		--
		remember: no/w.lock: No such file or directory
	_
	fails 'T08 a file is no folder' 1 ./remember --state one/w one <<-\_
		--
		--
		remember: one/w.lock: Not a directory
	_
}

t12_mode() {
	rm -f w w.lock
	(umask 000; ./remember --state w --state-new one >out)
	[ "$(stat -c %a w w.lock | tr '\n' ' ')" = '600 600 ' ]
	result $? 'T12 a state is for its user alone, whatever the umask'
	chmod 640 w
	(umask 077; ./remember --state w one >out)
	[ "$(stat -c %a w)" = 640 ]
	result $? 'T12 a mode that was changed stays'
}

t13_names() {
	begun
	cp w kept
	for side in output bad late; do
		./remember --state w --$side w one >out 2>err
		status=$?
		[ "$(head -1 err)" = "remember: --bad: w is that of --state too" ] ||
			[ "$(head -1 err)" = "remember: --late: w is that of --state too" ] ||
			[ "$(head -1 err)" = "remember: --state: w is the output" ] || wrong "$(shown err)"
		untouched "T13 --$side with the name of the state is refused" 2
	done
	for name in '' -; do
		./remember --state "$name" one >out 2>err
		[ $? -eq 2 ] || wrong "exit status $?"
	done
	./remember --state-new one >out 2>err
	[ $? -eq 2 ] || wrong "exit status $?"
	verdict 'T13 a name that is none is a usage error'
}

first_time() {
	rm -f w
	ok 'without a state all begins afresh, and says so' ./remember --state w one <<-\_
		--
		{"id":"a","n":1}
		--
		remember: w: is not there yet, all begins afresh
	_
	rm w
	ok 'with --state-new it says nothing' ./remember --state w --state-new one <<-\_
		--
		{"id":"a","n":1}
	_
	ok 'with --state-new a state that is there is taken' ./remember --state w --state-new one <<-\_
		--
		{"id":"a","n":2}
	_
	rm w
	./remember --state w --state-new /dev/null
	cat >wanted <<-\_
		{"program":"remember","version":1,"size":null,"key":null}
		{"records":0,"crc64":"@"}
	_
	sed 's/"crc64":"[0-9a-f]\{16\}"/"crc64":"@"/' w >got
	same 'no input is remembered too' wanted got
	head -n -1 w | python state.py seal >wanted
	same 'the checksum is that of CRC-64 as xz has it' wanted w
	cat one one | ./remember --state w >out
	head -n -1 w | python state.py seal >wanted
	same 'with records too' wanted w
}

named() {
	rm -f w
	ok 'a run may have a name' ./remember --state w --state-new --run one -o out one <<-\_
	_
	[ "$(head -1 w)" = '{"program":"remember","version":1,"run":"one","size":null,"key":null}' ]
	result $? 'the name is kept in the state'
	cp w kept
	for file in out late bad; do echo $file >$file; done
	ok 'the same run again is done already, and reads nothing' \
		./remember --state w --run one -o out --late late --bad bad missing <<-\_
		--
		--
		remember: w: the run one is done already
	_
	[ "$(cat out late bad | tr '\n' ' ')" = 'out late bad ' ] && cmp -s w kept
	result $? 'and all files are as they were'
	refused 'a state of the same run that other options made is refused' \
		'made without size, not with "1h"' --run one --size 1h
	ok 'another run goes on' ./remember --state w --run two one <<-\_
		--
		{"id":"a","n":2}
	_
	ok 'only the last one is known' ./remember --state w --run one one <<-\_
		--
		{"id":"a","n":3}
	_
	ok 'one without a name goes on' ./remember --state w one <<-\_
		--
		{"id":"a","n":4}
	_
	ok 'and leaves a state without one, which others go on from' ./remember --state w --run one one <<-\_
		--
		{"id":"a","n":5}
	_
	for run in '"' '\' "$(printf 'a\nb\033')" ü ' ' -- "$(seq -s, 100 | head -c 255)"; do
		./remember --state w --run "$run" one >out 2>err
		[ $? -eq 0 ] && [ -s out ] && [ ! -s err ] || wrong "$run: $(shown err)"
		./remember --state w --run "$run" one >out 2>err
		[ $? -eq 0 ] && [ ! -s out ] && grep -q 'is done already$' err || wrong "$run again: $(shown err)"
	done
	verdict 'any text is a name'
	cp w kept
	altered '1s/"run":"[^"]*"/"run":3/'
	./remember --state w --run 3 one >out 2>err
	[ $? -eq 0 ] && [ -s out ] && [ ! -s err ]
	result $? 'a number is no name'
	sed 's/"n"/"m"/' kept >w
	cp w kept
	refused 'a state that is damaged is refused, whatever the run' 'checksum does not match' --run "$run"
	for run in '' "$(printf '\377')" "$(seq -s, 100 | head -c 256)"; do
		./remember --state w --run "$run" one >out 2>err
		[ $? -eq 2 ] && grep -q '^remember: --run: the name is ' err || wrong "$run: $(shown err)"
	done
	./remember --run one one >out 2>err
	[ $? -eq 2 ] && grep -q '^remember: --run goes with --state FILE' err || wrong "without --state: $(shown err)"
	STATE_OUT=. ./remember --state w --run one one >out 2>err
	[ $? -eq 2 ] && grep -q '^remember: --run does not go with STATE_IN' err || wrong "STATE_OUT: $(shown err)"
	verdict 'T13 other names, or one without a state, are usage errors'
	rm -f late bad
}

directories() {
	rm -rf old new w
	mkdir old new
	cp one new/in
	export STATE_OUT=new
	ok 'STATE_OUT alone: the first time of all' ./remember --state w one <<-\_
		--
		{"id":"a","n":1}
	_
	mv new/w old/w
	cp old/w kept
	export STATE_IN=old
	ok 'a state is read from STATE_IN' ./remember --state w one <<-\_
		--
		{"id":"a","n":2}
	_
	[ ! -e w ] && [ ! -e old/w.lock ] && cmp -s old/w kept && ! cmp -s old/w new/w
	result $? 'and written to STATE_OUT'
	fails 'T09 a state that is missing in STATE_IN is refused' 1 ./remember --state v one <<-\_
		--
		--
		remember: old/v: is missing; --state-new begins without it
	_
	ok 'T09 --state-new begins one' ./remember --state v --state-new one <<-\_
		--
		{"id":"a","n":1}
	_
	ok 'an absolute name has nothing to do with them' ./remember --state "$PWD/w" --state-new one <<-\_
		--
		{"id":"a","n":1}
	_
	STATE_IN=gone
	fails 'T09 a STATE_IN that is missing is refused, also with --state-new' 1 ./remember --state w --state-new one <<-\_
		--
		--
		remember: gone: No such file or directory
	_
	STATE_IN=old STATE_OUT=gone
	fails 'a STATE_OUT that is missing is refused' 1 ./remember --state w one <<-\_
		--
		--
		remember: gone/w.lock: No such file or directory
	_
	unset STATE_OUT
	fails 'STATE_IN alone is refused' 2 ./remember --state w one <<-\_
		--
		--
		remember: STATE_IN is set, and STATE_OUT is not
		try: remember --help
	_
	unset STATE_IN
}

if [ -n "$SAN" ] || ! command -v strace >/dev/null || ! command -v python3 >/dev/null; then
	[ -n "$SAN" ] || skip 'T01: and others' 'strace or python3 is not installed'
	done_testing
	exit
fi
compiled remember remember -DWEIR_VERSION='"0"'
linked remember remember.o
: >nothing
echo '{"id":"a"}' >one
records 7000 | awk '{ sub(/"id":"/, "&" NR % 1000 "-"); print }' >all
head -n 3000 all >first
tail -n +3001 all >second
p=remember
first_time
named
directories
t01_not_saved
t04_damage
t04_kinds
t05_others
t06_lock
t07_full_disk
t08_folder
t12_mode
t13_names
tried=$PWD/remember
deaths
bugs
for p in $PROGS; do
	[ -z "$(header "$p" state)" ] || { eval "set -- $(header "$p" state)"; tried="$p $*"; deaths; }
done
done_testing
