#!/bin/sh
# sample: --all -k id -a 'sum(temp)'
# gathers
# state: --size 15m -k id -a 'mean(temp)' -t time --late drop
. "$SRC/tests/loops.sh"

# shell COMMANDS: with the work of several runs.
shell() {
	sh -c "$1"
}

# misused WHAT MESSAGE ARGUMENTS: a call that is wrong, and what is said then.
misused() {
	what=$1
	printf -- '--\n--\nwindow: %b\ntry: window --help\n' "$2" >usage
	shift 2
	fails "$what" 2 window "$@" <usage
}

# Options
ok '--size: windows follow one another' window --size 1m <<\_
{"time":0}
{"time":59.9}
{"time":60}
--
{"window_start":0,"window_end":60,"count":2}
{"window_start":60,"window_end":120,"count":1}
_
ok '--size may be repeated, and be a list; which one it is is told as it was typed' \
	window --size 60s,1m30s --size 1d <<\_
{"time":60}
--
{"window_start":0,"window_end":90,"window_size":"1m30s","count":1}
{"window_start":60,"window_end":120,"window_size":"60s","count":1}
{"window_start":0,"window_end":86400,"window_size":"1d","count":1}
_
for slide in slide advance; do
	ok "--$slide: they overlap" window --size 2m --$slide 1m <<-\_
		{"time":60}
		--
		{"window_start":0,"window_end":120,"count":1}
		{"window_start":60,"window_end":180,"count":1}
	_
done
ok '--step: results on the way' window --size 2m --step 1m -a 'sum(x)' <<\_
{"time":0,"x":1}
{"time":60,"x":2}
--
{"window_start":0,"window_end":60,"count":1,"x_sum":1}
{"window_start":0,"window_end":120,"count":2,"x_sum":3}
_
ok '--gap: sessions' window --gap 1m <<\_
{"time":0}
{"time":60}
{"time":121}
--
{"window_start":0,"window_end":120,"first":0,"last":60,"count":2}
{"window_start":121,"window_end":181,"first":121,"last":121,"count":1}
_
ok '--all: one window, of records without time' window --all <<\_
{"x":1}
{}
--
{"count":2}
_
ok '--rows: by the order of the records; what is left over comes at the end, by keys' \
	window --rows 2 -k k -a 'list(x)' <<\_
{"time":9,"k":"b","x":1}
{"time":3,"k":"a","x":2}
{"time":1,"k":"b","x":3}
{"time":5,"k":"b","x":4}
{"time":4,"k":"c","x":5}
{"time":2,"k":"c","x":6}
--
{"k":"b","first":1,"last":9,"count":2,"x_list":[3,1]}
{"k":"c","first":2,"last":4,"count":2,"x_list":[6,5]}
{"k":"a","first":3,"last":3,"count":1,"x_list":[2]}
{"k":"b","first":5,"last":5,"count":1,"x_list":[4]}
_
ok '--rows takes records without a time, and tells what times there are' window --rows 2 -k k -a 'sum(x)' <<\_
{"k":"a","x":1}
{"k":"b","x":2,"time":7}
{"k":"a","x":3,"time":null}
{"k":"b","x":4}
{"k":"b","x":5,"time":9}
{"k":"c","x":6}
{"k":"b","x":7,"time":8}
--
{"k":"a","count":2,"x_sum":4}
{"k":"b","first":7,"last":7,"count":2,"x_sum":6}
{"k":"b","first":8,"last":9,"count":2,"x_sum":12}
{"k":"c","count":1,"x_sum":6}
_
fails 'but none whose time is wrong' 1 window --rows 2 <<\_
{"time":"?"}
--
--
window: -:1: time: not a time; rectime --from reads other forms (byte 8)
_
fails 'and all need one that -t names' 1 window --rows 2 -t time <<\_
{"x":1}
--
--
window: -:1: time is missing; -t tells which field has the time (byte 0)
_
fails 'or an aggregate goes by' 1 window --rows 2 -a 'first(x)' <<\_
{"x":1}
--
--
window: -:1: time is missing; -t tells which field has the time (byte 0)
_
ok '--offset: windows begin later' window --size 1m --offset 10s <<\_
{"time":9}
{"time":10}
--
{"window_start":-50,"window_end":10,"count":1}
{"window_start":10,"window_end":70,"count":1}
_
ok '--grace waits for what is late' window --size 1m --grace 1m <<\_
{"time":0}
{"time":119}
{"time":1}
--
{"window_start":0,"window_end":60,"count":2}
{"window_start":60,"window_end":120,"count":1}
_
ok '--delay and --lateness: final, and then corrected' window --size 1m --delay 30s --lateness 30s --late late <<\_
{"time":0}
{"time":89}
{"time":1}
{"time":90}
{"time":2}
{"time":120}
{"time":3}
--
{"window_start":0,"window_end":60,"count":2,"pane":"final","rev":0}
{"window_start":0,"window_end":60,"count":3,"pane":"late","rev":1}
{"window_start":60,"window_end":120,"count":2,"pane":"final","rev":0}
{"window_start":120,"window_end":180,"count":1,"pane":"final","rev":0}
--
window: 1 late record: see late
_
ok '--late FILE has what is late, with how late it is and for what' cat late <<\_
--
{"time":3,"late_by":117,"late_for":"0/60"}
_
ok '--late drop counts it' shell 'window --size 1m --late drop --stats 2>err; sed "s/,\"skipped.*//" err; [ ! -e drop ]' <<\_
{"time":0}
{"time":60}
{"time":59}
--
{"window_start":0,"window_end":60,"count":1}
{"window_start":60,"window_end":120,"count":1}
{"program":"window","in":3,"out":2,"bad":0,"unmet":0,"late":1,"ahead":0
_
fails 'with neither, it is an error at the end' 1 window --size 1m <<\_
{"time":0}
{"time":60}
{"time":59}
{"time":58}
--
{"window_start":0,"window_end":60,"count":1}
{"window_start":60,"window_end":120,"count":1}
--
window: 2 records were late; say what becomes of such: --late FILE or --late drop, or wait with --grace
_
ok '--watermark-by and --sources: the one that is behind has the say' \
	window --size 1m --watermark-by p,q --sources 2 <<\_
{"time":600,"p":1,"q":"a"}
{"time":0,"p":1,"q":"b"}
{"time":601,"p":1.0,"q":"a"}
{"time":30,"p":1,"q":"b"}
--
{"window_start":0,"window_end":60,"count":2}
{"window_start":600,"window_end":660,"count":2}
_
ok '--max-ahead: what is too far ahead moves no clock' \
	shell 'window --size 1m --max-ahead 1h --late late --stats 2>err; sed "/^window/d; s/.*late/late/; s/,\"skipped.*//" err late' <<\_
{"time":0}
{"time":3601}
{"time":3600}
--
{"window_start":0,"window_end":60,"count":1}
{"window_start":3600,"window_end":3660,"count":1}
late":0,"ahead":1
late_for":""}
_
ok '--emit final is what there is anyway' window --size 1m --emit final <<\_
{"time":0}
--
{"window_start":0,"window_end":60,"count":1}
_
ok '--emit changes: a result with every record, and a final one' window --size 1m -k k -a 'sum(x)' --emit changes <<\_
{"time":0,"k":"a","x":1}
{"time":1,"k":"b","x":2}
{"time":2,"k":"a","x":3}
{"time":60,"k":"a","x":4}
--
{"k":"a","window_start":0,"window_end":60,"count":1,"x_sum":1,"pane":"early","rev":0}
{"k":"b","window_start":0,"window_end":60,"count":1,"x_sum":2,"pane":"early","rev":0}
{"k":"a","window_start":0,"window_end":60,"count":2,"x_sum":4,"pane":"early","rev":1}
{"k":"a","window_start":0,"window_end":60,"count":2,"x_sum":4,"pane":"final","rev":2}
{"k":"b","window_start":0,"window_end":60,"count":1,"x_sum":2,"pane":"final","rev":1}
{"k":"a","window_start":60,"window_end":120,"count":1,"x_sum":4,"pane":"early","rev":0}
{"k":"a","window_start":60,"window_end":120,"count":1,"x_sum":4,"pane":"final","rev":1}
_
ok 'also of a window without bounds' window --all -a 'sum(x)' --emit changes <<\_
{"x":1}
{"x":2}
--
{"count":1,"x_sum":1,"pane":"early","rev":0}
{"count":2,"x_sum":3,"pane":"early","rev":1}
{"count":2,"x_sum":3,"pane":"final","rev":2}
_
filled() {
	printf '{"time":%s,"k":"%s","x":%s}\n' 0 a 1 0 b 5 180 a 2.5 240 b 6 >gaps
	window --size 1m -k k -a 'sum(x) as x,first(k) as text' --fill "$1" --max-gap 2m gaps | grep -v '"b"'
}
filling() {
	ok "--fill $1: $2, and nothing where more than --max-gap is missing" filled "$1" <<-_
		--
		{"k":"a","window_start":0,"window_end":60,"count":1,"x":1,"text":"a"}
		{"k":"a","window_start":60,"window_end":120,"count":0,$3}
		{"k":"a","window_start":120,"window_end":180,"count":0,$4}
		{"k":"a","window_start":180,"window_end":240,"count":1,"x":2.5,"text":"a"}
	_
}
filling null null '"x":null,"text":null' '"x":null,"text":null'
filling prev 'what was before' '"x":1,"text":"a"' '"x":1,"text":"a"'
filling linear 'a line between' '"x":1.5,"text":null' '"x":2,"text":null'
filling 0 0 '"x":0,"text":0' '"x":0,"text":0'
ok 'where more is missing there is nothing' shell 'window --size 1m -k k --fill 0 --max-gap 2m gaps | grep b' <<\_
--
{"k":"b","window_start":0,"window_end":60,"count":1}
{"k":"b","window_start":240,"window_end":300,"count":1}
_
ok 'where windows overlap, those are filled in that nothing came for' \
	window --size 2m --slide 1m -k k -a 'sum(x)' --fill linear --max-gap 2m <<\_
{"time":60,"k":"a","x":0}
{"time":60,"k":"b","x":1}
{"time":300,"k":"a","x":3}
{"time":360,"k":"b","x":2}
--
{"k":"a","window_start":0,"window_end":120,"count":1,"x_sum":0}
{"k":"b","window_start":0,"window_end":120,"count":1,"x_sum":1}
{"k":"a","window_start":60,"window_end":180,"count":1,"x_sum":0}
{"k":"b","window_start":60,"window_end":180,"count":1,"x_sum":1}
{"k":"a","window_start":120,"window_end":240,"count":0,"x_sum":1}
{"k":"a","window_start":180,"window_end":300,"count":0,"x_sum":2}
{"k":"a","window_start":240,"window_end":360,"count":1,"x_sum":3}
{"k":"a","window_start":300,"window_end":420,"count":1,"x_sum":3}
{"k":"b","window_start":300,"window_end":420,"count":1,"x_sum":2}
{"k":"b","window_start":360,"window_end":480,"count":1,"x_sum":2}
_
ok 'what is filled in is spelled as the result after it' window --size 1m -k k --fill 0 --max-gap 1m <<\_
{"time":0,"k":1}
{"time":120,"k":1.0}
--
{"k":1,"window_start":0,"window_end":60,"count":1}
{"k":1.0,"window_start":60,"window_end":120,"count":0}
{"k":1.0,"window_start":120,"window_end":180,"count":1}
_
ok 'it keeps the order, be the next month longer than this one' \
	window --size 1mo -k k --fill 0 --max-gap 28d <<\_
{"time":"2023-01-05","k":"a"}
{"time":"2023-02-05","k":"b"}
{"time":"2023-03-29","k":"a"}
{"time":"2023-03-31","k":"b"}
{"time":"2023-05-01","k":"b"}
--
{"k":"a","window_start":"2023-01-01","window_end":"2023-02-01","count":1}
{"k":"a","window_start":"2023-02-01","window_end":"2023-03-01","count":0}
{"k":"b","window_start":"2023-02-01","window_end":"2023-03-01","count":1}
{"k":"a","window_start":"2023-03-01","window_end":"2023-04-01","count":1}
{"k":"b","window_start":"2023-03-01","window_end":"2023-04-01","count":1}
{"k":"b","window_start":"2023-05-01","window_end":"2023-06-01","count":1}
_
ok 'and what is approximate is counted once' \
	shell 'seq 0 3000 | sed "s/.*/{\"time\":&}/" | window --size 1h -a "p95(time)" --fill 0 --max-gap 1h --stats 2>&1 >out |
		sed "s/.*\"approx/\"approx/; s/,.*//"' <<\_
--
"approximate":1
_
awk 'BEGIN { for (i = 0; i < 200000; i++) printf "{\"time\":%d,\"k\":%d}\n", i, i }' >passing
[ -n "$SAN" ] || ok 'keys that are gone take no room' \
	shell 'ulimit -v 16000; window --size 1m -k k --fill prev --max-gap 5m passing | wc -l' <<\_
--
200000
_
ok 'nor any in a state' \
	shell 'window --size 1m -k k --fill prev --max-gap 5m --late drop --state s --state-new passing >out
		wc -l <out; grep -c partial s; rm s' <<\_
--
199680
380
_
# Each minute has 100 keys, which come again when 2 minutes are missing, and when 3 are.
for comes in 3 4; do
	awk -v comes=$comes 'BEGIN { for (m = 0; m < 60 + comes; m++) for (k = 0; k < 100; k++) {
		if (m < 60) printf "{\"time\":%d,\"k\":\"%d-%d\"}\n", 60 * m, m, k
		if (m >= comes) printf "{\"time\":%d,\"k\":\"%d-%d\"}\n", 60 * m, m - comes, k
	} }' >again
	ok "none is forgotten too early: they come again after $comes minutes" \
		shell 'window --size 1m -k k --fill 0 --max-gap 2m again | grep -c "count\":0"; true' <<-_
		--
		$((comes == 3 ? 12000 : 0))
	_
done
fails 'a text is no number' 1 window --all -a 'sum(x),mode(x)' <<\_
{"x":1}
{"x":"1"}
--
--
window: -:2: x is not a number (byte 5)
_
fails 'nor is true' 1 window --all -a 'wavg(w,x)' <<\_
{"w":1,"x":true}
--
--
window: -:1: x is not a number (byte 11)
_
ok 'min and max may be of texts, by their bytes' window --all -k k -a 'min(x),max(x),count(x)' <<\_
{"k":"texts","x":"b"}
{"k":"numbers","x":10}
{"k":"texts","x":"\u00e9"}
{"k":"numbers","x":9}
{"k":"texts","x":"\u0061b"}
{"k":"none","x":null}
{"k":"texts","x":null}
{"k":"texts","x":"B"}
{"k":"numbers"}
--
{"k":"none","count":1,"x_min":null,"x_max":null,"x_count":0}
{"k":"numbers","count":3,"x_min":9,"x_max":10,"x_count":2}
{"k":"texts","count":5,"x_min":"B","x_max":"é","x_count":4}
_
fails 'as the first value of a group is' 1 window --all -a 'max(x)' <<\_
{"x":1}
{"x":"1"}
--
--
window: -:2: x is a text among numbers (byte 5)
_
fails 'which nothing but it can be' 1 window --all -a 'min(x),max(x)' <<\_
{"x":true}
--
--
window: -:1: x is neither a number nor a text (byte 5)
_
fails 'and what else is wanted of them may need numbers' 1 window --all -a 'max(x),range(x)' <<\_
{"x":"1"}
--
--
window: -:1: x is not a number (byte 5)
_
ok 'what is of the other kind adds nothing, and moves no clock' \
	shell 'window --size 2m --slide 1m -k k -a "min(x),max(x)" --bad bad; cut -d, -f 3-4 bad' <<\_
{"time":0,"k":1,"x":"b"}
{"time":60,"k":1,"x":null}
{"time":61,"k":1,"x":5}
{"time":119,"k":1,"x":"a"}
{"time":120,"k":1,"x":"c"}
{"time":180,"k":1}
{"time":239,"k":1,"x":8}
{"time":240,"k":1,"x":9}
{"time":240,"k":2,"x":9}
--
{"k":1,"window_start":-60,"window_end":60,"count":1,"x_min":"b","x_max":"b"}
{"k":1,"window_start":0,"window_end":120,"count":3,"x_min":"a","x_max":"b"}
{"k":1,"window_start":60,"window_end":180,"count":3,"x_min":"a","x_max":"c"}
{"k":1,"window_start":120,"window_end":240,"count":2,"x_min":"c","x_max":"c"}
{"k":1,"window_start":180,"window_end":300,"count":2,"x_min":9,"x_max":9}
{"k":2,"window_start":180,"window_end":300,"count":1,"x_min":9,"x_max":9}
{"k":1,"window_start":240,"window_end":360,"count":1,"x_min":9,"x_max":9}
{"k":2,"window_start":240,"window_end":360,"count":1,"x_min":9,"x_max":9}
"line":3,"error":"x is a number among texts (byte 21)"
"line":7,"error":"x is a number among texts (byte 22)"
--
window: 2 bad records: see bad
_
ok 'nor does it join sessions of the two' shell 'window --gap 1m --grace 10m -a "max(x)" --bad bad; cut -d, -f 3-4 bad' <<\_
{"time":0,"x":"b"}
{"time":100,"x":5}
{"time":50,"x":null}
{"time":50,"x":7}
{"time":40,"x":"c"}
{"time":110,"x":null}
--
{"window_start":0,"window_end":60,"first":0,"last":0,"count":1,"x_max":"b"}
{"window_start":100,"window_end":170,"first":100,"last":110,"count":2,"x_max":5}
"line":3,"error":"x would join texts with numbers (byte 15)"
"line":4,"error":"x is a number among texts (byte 15)"
"line":5,"error":"x is a text among numbers (byte 15)"
--
window: 3 bad records: see bad
_
fails 'partial results of the two kinds do not merge' 1 window --all --merge -a 'max(x)' <<\_
{"count":1,"partial":1,"x_max":"\"a\""}
{"count":1,"partial":1,"x_max":"1"}
--
--
window: -:2: x_max is a number among texts (byte 31)
_
fails 'nor are both ends of one of two kinds' 1 window --all --merge -a 'min(x),max(x)' <<\_
{"count":1,"partial":1,"x_min":"1","x_max":"\"a\""}
--
--
window: -:1: x_max is not a partial result of what is asked for (byte 43)
_
ok 'with --skip-text they are of numbers' window --all -a 'min(x),max(x)' --skip-text <<\_
{"x":"a"}
{"x":5}
{"x":true}
--
{"count":3,"x_min":5,"x_max":5}
_
fails 'be it as large as it may' 1 window --all -a 'any(x)' <<\_
{"x":1e999}
--
--
window: -:1: x is neither true nor false (byte 5)
_
fails 'a number is not true' 1 window --all -a 'any(x)' <<\_
{"x":1}
--
--
window: -:1: x is neither true nor false (byte 5)
_
ok '--skip-text takes them for null, and counts them' \
	shell 'window --all -a "sum(x),count(x),any(y)" --skip-text --stats 2>err; sed "s/.*skipped/skipped/; s/,\"beyond.*//" err' <<\_
{"x":1,"y":true}
{"x":"1","y":"false"}
{"x":true}
{"x":false,"y":null}
{"x":2}
--
{"count":5,"x_sum":3,"x_count":2,"y_any":true}
skipped":4
_
printf '{"x":%d}\n' $(seq 4001 -1 1) >many
ok 'quantiles have all digits of their values' window --all -a 'min(x),median(x),max(x),mean(x)' --exact <<\_
{"x":9007199254740993}
--
{"count":1,"x_min":9007199254740993,"x_median":9007199254740993,"x_max":9007199254740993,"x_mean":9007199254740993}
_
ok 'without --exact, too' window --all -a 'min(x),median(x),max(x)' <<\_
{"x":9007199254740993}
--
{"count":1,"x_min":9007199254740993,"x_median":9007199254740993,"x_max":9007199254740993}
_
ok '--exact: quantiles of all values' \
	shell 'window --all -a "median(x),p25(x),quantile(x,0.95)" --exact --stats many 2>err; sed "s/.*appr/appr/; s/,\"seconds.*//" err' <<\_
--
{"count":4001,"x_median":2001,"x_p25":1001,"x_p95":3801}
approximate":0
_
ok 'which are else approximate beyond 2048, within 0.1 % of the rank, and counted' \
	shell 'window --all -a "median(x),p25(x)" --stats many 2>err |
		keep "abs(x_median - 2001) <= 4 && abs(x_p25 - 1001) <= 4" | wc -l; sed "s/.*appr/appr/; s/,\"seconds.*//" err' <<\_
--
1
approximate":2
_
fails '--max-keys: so many keys in one window, and no more' 1 window --size 1m -k k --max-keys 2 <<\_
{"time":0,"k":1}
{"time":0,"k":2}
{"time":60,"k":3}
{"time":60,"k":1}
{"time":60,"k":4}
--
{"k":1,"window_start":0,"window_end":60,"count":1}
{"k":2,"window_start":0,"window_end":60,"count":1}
--
window: more than 2 keys in one window: see --max-keys
_
for kind in '--all' '--rows 9'; do
	fails "--max-keys with $kind" 1 window $kind -k k --max-keys 2 <<-\_
		{"time":0,"k":1}
		{"time":0,"k":2}
		{"time":0,"k":3}
		--
		--
		window: more than 2 keys in one window: see --max-keys
	_
done
fails '--max-keys: so many sources, and no more' 1 \
	window --max-keys 2 --size 1m --watermark-by p --sources 1 <<\_
{"time":0,"p":1}
{"time":0,"p":2}
{"time":0,"p":1}
{"time":0,"p":3}
--
--
window: more than 2 sources of --watermark-by: see --max-keys
_
fails '--max-open counts the windows that --fill has made up as well' 1 \
	window --size 1m --fill 0 --max-gap 1h --max-open 10 <<\_
{"time":0}
{"time":600}
{"time":1260}
--
--
window: more than 10 windows wait with --fill: see --max-open
_
ok 'as many may wait' window --size 1m --fill 0 --max-gap 1h --max-open 3 <<\_
{"time":0}
{"time":120}
--
{"window_start":0,"window_end":60,"count":1}
{"window_start":60,"window_end":120,"count":0}
{"window_start":120,"window_end":180,"count":1}
_
fails '--max-open: so many windows, and no more' 1 window --size 1m --grace 1m --max-open 2 <<\_
{"time":0}
{"time":60}
{"time":120}
{"time":61}
{"time":179}
{"time":1}
{"time":181}
{"time":122}
{"time":10}
{"time":240}
{"time":239}
{"time":299}
{"time":180}
{"time":-60}
--
{"window_start":0,"window_end":60,"count":1}
{"window_start":60,"window_end":120,"count":2}
{"window_start":120,"window_end":180,"count":3}
{"window_start":180,"window_end":240,"count":3}
{"window_start":240,"window_end":300,"count":2}
--
window: 3 records were late; say what becomes of such: --late FILE or --late drop, or wait with --grace
_
fails 'one more is too much' 1 window --size 1m --grace 1h --max-open 2 <<\_
{"time":0}
{"time":60}
{"time":120}
--
--
window: more than 2 windows are open: see --max-open
_
fails 'and so it is with sessions' 1 window --gap 1m --grace 1h --max-open 2 <<\_
{"time":0}
{"time":100}
{"time":200}
--
--
window: more than 2 sessions are open: see --max-open
_
ok '-t, --time-unit: another field, another unit' window -t at --time-unit ms --size 1m <<\_
{"at":60000,"time":"?"}
--
{"window_start":60000,"window_end":120000,"count":1}
_
ok '--tz: of times without a zone, and of days' window --size 1d --tz +01:00 <<\_
{"time":"2024-01-01T00:30:00"}
{"time":"2024-01-01T23:30:00Z"}
--
{"window_start":"2024-01-01T00:00:00","window_end":"2024-01-02T00:00:00","count":1}
{"window_start":"2024-01-02T00:00:00","window_end":"2024-01-03T00:00:00","count":1}
_
fails 'a key is no longer than a line' 1 window --all --max-line 30 -k 'replace(s, "a", "12345678") as x' <<\_
{"s":"a"}
{"s":"aaaa"}
--
--
window: -:2: s: the result is longer than --max-line allows (byte 5)
_
fails 'nor are all keys together' 1 window --all --max-line 30 -k 'replace(s, "a", "12345678") as x, replace(s, "a", "1") as y' <<\_
{"s":"aa"}
{"s":"aaa"}
--
--
window: -:2: the key is longer than --max-line allows (byte 0)
_
ok '-o, --bad, --max-line, --progress: as with all filters' \
	shell 'window --size 1m -k "k + 1 as k" -o out --bad bad --max-line 40 --progress; cat out; cut -d, -f 3,4 bad' <<\_
{"time":0,"k":1}
{"time":"now","k":1}
{"time":0,"k":"x"}
{"k":1}
{"time":0,"k":1,"v":"0123456789012345678"}
--
{"k":2,"window_start":0,"window_end":60,"count":1}
"line":2,"error":"time: not a time; rectime --from reads other forms (byte 8)"
"line":3,"error":"k is not a number (byte 14)"
"line":4,"error":"time is missing; -t tells which field has the time (byte 0)"
"line":5,"error":"the line is longer than --max-line allows (byte 40)"
--
window: 4 bad records: see bad
_
fails '--max-bad' 1 window --size 1m --bad bad --max-bad 1 <<\_
{"time":"?"}
{"time":"?"}
--
--
window: -:2: time: not a time; rectime --from reads other forms (byte 8); more than --max-bad 1 bad records
_

# Wrong usage
misused 'which windows?' 'which windows?  --size, --gap, --all or --rows is needed' -k x
for two in '--size 1h --gap 1h' '--size 1h --all' '--size 1h --rows 1' '--gap 1h --all' '--gap 1h --rows 1' '--all --rows 1'; do
	misused "$two" '--size, --gap, --all and --rows do not go together' $two
done
for kind in '--gap 1h' '--all' '--rows 1'; do
	for option in --slide --step --offset; do
		misused "$kind $option" '--slide, --step and --offset go with --size' $kind $option 1m
	done
	misused "$kind --fill" '--fill goes with one --size, without --step' $kind --fill 0 --max-gap 1h
done
misused '--slide and --step' '--slide and --step do not go together' --size 1h --slide 1m --step 1m
misused 'windows of no rows' '--rows must be at least 1' --rows 0
misused 'windows of fewer' '--rows must be at least 1' --rows -1
for option in --partial --merge; do
	misused "--rows $option" '--rows goes by the order of the records, so it has no parts to merge' --rows 1 $option
done
for option in '--grace 1m' '--delay 1m' '--lateness 1m' '--late drop' '--watermark-by p --sources 1' '--max-ahead 1m'; do
	for kind in '--all' '--rows 1'; do
		misused "$kind $option" '--all and --rows have no clock, and nothing is late for them' $kind $option
	done
	misused "--merge $option" '--merge has no clock: it waits for all of its input' --size 1h --merge $option
done
misused '--grace and --delay' '--grace does not go with --delay and --lateness' --size 1h --grace 1m --delay 1m
misused '--grace and --lateness' '--grace does not go with --delay and --lateness' --size 1h --grace 1m --lateness 1m
for option in '--lateness 1m' '--early 1m' '--emit changes'; do
	misused "--partial $option" '--partial does not go with --lateness, --early and --emit changes' \
		--size 1h --partial $option
done
misused '--watermark-by without --sources' '--watermark-by and --sources go together' --size 1h --watermark-by p
misused '--sources without --watermark-by' '--watermark-by and --sources go together' --size 1h --sources 1
misused 'no sources' '--sources must be at least 1' --size 1h --watermark-by p --sources 0
misused 'no keys' '--max-keys must be at least 1' --all --max-keys 0
misused 'no windows' '--max-open must be at least 1' --all --max-open 0
misused '--fill without --max-gap' '--fill and --max-gap go together' --size 1h --fill null
misused '--max-gap without --fill' '--fill and --max-gap go together' --size 1h --max-gap 1h
for option in '--size 2h' '--step 1m'; do
	misused "--fill $option" '--fill goes with one --size, without --step' \
		--size 1h $option --fill 0 --max-gap 3h
done
for option in '--lateness 1m' '--early 1m' '--emit changes' '--partial' '--merge'; do
	message='--fill makes final results, without --lateness, --early, --emit changes, --partial and --merge'
	misused "--fill $option" "$message" --size 1h $option --fill 0 --max-gap 3h
done
misused 'another --fill' "--fill: 'half' is not one of null|prev|linear|0" --size 1h --fill half --max-gap 1h
misused 'another --emit' "--emit: 'twice' is not one of final|changes" --size 1h --emit twice
misused '--drain without --state' '--drain goes with --state' --size 1h --late drop --drain
for option in --partial --merge; do
	misused "--state $option" '--state does not go with --partial and --merge' --all --state s $option
done
for kind in '--size 1h' '--gap 1h'; do
	misused "$kind --state without --late" \
		'--state continues a stream, so say what becomes of late records: --late FILE or --late drop' $kind --state s
done
misused 'a state without a name' '--state: the name is empty' --all --state ''
misused 'a late file without a name' '--late: the name is empty' --size 1h --late ''
misused 'what is late among the results' '--late: standard output is for the other records' --size 1h --late -
misused 'a late file that is the output' '--late: o is the output' --size 1h --late o -o o

misused 'a size of no unit' '--size: no such unit of time (y q mo w d h m s ms us ns)\n  15x\n    ^' --size 1h,15x
misused 'a size of nothing' '--size: a size of nothing\n  0s\n  ^' --size 0s
misused 'a size that is left out' '--size: an item is empty' --size 1h,,1m
misused 'a slide beyond the size' '--size 1h: the size is smaller than the slide' --size 4h,1h --slide 2h
misused 'a month of days' '--size 1mo: the size is no multiple of the slide in the calendar (1d may be 23h, 24h is not)' --size 1mo --slide 1d
misused 'a slide that is none' '--slide: not a duration\n  x\n  ^' --size 1h --slide x
misused 'a step that does not fit' '--size 1h: the size is no multiple of the step' --size 1h --step 25m
misused 'a step without a unit' '--step: a duration without a unit (y q mo w d h m s ms us ns)\n  7\n   ^' --size 1h --step 7
misused 'an empty length' '--lateness: an empty duration\n  \n  ^' --size 1h --lateness ''
for option in grace delay lateness offset gap max-ahead idle-timeout early max-gap; do
	kind='--size 1h'
	[ $option != gap ] || kind=
	[ $option != max-gap ] || kind='--size 1h --fill 0'
	misused "--$option of a month" "--$option: months and years have no fixed length\n  1mo\n  ^" $kind --$option 1mo
	[ $option = offset ] ||
		misused "--$option below 0" "--$option: a negative duration\n  -5m\n  ^" $kind --$option -5m
done
for option in gap max-ahead idle-timeout early max-gap; do
	kind='--size 1h'
	[ $option != gap ] || kind=
	[ $option != max-gap ] || kind='--size 1h --fill 0'
	misused "--$option of 0" "--$option: a duration of nothing\n  0s\n  ^" $kind --$option 0s
done

misused 'a key twice' '--key: the name is there twice\n  a,b,a\n      ^' --all -k a,b -k a
misused 'a key that is not closed' '--key: a quote or a parenthesis is not closed\n  a,(b\n    ^' --all -k 'a,(b'
misused 'a key that is left out' '--key: an item is empty\n  a,,b\n    ^' --all -k a,,b
misused 'a mistake in the expression of a key' 'a value is missing here\n  a,b+ as c\n      ^' --all -k 'a,b+ as c'
reserved() {
	misused "a key called $1" "--key: results have a member $1 of their own; say \`$1\` as NAME" -k "$@"
	name=$1
	shift
	misused "a result called $name" "--agg: this name is taken: give another after as\n  sum(x) as $name\n            ^" \
		"$@" -a "sum(x) as $name"
}
reserved count --all
reserved partial --all
reserved window_start --size 1h
reserved window_end --gap 1h
reserved window_size --size 1h --size 1d
reserved first --gap 1h
reserved last --rows 2
reserved pane --size 1h --early 1s
reserved rev --size 1h --emit changes
ok 'where they are not in use their names are free' \
	window --all -k window_start -a 'sum(x) as rev,max(x) as first' <<\_
{"window_start":1,"x":2}
--
{"window_start":1,"count":1,"rev":2,"first":2}
_
ok 'a key of such a name gets another' window --all -k '`count` as n' <<\_
{"count":1}
--
{"n":1,"count":1}
_
misused 'a result called as a key' '--agg: this name is taken: give another after as\n  sum(x) as k\n            ^' \
	--all -k k -a 'sum(x) as k'
misused 'two results of one name' '--agg: two results have this name: give another after as: x_sum' \
	--all -a 'sum(x),mean(x)' -a 'sum(x)'
misused 'one by as' '--agg: two results have this name: give another after as\n  mean(x),max(x) as x_mean\n                    ^' \
	--all -a 'mean(x),max(x) as x_mean'
misused 'p95 and its other name' \
	'--agg: p95(x) and quantile(x,0.95) are both called x_p95: give one another name after as' \
	--all -a 'p95(x),quantile(x,0.95)'
misused 'fields of whose names the same is made' \
	'--agg: cov(a_b,c) and cov(a,b_c) are both called a_b_c_cov: give one another name after as' \
	--all -a 'cov(a_b,c),max,cov(a,b_c)' -f x
misused 'one name for two fields' '--agg: two results have this name: give another after as\n  mean as m\n          ^' \
	--all -f x,y -a 'mean as m'
misused 'no such aggregate' '--agg: there is no such aggregate\n  sum(x),foo(x)\n         ^' --all -a 'sum(x),foo(x)'
misused 'one that is nearly right' '--agg: there is no such aggregate; did you mean mean?\n  meen(x)\n  ^' --all -a 'meen(x)'
misused 'beyond 100 %' '--agg: there is no such aggregate\n  p101(x)\n  ^' --all -a 'p101(x)'
misused 'a share beyond 1' \
	'--agg: a number from 0 to 1 is needed, of 15 digits at most\n  quantile(x,95)\n             ^' --all -a 'quantile(x,95)'
misused 'no field' '--agg: of which field?\n  sum\n     ^' --all -a sum
misused 'no second field' '--agg: two fields are needed, as in wavg(x,y)\n  wavg\n      ^' --all -f x -a wavg
misused 'no share' '--agg: a field and a number are needed, as in quantile(x,0.95)\n  quantile\n          ^' \
	--all -f x -a quantile
misused 'no argument' '--agg: an argument is missing\n  sum()\n      ^' --all -a 'sum()'
misused 'too few' '--agg: an argument is missing\n  wavg(x)\n        ^' --all -a 'wavg(x)'
misused 'too many' '--agg: there are too many arguments\n  sum(x,y)\n        ^' --all -a 'sum(x,y)'
misused 'a name without as' \
	'--agg: nothing may follow the parentheses but a name after as\n  sum(x) total\n              ^' --all -a 'sum(x) total'
misused 'an aggregate that is not closed' '--agg: a quote or a parenthesis is not closed\n  max(x),sum(x\n         ^' \
	--all -a 'max(x),sum(x'
misused 'an aggregate that is left out' '--agg: an item is empty\n  sum(x),\n         ^' --all -a 'sum(x),'
misused 'a pattern' '--agg: a pattern has no place here (backquotes take it to the letter)\n  sum(*)\n      ^' \
	--all -a 'sum(*)'

# Keys
ok 'one value is one key, however it is spelled: as first seen, by its kind and size' window --all -k k <<\_
{"k":"\u0061"}
{"k":1.0}
{"k":"a"}
{"k":true}
{"k":1e0}
{"k":-0.5}
{"k":1}
{"k":null}
{"k":""}
{"k":10}
{}
{"k":9}
{"k":"A"}
{"k":"1"}
{"k":false}
{"k":"\u00e9"}
{"k":"é"}
{"k":1e999}
{"k":100000000000000000000000}
{"k":1E23}
--
{"k":null,"count":2}
{"k":false,"count":1}
{"k":true,"count":1}
{"k":-0.5,"count":1}
{"k":1.0,"count":3}
{"k":9,"count":1}
{"k":10,"count":1}
{"k":100000000000000000000000,"count":2}
{"k":1e999,"count":1}
{"k":"","count":1}
{"k":"1","count":1}
{"k":"A","count":1}
{"k":"\u0061","count":2}
{"k":"\u00e9","count":2}
_
cat >long <<\_
{"k":-1e-401}
{"k":2e-401}
{"k":5e500}
{"k":1e-401}
{"k":-2e-401}
{"k":2e311}
{"k":-5e500}
{"k":3e-402}
{"k":12e1006}
{"k":9e310}
{"k":0}
{"k":-2e311}
{"k":12000000e1000}
{"k":1e-999999999999999999}
{"k":1.0e-401}
{"k":1e999999999999999999}
{"k":-9e310}
{"k":1e999999999999999998}
_
cat >wanted <<\_
{"k":-5e500,"count":1}
{"k":-2e311,"count":1}
{"k":-9e310,"count":1}
{"k":-2e-401,"count":1}
{"k":-1e-401,"count":1}
{"k":0,"count":1}
{"k":1e-999999999999999999,"count":1}
{"k":3e-402,"count":1}
{"k":1e-401,"count":2}
{"k":2e-401,"count":1}
{"k":9e310,"count":1}
{"k":2e311,"count":1}
{"k":5e500,"count":1}
{"k":12e1006,"count":2}
{"k":1e999999999999999998,"count":1}
{"k":1e999999999999999999,"count":1}
_
for run in 1 2 3; do
	ok "numbers of any size are in order, run $run" \
		shell 'window --all -k k long | cmp - wanted' </dev/null
done
ok 'partial results keep that order' \
	shell 'window --all -k k --partial long | window --all -k k --merge | cmp - wanted' </dev/null
ok 'several keys: one after the other' window --all -k b -k a <<\_
{"a":2,"b":"x"}
{"a":1,"b":"y"}
{"a":1,"b":"x"}
{"b":"x"}
{"a":2.0,"b":"\u0078"}
{"a":1}
--
{"b":null,"a":1,"count":1}
{"b":"x","a":null,"count":1}
{"b":"x","a":1,"count":1}
{"b":"x","a":2,"count":2}
{"b":"y","a":1,"count":1}
_
ok 'keys that hold what divides them are not mixed up' window --all -k a,b <<\_
{"a":"x\n","b":"y"}
{"a":"x","b":"\ny"}
{"a":"x\u000a","b":"y"}
--
{"a":"x","b":"\ny","count":1}
{"a":"x\n","b":"y","count":2}
_
ok 'keys may be worked out' window --all -k 'x % 2 as odd,upper(`a b`) as `A B`,x > 2 as `x > 2`' <<\_
{"x":1,"a b":"k"}
{"x":3,"a b":"K"}
{"x":5,"a b":"k"}
{"x":2}
--
{"odd":0,"A B":null,"x > 2":false,"count":1}
{"odd":1,"A B":"K","x > 2":false,"count":1}
{"odd":1,"A B":"K","x > 2":true,"count":2}
_
fails 'what cannot be worked out is a bad record' 1 window --all -k 'x + 1 as y' <<\_
{"x":1}
{"x":"1"}
--
--
window: -:2: x is not a number (byte 5)
_

# Aggregates
cat >four <<\_
{"time":30,"x":4,"w":1,"s":"c","b":true}
{"time":0,"x":1,"w":4,"s":"a","b":true}
{"time":20,"x":3,"w":2,"s":"b","b":true}
{"time":10,"x":2,"w":3,"s":"b","b":false}
_
ok 'all that are of one number' window --all -a 'count(x),sum(x),mean(x),min(x),max(x),range(x)' four <<\_
--
{"count":4,"x_count":4,"x_sum":10,"x_mean":2.5,"x_min":1,"x_max":4,"x_range":3}
_
ok 'spread' window --all -a 'var(x),stddev(x),varp(x),stddevp(x)' four <<\_
--
{"count":4,"x_var":1.6666666666666667,"x_stddev":1.2909944487358056,"x_varp":1.25,"x_stddevp":1.118033988749895}
_
ok 'quantiles' window --all -a 'median(x),p95(x),quantile(x,0.25),p30(x),p5(x),p99.9(x),p0(x),p100(x)' four <<\_
--
{"count":4,"x_median":2.5,"x_p95":3.85,"x_p25":1.75,"x_p30":1.9,"x_p5":1.15,"x_p99.9":3.997,"x_p0":1,"x_p100":4}
_
ok 'two numbers' window --all -a 'wavg(x,w),wsum(x,w),cov(x,w),corr(x,w),slope(x,w)' four <<\_
--
{"count":4,"x_w_wavg":2,"x_w_wsum":20,"x_w_cov":-1.6666666666666667,"x_w_corr":-1,"x_w_slope":-1}
_
ok 'by time' window --all -a 'first(x),last(x),delta(x),increase(x),rate(x),list(x),first(s),list(s)' four <<\_
--
{"count":4,"x_first":1,"x_last":4,"x_delta":3,"x_increase":3,"x_rate":0.1,"x_list":[1,2,3,4],"s_first":"a","s_list":["a","b","b","c"]}
_
ok 'values of any kind' window --all -a 'mode(s),set(s),distinct(s),argmin(x,s),argmax(x,s),any(b),all(b),count(s)' four <<\_
--
{"count":4,"s_mode":"b","s_set":["a","b","c"],"s_distinct":3,"x_s_argmin":"a","x_s_argmax":"c","b_any":true,"b_all":false,"s_count":4}
_
ok 'a set has each value once: null is none, 1 and 1.0 are one, and the order is that of keys' window --all -a 'set(s)' <<\_
{"s":"b"}
{"s":10}
{"s":1.0}
{"s":true}
{"s":"\u0062"}
{"s":null}
{"s":1}
{"s":[1]}
{"s":"B"}
{"s":9}
{}
--
{"count":11,"s_set":[true,1,9,10,"B","b",[1]]}
_
ok 'there are no more different values than values' shell 'for from in $(seq 10 10 300); do
		seq $((from * 10000)) $((from * 10000 + 1500)) | sed "s/.*/{\"x\":&,\"k\":$from}/"
	done >runs
	awk "{ print >(\"run.\" NR % 2) }" runs
	window --all -k k -a "count(x) as n,distinct(x) as d" runs >wanted
	keep "d > n" wanted
	for i in 0 1; do window --all -k k -a "count(x) as n,distinct(x) as d" --partial run.$i; done |
		window --all -k k -a "count(x) as n,distinct(x) as d" --merge | cmp - wanted' <<\_
_
ok 'other names are called as they were typed' window --all -a 'avg(x),variance(x),stdev(x)' four <<\_
--
{"count":4,"x_avg":2.5,"x_variance":1.6666666666666667,"x_stdev":1.2909944487358056}
_
ok 'a counter that falls began at 0 again' window --all -a 'increase(n),rate(n)' <<\_
{"time":0,"n":5}
{"time":10,"n":8}
{"time":20,"n":2}
{"time":40,"n":3}
--
{"count":4,"n_increase":6,"n_rate":0.15}
_
ok 'bare ones go over -f, field by field, where the first of them stands' \
	window --all -f x,w -a 'max(x) as top,mean,count(s),min' four <<\_
--
{"count":4,"top":4,"x_mean":2.5,"x_min":1,"w_mean":2.5,"w_min":1,"s_count":4}
_
ok 'a bare count, and count(), are the count that is there' window --all -a 'count,count(),sum(x)' four <<\_
--
{"count":4,"x_sum":10}
_
ok 'and have another name as well where they are given one' window --all -a 'count() as n,count as m' four <<\_
--
{"count":4,"n":4,"m":4}
_
ok 'with -f a bare count is that of the values' window --all -f x,y -a count four <<\_
--
{"count":4,"x_count":4,"y_count":0}
--
window: no record has y
_
ok 'names with blanks and more' \
	window --all -a 'sum(use [kW]),mean(`a,b`) as `the mean, of both`,max( `x y` ) as big' -f 'x y' -a min <<\_
{"use [kW]":1.5,"a,b":2,"x y":7}
--
{"count":1,"use [kW]_sum":1.5,"the mean, of both":2,"big":7,"x y_min":7}
_
ok 'without -a the counts alone' window --size 1m -k k <<\_
{"time":0,"k":1}
--
{"k":1,"window_start":0,"window_end":60,"count":1}
_
every='count(x),sum(x),mean(x),min(x),max(x),range(x),var(x),varp(x),stddev(x),stddevp(x),median(x),p95(x)'
every="$every,wavg(x,w),wsum(x,w),cov(x,w),corr(x,w),slope(x,w),first(x),last(x),delta(x),increase(x),rate(x)"
every="$every,mode(m),set(m),set(x),distinct(m),argmin(x,m),argmax(x,m),first(m),last(m),list(m),list(x),any(b),all(b)"
nulls() {
	echo '{"time":0,"x":null}' | window --all -a "$every" | tr , '\n' | grep -v 'null}\?$'
}
ok 'of no values every aggregate is null, but the counts' nulls <<\_
--
{"count":1
"x_count":0
--
window: no record has w
window: no record has m
window: no record has b
_
ok 'of one value there is no spread of a sample, no slope and no rate' \
	window --all -a 'var(x),stddev(x),varp(x),stddevp(x),cov(x,x),corr(x,x),slope(x,x),delta(x),increase(x),rate(x)' <<\_
{"time":0,"x":2}
--
{"count":1,"x_var":null,"x_stddev":null,"x_varp":0,"x_stddevp":0,"x_x_cov":null,"x_x_corr":null,"x_x_slope":null,"x_delta":0,"x_increase":0,"x_rate":null}
_
for kind in '--size 1m' '--gap 1m' '--all' '--rows 2' '--size 1m --partial' '--all --partial' '--all --merge' '--all -k k'; do
	ok "no input, no output: $kind" window $kind -a 'count(x)' </dev/null
done

# Numbers
ok 'a number beyond all doubles is null, and counted' \
	shell 'window --all -a "count(x),sum(x),max(x)" --stats 2>err; sed "s/.*beyond/beyond/; s/,\"appr.*//" err' <<\_
{"x":1e999}
{"x":-1E400}
{"x":2}
--
{"count":3,"x_count":1,"x_sum":2,"x_max":2}
beyond":2
_
ok 'sums beyond 2^53 and 2^63' window --all -a 'sum(x),sum(y),max(y),mean(y)' <<\_
{"x":9007199254740993,"y":9223372036854775807}
{"x":2,"y":9223372036854775807}
{"x":9007199254740991,"y":9223372036854775807}
--
{"count":3,"x_sum":18014398509481986,"y_sum":27670116110564327421,"y_max":9223372036854775807,"y_mean":9223372036854775807}
_
ok 'sums that pass 2^127' window --all -a 'sum(x),sum(y)' <<\_
{"x":170141183460469231731687303715884105728,"y":170141183460469231731687303715884105728}
{"x":170141183460469231731687303715884105728,"y":123456789012345678901}
{"x":-340282366920938463463374607431768211455,"y":-170141183460469231731687303715884105728}
--
{"count":3,"x_sum":1,"y_sum":123456789012345678901}
_
ok 'integers below 10^21 in full' window --all -a 'sum(x),sum(y),sum(z)' <<\_
{"x":999999999999999999998,"y":999999999999999999998,"z":-999999999999999999998}
{"x":1,"y":2,"z":-1}
--
{"count":2,"x_sum":999999999999999999999,"y_sum":1e21,"z_sum":-999999999999999999999}
_
ok 'large numbers that cancel' window --all -a 'sum(x),mean(y),varp(z),sum(t)' <<\_
{"x":1e16,"y":1e308,"z":1000000004,"t":0.1}
{"x":1,"y":1e308,"z":1000000007,"t":0.2}
{"x":-1e16,"y":-1e308,"z":1000000013,"t":0.3}
{"x":0,"y":-1e308,"z":1000000016,"t":-0.6}
--
{"count":4,"x_sum":1,"y_mean":0,"z_varp":22.5,"t_sum":0}
_
ok 'and their variance' window --all -a 'var(z)' <<\_
{"z":1000000004}
{"z":1000000007}
{"z":1000000013}
{"z":1000000016}
--
{"count":4,"z_var":30}
_
tenths() {
	yes '{"x":0.1}' | head -n 100000 | window --all -a 'sum(x),mean(x),var(x)'
}
ok 'a hundred thousand tenths' tenths <<\_
--
{"count":100000,"x_sum":10000,"x_mean":0.1,"x_var":0}
_
# The sets of NIST's Statistical Reference Datasets that a formula makes, and what is certified of them.
numacc() {
	echo "{\"x\":$1}"
	for _ in $(seq 500); do
		printf '{"x":%s}\n' "$2" "$3"
	done
}
nist() {
	numacc "$@" | window --all -a 'mean(x),stddev(x)'
}
ok 'NumAcc1' window --all -a 'mean(x),stddev(x)' <<\_
{"x":10000001}
{"x":10000003}
{"x":10000002}
--
{"count":3,"x_mean":10000002,"x_stddev":1}
_
ok 'NumAcc2' nist 1.2 1.1 1.3 <<\_
--
{"count":1001,"x_mean":1.2,"x_stddev":0.1}
_
ok 'NumAcc3' nist 1000000.2 1000000.1 1000000.3 <<\_
--
{"count":1001,"x_mean":1000000.2,"x_stddev":0.1}
_
ok 'NumAcc4' nist 10000000.2 10000000.1 10000000.3 <<\_
--
{"count":1001,"x_mean":10000000.2,"x_stddev":0.1}
_
# The first 5000 digits of pi, by Machin's formula. What is certified of NIST's is true of these when one 8 is
# a 3, whichever.
pi_digits() {
	python3 -ISBc '
def arctan(q, one):
    power, total, k = one // q, 0, 0
    while power:
        total += (power if k % 2 == 0 else -power) // (2 * k + 1)
        power, k = power // (q * q), k + 1
    return total
one = 10 ** 5010
pi = 4 * (4 * arctan(5, one) - arctan(239, one)) // 10 ** 11
digits = "%d%02500d" % divmod(pi, 10 ** 2500)
for digit in digits.replace("8", "3", 1):
    print("{\"x\":%s}" % digit)' | window --all -a 'mean(x),stddev(x)'
}
if command -v python3 >/dev/null; then
	ok 'PiDigits' pi_digits <<\_
--
{"count":5000,"x_mean":4.5348,"x_stddev":2.867339060288708}
_
else
	skip 'PiDigits' 'python3 is not installed'
fi

# Orders and parts. The values are of all kinds, some null and some not there.
mixed() {
	awk -v n="$1" -v seed="$2" '
		function any(n) { seed = (seed * 69069 + 1) % 4294967296; return int(seed / 65536) % n }
		BEGIN {
			split("\"a\" \"b\" true 1 1.5 -2e3 false \"1\"", value, " ")
			for (i = 0; i < n; i++) {
				printf "{\"time\":%d,\"k\":\"%s\"", i / 3 * 7, substr("abc", 1 + any(3), 1)
				if (any(9))
					printf ",\"x\":%d.%03dE%d", any(2000) - 1000, any(1000), any(12) - 6
				else if (any(2))
					printf ",\"x\":null"
				printf ",\"w\":%d.%d,\"m\":%s,\"b\":%s}\n", any(100), any(10), value[1 + any(8)],
					any(5) ? "true" : any(2) ? "false" : "null"
			}
		}'
}
divide() {
	rm -f part.?
	awk -v seed="$2" 'BEGIN { srand(seed) } { print >"part." int(rand() * 4) }' "$1"
}
parts() {
	for part in part.?; do
		window "$@" --partial "$part"
	done | window "$@" --merge
}
for seed in 1 2 3; do
	mixed 300 $seed >whole
	divide whole $seed
	for kind in '--all' '--all -k k' '--size 3m -k k' '--size 3m --slide 1m' '--gap 5s -k k'; do
		window $kind -a "$every" whole >wanted
		parts $kind -a "$every" >got
		same "partial results of parts merge to those of the whole: $kind, seed $seed" wanted got
	done
	window --size 5m -k k -a "$every" whole >wanted
	for order in 1 2; do
		python shuffle.py 120 $order <whole >other
		window --size 5m --grace 2m -k k -a "$every" other >got
		same "the order within the grace makes no difference, seed $seed, order $order" wanted got
	done
	sort -R --random-source=whole whole >other
	window --all -k k -a "$every" whole >wanted
	window --all -k k -a "$every" other >got
	same "without a clock no order does, seed $seed" wanted got
done
mixed 3000 4 >whole
divide whole 4
window --all -a 'median(x),p1(x),quantile(x,0.999)' --exact whole >wanted
parts --all -a 'median(x),p1(x),quantile(x,0.999)' --exact >got
same 'nor do parts, of quantiles that keep all' wanted got
echo '{"x":100}' | window --all -a 'median(x)' --partial --exact >kept
echo '{"x":5}' | window --all -a 'median(x)' --partial >usual
ok 'partial quantiles of --exact and those of others are one' cat kept usual <<\_
--
{"count":1,"partial":1,"x_median":"values 100"}
{"count":1,"partial":1,"x_median":"values 5"}
_
ok 'so they may be merged without it' window --all -a 'median(x)' --merge kept usual <<\_
--
{"count":2,"x_median":52.5}
_
ok 'and with it' window --all -a 'median(x)' --merge --exact kept usual <<\_
--
{"count":2,"x_median":52.5}
_
window --all -a 'median(x)' --partial many >rough
fails 'but not what is no longer exact' 1 window --all -a 'median(x)' --merge --exact rough <<\_
--
--
window: rough:1: x_median is not a partial result of what is asked for (byte 37)
_
ok 'parts of parts may be merged as well' \
	shell 'for part in part.?; do window --all -k k -a "mean(x)" --partial $part; done |
		window --all -k k -a "mean(x)" --merge --partial | window --all -k k -a "mean(x)" --merge >got
		window --all -k k -a "mean(x)" whole | cmp - got' <<\_
_
ok 'partial results have the key and the bounds, and texts' window --size 1m -k k -a 'mean(x),max(x)' --partial <<\_
{"time":0,"k":"\u0061","x":1}
{"time":1,"k":"a","x":2.5}
{"time":2}
--
{"k":null,"window_start":0,"window_end":60,"count":1,"partial":1,"x_mean":null,"x_max":null}
{"k":"\u0061","window_start":0,"window_end":60,"count":2,"partial":1,"x_mean":"2 3.5","x_max":"2.5"}
_
long() {
	awk -v n="$1" 'BEGIN { printf "{\"x\":0."; for (i = 2; i < n; i++) printf "7"; print "}" }'
}
# Of 0.77... and 1 the half of (0.22...)^2: 2 / 81 but for what is missing beyond 3998 digits.
{ long 4000; echo '{"x":1}'; } >digits
ok 'statistics take numbers of some thousand digits' window --all -a 'var(x),corr(x,x),slope(x,x) as s' digits <<\_
--
{"count":2,"x_var":0.024691358024691357,"x_x_corr":1,"s":1}
_
long 4001 >digits
for what in 'var(x)' 'wavg(y,x)' 'sum(x),cov(x,x)'; do
	fails "but of no more, as $what of them takes long" 1 window --all -a "$what" digits <<\_
--
--
window: digits:1: x is a number of more than 4000 characters (byte 5)
_
done
long 1000000 >digits
ok 'others do, in little time' shell 'ulimit -t 5; window --all -a "sum(x),min(x),median(x),mode(x)" digits | wc -c' <<\_
--
3000070
_
awk 'BEGIN { printf "{\"count\":1,\"partial\":1,\"x_var\":\"1 0 0."
	for (i = 0; i < 3000000; i++) printf "7"; print "\"}" }' >digits
fails 'nor is a partial result of so many digits worked out' 1 shell 'ulimit -t 5; window --all -a "var(x)" --merge digits' <<\_
--
--
window: digits:1: x_var is not a partial result of what is asked for (byte 31)
_
fails 'what holds no partial result is refused' 1 window --size 1m -a 'sum(x)' --merge <<\_
{"window_start":0,"window_end":60,"count":1,"partial":1,"x_sum":"no"}
--
--
window: -:1: x_sum is not a partial result of what is asked for (byte 64)
_
for form in 'max(t)' 'count(x)' 'first(x)'; do
	fails "nor is what $form has called so" 1 window --size 1m -a "$form as x" --merge <<\_
{"window_start":0,"window_end":60,"count":1,"partial":1,"x":"max(x) 3"}
--
--
window: -:1: x is not a partial result of what is asked for (byte 60)
_
done
ok 'of one with a name of its own it tells what it is' window --size 1m -a 'max(x) as x,wavg(`a b`,w) as y' --partial <<\_
{"time":0,"x":3,"a b":1,"w":2}
--
{"window_start":0,"window_end":60,"count":1,"partial":1,"x":"max(x) 3","y":"wavg(a b,w) 2 2"}
_
ok 'so does one of two fields whose names could be others' \
	window --all -a 'wavg(a_b,c),wavg(a,c),max(a_b)' --partial <<\_
{"a_b":1,"c":2,"a":1}
--
{"count":1,"partial":1,"a_b_c_wavg":"wavg(a_b,c) 2 2","a_c_wavg":"2 2","a_b_max":"1"}
_
fails 'which are not taken for it' 1 shell 'window --all -a "cov(a_b,c)" --partial | window --all -a "cov(a,b_c)" --merge' <<\_
{"a_b":1,"c":2}
--
--
window: -:1: a_b_c_cov is not a partial result of what is asked for (byte 35)
_
ok 'although it was not told once' window --all -a 'wavg(a_b,c)' --merge <<\_
{"count":1,"partial":1,"a_b_c_wavg":"3 2"}
{"count":1,"partial":1,"a_b_c_wavg":"wavg(a_b,c) 1 2"}
--
{"count":2,"a_b_c_wavg":1}
_
ok 'by which it is known again' window --size 1m -a 'max(x) as x,wavg(`a b`,w) as y' --merge <<\_
{"window_start":0,"window_end":60,"count":1,"partial":1,"x":"max(x) 3","y":"wavg(a b,w) 2 2"}
--
{"window_start":0,"window_end":60,"count":1,"x":3,"y":1}
_
ok 'a partial result may be spelled in any way that JSON has' \
	window --all -k k -a 'mean(x),min(x),max(x),sum(x),mode(x)' --merge <<\_
{"k":"a","count":2,"partial":1,"x_mean":"\u0032 3.5","x_min":"1","x_max":"2\u002e5","x_sum":"3.\u0035","x_mode":"1 1 2.5 1"}
{"k":"a","count":2,"partial":1,"x_mean":"1\u0030\u00201000000000000000000000.5","x_min":"-\u0031","x_max":"2.50","x_sum":"1000000000000000000000.5","x_mode":"\u005b\"]\",1] 9"}
{"k":"b","count":1,"partial":1,"x_mean":"1 -0.000000000000000001","x_min":"-1e-18","x_max":"-1E-18","x_sum":"-0.000000000000000001","x_mode":null}
--
{"k":"a","count":4,"x_mean":83333333333333330000,"x_min":-1,"x_max":2.5,"x_sum":1e21,"x_mode":["]",1]}
{"k":"b","count":1,"x_mean":-1e-18,"x_min":-1e-18,"x_max":-1e-18,"x_sum":-1e-18,"x_mode":null}
_
for text in '1 \u0020' '1\u00002' '2 1.' '2 01' '2 1..2' '2 .1' '2 -' '2  1' '-2 1' '1.0 1' '2 1e0' '0 1' '2 1 ' '2'; do
	fails "but $text is no mean" 1 sh -c 'printf "%s\n" "$1" | window --all -a "mean(x)" --merge' - \
		"{\"count\":2,\"partial\":1,\"x_mean\":\"$text\"}" <<\_
--
--
window: -:1: x_mean is not a partial result of what is asked for (byte 32)
_
done
# foreign_window MESSAGE ARGUMENTS: partial results that other options have made.
foreign_window() {
	message=$1
	shift
	fails "--merge $* refuses those of others" 1 window --merge "$@" <<-_
		{"k":"a","window_start":0,"window_end":86400,"window_size":"1d","count":1,"partial":1,"x_sum":"1"}
		--
		--
		window: -:1: $message
	_
}
foreign_window 'window_start is there, so this is of other windows (byte 24)' --all -k k -a 'sum(x)'
foreign_window 'window_size is there, so this is of other windows (byte 59)' --size 1d -k k -a 'sum(x)'
foreign_window 'room is missing, a key (byte 0)' --size 1d --size 1w -k room -a 'sum(x)'
foreign_window 'the window is none of those asked for (byte 0)' --size 1d --size 1w --tz Asia/Tokyo -k k -a 'sum(x)'
foreign_window 'window_size is none of the sizes asked for (byte 59)' --size 1h --size 1w -k k -a 'sum(x)'
ok 'and a key may have such a name' window --all -k 'window_size,window_start,k' -a 'sum(x)' --merge <<\_
{"window_size":"1d","window_start":0,"k":"a","count":1,"partial":1,"x_sum":"1"}
--
{"window_size":"1d","window_start":0,"k":"a","count":1,"x_sum":1}
_
fails 'also where it has none' 1 window --size 1m -a 'sum(x)' --merge <<\_
{"window_start":0,"window_end":60,"count":1,"partial":1}
--
--
window: -:1: x_sum is missing (byte 0)
_
fails 'or has no window' 1 window --size 1m --merge <<\_
{"window_start":0,"count":1,"partial":1}
--
--
window: -:1: window_end: is no time (byte 0)
_

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
