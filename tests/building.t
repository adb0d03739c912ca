#!/bin/sh
# The sensors of a building for ten days: daily sums that are corrected when readings come days later, differences of
# meters, and what the meters saw that no sensor did.
. "$SRC/tests/lib.sh"

building() {
	python3 -ISB "$SRC/tests/help/building.py" "$@"
}

# The messages are texts such as 0 TH1 2020-01-01 00:00:00 12.7
read_messages() {
	csv2rec -d ' ' --header partition,sensor,day,clock,value |
		rectime -f day,clock --from '%F %T' --to '%F %T'
}

temperatures() {
	keep 'partition == 0' "$1" | window --size 1d -k sensor -a 'mean(value)' --grace 1h |
		window --all -t window_start -k sensor -a 'list(value_mean) as days'
}

energy() {
	keep 'partition == 1' "$1" | window --size 1d -k sensor -a 'sum(value)' --grace 1h
}

water() {
	keep 'partition == 3 || partition == 6' "$1" |
		window --size 1d -a 'sum(value)' --delay "$2" --lateness 2d10s --late late 2>said
}

# Results that are corrected replace those before: the last one of each day.
corrected() {
	window --all -k 'window_start as day' -a 'argmax(rev,count) as n,argmax(rev,value_sum) as sum' "$@"
}

# meter NAME FILE: its growth in each day, by the readings at 23:45. It begins at 0, which is said and not assumed.
meter() {
	{
		echo "{\"sensor\":\"$1\",\"time\":\"2019-12-31 23:45:00\",\"value\":0}"
		keep "sensor == \"$1\"" "$2"
	} | window --size 47h59m12s --slide 24h -a 'delta(value)' | keep 'count == 2' |
		derive 'day = shift(window_start, "24h")'
}

# rest N METER SUMS: by day what the meter has beyond all sums, of which there are N a day.
rest() {
	{
		derive 'rest = value_delta' "$2"
		derive 'rest = -sum' "$3"
	} | window --all -k day -a 'sum(rest) as rest' | keep "count == $(($1 + 1))" |
		window --all -t day -a 'list(rest) as days'
}

building readings | read_messages >readings
building all | read_messages >all

ok 'all have come' window --all -k partition all <<\_
--
{"partition":0,"count":1920}
{"partition":1,"count":3840}
{"partition":2,"count":10}
{"partition":3,"count":1008}
{"partition":4,"count":10}
{"partition":5,"count":192}
{"partition":6,"count":8}
_
ok 'the mean temperature of each day' temperatures readings <<\_
--
{"sensor":"TH1","count":10,"days":[23.090625,22.915625,22.98125,23.046875,23.1125,23.178125,23.24375,23.309375,23.375,23.440625]}
{"sensor":"TH2","count":10,"days":[22.51875,23.20625,22.93125,22.896875,23.34375,22.5875,23.515625,22.51875,23.20625,22.93125]}
_
keep 'sensor != "TH1" || time != "2020-01-01 12:15:00"' readings >fewer
ok 'a mean divides by what is there: without 23.9 of TH1 by 95' temperatures fewer <<\_
--
{"sensor":"TH1","count":10,"days":[23.082105263157896,22.915625,22.98125,23.046875,23.1125,23.178125,23.24375,23.309375,23.375,23.440625]}
{"sensor":"TH2","count":10,"days":[22.51875,23.20625,22.93125,22.896875,23.34375,22.5875,23.515625,22.51875,23.20625,22.93125]}
_
energy readings >energy
ok 'the energy of each day' window --all -t window_start -k sensor -a 'list(value_sum) as days' energy <<\_
--
{"sensor":"HVAC1","count":10,"days":[4050.8,4520.1,4989.4,5458.7,4026.1,4495.4,4964.7,5434,4101.5,4470.7]}
{"sensor":"HVAC2","count":10,"days":[7915.2,8574.9,9434.7,10294.5,10954.2,9412.8,8271.6,9131.4,9791.1,10650.9]}
{"sensor":"MiAC1","count":10,"days":[6144.6,6693.7,7242.8,7791.9,7290.3,6338.4,6887.5,7436.6,7985.7,6583.5]}
{"sensor":"MiAC2","count":10,"days":[8707.8,8894.1,9080.4,9266.7,9453,9639.3,9825.6,10011.9,10198.2,9584.1]}
_

# Water, with readings that come two days late.
building water >wanted
water readings 1s >water
same 'each correction of the water is written at once' wanted water
ok 'and says whether it is one, and which' window --all -k 'pane,rev == 0 as fresh' water <<\_
--
{"pane":"final","fresh":true,"count":10}
{"pane":"late","fresh":false,"count":46}
{"pane":"late","fresh":true,"count":2}
_
corrected water >days
ok 'the last of each day is right' cat days <<\_
--
{"day":"2019-12-30 00:00:00","count":4,"n":4,"sum":1}
{"day":"2019-12-31 00:00:00","count":5,"n":5,"sum":3.5}
{"day":"2020-01-01 00:00:00","count":6,"n":101,"sum":49.8}
{"day":"2020-01-02 00:00:00","count":6,"n":101,"sum":50.6}
{"day":"2020-01-03 00:00:00","count":6,"n":101,"sum":50.3}
{"day":"2020-01-04 00:00:00","count":5,"n":100,"sum":50.4}
{"day":"2020-01-05 00:00:00","count":6,"n":101,"sum":51.4}
{"day":"2020-01-06 00:00:00","count":6,"n":101,"sum":48.9}
{"day":"2020-01-07 00:00:00","count":6,"n":101,"sum":51.9}
{"day":"2020-01-08 00:00:00","count":6,"n":101,"sum":49.4}
{"day":"2020-01-09 00:00:00","count":1,"n":96,"sum":47.8}
{"day":"2020-01-10 00:00:00","count":1,"n":96,"sum":48.3}
_
ok 'nothing was too late' cat said late <<\_
_
water all 1s >got
same 'what comes ten days late changes nothing' wanted got
ok 'and is kept' cat said late <<\_
--
window: 8 late records: see late
{"partition":6,"sensor":"W1","time":"2019-12-23 05:45:00","value":0.9,"late_by":864000,"late_for":"2019-12-23 00:00:00/2019-12-24 00:00:00"}
{"partition":6,"sensor":"W1","time":"2019-12-24 11:45:00","value":0.7,"late_by":864000,"late_for":"2019-12-24 00:00:00/2019-12-25 00:00:00"}
{"partition":6,"sensor":"W1","time":"2019-12-25 17:45:00","value":0.5,"late_by":864000,"late_for":"2019-12-25 00:00:00/2019-12-26 00:00:00"}
{"partition":6,"sensor":"W1","time":"2019-12-26 23:45:00","value":0.3,"late_by":864000,"late_for":"2019-12-26 00:00:00/2019-12-27 00:00:00"}
{"partition":6,"sensor":"W1","time":"2019-12-28 05:45:00","value":0.1,"late_by":864000,"late_for":"2019-12-28 00:00:00/2019-12-29 00:00:00"}
{"partition":6,"sensor":"W1","time":"2019-12-29 11:45:00","value":1.0,"late_by":864000,"late_for":"2019-12-29 00:00:00/2019-12-30 00:00:00"}
{"partition":6,"sensor":"W1","time":"2019-12-30 17:45:00","value":0.8,"late_by":864000,"late_for":"2019-12-30 00:00:00/2019-12-31 00:00:00"}
{"partition":6,"sensor":"W1","time":"2019-12-31 23:45:00","value":0.6,"late_by":864000,"late_for":"2019-12-31 00:00:00/2020-01-01 00:00:00"}
_
window --size 1d -k sensor -a 'sum(value)' --delay 1s --lateness 2d10s readings |
	keep 'sensor == "W1"' | derive --drop sensor >got
same 'nor does it matter that others share the stream' wanted got

# Meters, and what they saw beyond the sensors.
meter Etot readings >etot
meter Wtot readings >wtot
ok 'the growth of a meter' window --all -t day -a 'list(value_delta) as days' etot <<\_
--
{"count":10,"days":[62370,62440,62300,62370,62440,62300,62370,62440,62300,62370]}
_
ok 'and of another' window --all -t day -a 'list(value_delta) as days' wtot <<\_
--
{"count":10,"days":[103,106,109,112,115,118,100,103,106,109]}
_
derive --rename value_sum=sum,window_start=day energy >sums
ok 'the energy that no sensor saw' rest 4 etot sums <<\_
--
{"count":10,"days":[35551.6,33757.2,31552.7,29558.2,30716.4,32414.1,32420.6,30426.1,30223.5,31080.8]}
_
ok 'the water that no sensor saw, by the last corrections' rest 1 wtot days <<\_
--
{"count":10,"days":[53.2,55.4,58.7,61.6,63.6,69.1,48.1,53.6,58.2,60.7]}
_

# Days are those of the zone in which the clocks were read.
keep 'partition == 1' readings | window --tz +02:00 --size 1d -k sensor -a 'sum(value)' --grace 1h >got
same 'clocks of another zone have the same days' energy got
building readings | csv2rec -d ' ' --header partition,sensor,day,clock,value |
	rectime -f day,clock --from '%F %T' --tz +02:00 | keep 'partition == 1' |
	window --tz +02:00 --size 1d -k sensor -a 'sum(value)' | sed 's/T\([0-9:]*\)+02:00/ \1/g' >got
same 'also where the readings name it' energy got

for seed in 1 2; do
	shuffle 3600 $seed <all >shuffled
	energy shuffled >got
	same "readings that come up to an hour late change no sum, order $seed" energy got
	temperatures readings >wanted
	temperatures shuffled >got
	same "and no mean, order $seed" wanted got
	water shuffled 1h | corrected | derive --drop count >got
	derive --drop count days >wanted
	same "and the last correction is the same, order $seed" wanted got
	ok "what is ten days late stays so, order $seed" sh -c 'derive --keep time,value late | sort' <<-\_
		--
		{"time":"2019-12-23 05:45:00","value":0.9}
		{"time":"2019-12-24 11:45:00","value":0.7}
		{"time":"2019-12-25 17:45:00","value":0.5}
		{"time":"2019-12-26 23:45:00","value":0.3}
		{"time":"2019-12-28 05:45:00","value":0.1}
		{"time":"2019-12-29 11:45:00","value":1.0}
		{"time":"2019-12-30 17:45:00","value":0.8}
		{"time":"2019-12-31 23:45:00","value":0.6}
	_
done
done_testing
