#!/bin/sh
# sample: --all -k id -a 'sum(temp)'
# gathers
# state: --size 15m -k id -a 'mean(temp)' -t time --late drop
. "$SRC/tests/loops.sh"

# shell COMMANDS: with the work of several runs.
shell() {
	sh -c "$1"
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
fails 'nor does it make up or count many more first' 1 \
	shell 'ulimit -t 5; window --size 1ms --fill 0 --max-gap 1000000h --max-open 10' <<\_
{"time":0}
{"time":2000000000}
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
ok 'keys that are worked out: numbers that come again, with texts and nothing between' \
	window --all -k 'x > 1 ? x * 2 : y as k' -a count <<\_
{"x":2,"y":"a"}
{"x":1,"y":"4"}
{"x":2.0,"y":"4"}
{"x":0,"y":4}
{"x":2,"y":null}
{"x":0,"y":null}
{"x":2,"y":null}
{"x":3.25}
{"x":3.250}
--
{"k":null,"count":1}
{"k":4,"count":5}
{"k":6.5,"count":2}
{"k":"4","count":1}
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

done_testing
