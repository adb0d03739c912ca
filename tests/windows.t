#!/bin/sh
# The rules of time, weir-windows(7): by hand, by three programs' rules, and against a slow model.
. "$SRC/tests/lib.sh"

# with LATE ARGUMENTS: window, and then the file LATE.
with() {
	kept=$1
	shift
	window "$@" --late "$kept" && cat "$kept"
}

ok 'what window, Flink and ksqlDB have in common, and what not: data/windows.table' \
	python conformance.py "$SRC/tests/data/windows.table" <<\_
_

# Calendars. Where clocks jump is from the tz database, by hand.
ok '1d: a day of 23 hours' window --size 1d --tz Europe/Berlin <<\_
{"time":"2024-03-30T22:59:59.999Z"}
{"time":"2024-03-30T23:00:00Z"}
{"time":"2024-03-31T21:59:59.999Z"}
{"time":"2024-03-31T22:00:00Z"}
--
{"window_start":"2024-03-29T23:00:00Z","window_end":"2024-03-30T23:00:00Z","count":1}
{"window_start":"2024-03-30T23:00:00Z","window_end":"2024-03-31T22:00:00Z","count":2}
{"window_start":"2024-03-31T22:00:00Z","window_end":"2024-04-01T22:00:00Z","count":1}
_
ok '1d: a day of 25 hours; times without a zone are of --tz' window --size 1d --tz Europe/Berlin <<\_
{"time":"2024-10-26 23:59:59"}
{"time":"2024-10-27 00:00:00"}
{"time":"2024-10-27 23:59:59"}
{"time":"2024-10-28 00:00:00"}
--
{"window_start":"2024-10-26 00:00:00","window_end":"2024-10-27 00:00:00","count":1}
{"window_start":"2024-10-27 00:00:00","window_end":"2024-10-28 00:00:00","count":2}
{"window_start":"2024-10-28 00:00:00","window_end":"2024-10-29 00:00:00","count":1}
_
ok '24h is no day: it never changes its length' window --size 24h --tz Europe/Berlin <<\_
{"time":"2024-03-31T00:00:00+01:00"}
{"time":"2024-03-31T12:00:00+02:00"}
{"time":"2024-04-01T02:00:00+02:00"}
--
{"window_start":"2024-03-30T01:00:00+01:00","window_end":"2024-03-31T01:00:00+01:00","count":1}
{"window_start":"2024-03-31T01:00:00+01:00","window_end":"2024-04-01T02:00:00+02:00","count":1}
{"window_start":"2024-04-01T02:00:00+02:00","window_end":"2024-04-02T02:00:00+02:00","count":1}
_
ok '1h: an hour that clocks show twice is two, and one that they leave out is none' \
	window --size 1h --tz Europe/Berlin <<\_
{"time":"2024-03-31T01:59:59+01:00"}
{"time":"2024-03-31T03:00:00+02:00"}
{"time":"2024-10-27T02:30:00+02:00"}
{"time":"2024-10-27T02:30:00+01:00"}
{"time":"2024-10-27T03:30:00+01:00"}
--
{"window_start":"2024-03-31T01:00:00+01:00","window_end":"2024-03-31T03:00:00+02:00","count":1}
{"window_start":"2024-03-31T03:00:00+02:00","window_end":"2024-03-31T04:00:00+02:00","count":1}
{"window_start":"2024-10-27T02:00:00+02:00","window_end":"2024-10-27T02:00:00+01:00","count":1}
{"window_start":"2024-10-27T02:00:00+01:00","window_end":"2024-10-27T03:00:00+01:00","count":1}
{"window_start":"2024-10-27T03:00:00+01:00","window_end":"2024-10-27T04:00:00+01:00","count":1}
_
ok 'a time without a zone gets an offset only where clocks show it twice' window --size 1h --tz Europe/Berlin <<\_
{"time":"2024-10-27T01:30:00"}
{"time":"2024-10-27T03:30:00"}
--
{"window_start":"2024-10-27T01:00:00","window_end":"2024-10-27T02:00:00+02:00","count":1}
{"window_start":"2024-10-27T03:00:00","window_end":"2024-10-27T04:00:00","count":1}
_
ok '6h: a jump shifts them until midnight, where the last is cut short' window --size 6h --tz Europe/Berlin <<\_
{"time":"2024-03-31T05:00:00+02:00"}
{"time":"2024-03-31T08:00:00+02:00"}
{"time":"2024-03-31T20:00:00+02:00"}
{"time":"2024-04-01T00:00:00+02:00"}
--
{"window_start":"2024-03-31T00:00:00+01:00","window_end":"2024-03-31T07:00:00+02:00","count":1}
{"window_start":"2024-03-31T07:00:00+02:00","window_end":"2024-03-31T13:00:00+02:00","count":1}
{"window_start":"2024-03-31T19:00:00+02:00","window_end":"2024-04-01T00:00:00+02:00","count":1}
{"window_start":"2024-04-01T00:00:00+02:00","window_end":"2024-04-01T06:00:00+02:00","count":1}
_
ok 'Lord Howe: half an hour, and hours that are off the clock till midnight' \
	window --size 1h --tz Australia/Lord_Howe <<\_
{"time":"2024-10-06T01:30:00+10:30"}
{"time":"2024-10-06T02:45:00+11:00"}
{"time":"2024-10-06T23:45:00+11:00"}
{"time":"2024-10-07T00:15:00+11:00"}
--
{"window_start":"2024-10-06T01:00:00+10:30","window_end":"2024-10-06T02:30:00+11:00","count":1}
{"window_start":"2024-10-06T02:30:00+11:00","window_end":"2024-10-06T03:30:00+11:00","count":1}
{"window_start":"2024-10-06T23:30:00+11:00","window_end":"2024-10-07T00:00:00+11:00","count":1}
{"window_start":"2024-10-07T00:00:00+11:00","window_end":"2024-10-07T01:00:00+11:00","count":1}
_
ok 'Lord Howe: a day of 23.5 hours and one of 24.5' window --size 1d --tz Australia/Lord_Howe <<\_
{"time":"2024-04-07T12:00:00Z"}
{"time":"2024-10-06T00:00:00Z"}
--
{"window_start":"2024-04-06T13:00:00Z","window_end":"2024-04-07T13:30:00Z","count":1}
{"window_start":"2024-10-05T13:30:00Z","window_end":"2024-10-06T13:00:00Z","count":1}
_
ok 'Kolkata: hours and days half an hour off those of UTC' window --size 1h --size 1d --tz Asia/Kolkata <<\_
{"time":"2024-05-05T18:29:59Z"}
{"time":"2024-05-05T18:30:00Z"}
--
{"window_start":"2024-05-04T18:30:00Z","window_end":"2024-05-05T18:30:00Z","window_size":"1d","count":1}
{"window_start":"2024-05-05T17:30:00Z","window_end":"2024-05-05T18:30:00Z","window_size":"1h","count":1}
{"window_start":"2024-05-05T18:30:00Z","window_end":"2024-05-05T19:30:00Z","window_size":"1h","count":1}
{"window_start":"2024-05-05T18:30:00Z","window_end":"2024-05-06T18:30:00Z","window_size":"1d","count":1}
_
ok 'Santiago: a day without a midnight begins at one' window --size 1d --tz America/Santiago <<\_
{"time":"2024-09-07 23:59:59"}
{"time":"2024-09-08 01:00:00"}
--
{"window_start":"2024-09-07 00:00:00","window_end":"2024-09-08 01:00:00","count":1}
{"window_start":"2024-09-08 01:00:00","window_end":"2024-09-09 00:00:00","count":1}
_
ok 'weeks begin with Monday; months, quarters and years are those of the calendar' \
	window --size 1w --size 1mo --size 1q --size 1y <<\_
{"time":"2024-02-29"}
--
{"window_start":"2024-02-01","window_end":"2024-03-01","window_size":"1mo","count":1}
{"window_start":"2024-02-26","window_end":"2024-03-04","window_size":"1w","count":1}
{"window_start":"2024-01-01","window_end":"2024-04-01","window_size":"1q","count":1}
{"window_start":"2024-01-01","window_end":"2025-01-01","window_size":"1y","count":1}
_
ok '--offset: days from 6 to 6 on the clock, and hours by their length' \
	sh -c 'window --size 1d --offset 6h --tz Europe/Berlin; echo "{\"time\":3600}" | window --size 15m --offset -5m' <<\_
{"time":"2024-03-31 05:59:59"}
{"time":"2024-03-31 06:00:00"}
--
{"window_start":"2024-03-30 06:00:00","window_end":"2024-03-31 06:00:00","count":1}
{"window_start":"2024-03-31 06:00:00","window_end":"2024-04-01 06:00:00","count":1}
{"window_start":3300,"window_end":4200,"count":1}
_
ok 'days that overlap are as long as days are' window --size 2d --slide 1d --tz Europe/Berlin <<\_
{"time":"2024-03-31T12:00:00Z"}
--
{"window_start":"2024-03-29T23:00:00Z","window_end":"2024-03-31T22:00:00Z","count":1}
{"window_start":"2024-03-30T23:00:00Z","window_end":"2024-04-01T22:00:00Z","count":1}
_
ok 'steps of a length go to the end of a day, however long it is' \
	window --size 1d --step 12h --tz Europe/Berlin <<\_
{"time":"2024-10-27T01:00:00+02:00"}
--
{"window_start":"2024-10-27T00:00:00+02:00","window_end":"2024-10-27T11:00:00+01:00","count":1}
{"window_start":"2024-10-27T00:00:00+02:00","window_end":"2024-10-27T23:00:00+01:00","count":1}
{"window_start":"2024-10-27T00:00:00+02:00","window_end":"2024-10-28T00:00:00+01:00","count":1}
_
ok 'steps that are cut at the start of a window as well as at its end' \
	window --late drop --size 24h --step 8h --tz Asia/Kolkata -a 'list(n)' <<\_
{"time":"2024-05-05T05:00:00+05:30","n":1}
{"time":"2024-05-05T06:00:00+05:30","n":2}
{"time":"2024-05-05T05:20:00+05:30","n":3}
--
{"window_start":"2024-05-04T05:30:00+05:30","window_end":"2024-05-05T05:30:00+05:30","count":1,"n_list":[1]}
{"window_start":"2024-05-05T05:30:00+05:30","window_end":"2024-05-05T08:00:00+05:30","count":1,"n_list":[2]}
{"window_start":"2024-05-05T05:30:00+05:30","window_end":"2024-05-05T16:00:00+05:30","count":1,"n_list":[2]}
{"window_start":"2024-05-05T05:30:00+05:30","window_end":"2024-05-06T00:00:00+05:30","count":1,"n_list":[2]}
{"window_start":"2024-05-05T05:30:00+05:30","window_end":"2024-05-06T05:30:00+05:30","count":1,"n_list":[2]}
_

# Results.
ok 'sessions tell their first and last time; they are open at their end still' window --gap 5m -k k <<\_
{"time":0,"k":"a"}
{"time":0,"k":"b"}
{"time":300,"k":"a"}
{"time":300,"k":"b"}
{"time":601,"k":"a"}
--
{"k":"a","window_start":0,"window_end":600,"first":0,"last":300,"count":2}
{"k":"b","window_start":0,"window_end":600,"first":0,"last":300,"count":2}
{"k":"a","window_start":601,"window_end":901,"first":601,"last":601,"count":1}
_
ok 'what is not late, but later than the grace, joins none that is over' window --gap 40s <<\_
{"time":51}
{"time":105}
{"time":90}
--
{"window_start":51,"window_end":91,"first":51,"last":51,"count":1}
{"window_start":90,"window_end":145,"first":90,"last":105,"count":2}
_
ok 'with grace enough there is one that it joins' window --gap 40s --grace 15s <<\_
{"time":51}
{"time":105}
{"time":90}
--
{"window_start":51,"window_end":145,"first":51,"last":105,"count":3}
_
ok 'sessions that end together go by start and key' window --gap 10s -k k <<\_
{"time":5,"k":"b"}
{"time":5,"k":"a"}
{"time":5,"k":null}
{"time":7,"k":10}
{"time":7,"k":9}
{"time":100,"k":0}
--
{"k":null,"window_start":5,"window_end":15,"first":5,"last":5,"count":1}
{"k":"a","window_start":5,"window_end":15,"first":5,"last":5,"count":1}
{"k":"b","window_start":5,"window_end":15,"first":5,"last":5,"count":1}
{"k":9,"window_start":7,"window_end":17,"first":7,"last":7,"count":1}
{"k":10,"window_start":7,"window_end":17,"first":7,"last":7,"count":1}
{"k":0,"window_start":100,"window_end":110,"first":100,"last":100,"count":1}
_
ok 'one goes before the gone: an end of the lateness of one is that of another session' \
	window --gap 10s --lateness 5s -k k --late drop <<\_
{"time":0,"k":"x"}
{"time":5,"k":"c"}
{"time":5,"k":"b"}
{"time":5,"k":"a"}
{"time":12,"k":"y"}
{"time":16,"k":"y"}
--
{"k":"x","window_start":0,"window_end":10,"first":0,"last":0,"count":1,"pane":"final","rev":0}
{"k":"a","window_start":5,"window_end":15,"first":5,"last":5,"count":1,"pane":"final","rev":0}
{"k":"b","window_start":5,"window_end":15,"first":5,"last":5,"count":1,"pane":"final","rev":0}
{"k":"c","window_start":5,"window_end":15,"first":5,"last":5,"count":1,"pane":"final","rev":0}
{"k":"y","window_start":12,"window_end":26,"first":12,"last":16,"count":2,"pane":"final","rev":0}
_
ok 'keys that are equal are one, as first seen; null and nothing are one; null < false < true < numbers < texts' \
	window --size 1h -k k <<\_
{"time":0,"k":"b"}
{"time":0,"k":1e0}
{"time":0,"k":"\u0061"}
{"time":0}
{"time":0,"k":true}
{"time":0,"k":1.0}
{"time":0,"k":"a"}
{"time":0,"k":null}
{"time":0,"k":-2}
{"time":0,"k":false}
{"time":0,"k":"1"}
--
{"k":null,"window_start":0,"window_end":3600,"count":2}
{"k":false,"window_start":0,"window_end":3600,"count":1}
{"k":true,"window_start":0,"window_end":3600,"count":1}
{"k":-2,"window_start":0,"window_end":3600,"count":1}
{"k":1e0,"window_start":0,"window_end":3600,"count":2}
{"k":"1","window_start":0,"window_end":3600,"count":1}
{"k":"\u0061","window_start":0,"window_end":3600,"count":2}
{"k":"b","window_start":0,"window_end":3600,"count":1}
_
ok 'a late record is written as it was, with how late it is and what it has missed' \
	with late --size 2m --slide 1m -k k <<\_
{"time":600.25,"k":"a","x":1.50}
{"time":720.5,"k":"b"}
{"time":601,"k":"\u0061","x":2E0}
--
{"k":"a","window_start":540,"window_end":660,"count":1}
{"k":"a","window_start":600,"window_end":720,"count":1}
{"k":"b","window_start":660,"window_end":780,"count":1}
{"k":"b","window_start":720,"window_end":840,"count":1}
{"time":601,"k":"\u0061","x":2E0,"late_by":119.5,"late_for":"540/660 600/720"}
--
window: 1 late record: see late
_
ok 'what was late can be fed again; what is told of it is replaced' \
	sh -c 'window --size 1m --late late >once && window --size 1m late && cat late | sed "s/,\"late.*//"' <<\_
{"time":"2024-01-01T00:00:00Z"}
{"time":"2024-01-01T00:01:00Z"}
{"time":"2024-01-01T00:00:59Z"}
--
{"window_start":"2024-01-01T00:00:00Z","window_end":"2024-01-01T00:01:00Z","count":1}
{"time":"2024-01-01T00:00:59Z"
--
window: 1 late record: see late
_
fails 'what is late is never passed over: all is written, and then it is said' 1 \
	sh -c 'window --size 1m 2>err || { status=$?; grep -c "^window: 1 record .*--late" err; exit $status; }' <<\_
{"time":0}
{"time":60}
{"time":59}
{"time":120}
--
{"window_start":0,"window_end":60,"count":1}
{"window_start":60,"window_end":120,"count":1}
{"window_start":120,"window_end":180,"count":1}
1
_
fails 'nor what is ahead' 1 \
	sh -c 'window --size 1m --max-ahead 1h 2>err || { status=$?; grep -c "^window: .*--late" err; exit $status; }' <<\_
{"time":0}
{"time":3661}
--
{"window_start":0,"window_end":60,"count":1}
1
_

ok 'several clocks are saved, and that of the stream does not move when they are read' sh -c '
	head -n 5 >in
	window --size 1m --watermark-by p --sources 2 --late drop --state s in 2>err
	echo "{\"time\":150,\"p\":2}" | window --size 1m --watermark-by p --sources 2 --late drop --state s --drain' <<\_
{"time":100,"p":0}
{"time":100,"p":1}
{"time":0,"p":2}
{"time":300,"p":0}
{"time":300,"p":1}
--
{"window_start":60,"window_end":120,"count":2}
{"window_start":120,"window_end":180,"count":1}
{"window_start":300,"window_end":360,"count":2}
_
ok 'what is filled in on a line is rounded once' window --size 1m --fill linear --max-gap 1h -a 'sum(x)' <<\_
{"time":0,"x":1}
{"time":180,"x":2}
--
{"window_start":0,"window_end":60,"count":1,"x_sum":1}
{"window_start":60,"window_end":120,"count":0,"x_sum":1.3333333333333333}
{"window_start":120,"window_end":180,"count":0,"x_sum":1.6666666666666667}
{"window_start":180,"window_end":240,"count":1,"x_sum":2}
_
# (2 * 46666666.00000001 + 46666669.80666667) / 3 = 46666667.26888889666...; (2 * 9007199254740993 + 3) / 3
ok 'also where no double holds what is in between' \
	window --size 1m --fill linear --max-gap 1h -a 'sum(x),sum(y)' <<\_
{"time":0,"x":46666666.00000001,"y":9007199254740993}
{"time":180,"x":46666669.80666667,"y":3}
--
{"window_start":0,"window_end":60,"count":1,"x_sum":46666666.00000001,"y_sum":9007199254740993}
{"window_start":60,"window_end":120,"count":0,"x_sum":46666667.2688889,"y_sum":6004799503160663}
{"window_start":120,"window_end":180,"count":0,"x_sum":46666668.53777778,"y_sum":3002399751580333}
{"window_start":180,"window_end":240,"count":1,"x_sum":46666669.80666667,"y_sum":3}
_

# Rome has 25 hours on 2024-10-27, and windows of 24 that begin with it end an hour before the next.
ok 'a record that belongs to a window of one size and to none of another is late for that' with late.1 --size 24h,48h --slide 1d --tz Europe/Rome <<\_
{"time":"2024-10-27T21:59:59Z"}
{"time":"2024-10-27T22:30:00Z"}
--
{"window_start":"2024-10-25T22:00:00Z","window_end":"2024-10-27T22:00:00Z","window_size":"48h","count":1}
{"window_start":"2024-10-26T22:00:00Z","window_end":"2024-10-27T22:00:00Z","window_size":"24h","count":1}
{"window_start":"2024-10-26T22:00:00Z","window_end":"2024-10-28T22:00:00Z","window_size":"48h","count":2}
{"time":"2024-10-27T22:30:00Z","late_by":0,"late_for":""}
--
window: 1 late record: see late.1
_
ok 'before there is a clock, nobody knows how late it is' \
	with late.1 --size 24h --slide 1d --tz Europe/Rome --watermark-by p --sources 2 <<\_
{"time":"2024-10-27T22:30:00Z","p":1}
--
{"time":"2024-10-27T22:30:00Z","p":1,"late_by":null,"late_for":""}
--
window: 1 late record: see late.1
_
ok 'a partial result is taken also where other windows of its start would reach before the years' \
	sh -c 'window --size 10h --slide 1h --partial | head -n 1 | window --size 10h --slide 1h --merge' <<\_
{"time":"-9999-01-01T14:30:00Z"}
--
{"window_start":"-9999-01-01T05:00:00Z","window_end":"-9999-01-01T15:00:00Z","count":1}
_
ok 'one in a piece that begins before the years is bad, and nothing else comes of it' \
	window --size 10h --slide 1h --offset 30m --merge --bad bad <<\_
{"partial":1,"window_start":"-9999-01-01T00:10:00Z","window_end":"-9999-01-01T10:10:00Z","count":1}
--
--
window: 1 bad record: see bad
_

# In a slow model, tests/help/window.py; tests/faults has thousands.
: "${MORE:=1}"
ok 'streams and options make what the model makes of them' python streams.py same 300 $((300 * MORE)) <<\_
_
ok 'the order of records makes no difference while none is late' python streams.py order 1 $((120 * MORE)) <<\_
_
ok 'each record is in every window that is open for it, and aside once if one was closed' \
	python streams.py place 1 $((120 * MORE)) <<\_
_
ok 'a state between the pieces of a stream makes no difference' python streams.py pieces 1 $((90 * MORE)) <<\_
_
ok 'nor with what waits and what may be filled, wherever it is cut' python streams.py filled 1 $((12 * MORE)) <<\_
_
ok 'nor do partial results of parts, merged' python streams.py parts 1 $((90 * MORE)) <<\_
_
done_testing
