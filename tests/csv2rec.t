#!/bin/sh
# sample:
# reads: csv
. "$SRC/tests/lib.sh"

# of TEXT ARGUMENTS: what is made of a text with escapes.
of() {
	text=$1
	shift
	printf "$text" | csv2rec "$@"
}

ok 'the first row names the fields; cells are numbers as they stand, or texts' csv2rec <<\_
time,id,temp
2024-01-01T00:00:00Z,a,21.50
2024-01-01T00:00:01Z,b,-3.3E-05
--
{"time":"2024-01-01T00:00:00Z","id":"a","temp":21.50}
{"time":"2024-01-01T00:00:01Z","id":"b","temp":-3.3E-05}
_

# Options
ok '-f takes columns in its order, -x leaves some out' \
	sh -c 'printf "a,b c,d,e\n1,2,3,4\n" >t; csv2rec -f "d,b c" t; csv2rec -x a,d t; csv2rec -f "*" -x d t; csv2rec -f e -f a,e t' <<\_
--
{"d":3,"b c":2}
{"b c":2,"e":4}
{"a":1,"b c":2,"e":4}
{"e":4,"a":1}
_
ok 'a column that is not wanted is not looked at' of 'a,b\n\377,1\n' -f b <<\_
--
{"b":1}
_
ok 'no field is left of a record without columns' of 'a\n1\n' -x a <<\_
--
{}
_
ok '-d and --tsv choose the delimiter' \
	sh -c 'printf "a;b\n1,5;\"2;3\"\n" | csv2rec -d ";"; printf "a\tb\n1,5\t\"2\t3\"\n" | csv2rec --tsv' <<\_
--
{"a":"1,5","b":"2;3"}
{"a":"1,5","b":"2\t3"}
_
printf 'a,b\n1,2\n' >two
ok 'names from --header, numbers with --no-header; the first row is data' \
	sh -c 'csv2rec --header "x,y z" two; csv2rec --no-header two; csv2rec --no-header --rename c1=z -f c2,c1 two' <<\_
--
{"x":"a","y z":"b"}
{"x":1,"y z":2}
{"c1":"a","c2":"b"}
{"c1":1,"c2":2}
{"c2":"b","z":"a"}
{"c2":2,"z":1}
_
ok '--dedupe-header gives each column a name of its own' of 'a,a,,a,a_2\n1,2,3,4,5\n' --dedupe-header <<\_
--
{"a":1,"a_2":2,"c3":3,"a_3":4,"a_2_2":5}
_
ok 'a header without an end is one, and nothing behind it is read' \
	sh -c 'for way in fast avx2 sse4 plain general; do printf abc | WEIR_SCAN=$way csv2rec; done' </dev/null
ok '--rename calls columns otherwise, --snake leaves that alone' \
	of 'use [kW],Dew Point,x=y\n1,2,3\n' --snake --rename 'use [kW]=USE,x=y=A B' <<\_
--
{"USE":1,"dew_point":2,"A B":3}
_
ok 'two fields may be exchanged' of 'a,b\n1,2\n' --rename a=b,b=a <<\_
--
{"b":1,"a":2}
_
ok '--text keeps what is spelled, --number reads it' \
	of 'a,b\n1.50,007\n"2",+5\n,-.5\nx,5.\n-0,-00.50\n' --text a --number b <<\_
--
{"a":"1.50","b":7}
{"a":"2","b":5}
{"a":null,"b":-0.5}
{"a":"x","b":5}
{"a":"-0","b":-0.50}
_
fails '--number refuses what is none' 1 of 'a,b\n1,2\n1,x\n1,3\n' --number b <<\_
--
{"a":1,"b":2}
--
csv2rec: -:3: b is not a number (byte 2)
_
for cell in +-5 -+5 ++5 +-.5 --5; do
	fails "--number takes one sign: $cell is none" 1 of "b\n$cell\n" --number b <<\_
--
--
csv2rec: -:2: b is not a number (byte 0)
_
done
ok '--empty says what an empty cell becomes, quoted or not' \
	sh -c 'printf "a,b\n,1\n\"\",2\n" >e; for x in null string omit; do csv2rec --empty $x e; done' <<\_
--
{"a":null,"b":1}
{"a":null,"b":2}
{"a":"","b":1}
{"a":"","b":2}
{"b":1}
{"b":2}
_
ok '--null names cells that mean null' of 'a,b\n?,NA\n"?",??\n-200,\n' --null '?,NA,-200' <<\_
--
{"a":null,"b":null}
{"a":null,"b":"??"}
{"a":null,"b":null}
_
ok '--null compares numbers by value, where they are numbers' \
	of 'a,b,c\n-200,-200.0,-2E2\n-200.00,-200.5,-200.\n"-200.0",-0200,-200 \n-2000,200,-20\n' \
	--null -200 --text a --number c <<\_
--
{"a":null,"b":null,"c":null}
{"a":"-200.00","b":-200.5,"c":null}
{"a":"-200.0","b":"-0200","c":null}
{"a":"-2000","b":200,"c":-20}
_
ok '--null 0 is -0 and 0e9 too, and no number is too long for it' \
	of 'a,b\n-0,0e9\n0.000,1e-999\n1000000000000000000000.0,1e21\n1000000000000000000001,-1e21\n' --null 0,1e21 <<\_
--
{"a":null,"b":null}
{"a":null,"b":1e-999}
{"a":null,"b":null}
{"a":1000000000000000000001,"b":-1e21}
_
ok '--number takes blanks around a number, also in quotes' \
	of 'a,b\n 1.50,"\t-007 "\n+5\t,  .5\n' --number a,b <<\_
--
{"a":1.50,"b":-7}
{"a":5,"b":0.5}
_
fails 'but not within it, nor nothing else' 1 of 'a,b\n1,1 2\n " ",3\n\t,3\n' --number a,b <<\_
--
--
csv2rec: -:2: b is not a number (byte 2)
_
fails 'blanks alone are no number' 1 of 'a\n1\n \n' --number a <<\_
--
{"a":1}
--
csv2rec: -:3: a is not a number (byte 0)
_
ok '--decimal , reads numbers with a comma, and no points' \
	of 'a;b;c\n12,5;1.234;1.234,5\n-0,50;1,5E3;7\n,5;5,;1,2,3\n"12,25";0,5 kWh;007,5\n1e5;"";-\n' -d ';' --decimal , <<\_
--
{"a":12.5,"b":"1.234","c":"1.234,5"}
{"a":-0.50,"b":1.5E3,"c":7}
{"a":",5","b":"5,","c":"1,2,3"}
{"a":12.25,"b":"0,5 kWh","c":"007,5"}
{"a":1e5,"b":null,"c":"-"}
_
ok 'with --number, --text and --null too' \
	of 'a\tb\tc\n+12,50\t12,5\t-200\n ,5 \t1,0\t-200,00\n5,\t-200,0\t-20,0E1\n' \
	--tsv --decimal , --number a --text b --null '`-200,0`' <<\_
--
{"a":12.50,"b":"12,5","c":null}
{"a":0.5,"b":"1,0","c":null}
{"a":5,"b":null,"c":null}
_
fails 'a point is then none of --number' 1 of 'a\n1.5\n' -d ';' --decimal , --number a <<\_
--
--
csv2rec: -:2: a is not a number (byte 0)
_
ok '--decimal . is what goes without saying' of 'a,b\n1.5,"1,5"\n' --decimal . <<\_
--
{"a":1.5,"b":"1,5"}
_
fails 'a comma cannot be both' 2 csv2rec --decimal , <<\_
--
--
csv2rec: --decimal: a comma divides the cells; -d tells what else does
try: csv2rec --help
_
fails 'there are two ways' 2 csv2rec --decimal x <<\_
--
--
csv2rec: --decimal: 'x' is not one of .|,
try: csv2rec --help
_
for names in '-f a,b' '-x a' '--text a' '--number a'; do
	fails "$names of nothing at all: an empty download" 1 csv2rec $names <<\_
--
--
csv2rec: -:1: no column is called 'a', for there is no header
_
done
fails 'nor is there a header behind comments' 1 of '# a\n\n# b\n' --comment '#' --rename a=b <<\_
--
--
csv2rec: -:4: no column is called as in 'a=b', for there is no header
_
ok 'names that an option gives need no header' \
	sh -c 'csv2rec --header a,b -f a; csv2rec --no-header -f c1; csv2rec -f "*"; csv2rec' </dev/null
ok '--ragged: short rows end in nulls, long ones in extra_1, extra_2' \
	of 'a,b\n1\n1,2\n1,2,,x\n' --ragged --empty string <<\_
--
{"a":1,"b":null}
{"a":1,"b":2}
{"a":1,"b":2,"extra_1":"","extra_2":"x"}
_
ok '--stats counts rows that are too short or too long' \
	sh -c 'csv2rec --ragged --stats 2>&1 >out | sed "s/,\"seconds\".*//"' <<\_
a,b
1,2
3
4,5,6
--
{"program":"csv2rec","in":3,"out":3,"bad":0,"unmet":0,"ragged":2
_
ok '--ragged with -f leaves the surplus out' of 'a,b\n1,2,3\n1\n' --ragged -f b <<\_
--
{"b":2}
{"b":null}
_
ok '--lazy-quotes: a quote that stands wrong is text' of 'a,b\n5" pipe,"x"y"\n"a,"b,c",2\n' --lazy-quotes <<\_
--
{"a":"5\" pipe","b":"x\"y"}
{"a":"a,\"b,c","b":2}
_
ok '--trim: blanks and tabs around a cell are no part of it' of ' a ,\t"b" \n 7 , " x " \n  ,\t\n' --trim <<\_
--
{"a":7,"b":" x "}
{"a":null,"b":null}
_
ok '--tsv --trim: the tab that divides is no blank' of 'a\t b \tc\n1\t\t "x" \n' --tsv --trim <<\_
--
{"a":1,"b":null,"c":"x"}
_
ok '--skip passes over lines of each file, whatever they are' \
	sh -c 'printf "it\"s a title\n\na,b\n1,2\n" >s; csv2rec --skip 2 s s' <<\_
--
{"a":1,"b":2}
{"a":1,"b":2}
_
ok '--comment passes over lines that begin with it' \
	of '# say "hi\na,b\n#,\n1,#2\n"#3",4\n# the end' --comment '#' <<\_
--
{"a":1,"b":"#2"}
{"a":"#3","b":4}
_
if command -v python3 >/dev/null; then
	printf 'a\n#it"s\n1\n' >two_pieces
	echo '{"a":1}' >one_record
	ok 'a comment that comes in pieces is one' python3 -ISB "$SRC/tests/help/live.py" slow_writer two_pieces one_record \
		csv2rec --comment '#' </dev/null
else
	skip 'a comment that comes in pieces is one' 'python3 is not installed'
fi
ok 'several files, each with a header of its own, gzip too' \
	sh -c 'printf "b,a\n4,3" | gzip >g; csv2rec -f a,b two - g' <<\_
b,c,a
8,9,7
--
{"a":1,"b":2}
{"a":7,"b":8}
{"a":3,"b":4}
_
ok '-o replaces the file when all is done' sh -c 'echo old >o; csv2rec -o o two && cat o' <<\_
--
{"a":1,"b":2}
_
ok '--stats counts rows' sh -c 'csv2rec --stats --bad bad 2>&1 >out | sed "s/,\"seconds\".*//"' <<\_
a,b
1,2

3
4,5
--
csv2rec: 1 bad record: see bad
{"program":"csv2rec","in":3,"out":2,"bad":1,"unmet":0,"ragged":0
_

# Real tables
cat >home <<\_
time,use [kW],gen [kW],House overall [kW],Dishwasher [kW],Furnace 1 [kW],Furnace 2 [kW],Home office [kW],Fridge [kW],Wine cellar [kW],Garage door [kW],Kitchen 12 [kW],Kitchen 14 [kW],Kitchen 38 [kW],Barn [kW],Well [kW],Microwave [kW],Living room [kW],Solar [kW],temperature,icon,humidity,visibility,summary,apparentTemperature,pressure,windSpeed,cloudCover,windBearing,precipIntensity,dewPoint,precipProbability
1451624400,0.9,3.33E-05,0.9,3.33E-05,0.02,0.06,0.44,0.12,0.006,0.01,0.0004,0.0001,0,0.03,0.001,0.004,0.001,3.33E-05,36.14,clear-night,0.62,10,Clear,29.26,1016.91,9.18,cloudCover,282,0,24.4,0
_
ok 'the 32 columns of a house, in snake case' csv2rec --snake home <<\_
--
{"time":1451624400,"use_kw":0.9,"gen_kw":3.33E-05,"house_overall_kw":0.9,"dishwasher_kw":3.33E-05,"furnace_1_kw":0.02,"furnace_2_kw":0.06,"home_office_kw":0.44,"fridge_kw":0.12,"wine_cellar_kw":0.006,"garage_door_kw":0.01,"kitchen_12_kw":0.0004,"kitchen_14_kw":0.0001,"kitchen_38_kw":0,"barn_kw":0.03,"well_kw":0.001,"microwave_kw":0.004,"living_room_kw":0.001,"solar_kw":3.33E-05,"temperature":36.14,"icon":"clear-night","humidity":0.62,"visibility":10,"summary":"Clear","apparent_temperature":29.26,"pressure":1016.91,"wind_speed":9.18,"cloud_cover":"cloudCover","wind_bearing":282,"precip_intensity":0,"dew_point":24.4,"precip_probability":0}
_
ok 'hours of a building, with dates as people write them' csv2rec -x DayOfWeek,Holiday <<\_
Timestamp,Temperature,Humidity,SquareFootage,Occupancy,HVACUsage,LightingUsage,RenewableEnergy,DayOfWeek,Holiday,EnergyConsumption
1/1/2022 0:00,25.139433,43.431581,1565.693999,5,On,Off,2.774699,Monday,No,75.364373
2/11/2022 15:00,20,30,1000,0,Off,On,30,Friday,Yes,53.26
--
{"Timestamp":"1/1/2022 0:00","Temperature":25.139433,"Humidity":43.431581,"SquareFootage":1565.693999,"Occupancy":5,"HVACUsage":"On","LightingUsage":"Off","RenewableEnergy":2.774699,"EnergyConsumption":75.364373}
{"Timestamp":"2/11/2022 15:00","Temperature":20,"Humidity":30,"SquareFootage":1000,"Occupancy":0,"HVACUsage":"Off","LightingUsage":"On","RenewableEnergy":30,"EnergyConsumption":53.26}
_
ok 'a meter with semicolons, and ? where nothing was measured' csv2rec -d ';' --null '?' --snake <<\_
Date;Time;Global_active_power;Global_reactive_power;Voltage;Global_intensity;Sub_metering_1;Sub_metering_2;Sub_metering_3
16/12/2006;17:24:00;4.216;0.418;234.840;18.400;0.000;1.000;17.000
21/12/2006;11:23:00;?;?;?;?;?;?;
--
{"date":"16/12/2006","time":"17:24:00","global_active_power":4.216,"global_reactive_power":0.418,"voltage":234.840,"global_intensity":18.400,"sub_metering_1":0.000,"sub_metering_2":1.000,"sub_metering_3":17.000}
{"date":"21/12/2006","time":"11:23:00","global_active_power":null,"global_reactive_power":null,"voltage":null,"global_intensity":null,"sub_metering_1":null,"sub_metering_2":null,"sub_metering_3":null}
_

# The catalogue of faults
fails 'V01 a quote that is not closed is told with the line where it opens' 1 csv2rec <<\_
a,b
1,2
3,"x
4,5
--
{"a":1,"b":2}
--
csv2rec: -:3: a quote is not closed (byte 2)
_
ok 'V02 quotes out of order make a row bad, what follows its line is read' \
	sh -c 'csv2rec --bad bad; cat bad' <<\_
a,b
1,x"y
2,"x"y
3,"x
y"z
4,"x" 
"5",6
--
{"a":5,"b":6}
{"program":"csv2rec","file":"-","line":2,"error":"a quote in a cell without quotes (byte 3)","raw":"1,x\"y"}
{"program":"csv2rec","file":"-","line":3,"error":"text after a closing quote (byte 5)","raw":"2,\"x\"y"}
{"program":"csv2rec","file":"-","line":4,"error":"text after a closing quote (byte 7)","raw":"3,\"x\ny\"z"}
{"program":"csv2rec","file":"-","line":6,"error":"text after a closing quote (byte 5)","raw":"4,\"x\" "}
--
csv2rec: 4 bad records: see bad
_
fails 'V03 a row too short is bad' 1 csv2rec <<\_
a,b
1,2
3
--
{"a":1,"b":2}
--
csv2rec: -:3: the row has 1 cell, not 2 (byte 0)
_
fails 'V03 a row too long is bad, in the file that has it' 1 csv2rec two - <<\_
a

1,
--
{"a":1,"b":2}
--
csv2rec: -:3: the row has 2 cells, not 1 (byte 0)
_
ok 'V04 a cell in quotes may hold anything' \
	of 'a,b\n"x\ny","\r\n"\n"q""q",","\n"\r",\0\n"\0""",\t\\\n' <<\_
--
{"a":"x\ny","b":"\r\n"}
{"a":"q\"q","b":","}
{"a":"\r","b":"\u0000"}
{"a":"\u0000\"","b":"\t\\"}
_
fails 'V05 a cell that is not UTF-8 makes its row bad' 1 of 'a,b\n1,2\n3,caf\351\n' <<\_
--
{"a":1,"b":2}
--
csv2rec: -:3: b is not UTF-8: iconv -f LATIN1 -t UTF-8 may convert it (byte 5)
_
fails 'V05 nor may the header be anything else' 1 of 'a,caf\351\n1,2\n' <<\_
--
--
csv2rec: -:1: the header is not UTF-8: iconv -f LATIN1 -t UTF-8 may convert it
_
for mark in '\377\376 LE' '\376\377 BE'; do
	fails "V05 UTF-16 ${mark#* } is recognized" 1 sh -c '{ printf "$1"; iconv -f UTF-8 -t "$2" two; } | csv2rec' \
		- "${mark% *}" "UTF-16${mark#* }" <<\_
--
--
csv2rec: -:1: UTF-16, not UTF-8: iconv -f UTF-16 -t UTF-8 converts it
_
done
ok 'V05 a byte-order mark is skipped, before a quote too' of '\357\273\277"a",b\n1,2\n' <<\_
--
{"a":1,"b":2}
_
for end in 'LF \n' 'CRLF \r\n' 'CR \r'; do
	name=${end% *} end=${end#* }
	ok "V06 rows end in $name" of "a,b${end}1,2${end}$end\"3$end\",4${end}" --text a -f b <<\_
--
{"b":2}
{"b":4}
_
done
ok 'V06 rows end in any of them in one file, the last in none' of 'a\r1\r\n2\n3\r\r4\n\r\n"5"' <<\_
--
{"a":1}
{"a":2}
{"a":3}
{"a":4}
{"a":5}
_
fails 'V06 lines are counted alike' 1 of 'a\r1\r\n2\n\r"3\r\n"\r4,\n' <<\_
--
{"a":1}
{"a":2}
{"a":"3\r\n"}
--
csv2rec: -:7: the row has 2 cells, not 1 (byte 0)
_
fails 'V07 two columns of one name are refused' 1 csv2rec --bad bad <<\_
a,b,a
1,2,3
--
--
csv2rec: -:1: two columns are called 'a'; --dedupe-header numbers them
_
fails 'V07 a column without a name is refused' 1 csv2rec <<\_

a,
1,2
--
--
csv2rec: -:2: column 2 has no name; --dedupe-header gives it one
_
ok 'V07 nothing but a header, or nothing at all, is no fault' \
	sh -c 'printf "a,b" | csv2rec; printf "\n\r\n" | csv2rec; printf "" | csv2rec; printf "# a\n" | csv2rec --comment "#"' <<\_
_
fails 'V07 a header with a fault ends it' 1 of 'a,b"\n1,2\n' --bad bad <<\_
--
--
csv2rec: -:1: a quote in a cell without quotes
_
fails 'V07 a header may be too long' 1 of 'abc,def\n1,2\n' --max-line 6 --bad bad <<\_
--
--
csv2rec: -:1: the row is longer than --max-line allows
_
ok 'V07 names hold quotes, line ends and controls' of '"a""b","c\nd","e\001"\n1,2,3\n' <<\_
--
{"a\"b":1,"c\nd":2,"e\u0001":3}
_
fails 'V07 two columns would have one name' 1 of 'a b,a_b\n1,2\n' --snake <<\_
--
--
csv2rec: -:1: 'a b' and 'a_b' would both be called 'a_b'
_
fails 'V07 nothing is left of a name' 1 of 'a,[]\n1,2\n' --snake <<\_
--
--
csv2rec: -:1: nothing is left of the name '[]'
_
for option in --field --exclude --text --number; do
	fails "V07 $option speaks of a column that is not there" 1 csv2rec $option a,x two <<\_
--
--
csv2rec: two:1: no column is called 'x'
_
done
fails 'V07 --rename speaks of a column that is not there' 1 csv2rec --rename x=y two <<\_
--
--
csv2rec: two:1: no column is called as in 'x=y'
_
ok 'V08 blanks belong to the cell, blank lines are no rows' \
	of 'a,b\n 1,"2 "\n\n\n \t,\n\n\n' <<\_
--
{"a":" 1","b":"2 "}
{"a":" \t","b":null}
_
ok 'V09 a cell is a number if JSON would take it for one, in quotes too' csv2rec <<\_
a
007
1.10
1e5
1_000
true
NaN
12345678901234567890
2020-01-01
"60"
" 60"
-200
-
+1
--
{"a":"007"}
{"a":1.10}
{"a":1e5}
{"a":"1_000"}
{"a":"true"}
{"a":"NaN"}
{"a":12345678901234567890}
{"a":"2020-01-01"}
{"a":60}
{"a":" 60"}
{"a":-200}
{"a":"-"}
{"a":"+1"}
_
ok 'V10 one column, whose name holds another delimiter' csv2rec <<\_
a;b
1;2
--
{"a;b":"1;2"}
--
csv2rec: -: one column, whose name holds ';': is that the delimiter?  -d
_
fails 'V10 one that holds it often is a table of another kind' 1 of 'a;b;c\n1;2;3\n' <<\_
--
--
csv2rec: -:1: one column, whose name holds ';' 2 times: is that the delimiter?  See -d
_
fails 'V10 a tab' 1 of 'a\tb\tc\n1\t2\t3\n' <<\_
--
--
csv2rec: -:1: one column, whose name holds a tab 2 times: is that the delimiter?  See -d
_
ok 'V10 who says what divides the cells is believed' of 'a;b;c\n1;2;3\n' -d , <<\_
--
{"a;b;c":"1;2;3"}
--
csv2rec: -: one column, whose name holds ';': is that the delimiter?  -d
_
ok 'V12 quotes, line ends, blanks and UTF-8 in one table' \
	of '"name","note, long","é"\r\n"Grüße","He said ""no""",""\r\n\r\n"two\r\nlines"," x ",1.0\r\n,"""",€' <<\_
--
{"name":"Grüße","note, long":"He said \"no\"","é":null}
{"name":"two\r\nlines","note, long":" x ","é":1.0}
{"name":null,"note, long":"\"","é":"€"}
_
ok '--bad keeps the row as it was, and --max-bad allows so many' \
	sh -c 'csv2rec --number b --bad bad --max-bad 2; cat bad' <<\_
a,b
"x
",2
3,"y"
"a
b",
4
5,6
--
{"a":"x\n","b":2}
{"a":"a\nb","b":null}
{"a":5,"b":6}
{"program":"csv2rec","file":"-","line":4,"error":"b is not a number (byte 3)","raw":"3,\"y\""}
{"program":"csv2rec","file":"-","line":7,"error":"the row has 1 cell, not 2 (byte 0)","raw":"4"}
--
csv2rec: 2 bad records: see bad
_
fails 'one bad row too many' 1 csv2rec --bad bad --max-bad 1 <<\_
a,b
1
2
3,4
--
--
csv2rec: -:3: the row has 1 cell, not 2 (byte 0); more than --max-bad 1 bad records
_
for arguments in '--tsv -d ,|--tsv and --delimiter exclude each other' \
	'--header a --no-header|--header and --no-header exclude each other' \
	'--skip -1|--skip must be at least 0' "-d ab|--delimiter: 'ab' is not one ASCII character" \
	"-d \"|--delimiter: '\"' is not one ASCII character" "-d é|--delimiter: 'é' is not one ASCII character" \
	"--comment ##|--comment: '##' is not one ASCII character" "--rename a|--rename: 'a' is not OLD=NEW"; do
	printf '%s\n--\n--\ncsv2rec: %s\ntry: csv2rec --help\n' '' "${arguments#*|}" >case
	fails "refuses ${arguments%%|*}" 2 csv2rec ${arguments%%|*} <case
done

# Size
ok 'a row of 10,000 cells' sh -c '
	awk "BEGIN { for (i = 0; i < 10000; i++) printf \"%sk%d\", i ? \",\" : \"\", i; print \"\"
		for (i = 0; i < 10000; i++) printf \"%s\\\"%d\\\"\", i ? \",\" : \"\", i; print \"\" }" >wide
	csv2rec wide | tr , "\n" | sed -n "1p;5000p;\$p"; csv2rec -f k9999,k0 wide' <<\_
--
{"k0":0
"k4999":4999
"k9999":9999}
{"k9999":9999,"k0":0}
_
large() {
	printf 'a,b\n1,"'
	head -c 70000000 /dev/zero | tr '\0' '\n'
	printf '"\n2,x\n'
}
large >large
ok 'a cell of 70 MB, where it is allowed' \
	sh -c 'csv2rec --max-line 128MiB large | awk "{ print length, substr(\$0, 1, 12), substr(\$0, length - 3) }"' <<\_
--
140000014 {"a":1,"b":" \n"}
15 {"a":2,"b":" "x"}
_
fails 'and where it is not' 1 csv2rec large <<\_
--
--
csv2rec: large:2: the row is longer than --max-line allows (byte 67108864)
_
rm -f large

# All ways of reading, from a file and from a pipe, with and without options
if command -v python3 >/dev/null; then
	for seed in 1 2 3; do
		python3 -ISB "$SRC/tests/help/rows.py" $seed 20000 >nasty
		for arguments in '' '--ragged --trim --text d' '--lazy-quotes --comment # --null a' '-f e,b --max-line 1000'; do
			rm -f out.* err.* bad.*
			for way in plain sse4 avx2 fast; do
				WEIR_SCAN=$way csv2rec $arguments --bad bad <nasty >out.$way 2>err.$way
				mv bad bad.$way
			done
			dd bs=997 status=none <nasty | csv2rec $arguments --bad bad >out.pipe 2>err.pipe
			mv bad bad.pipe
			[ "$(wc -l <out.plain)" -gt 5000 ] && [ -s bad.plain ]
			result $? "seed $seed, '$arguments': there are good rows and bad ones"
			for way in sse4 avx2 fast pipe; do
				for f in out err bad; do
					cmp -s $f.plain $f.$way || echo "$f differs"
				done >got
				: >wanted
				same "seed $seed, '$arguments': $way gives the same bytes" wanted got
			done
		done
	done
else
	skip 'all ways give the same bytes' 'python3 is not installed'
fi
done_testing
