#!/bin/sh
# An hour of a town's traffic lights: which crossings are slow, how the lights should be set, and which lamps are out.
. "$SRC/tests/lib.sh"

traffic() {
	python3 -ISB "$SRC/tests/help/traffic.py" "$@"
}

# gives NAME WANTED COMMAND...: what it writes is in a file.
gives() {
	title=$1 wanted=$2
	shift 2
	"$@" >got
	same "$title" "$wanted" got
}

speeds() {
	window --size 15m --size 1h --size 24h -k intersection -a 'wavg(speed,numVehicles)' "$@"
}

vehicles() {
	window --size 1h -k intersection,trafficLight -a 'sum(numVehicles),max(saturation)' "$@"
}

# Lights 0 and 2 have one phase and 1 and 3 the other; each gets its share of what a cycle of 200 s leaves, by the
# fuller of its two roads.
green() {
	derive 'load = numVehicles_sum / saturation_max' \
		'a = trafficLight % 2 == 0 ? load : null' 'b = trafficLight % 2 == 1 ? load : null' |
		window --all -k intersection -a 'max(a) as a,max(b) as b' |
		derive 'green = round(a / (a + b) * 194 - 2)' 'red = 195 - green' --keep intersection,green,red
}

medians() {
	window --size 15m -k intersection -a 'median(numVehicles)' "$@"
}

alarms() {
	flatten --explode stateTrafficLight --index lamp "$@" | keep 'stateTrafficLight != "OK"' |
		derive --keep time,intersection,trafficLight,stateTrafficLight,lamp
}

traffic records >records
for part in speeds vehicles green medians median alarms; do
	traffic $part >$part
done

ok 'all are counted' window --all -a 'sum(numVehicles),count(stateTrafficLight)' records <<\_
--
{"count":12000,"numVehicles_sum":600002,"stateTrafficLight_count":12000}
_
gives 'the mean speed of each crossing, weighted, in windows of three sizes at once' speeds speeds records
gives 'the vehicles of each light' vehicles vehicles records
green <vehicles >got
same 'the green time of each crossing' green got
gives 'the median of each crossing' medians medians records
gives 'and that of all, of 3000 values' median window --size 15m --exact -a 'median(numVehicles)' records
gives 'lamps that are out' alarms alarms records
flatten records >flat
ok 'are as many where each lamp has a field' keep --tally \
	'`stateTrafficLight.0` != "OK" || `stateTrafficLight.1` != "OK" || `stateTrafficLight.2` != "OK"' flat <<\_
--
49
_

for seed in 1 2; do
	shuffle 300 $seed <records >shuffled
	gives "speeds, where records come up to 5 minutes late, order $seed" speeds speeds --grace 5m shuffled
	gives "vehicles likewise, order $seed" vehicles vehicles --grace 5m shuffled
	gives "medians likewise, order $seed" medians medians --grace 5m shuffled
done

# A crossing that nobody passes has no speed, and lights that count nothing no share.
ok 'no vehicles: neither a speed nor a green time' \
	window --size 15m -k intersection -a 'wavg(speed,numVehicles),sum(numVehicles)' <<\_
{"time":0,"intersection":1,"speed":50,"numVehicles":0}
--
{"intersection":1,"window_start":0,"window_end":900,"count":1,"speed_numVehicles_wavg":null,"numVehicles_sum":0}
_
ok 'and no division by zero' green <<\_
{"intersection":1,"trafficLight":0,"numVehicles_sum":0,"saturation_max":7000}
{"intersection":1,"trafficLight":1,"numVehicles_sum":0,"saturation_max":7000}
--
{"intersection":1,"green":null,"red":null}
_
done_testing
