#!/bin/sh
# A thousand water meters for two hours: windows of four sizes, one reading that is late, and what can be told of
# meters that are silent or beyond their bounds.
. "$SRC/tests/lib.sh"

meters() {
	python3 -ISB "$SRC/tests/help/meters.py" "$@"
}

aggregate() {
	window -t timestamp --size 60s --size 600s --size 1h --size 24h --grace 5m --late late -k key \
		-a 'min(value),max(value),sum(value),mean(value)' "$@" 2>said
}

# await FILE SIZE: until the file has grown to that; what does not happen in a minute is wrong.
await() {
	for _ in $(seq 600); do
		[ "$(stat -c %s "$1")" -lt "$2" ] || break
		sleep 0.1
	done
}

by_size() {
	window --all -k 'window_size as size' -a 'sum(count) as samples' "$@"
}

find_window() {
	grep "^{\"key\":\"$1\",\"window_start\":\"2012-04-10T$2:00Z\",.*\"window_size\":\"$3\"" results |
		sed 's/.*"window_size":"[0-9a-z]*",/{/'
}

meters readings >readings
meters windows >windows
head -n 268000 windows >wanted

touch results
{
	cat readings
	await results "$(stat -c %s wanted)"
	cp results closed
} | aggregate >results
same 'windows are written when they are over and the grace has passed, with the input still open' wanted closed
same 'and the others at its end' windows results
ok 'the late reading has missed the small windows, and not the large ones' cat said late <<\_
--
window: 1 late record: see late
{"key":"1.WATER.WATER_IDD","gateway":1,"timestamp":"2012-04-10T07:30:00Z","value":99.0,"late_by":1800,"late_for":"2012-04-10T07:30:00Z/2012-04-10T07:31:00Z 2012-04-10T07:30:00Z/2012-04-10T07:40:00Z"}
_
ok 'so many had closed' by_size closed <<\_
--
{"size":"1h","count":4000,"samples":240001}
{"size":"600s","count":24000,"samples":240000}
{"size":"60s","count":240000,"samples":240000}
_
tail -n +268001 results >open
ok 'and so many had not' by_size open <<\_
--
{"size":"1h","count":2000,"samples":12000}
{"size":"24h","count":2000,"samples":252001}
{"size":"600s","count":2000,"samples":12000}
{"size":"60s","count":12000,"samples":12000}
_
ok 'an hour' find_window 2.WATER.WATER_IDD 07:00 1h <<\_
--
{"count":60,"value_min":0.002,"value_max":3.002,"value_sum":87.12,"value_mean":1.452}
_
ok 'the next' find_window 2.WATER.WATER_IDD 08:00 1h <<\_
--
{"count":60,"value_min":0.002,"value_max":3.002,"value_sum":91.62,"value_mean":1.527}
_
ok 'that of the late reading' find_window 1.WATER.WATER_IDD 07:00 1h <<\_
--
{"count":61,"value_min":0.001,"value_max":99,"value_sum":186.06,"value_mean":3.0501639344262297}
_
ok 'ten minutes without it' find_window 1.WATER.WATER_IDD 07:30 600s <<\_
--
{"count":10,"value_min":0.001,"value_max":3.001,"value_sum":15.01,"value_mean":1.501}
_
ok 'a counter' find_window 1000.WATER.WATER_SUMMATION 07:00 1h <<\_
--
{"count":60,"value_min":1,"value_max":60,"value_sum":1830,"value_mean":30.5}
_
ok 'and its next hour' find_window 1000.WATER.WATER_SUMMATION 08:00 1h <<\_
--
{"count":60,"value_min":61,"value_max":120,"value_sum":5430,"value_mean":90.5}
_

shuffle 300 1 <readings >shuffled
aggregate shuffled >got
same 'readings that come up to 5 minutes late give the same bytes' windows got
ok 'and the late one has missed the same' derive --keep value,late_for late <<\_
--
{"value":99.0,"late_for":"2012-04-10T07:30:00Z/2012-04-10T07:31:00Z 2012-04-10T07:30:00Z/2012-04-10T07:40:00Z"}
_

# Four streams through one pipe, each in order, of which one may be half an hour ahead of another.
awk -F '[:,]' '{ print int((NR - 1) / 60000), $4 % 4, $0 }' readings | sort -s -k 1,1n -k 2,2n |
	cut -d ' ' -f 3- | aggregate --watermark-by 'gateway % 4 as partition' --sources 4 >got
same 'so do streams that each have a clock of their own' windows got
rm closed open wanted windows got

# For a table elsewhere: its names, and pieces of which none becomes too large.
shaped() {
	derive 'bucket = window_size == "1h" ? truncate(window_start, "1mo") : truncate(window_start, "1d")' \
		'metricType = split(key, ".", 2)' 'metricAttribute = split(key, ".", 3)' \
		'gateway = number(split(key, ".", 1))' --drop key,window_size \
		--rename window_start=windowStart,window_end=windowEnd,count=sampleCount \
		--rename 'value_mean=average,value_*=*' "$@"
}
grep '^{"key":"2.WATER.WATER_IDD","window_start":"2012-04-10T08:00:00Z"' results >some
ok 'results get the names and the pieces of a table' shaped some <<\_
--
{"windowStart":"2012-04-10T08:00:00Z","windowEnd":"2012-04-10T08:01:00Z","sampleCount":1,"min":2.002,"max":2.002,"sum":2.002,"average":2.002,"bucket":"2012-04-10T00:00:00Z","metricType":"WATER","metricAttribute":"WATER_IDD","gateway":2}
{"windowStart":"2012-04-10T08:00:00Z","windowEnd":"2012-04-10T08:10:00Z","sampleCount":10,"min":0.002,"max":3.002,"sum":18.02,"average":1.802,"bucket":"2012-04-10T00:00:00Z","metricType":"WATER","metricAttribute":"WATER_IDD","gateway":2}
{"windowStart":"2012-04-10T08:00:00Z","windowEnd":"2012-04-10T09:00:00Z","sampleCount":60,"min":0.002,"max":3.002,"sum":91.62,"average":1.527,"bucket":"2012-04-01T00:00:00Z","metricType":"WATER","metricAttribute":"WATER_IDD","gateway":2}
_

# Which meters speak, and what they say when there is nothing to say.
uplinks() {
	window -t timestamp --size 5m --grace 3m --late drop -k gateway readings |
		window --all -k 'window_end as end' -a 'min(count) as least,max(count) as most'
}
closed_uplinks() {
	uplinks | keep 'end <= "2012-04-10T09:00:00Z"' | window --all -k 'count as meters,least,most'
}
ok 'ten messages of each meter in each of 24 windows; what is late does not count' closed_uplinks <<\_
--
{"meters":1000,"least":10,"most":10,"count":24}
_
latest() {
	window -t timestamp --all -k gateway -a 'last(timestamp) as latest' readings |
		window --all -k latest
}
ok 'the latest activity of each meter; one that is late is not the latest' latest <<\_
--
{"latest":"2012-04-10T09:05:00Z","count":1000}
_
ok 'nothing but zeros' window --size 1m -a 'min(x),max(x),sum(x),mean(x)' <<\_
{"time":0,"x":0}
{"time":1,"x":0.0}
--
{"window_start":0,"window_end":60,"count":2,"x_min":0,"x_max":0,"x_sum":0,"x_mean":0}
_
ok 'nothing above zero' window --size 1m -a 'min(x),max(x),sum(x),mean(x)' <<\_
{"time":0,"x":-5}
{"time":1,"x":-4}
{"time":2,"x":-3}
{"time":3,"x":-2}
{"time":4,"x":-1}
--
{"window_start":0,"window_end":60,"count":5,"x_min":-5,"x_max":-1,"x_sum":-15,"x_mean":-3}
_

# Each reading beside the bounds that it must keep.
alarms() {
	keep 'value < lower || value > upper' | derive 'alarm = value < lower ? "UNDER" : "OVER"'
}
ok 'readings beyond their bounds' alarms <<\_
{"key":"0.ELECTRICITY.ACTIVE_POWER","value":9.9,"lower":0.0001,"upper":10}
{"key":"1.ELECTRICITY.INTENSITY","value":15.9,"lower":1,"upper":15}
{"key":"1.ELECTRICITY.INTENSITY","value":0.1,"lower":1,"upper":15}
{"key":"1.ELECTRICITY.INTENSITY","value":16.0,"lower":1,"upper":16}
{"key":"1.ELECTRICITY.INTENSITY","value":16.1,"lower":1,"upper":16}
--
{"key":"1.ELECTRICITY.INTENSITY","value":15.9,"lower":1,"upper":15,"alarm":"OVER"}
{"key":"1.ELECTRICITY.INTENSITY","value":0.1,"lower":1,"upper":15,"alarm":"UNDER"}
{"key":"1.ELECTRICITY.INTENSITY","value":16.1,"lower":1,"upper":16,"alarm":"OVER"}
_

# Many meters, and two days of silence that end their windows.
minutes_of_many() {
	meters load | window -t timestamp --size 60s --grace 5m -k key |
		window --all -k 'window_start as minute' -a 'min(count) as least,max(count) as most'
}
ok 'a window for each of 20,000 sensors and five minutes' minutes_of_many <<\_
--
{"minute":"2012-04-10T07:00:00Z","count":20000,"least":1,"most":1}
{"minute":"2012-04-10T07:01:00Z","count":20000,"least":1,"most":1}
{"minute":"2012-04-10T07:02:00Z","count":20000,"least":1,"most":1}
{"minute":"2012-04-10T07:03:00Z","count":20000,"least":1,"most":1}
{"minute":"2012-04-10T07:04:00Z","count":20000,"least":1,"most":1}
{"minute":"2012-04-12T07:00:00Z","count":1000,"least":1,"most":1}
_
done_testing
