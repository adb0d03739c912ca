#!/bin/sh
# A house and its weather for three days, from a table to what a dashboard shows. The figures are from the formulas
# that the table is made by.
. "$SRC/tests/lib.sh"

house() {
	python3 -ISB "$SRC/tests/help/home.py" "$@"
}

# What each table of use has.
use='sum(use_kw) as use_kw_total,sum(gen_kw) as gen_kw_total,mean(use_kw) as use_kw_avg'
use="$use,mean(gen_kw) as gen_kw_avg,max(use_kw) as use_kw_max,max(gen_kw) as gen_kw_max"
use="$use,min(use_kw) as use_kw_min,min(gen_kw) as gen_kw_min"

# Mean, least and largest of a field.
three() {
	printf 'mean(%s) as avg%s,min(%s) as min%s,max(%s) as max%s' "$1" "$2" "$1" "$2" "$1" "$2"
}

weather="$(three temperature temp),$(three humidity hum),$(three visibility vis)"
weather="$weather,$(three apparent_temperature apptemp),$(three pressure press)"
weather="$weather,$(three wind_speed wspeed),$(three wind_bearing wbear)"
weather="$weather,$(three precip_intensity prec),$(three dew_point dpoint)"

hourly=use_kw,gen_kw,humidity,visibility,apparent_temperature,pressure,wind_speed,wind_bearing
hourly=$hourly,precip_intensity,dew_point,precip_probability,temperature

# Under their own names, where the mean of x would be x_mean.
means() {
	echo "$1" | sed 's/[^,]*/mean(&) as &/g'
}

read_house() {
	csv2rec --snake --text cloudCover --number time --bad bad house.csv | rectime --every 60s |
		fahr2c -f temperature,apparent_temperature >house.rec
	derive --drop icon,cloud_cover house.rec >clean.rec
}

house rows >house.csv
ok 'the broken row is put aside' read_house <<\_
--
--
csv2rec: 1 bad record: see bad
_
ok 'and named, with the reason' cat bad <<\_
--
{"program":"csv2rec","file":"house.csv","line":4322,"error":"time is not a number (byte 0)","raw":"\\,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,"}
_
ok 'the others have names that need no quotes' sh -c 'head -1 house.rec | sed "s/:[^,}]*//g"' <<\_
--
{"time","use_kw","gen_kw","house_overall_kw","dishwasher_kw","furnace_1_kw","furnace_2_kw","home_office_kw","fridge_kw","wine_cellar_kw","garage_door_kw","kitchen_12_kw","kitchen_14_kw","kitchen_38_kw","barn_kw","well_kw","microwave_kw","living_room_kw","solar_kw","temperature","icon","humidity","visibility","summary","apparent_temperature","pressure","wind_speed","cloud_cover","wind_bearing","precip_intensity","dew_point","precip_probability"}
_
ok 'and two columns fewer when these are dropped' sh -c 'head -1 clean.rec | tr , "\n" | grep -cv -e icon -e cloud_cover' <<\_
--
30
_
ok 'each has its minute, its °C, and every digit that the table has' \
	sh -c "sed -n '1p;2p;59p;\$p' house.rec | cut -d, -f 1-5,20,25,28" <<\_
--
{"time":1451624400,"use_kw":0.5,"gen_kw":0,"house_overall_kw":0.5,"dishwasher_kw":3.33E-05,"temperature":5,"apparent_temperature":2,"cloud_cover":"cloudCover"
{"time":1451624460,"use_kw":0.51,"gen_kw":1E-05,"house_overall_kw":0.51,"dishwasher_kw":3.33E-05,"temperature":5,"apparent_temperature":2,"cloud_cover":"cloudCover"
{"time":1451627880,"use_kw":1.08,"gen_kw":0.00058,"house_overall_kw":1.08,"dishwasher_kw":3.33E-05,"temperature":5,"apparent_temperature":2,"cloud_cover":"0.25"
{"time":1451883540,"use_kw":1.09,"gen_kw":0.01439,"house_overall_kw":1.09,"dishwasher_kw":3.33E-05,"temperature":4,"apparent_temperature":1,"cloud_cover":"0.25"
_

# What was used and generated.
ok 'in all' window --all -a "$use" clean.rec <<\_
--
{"count":4320,"use_kw_total":3434.4,"gen_kw_total":31.0824,"use_kw_avg":0.795,"gen_kw_avg":0.007195,"use_kw_max":1.09,"gen_kw_max":0.01439,"use_kw_min":0.5,"gen_kw_min":0}
_
ok 'by month' window --all -k 'month(time) as month' -a "$use" clean.rec <<\_
--
{"month":1,"count":4320,"use_kw_total":3434.4,"gen_kw_total":31.0824,"use_kw_avg":0.795,"gen_kw_avg":0.007195,"use_kw_max":1.09,"gen_kw_max":0.01439,"use_kw_min":0.5,"gen_kw_min":0}
_
figures='sum(use_kw) as use,sum(gen_kw) as gen,mean(temperature) as mean,min(temperature) as min'
figures="$figures,max(temperature) as max"
ok 'by the day of the week, Sunday is 1' window --all -k 'dayofweek(time) as day' -a "$figures" clean.rec <<\_
--
{"day":1,"count":1440,"use":1144.8,"gen":10.3608,"mean":11.5,"min":0,"max":23}
{"day":2,"count":300,"use":238.5,"gen":3.8685,"mean":2,"min":0,"max":4}
{"day":6,"count":1140,"use":906.3,"gen":6.4923,"mean":14,"min":5,"max":23}
{"day":7,"count":1440,"use":1144.8,"gen":10.3608,"mean":11.5,"min":0,"max":23}
_
ok 'by the day of the year' window --all -k 'yearday(time) as day' -a "$figures" clean.rec <<\_
--
{"day":1,"count":1140,"use":906.3,"gen":6.4923,"mean":14,"min":5,"max":23}
{"day":2,"count":1440,"use":1144.8,"gen":10.3608,"mean":11.5,"min":0,"max":23}
{"day":3,"count":1440,"use":1144.8,"gen":10.3608,"mean":11.5,"min":0,"max":23}
{"day":4,"count":300,"use":238.5,"gen":3.8685,"mean":2,"min":0,"max":4}
_
ok 'by days that begin and end' window --size 1d -a "$figures" clean.rec <<\_
--
{"window_start":1451606400,"window_end":1451692800,"count":1140,"use":906.3,"gen":6.4923,"mean":14,"min":5,"max":23}
{"window_start":1451692800,"window_end":1451779200,"count":1440,"use":1144.8,"gen":10.3608,"mean":11.5,"min":0,"max":23}
{"window_start":1451779200,"window_end":1451865600,"count":1440,"use":1144.8,"gen":10.3608,"mean":11.5,"min":0,"max":23}
{"window_start":1451865600,"window_end":1451952000,"count":300,"use":238.5,"gen":3.8685,"mean":2,"min":0,"max":4}
_

# The weather: 27 columns.
ok 'the weather in all' window --all -a "$weather" clean.rec <<\_
--
{"count":4320,"avgtemp":11.5,"mintemp":0,"maxtemp":23,"avghum":0.615,"minhum":0.5,"maxhum":0.73,"avgvis":10,"minvis":10,"maxvis":10,"avgapptemp":8.5,"minapptemp":-3,"maxapptemp":20,"avgpress":1011.5,"minpress":1000,"maxpress":1023,"avgwspeed":7.930555555555555,"minwspeed":5,"maxwspeed":11,"avgwbear":175,"minwbear":0,"maxwbear":350,"avgprec":0,"minprec":0,"maxprec":0,"avgdpoint":41.5,"mindpoint":30,"maxdpoint":53}
_
for part in month dayofweek day; do
	by=$part
	[ $part != day ] || by=yearday
	house use $part >wanted
	window --all -k "$by(time) as $part" -a "$use" clean.rec >got
	same "what was used, by $part" wanted got
	house weather $part >wanted
	window --all -k "$by(time) as $part" -a "$weather" clean.rec >got
	same "the weather by $part" wanted got
done
ok 'no mean is below the least or above the largest' \
	keep 'mintemp > avgtemp || avgtemp > maxtemp || minwspeed > avgwspeed || avgwspeed > maxwspeed' got <<\_
_

# What a prediction is made from.
house hours >hours
by_hour() {
	window --all -k 'yearday(time) as day,hour(time) as hour' -a "$(means $hourly)" "$@"
}
by_hour clean.rec >got
same 'the means of each hour of each day' hours got
ok 'are 72, and the house uses the same in each' window --all -a 'min(use_kw),max(use_kw)' got <<\_
--
{"count":72,"use_kw_min":0.795,"use_kw_max":0.795}
_

# In another order.
by_clock() {
	window --size 1h -a "$use,$weather" "$@"
}
by_clock clean.rec >clocks
ok 'windows of an hour' window --all -a 'sum(count) as records,sum(use_kw_total) as use' clocks <<\_
--
{"count":72,"records":4320,"use":3434.4}
_
for seed in 1 2; do
	shuffle 7200 $seed <clean.rec >shuffled.rec
	by_clock --grace 2h shuffled.rec >got
	same "are the same where records come up to 2 hours late, order $seed" clocks got
	by_hour shuffled.rec >got
	same "and without a clock the order is nothing, order $seed" hours got
done
done_testing
