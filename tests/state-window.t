#!/bin/sh
# What window remembers between runs, makes while its input is open, and merges.
. "$SRC/tests/loops.sh"

# shell COMMANDS: with the work of several runs.
shell() {
	sh -c "$1"
}

# State
continued() {
	rm -f s
	head -n 2 >one
	cat >two
	window "$@" --state s --state-new one && window "$@" --state s two && window "$@" --state s --drain </dev/null
}
ok 'a run goes on where the last one has left off' continued --size 1m -k k -a 'mean(x)' --late drop <<\_
{"time":0,"k":"\u0061","x":1}
{"time":61,"k":"a","x":2}
{"time":0,"k":"a","x":9}
{"time":62,"k":"a","x":3}
{"time":120,"k":"a","x":4}
--
{"k":"\u0061","window_start":0,"window_end":60,"count":1,"x_mean":1}
{"k":"a","window_start":60,"window_end":120,"count":2,"x_mean":2.5}
{"k":"a","window_start":120,"window_end":180,"count":1,"x_mean":4}
_
ok 'so it is with sessions' continued --gap 1m -a 'list(x)' --late drop <<\_
{"time":0,"x":1}
{"time":10,"x":2}
{"time":70,"x":3}
{"time":131,"x":4}
--
{"window_start":0,"window_end":130,"first":0,"last":70,"count":3,"x_list":[1,2,3]}
{"window_start":131,"window_end":191,"first":131,"last":131,"count":1,"x_list":[4]}
_
ok 'with numbers of records' continued --rows 3 -a 'sum(x)' <<\_
{"time":0,"x":1}
{"time":1,"x":2}
{"time":2,"x":3}
{"time":3,"x":4}
--
{"first":0,"last":2,"count":3,"x_sum":6}
{"first":3,"last":3,"count":1,"x_sum":4}
_
ok 'with a window that has no end' continued --all -k k -a 'sum(x)' <<\_
{"k":1,"x":1}
{"k":2,"x":2}
{"k":1.0,"x":3}
--
{"k":1,"count":2,"x_sum":4}
{"k":2,"count":1,"x_sum":2}
_
ok 'and corrections are counted on' continued --size 1m --lateness 1m --late drop <<\_
{"time":0}
{"time":60}
{"time":1}
{"time":2}
--
{"window_start":0,"window_end":60,"count":1,"pane":"final","rev":0}
{"window_start":0,"window_end":60,"count":2,"pane":"late","rev":1}
{"window_start":0,"window_end":60,"count":3,"pane":"late","rev":2}
{"window_start":60,"window_end":120,"count":1,"pane":"final","rev":0}
_
ok 'and what is missing is filled in' continued --size 1m -k k -a 'sum(x)' --fill linear --max-gap 2m --late drop <<\_
{"time":0,"k":"\u0061","x":1}
{"time":60,"k":"b","x":0}
{"time":180,"k":"a","x":2.5}
{"time":240,"k":"b","x":3}
--
{"k":"\u0061","window_start":0,"window_end":60,"count":1,"x_sum":1}
{"k":"a","window_start":60,"window_end":120,"count":0,"x_sum":1.5}
{"k":"b","window_start":60,"window_end":120,"count":1,"x_sum":0}
{"k":"a","window_start":120,"window_end":180,"count":0,"x_sum":2}
{"k":"b","window_start":120,"window_end":180,"count":0,"x_sum":1}
{"k":"a","window_start":180,"window_end":240,"count":1,"x_sum":2.5}
{"k":"b","window_start":180,"window_end":240,"count":0,"x_sum":2}
{"k":"b","window_start":240,"window_end":300,"count":1,"x_sum":3}
_
ok 'keys that are worked out are so once' continued --size 1m -k 'concat(k,"!") as k,hour(time) as h' --late drop <<\_
{"time":0,"k":"a"}
{"time":1,"k":"a"}
{"time":2,"k":"a"}
--
{"k":"a!","h":0,"window_start":0,"window_end":60,"count":3}
_
ok 'nothing is told twice where the clock stands between windows' \
	shell 'rm -f s; head -n 3 >one; set -- --size 24h --slide 1d --tz Europe/Berlin -k k --fill prev --max-gap 1h
		set -- "$@" --late drop --state s; window "$@" --state-new one; window "$@"' <<\_
{"time":"2026-10-24T10:00:00+02:00","k":"a"}
{"time":"2026-10-25T10:00:00+01:00","k":"b"}
{"time":"2026-10-25T23:30:00+01:00","k":"b"}
{"time":"2026-10-26T10:00:00+01:00","k":"a"}
{"time":"2026-10-29T10:00:00+01:00","k":"b"}
--
{"k":"a","window_start":"2026-10-24T00:00:00+02:00","window_end":"2026-10-25T00:00:00+02:00","count":1}
{"k":"b","window_start":"2026-10-25T00:00:00+02:00","window_end":"2026-10-25T23:00:00+01:00","count":1}
{"k":"a","window_start":"2026-10-26T00:00:00+01:00","window_end":"2026-10-27T00:00:00+01:00","count":1}
_
ok 'nothing is filled in across a drain' \
	shell 'rm -f s; head -n 2 >one; set -- --size 1m --fill prev --max-gap 1h --late drop --state s --drain
		window "$@" --state-new one; window "$@"' <<\_
{"time":0}
{"time":120}
{"time":240}
{"time":360}
--
{"window_start":0,"window_end":60,"count":1}
{"window_start":60,"window_end":120,"count":0}
{"window_start":120,"window_end":180,"count":1}
{"window_start":240,"window_end":300,"count":1}
{"window_start":300,"window_end":360,"count":0}
{"window_start":360,"window_end":420,"count":1}
_
ok 'what comes for a window that was drained is late' \
	shell 'rm -f s; head -n 1 >one; window --size 1m --late late --state s --state-new --drain one;
		window --size 1m --late late --state s --drain; cat late' <<\_
{"time":0}
{"time":1}
{"time":60}
--
{"window_start":0,"window_end":60,"count":1}
{"window_start":60,"window_end":120,"count":1}
{"time":1,"late_by":59,"late_for":"0/60"}
--
window: 1 late record: see late
_
ok 'a state that is not there is not passed over' \
	shell 'rm -f s; echo "{\"time\":0}" | window --size 1m --late drop --state s' <<\_
--
--
window: s: is not there yet, all begins afresh
_
# cuts ARGUMENTS: the answer to all of the input, and where another one comes of the input in pieces.
cuts() {
	case $1 in
	--all | --rows) late= ;;
	*) late='--late drop' ;;
	esac
	cat >whole
	window "$@" whole >wanted
	cat wanted
	lines=$(wc -l <whole)
	for end in $(seq "$lines"); do
		rm -f s
		head -n "$end" whole | window "$@" $late --state s --state-new >got
		tail -n "+$((end + 1))" whole | window "$@" $late --state s --drain >>got
		cmp wanted got || echo "cut after $end"
	done
	rm -f s
	for line in $(seq "$lines"); do
		sed -n "${line}p" whole | window "$@" $late --state s --state-new
	done >got
	window "$@" $late --state s --drain >>got </dev/null
	cmp wanted got || echo 'cut everywhere'
}
# divided ARGUMENTS: the same of partial results that are merged, the first part before the second or after it.
divided() {
	cat >whole
	window "$@" whole >wanted
	cat wanted
	for end in $(seq "$(wc -l <whole)"); do
		head -n "$end" whole | window "$@" --partial >first
		tail -n "+$((end + 1))" whole | window "$@" --partial >second
		cat first second | window "$@" --merge | cmp wanted - || echo "divided after $end"
		cat second first | window "$@" --merge | cmp wanted - || echo "divided after $end, turned"
		cat second first | window "$@" --merge --partial | window "$@" --merge | cmp wanted - ||
			echo "divided after $end, merged in two steps"
	done
}
for way in cuts divided; do
	ok "$way: an hour that comes twice leaves the spelling of the others as it is" \
		$way --size 1h --tz Europe/Berlin <<\_
{"time":"2026-10-25T01:30:00"}
{"time":"2026-10-25T02:30:00"}
{"time":"2026-10-25T02:30:00+01:00"}
{"time":"2026-10-25T03:30:00"}
{"time":"2026-10-25T05:00:00"}
--
{"window_start":"2026-10-25T01:00:00","window_end":"2026-10-25T02:00:00+02:00","count":1}
{"window_start":"2026-10-25T02:00:00+02:00","window_end":"2026-10-25T02:00:00+01:00","count":1}
{"window_start":"2026-10-25T02:00:00+01:00","window_end":"2026-10-25T03:00:00","count":1}
{"window_start":"2026-10-25T03:00:00","window_end":"2026-10-25T04:00:00","count":1}
{"window_start":"2026-10-25T05:00:00","window_end":"2026-10-25T06:00:00","count":1}
_
	ok "$way: also as the first one, and with a blank" $way --size 1h --tz Europe/Berlin <<\_
{"time":"2026-10-25 02:30:00"}
{"time":"2026-10-25 05:00:00"}
--
{"window_start":"2026-10-25 02:00:00+02:00","window_end":"2026-10-25 02:00:00+01:00","count":1}
{"window_start":"2026-10-25 05:00:00","window_end":"2026-10-25 06:00:00","count":1}
_
	ok "$way: and of a session" $way --gap 20m --tz Europe/Berlin <<\_
{"time":"2026-10-25T02:30:00"}
{"time":"2026-10-25T04:00:00"}
--
{"window_start":"2026-10-25T02:30:00+02:00","window_end":"2026-10-25T02:50:00+02:00","first":"2026-10-25T02:30:00+02:00","last":"2026-10-25T02:30:00+02:00","count":1}
{"window_start":"2026-10-25T04:00:00","window_end":"2026-10-25T04:20:00","first":"2026-10-25T04:00:00","last":"2026-10-25T04:00:00","count":1}
_
	ok "$way: dates alone" $way --size 1d --tz America/Havana <<\_
{"time":"2026-11-01"}
{"time":"2026-11-02"}
--
{"window_start":"2026-11-01T00:00:00-04:00","window_end":"2026-11-02","count":1}
{"window_start":"2026-11-02","window_end":"2026-11-03","count":1}
_
	ok "$way: dates alone, in halves of days" $way --size 24h --slide 12h <<\_
{"time":"2026-11-01"}
{"time":"2026-11-02"}
--
{"window_start":"2026-10-31T12:00:00","window_end":"2026-11-01T12:00:00","count":1}
{"window_start":"2026-11-01","window_end":"2026-11-02","count":1}
{"window_start":"2026-11-01T12:00:00","window_end":"2026-11-02T12:00:00","count":1}
{"window_start":"2026-11-02","window_end":"2026-11-03","count":1}
_
	ok "$way: whole hours as offsets, where there are others" $way --size 1d --tz Australia/Lord_Howe <<\_
{"time":"2026-04-03T12:00:00+11"}
{"time":"2026-04-06T12:00:00+1030"}
{"time":"2026-10-07T12:00:00+11"}
--
{"window_start":"2026-04-03T00:00:00+11","window_end":"2026-04-04T00:00:00+11","count":1}
{"window_start":"2026-04-06T00:00:00+1030","window_end":"2026-04-07T00:00:00+1030","count":1}
{"window_start":"2026-10-07T00:00:00+11","window_end":"2026-10-08T00:00:00+11","count":1}
_
	ok "$way: also where only the end of a session tells" $way --gap 24h --tz Australia/Lord_Howe <<\_
{"time":"2024-10-05T02:00:00+11"}
{"time":"2024-10-05T03:00:00+11"}
--
{"window_start":"2024-10-05T01:30:00+1030","window_end":"2024-10-06T03:00:00+11","first":"2024-10-05T01:30:00+1030","last":"2024-10-05T02:30:00+1030","count":2}
_
	ok "$way: an offset in UTC" $way --size 1h <<\_
{"time":"2026-04-03T12:30:00+05"}
{"time":"2026-04-03T13:30:00+05"}
--
{"window_start":"2026-04-03T12:00:00+05","window_end":"2026-04-03T13:00:00+05","count":1}
{"window_start":"2026-04-03T13:00:00+05","window_end":"2026-04-03T14:00:00+05","count":1}
_
	# 10^11 ms, 10^14 us and 10^17 ns are 1973-03-03T09:46:40Z, and their opposites as long before 1970.
	for unit in '' 000 000000; do
		ok "$way: numbers in the hour in which their size would tell another unit: 10^11$unit" \
			$way --size 1h <<_
{"time":100000000000$unit}
{"time":100000500000$unit}
{"time":100001000000$unit}
--
{"window_start":99997200000$unit,"window_end":100000800000$unit,"count":2}
{"window_start":100000800000$unit,"window_end":100004400000$unit,"count":1}
_
		ok "$way: and before 1970: -10^11$unit" $way --size 1h <<_
{"time":-100000500000$unit}
{"time":-100000000000$unit}
--
{"window_start":-100000800000$unit,"window_end":-99997200000$unit,"count":2}
_
	done
	ok "$way: and in sessions" $way --gap 1h <<\_
{"time":100000000000}
{"time":100000500000}
--
{"window_start":100000000000,"window_end":100004100000,"first":100000000000,"last":100000500000,"count":2}
_
	ok "$way: in long windows" $way --size 1y <<\_
{"time":100000000000}
{"time":130000000000}
--
{"window_start":94694400000,"window_end":126230400000,"count":1}
{"window_start":126230400000,"window_end":157766400000,"count":1}
_
	ok "$way: numbers beside 1970 have the unit that is given" $way --size 1s --time-unit ms <<\_
{"time":-1}
{"time":0}
{"time":999.5}
{"time":1000}
--
{"window_start":-1000,"window_end":0,"count":1}
{"window_start":0,"window_end":1000,"count":2}
{"window_start":1000,"window_end":2000,"count":1}
_
done
for way in cuts divided; do
	ok "$way: extremes of texts" $way --all -k k -a 'max(x),min(x)' <<\_
{"k":1,"x":"b"}
{"k":2,"x":3}
{"k":1,"x":"\u0061"}
{"k":2,"x":2}
{"k":1,"x":"a\"b\u0000"}
{"k":3,"x":null}
--
{"k":1,"count":3,"x_max":"b","x_min":"a"}
{"k":2,"count":2,"x_max":3,"x_min":2}
{"k":3,"count":1,"x_max":null,"x_min":null}
_
done
ok 'with numbers of records' cuts --rows 2 --tz Europe/Berlin <<\_
{"time":"2026-10-25T02:30:00"}
{"time":"2026-10-25T05:00:00"}
{"time":"2026-10-25T02:40:00"}
{"time":"2026-10-25T02:45:00"}
{"time":"2026-10-25T06:00:00"}
--
{"first":"2026-10-25T02:30:00+02:00","last":"2026-10-25T05:00:00","count":2}
{"first":"2026-10-25T02:40:00+02:00","last":"2026-10-25T02:45:00+02:00","count":2}
{"first":"2026-10-25T06:00:00","last":"2026-10-25T06:00:00","count":1}
_
ok 'also without times' cuts --rows 3 -k k -a 'sum(x)' <<\_
{"k":"a","x":1}
{"k":"b","x":2,"time":7}
{"k":"a","x":3}
{"k":"a","x":4,"time":9}
{"k":"b","x":5}
{"k":"a","x":6}
--
{"k":"a","first":9,"last":9,"count":3,"x_sum":8}
{"k":"a","count":1,"x_sum":6}
{"k":"b","first":7,"last":7,"count":2,"x_sum":7}
_
ok 'with times that only the aggregates need' cuts --all -a 'first(x),last(x)' <<\_
{"time":100000000000,"x":1}
{"time":100000500000,"x":2}
{"time":99999999999999,"x":3}
--
{"count":3,"x_first":1,"x_last":3}
_
ok 'with several clocks, and what waits to be filled' \
	cuts --size 1h --tz Europe/Berlin --watermark-by p --sources 2 --fill 0 --max-gap 3h <<\_
{"time":"2026-10-25T02:30:00","p":"\u0061"}
{"time":"2026-10-25T02:40:00","p":"b"}
{"time":"2026-10-25T04:00:00","p":"a"}
{"time":"2026-10-25T04:10:00","p":"b"}
{"time":"2026-10-25T05:00:00","p":"b"}
--
{"window_start":"2026-10-25T02:00:00+02:00","window_end":"2026-10-25T02:00:00+01:00","count":2}
{"window_start":"2026-10-25T02:00:00+01:00","window_end":"2026-10-25T03:00:00","count":0}
{"window_start":"2026-10-25T03:00:00","window_end":"2026-10-25T04:00:00","count":0}
{"window_start":"2026-10-25T04:00:00","window_end":"2026-10-25T05:00:00","count":2}
{"window_start":"2026-10-25T05:00:00","window_end":"2026-10-25T06:00:00","count":1}
_
fails 'the unit of numbers is that of the run before' 1 \
	shell 'rm -f s; head -n 1 >one; window --size 1h --late drop --state s --state-new one
		window --size 1h --late drop --state s' <<\_
{"time":100000000000}
{"time":99999999999}
--
--
window: -:1: time: a time of another magnitude than the first (byte 8)
_
fails 'partial results of two units do not merge' 1 window --size 1h --merge <<\_
{"window_start":99997200000,"window_end":100000800000,"count":1,"partial":1}
{"window_start":3600,"window_end":7200,"count":1,"partial":1}
--
--
window: -:2: window_start: a time of another magnitude than the first (byte 16)
_
ok 'a run that has a name and is done is not done again' \
	shell 'rm -f s; cat >one; set -- --size 1h --late late --state s -o out
		window "$@" --state-new --run 1 one; echo "{\"time\":7200}" | window "$@" --run 2; cp s kept
		echo late >late; window "$@" --run 2 one; cat out late; cmp s kept' <<\_
{"time":3600}
{"time":3601}
--
{"window_start":3600,"window_end":7200,"count":2}
late
--
window: s: the run 2 is done already
_
rm -f s
echo '{"time":0}' | window --size 1m --late drop --state s --state-new
cp s kept
refused() {
	message=$1
	shift
	fails "a state is refused: $message" 1 window --late drop --state s "$@" <<-_
		--
		--
		window: s: made $message
	_
}
refused 'with size "1m", not with "60s"' --size 60s
refused 'with size "1m", not with "1m,1h"' --size 1m --size 1h
refused 'with size "1m", not without' --gap 1m
refused 'without slide, not with "30s"' --size 1m --slide 30s
refused 'without step, not with "30s"' --size 1m --step 30s
refused 'without offset, not with "1s"' --size 1m --offset 1s
refused 'without key, not with "k"' --size 1m -k k
refused 'without agg, not with "sum(x)"' --size 1m -a 'sum(x)'
refused 'without grace, not with "1s"' --size 1m --grace 1s
refused 'without delay, not with "1s"' --size 1m --delay 1s
refused 'without lateness, not with "1s"' --size 1m --lateness 1s
refused 'without watermark-by, not with "p"' --size 1m --watermark-by p --sources 2
refused 'with emit "final", not with "changes"' --size 1m --emit changes
refused 'without fill, not with "0"' --size 1m --fill 0 --max-gap 1h
refused 'without skip-text, not with true' --size 1m --skip-text
refused 'without exact, not with true' --size 1m --exact
refused 'with time "time", not with "t"' --size 1m -t t
refused 'with tz "UTC", not with "Europe/Berlin"' --size 1m --tz Europe/Berlin
same 'a state that is refused stays as it is' kept s
fails 'after a failure the state is as it was' 1 window --size 1m --late drop --state s <<\_
{"time":60}
{"time":"?"}
--
{"window_start":0,"window_end":60,"count":1}
--
window: -:2: time: not a time; rectime --from reads other forms (byte 8)
_
same 'to the byte' kept s
filling() {
	window --size 1m -k k -a 'sum(x)' --fill linear --max-gap 1h --late drop --state s "$@"
}
rm s
echo '{"time":0,"k":"a","x":1}' | filling --state-new
cp s kept
fails 'another gap is another state' 1 filling --max-gap 2h <<\_
--
--
window: s: made with max-gap "1h", not with "2h"
_
foreign() {
	what=$1 said=$2
	shift 2
	{ head -n 3 kept; printf '%s\n' "$@"; } | python state.py seal >s
	cp s given
	fails "a state with $what" 1 filling <<-_
		--
		--
		window: s:$said
	_
	same '... stays as it is' given s
}
sed '2d; $d' kept | python state.py seal >s
fails 'a state with times that may be written in any way' 1 filling <<\_
--
--
window: s:2: written: is no time (byte 0)
_
foreign 'a result that waits twice' '5: partial waits already (byte 11)' \
	'{"partial":0,"k":"a","window_start":0,"window_end":60,"count":1,"x_sum":2}' \
	'{"partial":0,"k":"a","window_start":0,"window_end":60,"count":0,"x_sum":2}'
for result in '"k":"a","window_start":0,"window_end":60,"count":1' \
	'"k":"a","window_start":0,"window_end":60,"count":1,"y_sum":2' \
	'"k":"a","window_start":0,"window_end":60,"count":1,"x_sum":2,"y_sum":2' \
	'"k":"a","window_start":0,"window_end":60,"count":1,"x_sum": 2' \
	'"window_start":0,"window_end":60,"count":1,"k":"a","x_sum":2'; do
	foreign "no result: $result" '4: partial is no result that waits (byte 11)' "{\"partial\":0,$result}"
done
foreign 'a result without a window' '4: window_end: is no time (byte 0)' '{"partial":0,"k":"a","window_start":0}'
foreign 'a result of less than nothing' '4: count is not a number that counts something (byte 62)' \
	'{"partial":0,"k":"a","window_start":0,"window_end":60,"count":-1}'
foreign 'a result in another order' '4: partial is no result that waits (byte 19)' \
	'{"k":"a","partial":0,"window_start":0,"window_end":60,"count":1,"x_sum":2}'
foreign 'a result of no form' '4: partial is not 1, the form that is known (byte 11)' '{"partial":2}'

# While the input is open
# begin ARGUMENTS: window runs, fed by say and heard by hear, and is killed if it hangs.
begin() {
	rm -f feed said
	mkfifo feed said
	timeout 60 window "$@" <feed >said 2>err &
	running=$!
	: >got
	exec 3>feed 4<said
}

say() {
	printf '{"time":%s,"k":"%s"}\n' "$@" >&3
}

hear() {
	read -r heard <&4 || heard='nothing'
	echo "$heard" >>got
}

# finish NAME: to the end of its input; what was heard and the rest must be as given.
finish() {
	cat >wanted
	exec 3>&-
	cat <&4 >>got
	exec 4<&-
	wait $running || echo "exit status $?" >>got
	cat err >>got
	same "$1" wanted got
}

begin --size 1m -k k
say 0 a 1 b 60 a
hear
hear
say 120 a
hear
finish 'a result is written when its window is over, not when the input is' <<\_
{"k":"a","window_start":0,"window_end":60,"count":1}
{"k":"b","window_start":0,"window_end":60,"count":1}
{"k":"a","window_start":60,"window_end":120,"count":1}
{"k":"a","window_start":120,"window_end":180,"count":1}
_
begin --gap 1m
say 0 a 61 a
hear
finish 'and that of a session' <<\_
{"window_start":0,"window_end":60,"first":0,"last":0,"count":1}
{"window_start":61,"window_end":121,"first":61,"last":61,"count":1}
_
begin --rows 2
say 0 a 1 a
hear
finish 'and of so many records' <<\_
{"first":0,"last":1,"count":2}
_
begin --all --emit changes
say 0 a
hear
say 1 a
hear
finish '--emit changes writes at once' <<\_
{"count":1,"pane":"early","rev":0}
{"count":2,"pane":"early","rev":1}
{"count":2,"pane":"final","rev":2}
_
begin --size 1h -k k --early 10ms
say 0 a 1 a 2 b
hear
hear
say 3 b
hear
finish '--early writes what has changed, and that only' <<\_
{"k":"a","window_start":0,"window_end":3600,"count":2,"pane":"early","rev":0}
{"k":"b","window_start":0,"window_end":3600,"count":1,"pane":"early","rev":0}
{"k":"b","window_start":0,"window_end":3600,"count":2,"pane":"early","rev":1}
{"k":"a","window_start":0,"window_end":3600,"count":2,"pane":"final","rev":1}
{"k":"b","window_start":0,"window_end":3600,"count":2,"pane":"final","rev":2}
_
begin --gap 1h --early 10ms
say 0 a
hear
say 1 a
hear
finish 'also of sessions' <<\_
{"window_start":0,"window_end":3600,"first":0,"last":0,"count":1,"pane":"early","rev":0}
{"window_start":0,"window_end":3601,"first":0,"last":1,"count":2,"pane":"early","rev":1}
{"window_start":0,"window_end":3601,"first":0,"last":1,"count":2,"pane":"final","rev":2}
_
begin --size 1m --watermark-by k --sources 2 --idle-timeout 10ms
cat <&4 3>&- >got &
say 0 a 1 b
until [ -s got ]; do
	say 3600 a
	sleep 0.01
done
exec 3>&- 4<&-
wait
echo '{"window_start":0,"window_end":60,"count":2}' >wanted
head -n 1 got >first
same '--idle-timeout: a source that is silent holds up the others for so long' wanted first
begin --size 10ms --idle-timeout 10ms
say 0 a
hear
finish 'and where all are silent time goes on' <<\_
{"window_start":0,"window_end":0.01,"count":1}
_
continued() {
	rm -f s
	echo "{\"time\":1,\"$1\":\"a\"}" >one
	window --size 1m -k "$1" --late drop --state s --state-new one &&
		window --size 1m -k "$1" --late drop --state s --drain one
}

for name in written clock source top; do
	ok "a key may be called $name, as members of a state are" continued $name <<-_
		--
		{"$name":"a","window_start":0,"window_end":60,"count":2}
	_
done

misused() {
	title=$1 said=$2
	shift 2
	fails "$title" 2 window "$@" <<-_
		--
		--
		window: $said
		try: window --help
	_
}

misused 'fields without aggregates are a mistake' '-f goes with -a, such as -a mean' --all -f x
misused 'a new state is one of a file' '--state-new goes with --state FILE' --all --state-new
misused 'a run is known by a state' '--run goes with --state FILE' --all --run 1
misused 'what is merged has no early results' '--merge has final results only, no --early or --emit changes' \
	--all --merge --early 1s
misused 'nor a clock that could stand' '--merge has no clock: it waits for all of its input' --size 1m --merge --idle-timeout 1s
fails 'a result that is not partial cannot be merged' 1 window --all --merge -a 'sum(x)' <<\_
{"count":1,"x_sum":"1"}
--
--
window: -:1: partial is missing, so this is no partial result (byte 0)
_
fails 'nor one of a form to come' 1 window --all --merge -a 'sum(x)' <<\_
{"count":1,"partial":2,"x_sum":"1"}
--
--
window: -:1: partial is not 1, the form that is known (byte 21)
_

# Records that have no place.
ok 'a record whose window is beyond the years moves no clock' \
	sh -c 'window --size 1h --bad bad --late late; grep -o "time: .*byte 8" bad; cat late' <<\_
{"time":"2024-01-01T00:00:00Z"}
{"time":"9999-12-31T23:30:00Z"}
{"time":"2024-01-01T00:10:00Z"}
--
{"window_start":"2024-01-01T00:00:00Z","window_end":"2024-01-01T01:00:00Z","count":2}
time: its window reaches beyond the years (byte 8
--
window: 1 bad record: see bad
_
ok 'nor does a session' sh -c 'window --gap 1h --bad bad --late late; cat late' <<\_
{"time":"2024-01-01T00:00:00Z"}
{"time":"9999-12-31T23:30:00Z"}
{"time":"2024-01-01T00:10:00Z"}
--
{"window_start":"2024-01-01T00:00:00Z","window_end":"2024-01-01T01:10:00Z","first":"2024-01-01T00:00:00Z","last":"2024-01-01T00:10:00Z","count":2}
--
window: 1 bad record: see bad
_
ok 'hopping windows before the first year are refused, and the program goes on' \
	sh -c 'window --size 2h --slide 1h --bad bad' <<\_
{"time":"-9999-01-01T00:30:00Z"}
{"time":"2024-01-01T00:10:00Z"}
--
{"window_start":"2023-12-31T23:00:00Z","window_end":"2024-01-01T01:00:00Z","count":1}
{"window_start":"2024-01-01T00:00:00Z","window_end":"2024-01-01T02:00:00Z","count":1}
--
window: 1 bad record: see bad
_
ok 'also as the last one' sh -c 'window --size 2h --slide 1h --bad bad' <<\_
{"time":"-9999-01-01T00:30:00Z"}
--
--
window: 1 bad record: see bad
_
ok 'the 25th hour of a day belongs to no window of 24h: it is late' \
	sh -c 'window --size 24h --slide 1d --tz Europe/Rome --late late; cat late' <<\_
{"time":"2024-10-27T23:30:00+01:00"}
{"time":"2024-10-28T12:00:00+01:00"}
--
{"window_start":"2024-10-28T00:00:00+01:00","window_end":"2024-10-29T00:00:00+01:00","count":1}
{"time":"2024-10-27T23:30:00+01:00","late_by":0,"late_for":""}
--
window: 1 late record: see late
_
misused 'an hour of each day' '--size 1h: the size is smaller than the slide' --size 1h --slide 1d
misused 'a day of each week' '--size 24h: the size is smaller than the slide' --size 24h --slide 1w
for size in 24h 1d 1w 1y; do
	misused "$size in steps of a millisecond" "--size $size: a record would belong to more than 100000 windows" \
		--size $size --step 1ms
done
ok 'a record centuries ahead of the clock is so many seconds ahead' \
	sh -c 'window --size 1h --max-ahead 1d --late late; cat late' <<\_
{"time":"2024-01-01T00:00:00Z"}
{"time":"2324-01-01T00:00:00Z"}
{"time":"9999-01-01T00:00:00Z"}
--
{"window_start":"2024-01-01T00:00:00Z","window_end":"2024-01-01T01:00:00Z","count":1}
{"time":"2324-01-01T00:00:00Z","late_by":-9467020800,"late_for":""}
{"time":"9999-01-01T00:00:00Z","late_by":-251666697600,"late_for":""}
--
window: 2 late records: see late
_
ok 'also where its window would end beyond the years' window --size 1h --max-ahead 1d --late drop <<\_
{"time":"2024-01-01T00:00:00Z"}
{"time":"9999-12-31T23:59:59Z"}
--
{"window_start":"2024-01-01T00:00:00Z","window_end":"2024-01-01T01:00:00Z","count":1}
_

# Partial results that are bad.
ok 'one that is bad adds nothing, not even its count' window --all --merge -a 'sum(x)' --bad bad <<\_
{"count":2,"partial":1,"x_sum":"5"}
{"count":3,"partial":1,"x_sum":"oops"}
--
{"count":2,"x_sum":5}
--
window: 1 bad record: see bad
_
ok 'nor a window' window --size 1m --merge -a 'sum(x)' --bad bad <<\_
{"window_start":0,"window_end":60,"count":3,"partial":1,"x_sum":"oops"}
--
--
window: 1 bad record: see bad
_
ok 'nor a session' window --gap 1m --merge -a 'sum(x)' --bad bad <<\_
{"window_start":0,"window_end":60,"first":0,"last":0,"count":3,"partial":1,"x_sum":"oops"}
--
--
window: 1 bad record: see bad
_
fails 'a session of another gap is none of those asked for' 1 sh -c 'window --gap 10m --partial | window --gap 1m --merge' <<\_
{"time":0}
{"time":500}
--
--
window: -:1: the window is none of those asked for (byte 0)
_
ok 'one of the same gap is merged' sh -c 'window --gap 10m --partial | window --gap 10m --merge' <<\_
{"time":0}
{"time":500}
--
{"window_start":0,"window_end":1100,"first":0,"last":500,"count":2}
_

# Silence is when there is no input.
awk 'BEGIN { for (i = 0; i < 60000; i++) printf "{\"time\":%d.5,\"k\":%d}\n", i / 100, i % 5 }' >steady
ok 'a reader of the output that pauses is no silence of the input' \
	sh -c 'window --size 1s -k k --idle-timeout 100ms --late late steady | { sleep 1; cat; } | wc -l; cat late' <<\_
--
3000
_
ok 'a clock that was saved goes on from where it was' sh -c '
	for t in 5 6; do
		echo "{\"time\":$t}" | window --size 1m --idle-timeout 10m --late late --state small --state-new 2>&1
	done; cat late; window --size 1m --idle-timeout 10m --late late --state small --drain </dev/null' <<\_
--
{"window_start":0,"window_end":60,"count":2}
_
ok 'sources that were saved are heard as the program starts' sh -c '
	run() { window --size 1m --watermark-by s --sources 2 --idle-timeout 10m --late late --state heard --state-new; }
	printf "{\"time\":1700000040,\"s\":\"a\"}\n{\"time\":1700000041,\"s\":\"b\"}\n" | run
	{ printf "{\"time\":1700000640,\"s\":\"a\"}\n"; sleep 0.1; printf "{\"time\":1700000070,\"s\":\"b\"}\n"; } | run
	cat late' <<\_
_
done_testing
