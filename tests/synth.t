#!/bin/sh
# sample: home --rows 20000
# source
. "$SRC/tests/lib.sh"

# The columns of the published file.
cat >header <<\_
time,use [kW],gen [kW],House overall [kW],Dishwasher [kW],Furnace 1 [kW],Furnace 2 [kW],Home office [kW],Fridge [kW],Wine cellar [kW],Garage door [kW],Kitchen 12 [kW],Kitchen 14 [kW],Kitchen 38 [kW],Barn [kW],Well [kW],Microwave [kW],Living room [kW],Solar [kW],temperature,icon,humidity,visibility,summary,apparentTemperature,pressure,windSpeed,cloudCover,windBearing,precipIntensity,dewPoint,precipProbability
_

# body ARGUMENTS: rows without the header.
body() {
	synth home "$@" | sed 1d
}

# A day and a half, and two days out of every month.
body --rows 2160 >rows
for month in 01 02 03 04 05 06 07 08 09 10 11 12; do
	body --rows 2880 --start "2016-$month-11T05:00:00Z" | sed 1,58d
done >year

synth home --rows 0 >got
same 'the header is that of the published file' header got
ok 'no rows are no records' synth home --rows 0 --format ndjson </dev/null

# How the bytes depend on the options.

# prefix ARGUMENTS: are fewer rows the beginning of more, byte for byte?
prefix() {
	synth home --rows 3000 "$@" >many
	for n in 1 57 59 1000; do
		head -n $((n + $(wc -l <many) - 3000)) many >few.$n
		synth home --rows $n "$@" | cmp - few.$n
	done
}

ok 'fewer rows are the beginning of more, as CSV' prefix </dev/null
ok 'and as NDJSON' prefix --format ndjson --seed 7 </dev/null
twice() {
	synth home --rows 2160 --seed 1 --start 1451624400 --tick 60 --format csv | sed 1d | cmp - rows
}
ok 'the defaults are what the page says' twice </dev/null

seeds() {
	for seed in 0 1 2 -1 9223372036854775807; do
		body --rows 100 --seed $seed | cksum
	done | sort -u | wc -l
}
ok 'another seed is another house' seeds <<\_
--
5
_
overlap() {
	body --rows 200 --start 2016-07-01T00:00:00Z | sed 1,100d >late
	body --rows 158 --start 2016-07-01T00:42:00Z | sed 1,58d | cmp - late
}
ok 'a minute has the same values wherever a run begins' overlap </dev/null
starts() {
	for start in 1467331200 1467331200000 2016-07-01T00:00:00Z 2016-07-01 '2016-07-01 00:00:00' \
		2016-06-30T20:00:00-04:00; do
		body --rows 60 --start "$start" | cksum
	done | sort -u | wc -l
}
ok 'a start is understood as number and as text' starts <<\_
--
1
_

# What the rows hold. Shares are those of the published file.

ok 'every row has 32 cells, and none is quoted or empty' awk -F , '
	NF != 32 || /"/ || /,,/ || / ,|, / { print NR ": " $0 }' rows year </dev/null
ok 'time grows by 60 seconds a row' awk -F , '
	$1 != 1451624400 + 60 * (NR - 1)' rows </dev/null
tick() {
	body --rows 2160 --tick 1 >quick
	awk -F , '$1 != 1451624400 + NR - 1' quick
	cut -d, -f 2- quick >a
	cut -d, -f 2- rows | cmp - a
}
ok 'or by one, and nothing else changes' tick </dev/null
last() {
	body | tail -n 1 | cut -d, -f 1
}
ok 'the last row is that of 2016-12-16 03:29' last <<\_
--
1481858940
_
ok 'cloudCover is its own name in the first 58 rows' awk -F , '
	($28 == "cloudCover") != (NR <= 58) { print NR ": " $28 }' rows </dev/null
ok 'use and House overall are twins, so are gen and Solar' awk -F , '
	$2 "" != $4 "" || $3 "" != $19 "" { print NR ": " $0 }' rows year </dev/null
ok 'use is more than the sum of the appliances, by 0.2 to 0.5 kW in the mean' awk -F , '
	{ sum = 0; for (i = 5; i <= 18; i++) sum += $i; gap += $2 - sum }
	$2 <= sum { print NR ": " $2 " <= " sum }
	END { if (gap / NR < 0.2 || gap / NR > 0.5) print gap / NR }' year </dev/null

# Of every such cell there is a whole k with k / 60000 nearest to it.
ok 'power is k / 60000 kW, to nine decimals' awk -F , '
	{
		for (i = 2; i <= 19; i++) {
			k = int($i * 60000 + 0.5)
			wanted = sprintf("%.9f", k / 60000)
			sub(/\.?0+$/, "", wanted)
			if (k == 0) wanted = "0"
			if (k && k < 6) {
				split(sprintf("%.2E", k / 60000), part, "E")
				sub(/\.?0+$/, "", part[1])
				wanted = part[1] "E" part[2]
			}
			if ($i "" != wanted) print NR ", " i ": " $i ", not " wanted
		}
	}' rows year </dev/null
ok 'zeros are 6 to 9 percent of the cells, exponents 3 to 4.5' awk -F , '
	{ for (i = 1; i <= NF; i++) { zero += $i "" == "0"; small += $i ~ /E-0[0-9]$/ } }
	END {
		zero *= 100 / (32 * NR); small *= 100 / (32 * NR)
		if (zero < 6 || zero > 9 || small < 3 || small > 4.5) print zero, small
	}' year </dev/null
ok 'the weather is possible' awk -F , '
	function within(i, low, high) { if (!($i >= low && $i <= high)) print NR ": " i ": " $i }
	{
		within(20, -25, 105); within(22, 0.2, 1); within(23, 0.3, 10); within(25, -50, 120)
		within(26, 980, 1050); within(27, 0, 30); within(29, 0, 359); within(30, 0, 0.1)
		within(28, 0, 1); within(31, -45, $20); within(32, 0, 0.97)
		if (($30 == 0) != ($32 == 0)) print NR ": rain without a chance: " $0
		if (($21 == "rain" || $21 == "snow") != ($30 > 0)) print NR ": rain and icon: " $0
		if ($21 == "snow" && $20 >= 32 || $21 == "rain" && $20 < 32) print NR ": warm snow: " $0
		if ($21 ~ /^clear/ && $28 >= 0.25 || $21 == "cloudy" && $28 < 0.9) print NR ": clouds: " $0
	}' year </dev/null
ok 'it changes at the full hour only' awk -F , '
	{ now = ""; for (i = 20; i <= 32; i++) now = now "," $i }
	NR > 59 && now != then && $1 % 3600 { print NR ": " then " becomes " now }
	{ then = now }' rows </dev/null
ok 'winter is cold and July is warm' awk -F , '
	{ month = int(($1 - 1451606400) / 2629800) + 1; sum[month] += $20; n[month]++ }
	END {
		cold = (sum[1] + sum[2]) / (n[1] + n[2]); warm = (sum[7] + sum[8]) / (n[7] + n[8])
		if (cold > 45 || cold < 10 || warm < 60 || warm > 90) print cold, warm
	}' year </dev/null
ok 'the panels give nothing but their leak at night, and more at noon' awk -F , '
	{ hour = int($1 / 3600) % 24 }
	hour >= 2 && hour < 8 && ($3 < 0.003 || $3 > 0.004) { print NR ": at night " $3 }
	hour == 16 { noon += $3; n++ }
	END { if (noon / n < 0.1) print noon / n }' year </dev/null

# Both formats.

json() {
	awk -F , 'NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
	{
		for (i = 1; i <= NF; i++)
			printf "%s\"%s\":%s", i == 1 ? "{" : ",", name[i],
				$i ~ /^-?[0-9]/ ? $i : "\"" $i "\""
		print "}"
	}'
}
alike() {
	synth home "$@" | json >wanted.json
	synth home "$@" --format ndjson | cmp - wanted.json
}
ok 'NDJSON has the cells of the CSV, texts quoted and numbers not' alike --rows 3000 --seed 4 </dev/null
if command -v jq >/dev/null; then
	parse() {
		synth home --rows 500 --format ndjson |
			jq -r '[length, (map(select(type == "number")) | length)] | @csv' | sort | uniq -c
	}
	ok 'jq reads it' parse <<\_
--
     58 32,29
    442 32,30
_
else
	skip 'jq reads it' 'jq is not installed'
fi
sizes() {
	synth home | wc -lc | awk '$1 != 503911 || $2 < 130e6 || $2 > 137e6'
	synth home --format ndjson | wc -lc | awk '$1 != 503910 || $2 < 370e6 || $2 > 382e6'
}
ok 'the whole set is as large as the published one' sizes </dev/null
broken() {
	synth home --rows 2 --broken | tail -n 1
	synth home --rows 2 --broken | wc -l
}
ok 'the last row is broken on demand' broken <<\_
--
\,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,
4
_

# Live.

slow() {
	began=$(date +%s%N)
	synth home --rows 6 --rate 20 | sed 1d | cmp - six
	took=$((($(date +%s%N) - began) / 1000000))
	[ $took -ge 250 ] || echo "took $took ms"
}
head -n 6 rows >six
ok 'a rate spreads the rows over time' slow </dev/null
soon() {
	mkfifo pipe
	synth home --rate 2 >pipe 2>err &
	synth=$!
	timeout 10 head -n 2 pipe | sed 1d
	wait $synth
}
head -n 1 rows >wanted
soon >got
same 'a row can be read before the next is due' wanted got
stopped() {
	: >live
	synth home --rate 20 >live 2>&1 &
	synth=$!
	for i in $(seq 100); do
		[ "$(wc -l <live)" -ge 3 ] && break
		sleep 0.05
	done
	kill -TERM $synth
	{ wait $synth; } 2>/dev/null
	echo $?
	sed 1d live >got
	cmp -n "$(wc -c <got)" got rows && tail -c 1 got | od -An -c
}
ok 'a signal ends it after a whole row' stopped <<\_
--
143
  \n
_

# Called wrongly.

fails 'no set' 2 synth --rows 5 <<\_
--
--
synth: which set?  One of: home
try: synth --help
_
fails 'a set that is not there' 2 synth house <<\_
--
--
synth: there is no set 'house'; there are: home
try: synth --help
_
fails 'two sets' 2 synth home home <<\_
--
--
synth: one set at a time, of: home
try: synth --help
_
fails 'fewer than no rows' 2 synth home --rows -1 <<\_
--
--
synth: --rows must be at least 0
try: synth --help
_
fails 'time that stands still' 2 synth home --tick 0 <<\_
--
--
synth: --tick must be at least 1
try: synth --help
_
fails 'a rate of nothing' 2 synth home --rate 0 <<\_
--
--
synth: --rate must be at least 0.001
try: synth --help
_
fails 'a broken row of JSON' 2 synth home --broken --format ndjson <<\_
--
--
synth: --broken goes with --format csv
try: synth --help
_
fails 'a start that is no time' 2 synth home --start tomorrow <<\_
--
--
synth: --start: 'tomorrow': not a time (byte 0)
try: synth --help
_
fails 'a start within a second' 2 synth home --start 1451624400.5 <<\_
--
--
synth: --start: '1451624400.5' is not a whole second
try: synth --help
_
fails 'rows beyond the year 9999' 2 synth home --start 9999-12-31T23:59:00Z --rows 2 <<\_
--
--
synth: the last of 2 rows would be later than the year 9999
try: synth --help
_
fails 'times beyond the year 9999' 2 synth home --rows 2 --tick 9223372036854775807 <<\_
--
--
synth: the last of 2 rows would be later than the year 9999
try: synth --help
_
latest() {
	body --start 9999-12-31T23:59:00Z --rows 1 --tick 9223372036854775807 | cut -d, -f 1
}
ok 'the last row there can be' latest <<\_
--
253402300740
_
done_testing
