#!/bin/sh
# sample: --shift 1h
. "$SRC/tests/lib.sh"

ok 'a time that is to stay as it is keeps every byte' rectime <<\_
{"time":1451624400}
{ "time" : 1.4516244E9 , "n":1.50}
{"n":1,"time":"2016-01-01 05:00:00"}
{"time":"2016\u002d01-01T05:00:00.00+00:00"}
--
{"time":1451624400}
{ "time" : 1.4516244E9 , "n":1.50}
{"n":1,"time":"2016-01-01 05:00:00"}
{"time":"2016\u002d01-01T05:00:00.00+00:00"}
_

# Writing.
ok '--to s: seconds, exact, with a fraction only where it is not zero' rectime --to s <<\_
{"time":"2016-01-01T05:00:00Z"}
{"time":"2016-01-01T05:00:00.25Z"}
{"time":"1969-12-31T23:59:59.999999999Z"}
{"time":"1969-12-31 23:59:58.5"}
{"time":"2016-01-01T05:00:00.000Z"}
{"time":"9999-12-31T23:59:59.123456789Z"}
{"time":"-9999-01-01"}
{ "a" : 1 , "time" : "2016-01-01T06:00:00+01:00" , "z":1e2}
--
{"time":1451624400}
{"time":1451624400.25}
{"time":-1e-9}
{"time":-1.5}
{"time":1451624400}
{"time":253402300799.123456789}
{"time":-377705116800}
{ "a" : 1 , "time" : 1451624400 , "z":1e2}
_
ok '--to ms' rectime --to ms <<\_
{"time":"2016-01-01T05:00:00.0005Z"}
{"time":"1969-12-31T23:59:59Z"}
--
{"time":1451624400000.5}
{"time":-1000}
_
ok '--to us' rectime --to=us <<\_
{"time":1451624400.25}
{"time":0.000001}
--
{"time":1451624400250000}
{"time":1}
_
ok '--to ns, beyond the integers of doubles' rectime --to ns <<\_
{"time":1451624400.123456789}
{"time":9999999999}
--
{"time":1451624400123456789}
{"time":9999999999000000000}
_
ok '--to rfc3339' rectime --to rfc3339 <<\_
{"time":1451624400}
{"time":1451624400.250}
{"time":"2016-01-01"}
{"time":"2016-01-01 06:00:00+0100"}
{"time":-62167219201}
--
{"time":"2016-01-01T05:00:00Z"}
{"time":"2016-01-01T05:00:00.25Z"}
{"time":"2016-01-01T00:00:00Z"}
{"time":"2016-01-01T05:00:00Z"}
{"time":"-0001-12-31T23:59:59Z"}
_
ok '--to a format, which JSON may have to escape' rectime --to '%d/%m/%y "%H"\%S é' <<\_
{"time":1451624400}
--
{"time":"01/01/16 \"05\"\\00 é"}
_
ok '--time-unit says what numbers are, and magnitudes need not agree' rectime --time-unit ms --to rfc3339 <<\_
{"time":0}
{"time":1451624400000}
{"time":1}
--
{"time":"1970-01-01T00:00:00Z"}
{"time":"2016-01-01T05:00:00Z"}
{"time":"1970-01-01T00:00:00.001Z"}
_
ok '-t names the field, whatever it holds besides' rectime -t 'at [s]' --to s <<\_
{"time":"never","at [s]":"1970-01-01T00:00:10Z","at":1}
{"at [\u0073]":"1970-01-01 00:00:20"}
--
{"time":"never","at [s]":10,"at":1}
{"at [\u0073]":20}
_
ok 'of several members of one name the last counts, and one is left' rectime --to s <<\_
{"time":"x","a":1,"time":"1970-01-01"}
--
{"time":0,"a":1}
_

# Zones.
ok '--tz is the zone of times without one; D03: a gap and an overlap' rectime --tz Europe/Berlin --to rfc3339 <<\_
{"time":"2024-03-31 01:59:59"}
{"time":"2024-03-31 02:30:00"}
{"time":"2024-03-31 03:00:00"}
{"time":"2024-10-27 02:30:00"}
{"time":"2024-10-27 03:00:00"}
{"time":"2024-10-27T02:30:00+01:00"}
{"time":0}
--
{"time":"2024-03-31T01:59:59+01:00"}
{"time":"2024-03-31T03:30:00+02:00"}
{"time":"2024-03-31T03:00:00+02:00"}
{"time":"2024-10-27T02:30:00+02:00"}
{"time":"2024-10-27T03:00:00+01:00"}
{"time":"2024-10-27T02:30:00+01:00"}
{"time":"1970-01-01T01:00:00+01:00"}
_
ok '--to-tz: read as Berlin, written as UTC' rectime --tz Europe/Berlin --to-tz UTC --to rfc3339 <<\_
{"time":"2024-07-01 12:00:00"}
{"time":"2024-10-27 02:30:00"}
--
{"time":"2024-07-01T10:00:00Z"}
{"time":"2024-10-27T00:30:00Z"}
_
ok '--to-tz alone keeps the manner, but for the offset' rectime --to-tz +05:45 <<\_
{"time":"2024-07-01T12:00:00Z"}
{"time":"2024-07-01 12:00:00"}
{"time":"2024-07-01 12:00:00.5-0300"}
{"time":"2024-07-01"}
{"time":1719835200}
--
{"time":"2024-07-01T17:45:00+05:45"}
{"time":"2024-07-01 17:45:00"}
{"time":"2024-07-01 20:45:00.5+05:45"}
{"time":"2024-07-01T05:45:00"}
{"time":1719835200}
_
ok '--to-tz UTC takes the offset away' rectime --to-tz UTC <<\_
{"time":"2024-07-01 12:00:00+02:00"}
--
{"time":"2024-07-01 10:00:00Z"}
_
ok 'what has no zone gets an offset where the clocks show it twice' rectime --tz UTC --to-tz Europe/Berlin <<\_
{"time":"2024-10-26 23:30:00"}
{"time":"2024-10-27 00:30:00"}
{"time":"2024-10-27 01:30:00"}
--
{"time":"2024-10-27 01:30:00"}
{"time":"2024-10-27 02:30:00+02:00"}
{"time":"2024-10-27 02:30:00+01:00"}
_
fails 'D04: a zone that is not known is never UTC' 2 rectime --tz Europe/Berlni <<\_
--
--
rectime: --tz: unknown time zone: 'Europe/Berlni'
try: rectime --help
_
fails 'nor is one to write by' 2 rectime --to-tz Mars/Phobos <<\_
--
--
rectime: --to-tz: unknown time zone: 'Mars/Phobos'
try: rectime --help
_

# Reading.
ok '--from, where nothing is padded' rectime -t Timestamp --from '%m/%d/%Y %H:%M' <<\_
{"Timestamp":"1/1/2022 0:00","Temperature":25.1}
{"Timestamp":"2/11/2022 15:00","Temperature":20}
{"Timestamp":"12/03/2022 07:05","Temperature":20}
--
{"Timestamp":"2022-01-01T00:00:00Z","Temperature":25.1}
{"Timestamp":"2022-02-11T15:00:00Z","Temperature":20}
{"Timestamp":"2022-12-03T07:05:00Z","Temperature":20}
_
ok '--from and --to, in the zone of --tz' rectime --tz America/New_York --from '%d %B %y %I %p' --to '%FT%T%z' <<\_
{"time":"4 july 76 12 PM"}
{"time":"29 February 00 1 am"}
--
{"time":"1976-07-04T12:00:00-0400"}
{"time":"2000-02-29T01:00:00-0500"}
_
ok '--from reads numbers as they are spelled' rectime --from '%Y%m%d' --to s <<\_
{"time":20061216}
{"time":"20061216"}
--
{"time":1166227200}
{"time":1166227200}
_
ok 'several fields are joined; the time takes their place' rectime -f Date,Time --from '%d/%m/%Y %T' <<\_
{"Date":"16/12/2006","Time":"17:24:00","Voltage":234.84}
{"Voltage":"?","Time":"11:23:00", "Date":"21/12/2006"}
{"Time":"1:2:3","time":1,"n":2,"Date":"1/1/2007"}
--
{"time":"2006-12-16T17:24:00Z","Voltage":234.84}
{"Voltage":"?", "time":"2006-12-21T11:23:00Z"}
{"n":2,"time":"2007-01-01T01:02:03Z"}
_
printf '%s\n' '{"day":"2006-12-16","clock":"17:24:00"}' '{"clock":"17:24:00.5+01:00","day":"2006-12-16"}' >days
ok 'joined texts that need no format' rectime -f day,clock --to s days <<\_
--
{"time":1166289840}
{"time":1166286240.5}
_
ok 'joined numbers' rectime -f y,m,d --from '%Y %m %d' <<\_
{"d":16,"n":null,"m":12,"y":2006}
--
{"n":null,"time":"2006-12-16T00:00:00Z"}
_
ok '-f with the field of -t among them' rectime -t Time -f Date,Time --to s <<\_
{"Date":"2006-12-16","Time":"17:24:00","n":1}
--
{"Time":1166289840,"n":1}
_
ok '-f with one field gives it the name of -t, and no other byte' rectime -f unix_ts <<\_
{"a":1, "unix_ts" : 1334041200.0,"counter":7}
--
{"a":1, "time" : 1334041200.0,"counter":7}
_
fails 'a joined field that is missing is a fault' 1 rectime -f Date,Time <<\_
{"Date":"2006-12-16","Time":"17:24:00"}
{"Date":"2006-12-16","Time":null}
--
{"time":"2006-12-16 17:24:00"}
--
rectime: -:2: Time is missing (byte 28)
_

# Bad times.
ok 'D02 D05 D06: what is no time is a bad record' sh -c 'rectime --to s --time-unit s --bad bad; cut -d , -f 3-4 bad' <<\_
{"time":"2024-02-29T00:00:00Z"}
{"time":"2023-02-29"}
{"time":"2024-02-30T00:00:00Z"}
{"a":1,"time":"2024-13-01"}
{"time":"2024-01-01T24:00:00Z"}
{"time":"2024-01-01T25:00:00Z"}
{"time":"01/02/2024"}
{"time":""}
{"time":"now"}
{"time":null}
{"a":1}
{"time":true}
{"time":[1]}
{"time":"10000-01-01"}
{"time":253402300800}
{"time":-377705116801}
{"time":253402300799}
--
{"time":1709164800}
{"time":253402300799}
"line":2,"error":"time: no such date (byte 8)"
"line":3,"error":"time: no such date (byte 8)"
"line":4,"error":"time: no such date (byte 14)"
"line":5,"error":"time: no such time of day (byte 8)"
"line":6,"error":"time: no such time of day (byte 8)"
"line":7,"error":"time: not a time (byte 8)"
"line":8,"error":"time: not a time (byte 8)"
"line":9,"error":"time: not a time (byte 8)"
"line":10,"error":"time is missing (byte 8)"
"line":11,"error":"time is missing (byte 0)"
"line":12,"error":"time is not a time (byte 8)"
"line":13,"error":"time is not a time (byte 8)"
"line":14,"error":"time: not a time (byte 8)"
"line":15,"error":"time: a time beyond the years -9999 to 9999 (byte 8)"
"line":16,"error":"time: a time beyond the years -9999 to 9999 (byte 8)"
--
rectime: 15 bad records: see bad
_
ok 'D01: second 60 is the next second, at 23:59 UTC and nowhere else' \
	sh -c 'rectime --to rfc3339 --bad bad; cut -d , -f 3-4 bad' <<\_
{"time":"2016-12-31T23:59:60Z"}
{"time":"2017-01-01 00:59:60+01:00"}
{"time":"2016-12-31T23:58:60Z"}
{"time":"2016-12-31T23:59:60+01:00"}
{"time":"2016-12-31T23:59:61Z"}
--
{"time":"2017-01-01T00:00:00Z"}
{"time":"2017-01-01T00:00:00Z"}
"line":3,"error":"time: a second 60 that is not at 23:59 UTC (byte 8)"
"line":4,"error":"time: a second 60 that is not at 23:59 UTC (byte 8)"
"line":5,"error":"time: no such time of day (byte 8)"
--
rectime: 3 bad records: see bad
_
for border in '99999999999 5138-11-16T09:46:39Z' '100000000000 1973-03-03T09:46:40Z' \
	'99999999999999 5138-11-16T09:46:39.999Z' '100000000000000 1973-03-03T09:46:40Z' \
	'99999999999999999 5138-11-16T09:46:39.999999Z' '100000000000000000 1973-03-03T09:46:40Z' \
	'-99999999999 -1199-02-15T14:13:21Z' '-100000000000 1966-10-31T14:13:20Z'; do
	number=${border% *}
	printf '{"time":%s}\n' "$number" >number
	ok "D05: the unit of $number" rectime --to rfc3339 number <<-_
	--
	{"time":"${border#* }"}
	_
done
fails 'D05: another magnitude in mid-stream' 1 rectime --to rfc3339 <<\_
{"time":1451624400}
{"time":1451624460000}
--
{"time":"2016-01-01T05:00:00Z"}
--
rectime: -:2: time: a time of another magnitude than the first (byte 8)
_
fails 'a format that the time does not fit' 1 rectime --from '%d/%m/%Y' <<\_
{"time":"16/12/2006"}
{"n":1,"time":"12/16/2006"}
--
{"time":"2006-12-16T00:00:00Z"}
--
rectime: -:2: time: out of range (byte 14)
_

# Moving.
ok '--shift adds, in the manner of what was read' rectime --shift 1h30m <<\_
{"time":1451624400}
{"time":1451624400.25}
{"time":"2016-01-01T23:00:00Z"}
{"time":"2016-02-28 22:30:00"}
{"time":"2016-01-01T23:00:00.5+0100"}
--
{"time":1451629800}
{"time":1451629800.25}
{"time":"2016-01-02T00:30:00Z"}
{"time":"2016-02-29 00:00:00"}
{"time":"2016-01-02T00:30:00.5+0100"}
_
for shift in --shift=-5h '--shift -5h' '--shift -PT5H'; do
	ok "$shift goes back" rectime $shift <<-\_
	{"time":"2016-01-01T04:00:00Z"}
	--
	{"time":"2015-12-31T23:00:00Z"}
	_
done
ok '--shift counts seconds, also over a jump of the clocks' rectime --tz Europe/Berlin --shift 1d <<\_
{"time":"2024-03-30 12:00:00"}
{"time":"2024-03-30T12:00:00+01:00"}
--
{"time":"2024-03-31 13:00:00"}
{"time":"2024-03-31T13:00:00+02:00"}
_
ok '--shift of less than what is written' rectime --shift 1ns --to ms <<\_
{"time":"2016-01-01T00:00:00Z"}
--
{"time":1451606400000.000001}
_
fails '--shift beyond the years is a bad record' 1 rectime --shift 1s <<\_
{"n":1,"time":"9999-12-31T23:59:58Z"}
{"n":1,"time":"9999-12-31T23:59:59Z"}
--
{"n":1,"time":"9999-12-31T23:59:59Z"}
--
rectime: -:2: time: a time beyond the years -9999 to 9999 (byte 14)
_

# Making up.
ok '--every: the first keeps its time, the others follow, whatever they say' rectime --every 60s <<\_
{"time":1451624400,"n":0}
{"n":1,"time":1451624401}
{"time":"oops","n":2}
{"n":3}
{"time":null,"n":4}
--
{"time":1451624400,"n":0}
{"n":1,"time":1451624460}
{"time":1451624520,"n":2}
{"n":3,"time":1451624580}
{"time":1451624640,"n":4}
_
echo '{"d":"2016-01-01","c":"00:00:00"}' >a
ok '--every goes on over files, and with what was joined' \
	sh -c 'rectime -f d,c --shift -1s --every 0.5s a - a' <<\_
{"n":1}
--
{"time":"2015-12-31 23:59:59"}
{"n":1,"time":"2015-12-31 23:59:59.5"}
{"time":"2016-01-01 00:00:00"}
_
ok '--start: the time of the first, in its own manner' rectime --every 15m --start '2024-10-27 01:45:00' --tz Europe/Berlin <<\_
{"n":0}
{"n":1,"time":7}
{"time":"x"}
--
{"n":0,"time":"2024-10-27 01:45:00"}
{"n":1,"time":"2024-10-27 02:00:00+02:00"}
{"time":"2024-10-27 02:15:00+02:00"}
_
ok '--start with a number, and --to' sh -c 'rectime --every 1d --start 86400 a a; rectime --every 1d --start 86400 --to %F a' <<\_
--
{"d":"2016-01-01","c":"00:00:00","time":86400}
{"d":"2016-01-01","c":"00:00:00","time":172800}
{"d":"2016-01-01","c":"00:00:00","time":"1970-01-02"}
_
ok '--every: a bad record does not count' rectime --every 1s --bad bad <<\_
{"n":0}
{"time":10}
oops
{"time":10}
--
{"time":10}
{"time":11}
--
rectime: 2 bad records: see bad
_

# Checking.
ok '--check says what is wrong with the order, as records' rectime --check <<\_
{"time":1451624400}
{"time":1451624460}
{"time":1451624460.0,"n":1}
{"time":1451624459.75}
{"time":1451629999}
--
{"record":3,"what":"duplicate","time":1451624460,"before":1451624460,"seconds":0}
{"record":4,"what":"backwards","time":1451624459.75,"before":1451624460,"seconds":-0.25}
_
ok '--check --every finds what is missing, and lets times be off by less than half' \
	sh -c 'rectime --check --every 60s --to rfc3339 --stats 2>err; sed "s/,\"seconds\":[0-9.]*}/}/" err' <<\_
{"time":"2016-01-01T05:00:00Z"}
{"time":"2016-01-01T05:01:00Z"}
{"time":"2016-01-01T05:02:29.999999999Z"}
{"time":"2016-01-01T05:03:00Z"}
{"time":"2016-01-01T05:04:30Z"}
{"time":"2016-01-02T05:04:30Z"}
{"time":"2016-01-02T05:04:30Z"}
{"time":"2016-01-02T05:03:30Z"}
--
{"record":5,"what":"gap","time":"2016-01-01T05:04:30Z","before":"2016-01-01T05:03:00Z","seconds":90,"missing":1}
{"record":6,"what":"gap","time":"2016-01-02T05:04:30Z","before":"2016-01-01T05:04:30Z","seconds":86400,"missing":1439}
{"record":7,"what":"duplicate","time":"2016-01-02T05:04:30Z","before":"2016-01-02T05:04:30Z","seconds":0}
{"record":8,"what":"backwards","time":"2016-01-02T05:03:30Z","before":"2016-01-02T05:04:30Z","seconds":-60}
{"program":"rectime","in":8,"out":4,"bad":0,"unmet":0,"set":0,"gaps":2,"duplicates":1,"backwards":1}
_
ok '--check from the first year to the last' rectime --check --every 1ns --from '%Y-%m-%d' --to '%F' <<\_
{"time":"-9999-01-01"}
{"time":"9999-12-31"}
{"time":"-9999-01-01"}
--
{"record":2,"what":"gap","time":"9999-12-31","before":"-9999-01-01","seconds":631107331200,"missing":631107331199999999999}
{"record":3,"what":"backwards","time":"-9999-01-01","before":"9999-12-31","seconds":-631107331200}
_
printf '{"time":"2024-10-27T02:%s:00+0%s:00"}\n' 30 2 45 2 00 1 >offsets
ok '--check: an hour that the clocks show twice goes backwards only without its offset' \
	sh -c 'rectime --check --tz Europe/Berlin; rectime --check <offsets' <<\_
{"time":"2024-10-27 02:30:00"}
{"time":"2024-10-27 02:45:00"}
{"time":"2024-10-27 02:00:00"}
--
{"record":3,"what":"backwards","time":"2024-10-27 02:00:00+02:00","before":"2024-10-27 02:45:00+02:00","seconds":-2700}
_
fails '--check goes no further than a bad record, either' 1 rectime --check <<\_
{"time":2}
{"time":1}
{"time":"x"}
--
{"record":2,"what":"backwards","time":1,"before":2,"seconds":-1}
--
rectime: -:3: time: not a time (byte 8)
_

# The systems that it is for.
synth home --rows 3000 --format ndjson >minutes
ok 'a meter whose clock runs 60 times too slow' \
	sh -c 'synth home --rows 3000 --tick 1 --format ndjson | rectime --every 60s | cmp - minutes && echo same' <<\_
--
same
_
ok 'the household of 2006, from its table' sh -c 'csv2rec -d ";" | rectime -f Date,Time --from "%d/%m/%Y %T" --to s' <<\_
Date;Time;Global_active_power;Voltage
16/12/2006;17:24:00;4.216;234.840
21/12/2006;11:23:00;?;?
--
{"time":1166289840,"Global_active_power":4.216,"Voltage":234.840}
{"time":1166700180,"Global_active_power":"?","Voltage":"?"}
_

# Usage.
misuse() {
	wanted=$1
	shift
	fails "refuses $*" 2 rectime "$@" <<-_
	--
	--
	rectime: $wanted
	try: rectime --help
	_
}
misuse "--field: a pattern does not say in which order: D*" -f 'D*'
misuse "--from: no such conversion: '%Y %Q' (byte 3)" --from '%Y %Q'
misuse "--from: a format without a whole date: '%H:%M' (byte 0)" --from %H:%M
misuse "--to: no such conversion: 'a%' (byte 1)" --to 'a%'
misuse "--to: 'RFC3339' is neither rfc3339, s, ms, us, ns, nor a format with a %" --to RFC3339
misuse "--to: 'x%%' is neither rfc3339, s, ms, us, ns, nor a format with a %" --to x%%
misuse "--to: the format is not UTF-8" --to "$(printf '%%F\377')"
misuse "--shift: a duration without a unit (y q mo w d h m s ms us ns)
  5
   ^" --shift 5
misuse "--shift: months and years have no fixed length
  1mo
  ^" --shift 1mo
misuse "--every: a duration of nothing
  0s
  ^" --every 0s
misuse "--every: a negative duration
  -1s
  ^" --every -1s
misuse "--start goes with --every DURATION" --start 0
misuse "--start: not a time: 'noon'" --every 1s --start noon
misuse "with --start no time is read: no --from and no --field" --every 1s --start 0 --from %F
misuse "with --start no time is read: no --from and no --field" --every 1s --start 0 -f a
misuse "--check changes no time: no --start and no --shift" --check --shift 1s
misuse "--check changes no time: no --start and no --shift" --check --every 1s --start 0
misuse "--tz: not the name of a time zone: ''" --tz ''

# Python is the judge.
python() {
	python3 -ISB "$SRC/tests/help/rectime.py" "$@"
}

# judge ZONE: both ways between what its clocks show and UTC, near its jumps.
judge() {
	format=$(python format)
	for what in naive utc local spelled; do
		python $what "$1" 1 4000 >$what
	done
	rectime --tz "$1" --to s naive >got
	same "$1: from its clocks to UTC" utc got
	rectime --to-tz "$1" --to rfc3339 utc >got
	same "$1: from UTC to its clocks" local got
	rectime --to-tz "$1" --to "$format" utc >got
	same "$1: from UTC to a format" spelled got
	rectime --tz "$1" --from "$format" spelled --to s >got
	same "$1: from a format to UTC" utc got
	rectime --tz "$1" --to rfc3339 naive | rectime --to ns | rectime --to s >got
	same "$1: by another way" utc got
	rectime --tz "$1" --shift 123456789ns naive | rectime --tz "$1" --shift=-123456789ns --to s >got
	same "$1: there and back" utc got
}

for zone in Europe/Berlin America/New_York Australia/Lord_Howe Africa/Casablanca Asia/Kathmandu; do
	if ! command -v python3 >/dev/null; then
		skip "$zone: as Python has it" 'python3 is not installed'
	elif [ ! -e /usr/share/zoneinfo/$zone ]; then
		skip "$zone: as Python has it" 'there is no tz database'
	else
		judge $zone
	fi
done
done_testing
