#!/bin/sh
# sample: 'temp < 1000'
. "$SRC/tests/loops.sh"

ok 'keeps the records for which it holds, as they are' keep 'temp > 30' <<\_
{"temp":31}
 { "id" : 1.50 , "temp":30.5 , "x":"\u00e9", "temp":30.50 } 
{"temp":30}
{"temp":3.01e1,"o":{"temp":1}}
--
{"temp":31}
 { "id" : 1.50 , "temp":30.5 , "x":"\u00e9", "temp":30.50 } 
{"temp":3.01e1,"o":{"temp":1}}
_
ok 'of several members of one name the last counts' keep 't == 1' <<\_
{"t":1,"t":2}
{"t":2,"\u0074":1}
--
{"t":2,"\u0074":1}
_
printf '%s\n' '{"temp":null}' '{"id":1}' '{"temp":31}' '{"temp":1e999}' >some
ok 'what is missing, null or beyond the doubles is not known' \
	sh -c 'for e in "temp > 30" "!(temp > 30)" "temp == null" "temp != null" null; do keep "$e" some; echo; done' <<\_
--
{"temp":31}


{"temp":null}
{"id":1}
{"temp":1e999}

{"temp":31}


_
ok 'a field may be the answer' keep on <<\_
{"on":true}
{"on":false}
{"on":null}
{}
--
{"on":true}
_
fails 'but a number is none' 1 keep on <<\_
{"on":true,"n":1}
{"on":1}
{"on":true,"n":2}
--
{"on":true,"n":1}
--
keep: -:2: on is not true or false (byte 6)
_
fails 'nor is a text that an expression gives now and then' 1 keep 'on ? "yes" : false' <<\_
{"on":false}
{"on":true}
--
--
keep: -:2: the expression is not true or false (byte 0)
_
fails 'a text is not compared with a number' 1 keep 'temp > 30' <<\_
{"id":1,"temp":"31"}
--
--
keep: -:1: temp is a text, compared with a number (byte 15)
_
fails 'nor is what an expression made' 1 keep '(on ? "a" : 1) == temp + 1' <<\_
{"on":false,"temp":0}
{"on":true,"temp":0}
--
{"on":false,"temp":0}
--
keep: -:2: a part of the expression is a text, compared with a number (byte 0)
_

# Options.
cat >house <<\_
{"temp":31,"id":"a"}
{"temp":29}
oops
{"temp":null}
{"temp":"x"}
{"id":"d"}
{"temp":30.50}
_
ok '--rest takes all other good records, --bad the bad ones' \
	sh -c 'keep "temp > 30" --rest rest --bad bad --stats house 2>err; sed "s/,\"seconds.*//" err; cat rest bad' <<\_
--
{"temp":31,"id":"a"}
{"temp":30.50}
keep: 2 bad records: see bad
{"program":"keep","in":7,"out":2,"bad":2,"unmet":0,"kept":2,"undefined":0
{"temp":29}
{"temp":null}
{"id":"d"}
{"program":"keep","file":"house","line":3,"error":"not a JSON object (byte 0)","raw":"oops"}
{"program":"keep","file":"house","line":5,"error":"temp is a text, compared with a number (byte 8)","raw":"{\"temp\":\"x\"}"}
_
ok '--rest is emptied at the start' sh -c 'keep true --rest rest; cat rest' <<\_
{"a":1}
--
{"a":1}
_
ok '--tally prints how many there are' \
	sh -c 'keep "id == \"a\"" --tally; keep id --tally /dev/null' <<\_
{"id":"a"}
{"id":"b"}
{"id":"a"}
--
2
0
_
printf '{"t":1}\n{"t":3}\n' >two
ok '--tally counts over all files, and --rest is written beside it' \
	sh -c 'keep "t > 1" --tally --rest rest - two two; cat rest' <<\_
{"t":2}
{"t":0}
--
3
{"t":0}
{"t":1}
{"t":1}
_
fails '--tally says nothing of what it could not finish' 1 keep 't > 1' --tally <<\_
{"t":2}
{"t":"x"}
--
--
keep: -:2: t is a text, compared with a number (byte 5)
_
ok 'undefined results are counted, null is not' \
	sh -c 'keep "1 / t > 0 || log(t) > 0" --stats 2>err; sed "s/,\"seconds.*//" err' <<\_
{"t":0}
{"t":null}
{"t":-1}
{"t":2}
--
{"t":2}
{"program":"keep","in":4,"out":1,"bad":0,"unmet":0,"kept":1,"undefined":3
_
printf '%s\n' '{"time":"2023-12-31T23:30:00Z"}' '{"time":"2024-01-01T01:30:00Z"}' >year
ok '--tz is the zone of clocks and calendars' \
	sh -c 'for z in +00:00 +02:00 -02:00; do keep "hour(time) == 1" --tz $z year; keep --tz $z "year(time) == 2023" year; echo; done' <<\_
--
{"time":"2024-01-01T01:30:00Z"}
{"time":"2023-12-31T23:30:00Z"}

{"time":"2023-12-31T23:30:00Z"}

{"time":"2023-12-31T23:30:00Z"}
{"time":"2024-01-01T01:30:00Z"}

_
ok '--time-unit is that of numbers' keep 'hour(t) == 2' --time-unit ms <<\_
{"t":7200000}
{"t":7200}
--
{"t":7200000}
_
ok 'an expression that begins with a minus comes after --' sh -c 'keep -- "-t < 0" "$1"; keep --tally -- -t==-1 "$1"' - two <<\_
--
{"t":1}
{"t":3}
1
_
ok 'no file is taken for an expression: names may hold anything' \
	sh -c 'cp two "t > 1"; cp two a=b; keep "t > 1" "t > 1" a=b' <<\_
--
{"t":3}
{"t":3}
_

# Mistakes.
fails 'an expression is needed' 2 keep <<\_
--
--
keep: an expression is needed, such as 'temp > 30'
try: keep --help
_
fails 'the place of a mistake is shown' 2 keep 'temp > 30 && icon = "rain"' <<\_
--
--
keep: = is no comparison; == is
  temp > 30 && icon = "rain"
                    ^
try: keep --help
_
fails 'an empty expression has one, too' 2 keep '' <<\_
--
--
keep: a value is missing here
  
  ^
try: keep --help
_
fails 'a value cannot hold' 2 keep 'temp + 1' <<\_
{"temp":1}
--
--
keep: this is a value, not something that holds or does not
  temp + 1
  ^
try: keep --help
_
fails 'a function that is nearly one' 2 keep '1 < rond(temp)' <<\_
--
--
keep: there is no such function; did you mean round?
  1 < rond(temp)
      ^
try: keep --help
_
fails 'a pattern that is none' 2 keep 'matches(id, "(a")' <<\_
--
--
keep: a parenthesis is not closed
  matches(id, "(a")
              ^
try: keep --help
_
fails 'bytes that are no text' 2 keep "$(printf 'temp > \377')" <<\_
--
--
keep: the expression is not UTF-8
  temp > \xff
         ^
try: keep --help
_
fails 'a zone that there is not' 2 keep --tz Nowhere 'hour(t) == 1' <<\_
--
--
keep: --tz: unknown time zone: 'Nowhere'
try: keep --help
_
fails '--rest is not the input' 2 sh -c 'keep true --rest two two; s=$?; cat two; exit $s' <<\_
--
{"t":1}
{"t":3}
--
keep: --rest: two is the input
try: keep --help
_
fails 'nor the output' 2 keep true --rest new -o new two <<\_
--
--
keep: --rest: new is the output
try: keep --help
_
fails 'nor where the bad ones go' 2 keep true --rest new --bad new two <<\_
--
--
keep: --rest: new is that of --bad too
try: keep --help
_
fails 'records that cannot be put aside are not lost in silence' 1 keep false --rest /dev/full two <<\_
--
--
keep: /dev/full: No space left on device
_

# Limits: an expression is no way to use up memory or time.
repeat() {
	awk -v text="$1" -v n="$2" 'BEGIN { while (n--) printf "%s", text }'
}
ok 'parentheses in 200 levels' keep "$(repeat '(' 200)t > 1$(repeat ')' 200)" two <<\_
--
{"t":3}
_
for n in 201 60000; do
	keep "$(repeat '(' $n)t > 1$(repeat ')' 201)" two >out 2>err
	status=$?
	[ $status -eq 2 ] && [ ! -s out ] && [ "$(head -n 1 err)" = 'keep: the expression is nested too deeply' ]
	result $? "not in $n"
done
ok '65536 bytes' keep "t > 1$(repeat ' ' 65531)" two <<\_
--
{"t":3}
_
keep "t > 1$(repeat ' ' 65532)" two >out 2>err
status=$?
[ $status -eq 2 ] && [ ! -s out ] && [ "$(head -n 1 err)" = 'keep: the expression is longer than 65536 bytes' ]
result $? 'not one more'
for pattern in '(a+)+$' '(a*)*b' '^(a|a)*$' '^(a?){200}a{200}$' '(.*)(.*)(.*)(.*)c'; do
	# For a program that goes back and tries again this is more than a lifetime.
	printf '{"s":"%s!"}\n' "$(repeat aaaaaaaaaa 100000)" | timeout 20 keep --tally "matches(s, '$pattern')" >out 2>err
	[ $? -eq 0 ] && [ ! -s err ] && [ "$(cat out)" = 0 ]
	result $? "$pattern takes no time over a megabyte"
done

# What it is for.
printf '%s\n' '{"id":1,"stateTrafficLight":["OK","OK","OK"]}' '{"id":2,"stateTrafficLight":["OK","KO","OK"]}' \
	'{"id":3,"stateTrafficLight":["OK","OK","KO"]}' >lamps
ok 'a traffic light of which a lamp is not OK' \
	sh -c 'flatten lamps | keep '\''`stateTrafficLight.0` != "OK" || `stateTrafficLight.1` != "OK" || `stateTrafficLight.2` != "OK"'\'' | flatten --un' <<\_
--
{"id":2,"stateTrafficLight":["OK","KO","OK"]}
{"id":3,"stateTrafficLight":["OK","OK","KO"]}
_
ok 'and which lamp it is' sh -c 'flatten --explode stateTrafficLight --index lamp lamps | keep '\''stateTrafficLight != "OK"'\' <<\_
--
{"id":2,"stateTrafficLight":"KO","lamp":1}
{"id":3,"stateTrafficLight":"KO","lamp":2}
_
ok 'readings out of bounds, which are their own' keep 'value < lower || value > upper' <<\_
{"key":"0.ACTIVE_POWER","value":9.9,"lower":0.0001,"upper":10}
{"key":"1.INTENSITY","value":15.9,"lower":1,"upper":15}
{"key":"1.INTENSITY","value":0.1,"lower":1,"upper":15}
{"key":"1.INTENSITY","value":16.0,"lower":1,"upper":16}
{"key":"1.INTENSITY","value":16.1,"lower":1,"upper":16}
{"key":"2.INTENSITY","value":5,"lower":null,"upper":null}
{"key":"2.INTENSITY","value":5,"lower":null,"upper":4}
--
{"key":"1.INTENSITY","value":15.9,"lower":1,"upper":15}
{"key":"1.INTENSITY","value":0.1,"lower":1,"upper":15}
{"key":"1.INTENSITY","value":16.1,"lower":1,"upper":16}
{"key":"2.INTENSITY","value":5,"lower":null,"upper":4}
_

# Beyond 63 bits, too, and beyond doubles.
ok 'a number is known by all its digits' keep 'id == 18446744073709551615' <<\_
{"id":18446744073709551615}
{"id":18446744073709551616}
{"id":18446744073709551614}
{"id":1844674407370955161.50e1}
{"id":18446744073709552000}
--
{"id":18446744073709551615}
{"id":1844674407370955161.50e1}
_
ok 'below zero, too' keep 'id < -18446744073709551615 || abs(id) == 9223372036854775808' <<\_
{"id":-18446744073709551615}
{"id":-18446744073709551616}
{"id":-9223372036854775808}
{"id":9223372036854775809}
--
{"id":-18446744073709551616}
{"id":-9223372036854775808}
_
ok 'two fields, and the number of a text' keep 'a != b && number(t) == b' <<\_
{"a":18446744073709551615,"b":18446744073709551616,"t":"18446744073709551616"}
{"a":18446744073709551615,"b":18446744073709551615.000,"t":"18446744073709551615"}
{"a":18446744073709551615,"b":18446744073709551617,"t":"18446744073709551616"}
--
{"a":18446744073709551615,"b":18446744073709551616,"t":"18446744073709551616"}
_
ok 'a double is its shortest decimal' keep 'x == 1/3' <<\_
{"x":0.3333333333333333}
{"x":0.33333333333333333}
{"x":0.333333333333333314829616256247}
{"x":3333333333333333e-16}
--
{"x":0.3333333333333333}
{"x":3333333333333333e-16}
_
done_testing
