#!/bin/sh
# streams
# What every program does when its output cannot be written, its input cannot be read, and the system is
# not as usual.
. "$SRC/tests/loops.sh"

# live CASES INPUT WANTED: scenes of live.py, with commas between them.
live() {
	eval "python live.py $1 $2 $3 $command" >live 2>&1
	while read -r line; do
		wrong "$line"
	done <live
}

has_output_option() {
	"$p" --options | grep -q '^o	output	'
}

# A source reads nothing: the same for both.
o01_full() {
	for f in $few $many; do
		run <"$f" >/dev/full 2>err
		status=$?
		: >out
		expect "$f" 1 nothing 'standard output: No space left on device'
	done
	verdict "O01 $p: a full device is an error"
}

o02_closed() {
	run <"$few" 2>err >&-
	status=$?
	: >out
	expect 'closed' 1 nothing 'standard output: Bad file descriptor'
	for option in --help --version --options; do
		"$p" $option 2>err >&-
		status=$?
		expect "$option" 1 nothing 'standard output: Bad file descriptor'
	done
	if has_output_option; then
		rm -f file
		run -o file <"$few" 2>err >&-
		[ ! -e file ] || cmp -s file few.wanted || wrong 'the file of -o is not what it should be'
	fi
	if ! is "$p" source; then
		spoiled 3 | run --bad bad 2>err >&-
		[ ! -s bad ] || ! grep -qv '"error"' bad || wrong 'output went to the file of bad records'
	fi
	verdict "O02 $p: a closed standard output is an error"
}

# limited ARGUMENTS: what a limit of a file's size leaves of the answer, which stands for a disk that
# fills: its signal is not what a program dies of. The message goes through a pipe, for the limit may
# be 0.
limited() {
	blocks=64
	! is "$p" gathers || blocks=0
	said=$( (ulimit -f $blocks; run "$@" <"$many" 2>&1 >out) )
	status=$?
	echo "$said" >err
}

o03_limit() {
	limited
	cp out front
	expect 'standard output' 1 front 'standard output: File too large'
	head -c "$(wc -c <front)" many.wanted | cmp -s - front || wrong 'what was written is not the front'
	if has_output_option; then
		mkdir new
		echo old >new/file
		limited -o new/file
		expect '-o' 1 nothing 'new/file: File too large'
		[ "$(cat new/*)" = old ] && [ "$(ls -A new)" = file ] || wrong "-o leaves $(ls -A new)"
		rm -r new
	fi
	verdict "O03 $p: a disk that fills is an error, and leaves the old file of -o"
}

o04_reader_left() {
	live unread,unread_ignored $few few.wanted
	if is_long; then
		live left,left_ignored $many many.wanted
	fi
	verdict "O04 $p: dies of SIGPIPE without a word when the reader has left"
}

# More than any pipe holds.
is_long() {
	[ "$(wc -c <many.wanted)" -gt 4000000 ]
}

o05_slow_reader() {
	live slow_reader $many many.wanted
	verdict "O05 $p: a non-blocking output with a slow reader gets all"
}

o06_slow_writer() {
	live slow_writer 100 100.wanted
	verdict "O06 $p: a non-blocking input that has nothing yet is waited for"
}

o10_input() {
	mkdir -p directory
	run <directory >out 2>err
	status=$?
	expect 'a directory on standard input' 1 nothing '-: Is a directory'
	run >out 2>err <&-
	status=$?
	expect 'a closed standard input' 1 nothing '-: Bad file descriptor'
	run <3 >all
	{ cat 3; head -1 3; } | run >more
	settled all more >known.3
	for name in missing directory 3/x; do
		try 3 $name 3
		case $name in
		missing) cause='No such file or directory' ;;
		directory) cause='Is a directory' ;;
		*) cause='Not a directory' ;;
		esac
		expect "$name" 1 known.3 "$name: $cause"
	done
	if [ "$(id -u)" -ne 0 ]; then
		touch unreadable
		chmod 0 unreadable
		try unreadable
		expect 'unreadable' 1 nothing 'unreadable: Permission denied'
	fi
	live from_socket,fifo,fifo_stopped 100 100.wanted
	live terminal 3 all
	verdict "O10 $p: what cannot be read is an error, what comes late is waited for"
}

o11_all_closed() {
	run >/dev/null <"$few" 2>&-
	[ $? -eq 0 ] || wrong 'without standard error it fails'
	run <&- >&- 2>&-
	[ $? -ne 0 ] || wrong 'exit status 0 with all closed'
	if ! is "$p" source; then
		rm -f file bad
		spoiled 3 >in
		run -o file --bad bad in <&- >&- 2>&-
		run --bad wanted.bad <3 >wanted 2>err
		[ ! -e file ] || cmp wanted file >.cmp 2>&1 || wrong "-o: $(cat .cmp)"
		[ "$(grep -c '"raw":"oops"}$' bad)" -eq "$(wc -l <bad)" ] || wrong "--bad holds $(shown bad)"
		run 3 <&- >out 2>err
		status=$?
		expect 'a file, with standard input closed' 0 wanted
	fi
	verdict "O11 $p: closed standard descriptors do no harm"
}

o12_descriptors() {
	if [ $form = json ]; then
		cat 3 3 3 3 3 3 3 3 3 3 | run
	else
		for i in 1 2 3 4 5; do together 3; done
	fi >wanted
	eval "sh -c 'ulimit -n 8; exec \"\$@\"' - $command 3 3 3 3 3 3 3 3 3 3" >out 2>err
	status=$?
	expect 'ten files' 0 wanted
	verdict "O12 $p: eight descriptors are enough"
}

o13_interrupted() {
	live stopped,resized 100 100.wanted
	verdict "O13 $p: being stopped, continued and told of windows changes nothing"
}

o14_signals() {
	heads 5 2000 >5
	known 5 >name
	scenes=idle_term,idle_int,idle_hup
	! has_output_option || scenes=$scenes,replaced
	live $scenes 5 "$(cat name)"
	is_long && live blocked_twice $many nothing
	verdict "O14 $p: what was read is answered before a signal comes, which then ends it"
}

o15_latency() {
	known 1 >name
	live one_record 1 "$(cat name)"
	verdict "O15 $p: an answer does not wait for more input"
}

o16_environment() {
	path=$(command -v "$p")
	arguments=${command#"$p"}
	export LOCPATH="$B/locales"
	for setting in LC_ALL=de_DE.UTF-8 LC_ALL=tr_TR.UTF-8 LC_ALL=nonsense LANG=de_DE TZ=Mars/Phobos 'TZ=<-03>3' \
		TZ=Pacific/Apia TZ= HOME= HOME=/nonexistent TMPDIR=/nonexistent PATH= POSIXLY_CORRECT=1 \
		PATH=/nonexistent COLUMNS=1 TERM=nonsense; do
		eval "env -u HOME '$setting' \"$path\" $arguments" <"$hundred" >out 2>err
		status=$?
		expect "$setting" 0 100.wanted
	done
	eval "env -i \"$path\" $arguments" <"$hundred" >out 2>err
	status=$?
	expect 'no environment' 0 100.wanted
	unset LOCPATH
	verdict "O16 $p: the environment does not change the output"
}

o17_clock() {
	for date in '1970-01-01 00:00:01' '2038-01-19 03:14:07' '2106-02-07 06:28:15'; do
		eval "faketime '$date' $command" <"$hundred" >out 2>err
		status=$?
		expect "$date" 0 100.wanted
	done
	verdict "O17 $p: the time of day does not change the output"
}

: >nothing
echo oops >oops
# They take longest, and are the same for all.
if [ ! -e "$B/locales" ]; then
	mkdir locales
	for name in de_DE tr_TR; do
		localedef -i $name -f UTF-8 ./locales/$name.UTF-8 2>/dev/null
	done
	mv -T locales "$B/locales" 2>/dev/null
fi
records 200000 >200000
for n in 2000 100 3 1; do heads $n 200000 >$n; done
few=1 many=200000 hundred=100
is "$p" source && few=/dev/null many=/dev/null hundred=/dev/null
run <$few >few.wanted
run <$many >many.wanted
run <$hundred >100.wanted
o01_full
o02_closed
o03_limit
o11_all_closed
o16_environment
if command -v python3 >/dev/null; then
	o04_reader_left
	o05_slow_reader
else
	skip "O04 $p: and others" 'python3 is not installed'
fi
# Faketime is preloaded, which sanitizers do not have.
if [ -n "$SAN" ]; then
	:
elif command -v faketime >/dev/null; then
	o17_clock
else
	skip "O17 $p: the time of day does not change the output" 'faketime is not installed'
fi
if ! is "$p" source; then
	o12_descriptors
	if command -v python3 >/dev/null; then
		o06_slow_writer
		o10_input
		o13_interrupted
		o14_signals
		o15_latency
	fi
fi
done_testing
