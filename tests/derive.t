#!/bin/sh
# sample: 'x = temp * 2'
. "$SRC/tests/loops.sh"

# Assignments.
ok 'a new field comes last, an old one keeps its place; every other byte stays' \
	derive 'f = c * 1.8 + 32' 'c = c + 0.2' <<\_
{"c":0.1,"id":1.50}
 { "id" : 1E2 , "c" : 100 , "x":"\u00e9\/" } 
{"f":0 ,"c":-40}
{}
--
{"c":0.3,"id":1.50,"f":32.18}
 { "id" : 1E2 , "c" : 100.2 , "x":"\u00e9\/","f":212 } 
{"f":-40 ,"c":-39.8}
{"f":null,"c":null}
_
ok 'they are done in their order, and see what was made before' \
	derive 'b = a + 1' 'a = b * 10' 'c = a + b' 'b = null' <<\_
{"a":1}
--
{"a":20,"b":null,"c":22}
_
ok 'blanks around = mean nothing, and = may be in the expression' derive 'a=1' 'b =a==1' ' c  = "x=y"' <<\_
{}
--
{"a":1,"b":true,"c":"x=y"}
_
ok 'names that are no words stand in backquotes' derive '`use [W]` = `use [kW]` * 1000' '`a=b` = 1' '`and` = `a/b` + `a=b`' <<\_
{"use [kW]":0.57,"a/b":2}
--
{"use [kW]":0.57,"a/b":2,"use [W]":570,"a=b":1,"and":3}
_
ok 'a name is found by its meaning, and written as JSON wants it' derive 'é = 1' '`"\` = é + 1' 'a = 5' <<\_
{"\u00e9":0,"\u0061":0}
{}
--
{"\u00e9":1,"\u0061":5,"\"\\":2}
{"é":1,"\"\\":2,"a":5}
_
ok 'of several members of one name the last counts, and one is left' derive 'a = a + 1' <<\_
{"a":1,"b":2,"a":5,"c":3}
{"\u0061":1,"a":"x","a":2}
--
{"a":6,"b":2,"c":3}
{"\u0061":3}
_
ok 'a copy has the spelling, whatever the number' derive 'x = id' 'y = n' 'z = x' 'o = p' <<\_
{"id":123456789012345678901234567890,"n":1e999,"p":{"a": [1.0, "\u00e9"]}}
{"id":0.10000000000000000000001,"n":-0,"p":"\u0041\/"}
--
{"id":123456789012345678901234567890,"n":1e999,"p":{"a": [1.0, "\u00e9"]},"x":123456789012345678901234567890,"y":1e999,"z":123456789012345678901234567890,"o":{"a": [1.0, "\u00e9"]}}
{"id":0.10000000000000000000001,"n":-0,"p":"\u0041\/","x":0.10000000000000000000001,"y":-0,"z":0.10000000000000000000001,"o":"\u0041\/"}
_
ok 'what becomes the same again keeps every byte, also where it stands twice' derive 'a = a' 'b = max(b, 0)' <<\_
{ "a":1, "b" : 1.50 , "a":"\u00e9" }
--
{ "a":1, "b" : 1.50 , "a":"\u00e9" }
_
ok 'decimals are exact, and what does not end is the nearest double' derive 'sum = a + b' 'product = c * 3' 'eighth = 1 / 8' 'third = 1 / 3' 'id = id + 1' <<\_
{"a":0.1,"b":0.2,"c":1.10,"id":9007199254740993}
--
{"a":0.1,"b":0.2,"c":1.10,"id":9007199254740994,"sum":0.3,"product":3.3,"eighth":0.125,"third":0.3333333333333333}
_
ok 'texts are written as JSON' derive 'x = concat(a, "\t\u0000", b, '\''\"'\'')' 'y = upper(a)' <<\_
{"a":"\u00e9\ud83d\ude00","b":1.50}
--
{"a":"\u00e9\ud83d\ude00","b":1.50,"x":"é😀\t\u00001.50\\\"","y":"É😀"}
_
ok 'what does not exist is null, and counted' \
	sh -c 'derive "a = x / 0" "b = 1e308 * 10 ** x" "c = sqrt(-x)" "d = log(x - 1)" "e = 1 / 0" "f = n / 0" --stats 2>err; sed "s/,\"seconds.*//" err' <<\_
{"x":1,"n":null}
{"n":null}
--
{"x":1,"n":null,"a":null,"b":null,"c":null,"d":null,"e":null,"f":null}
{"n":null,"a":null,"b":null,"c":null,"d":null,"e":null,"f":null}
{"program":"derive","in":2,"out":2,"bad":0,"unmet":0,"undefined":6
_
ok 'a number beyond the doubles is null where it is reckoned with, and counted' \
	sh -c 'derive "a = x + 1" --stats 2>err; sed "s/,\"seconds.*//" err' <<\_
{"x":1e999}
--
{"x":1e999,"a":null}
{"program":"derive","in":1,"out":1,"bad":0,"unmet":0,"undefined":1
_

# Values of other kinds.
printf '%s\n' '{"v":1}' '{"v":null}' '{}' '{"v":"12"}' '{"v":"abc"}' '{"v":"NaN"}' '{"v":true}' '{"v":[1]}' >kinds
ok 'a text, true or an array is no number' sh -c 'derive "x = v + 1" --bad bad kinds 2>&1; cut -d, -f 3-4 bad' <<\_
--
{"v":1,"x":2}
{"v":null,"x":null}
{"x":null}
derive: 5 bad records: see bad
"line":4,"error":"v is not a number (byte 5)"
"line":5,"error":"v is not a number (byte 5)"
"line":6,"error":"v is not a number (byte 5)"
"line":7,"error":"v is not a number (byte 5)"
"line":8,"error":"v is not a number (byte 5)"
_
ok 'number() reads texts, and null stands for what is none' derive 'x = number(v)' kinds <<\_
--
{"v":1,"x":1}
{"v":null,"x":null}
{"x":null}
{"v":"12","x":12}
{"v":"abc","x":null}
{"v":"NaN","x":null}
{"v":true,"x":null}
{"v":[1],"x":null}
_
fails 'a bad record is not half done' 1 derive 'a = 1' 'b = s + 1' <<\_
{"s":1}
{"s":"x"}
--
{"s":1,"a":1,"b":2}
--
derive: -:2: s is not a number (byte 5)
_
fails 'it is the field that was assigned that is named' 1 derive 'a = lower(s)' 'b = a + 1' <<\_
{"s":"X"}
--
--
derive: -:1: a is not a number (byte 0)
_

# Fields one after the other.
ok '_ stands for the fields of -f in turn' derive '_ = round(_ * 1000)' -f '*_kw,x' <<\_
{"a_kw":0.5704,"id":"h","b_kw":1,"x":null}
{"c_kw":2.50}
{"id":1}
--
{"a_kw":570,"id":"h","b_kw":1000,"x":null}
{"c_kw":2500}
{"id":1}
_
ok 'and for fields that were made before' derive 'c_kw = a_kw + b_kw' '_ = fixed(_, 1)' 'd_kw = 1' -f '*_kw' <<\_
{"a_kw":0.15,"b_kw":1}
--
{"a_kw":"0.2","b_kw":"1.0","c_kw":"1.2","d_kw":1}
_
ok 'it may be told from other fields, and be done more than once' derive '_ = _ - base' '_ = _ * 2' -f a,b <<\_
{"base":1,"a":10,"b":1.50}
--
{"base":1,"a":18,"b":1}
_
ok 'a field may be called _' sh -c 'derive "_ = _ + 1"; echo "{\"_\":1,\"a\":1}" | derive "\`_\` = \`_\` + 1" "_ = _ * 10 + \`_\`" -f a' <<\_
{"_":1}
--
{"_":2}
{"_":2,"a":12}
_
fails 'the field that is bad is named' 1 derive '_ = _ + 1' -f '*_kw' <<\_
{"a_kw":1,"b_kw":"x"}
--
--
derive: -:1: b_kw is not a number (byte 17)
_

# Fields that go.
printf '%s\n' '{"a":1,"b_kw":2,"a":3, "c_kw" : 4,"d":5}' '{ "\u0061" : 1.50 , "d":2 }' '{}' >four
ok '--drop leaves fields out, also by pattern' \
	sh -c 'derive --drop a four; derive --drop "*_kw,d" four; derive --drop "*" four' <<\_
--
{"b_kw":2, "c_kw" : 4,"d":5}
{ "d":2 }
{}
{"a":1,"a":3}
{ "\u0061" : 1.50 }
{}
{}
{  }
{}
_
ok '--keep leaves all others out' \
	sh -c 'derive --keep d,a four; derive --keep "*_kw" four; derive --keep "\`*\`" four' <<\_
--
{"a":1,"a":3,"d":5}
{ "\u0061" : 1.50 , "d":2 }
{}
{"b_kw":2, "c_kw" : 4}
{  }
{}
{}
{  }
{}
--
derive: no record has *
_
ok 'both come after the assignments, and mean new fields, too' \
	sh -c 'derive "x_kw = b_kw / 2" --drop b_kw four; derive "x_kw = d" "y = 2" --drop "*_kw" four; derive "x_kw = d" "y = 2" --keep "*_kw" four' <<\_
--
{"a":1,"a":3, "c_kw" : 4,"d":5,"x_kw":1}
{ "\u0061" : 1.50 , "d":2,"x_kw":null }
{"x_kw":null}
{"a":1,"a":3,"d":5,"y":2}
{ "\u0061" : 1.50 , "d":2,"y":2 }
{"y":2}
{"b_kw":2, "c_kw" : 4,"x_kw":5}
{ "x_kw":2 }
{"x_kw":null}
_
ok 'a field that was dropped is no longer there to be renamed' derive --drop a --rename a=b,d=e four <<\_
--
{"b_kw":2, "c_kw" : 4,"e":5}
{ "e":2 }
{}
_

# Fields that get other names.
ok '--rename changes nothing but the name, also of many at once' \
	sh -c 'derive --rename "a=use [W],d=\`x,y=z\`" four; derive --rename "*_kw=*" four; derive --rename "b_*=*.b" four' <<\_
--
{"use [W]":3,"b_kw":2, "c_kw" : 4,"x,y=z":5}
{ "use [W]" : 1.50 , "x,y=z":2 }
{}
{"a":1,"b":2,"a":3, "c" : 4,"d":5}
{ "\u0061" : 1.50 , "d":2 }
{}
{"a":1,"kw.b":2,"a":3, "c_kw" : 4,"d":5}
{ "\u0061" : 1.50 , "d":2 }
{}
_
ok '--rename a=b,b=a changes names for each other, in place' derive --rename 'a=b_kw,b_kw=a' four <<\_
--
{"b_kw":3,"a":2, "c_kw" : 4,"d":5}
{ "b_kw" : 1.50 , "d":2 }
{}
_
ok 'so do three in a ring, and a=a is no change' derive --rename 'a=b,b=c,c=a,d=d' <<\_
{"a":1,"b":2,"c":3,"d":4}
{"c":3,"a":1}
--
{"b":1,"c":2,"a":3,"d":4}
{"a":3,"b":1}
_
fails 'a field that has the new name and keeps it makes the record a bad one' 1 derive --rename b_kw=d four <<\_
--
--
derive: four:1: d is there already and would be lost; --drop leaves it out (byte 38)
_
ok 'where it is dropped first it does not' derive --drop d --rename b_kw=d four <<\_
--
{"a":1,"d":2,"a":3, "c_kw" : 4}
{ "\u0061" : 1.50 }
{}
_
fails 'so does a new name for two' 1 derive --rename 'a=x,b=x' <<\_
{"a":1}
{"a":1,"b":2}
--
{"x":1}
--
derive: -:2: x would be the new name of two fields (byte 0)
_
ok 'of two old names that match a field the first counts' derive --rename '*_kw=*,b_kw=x' four <<\_
--
{"a":1,"b":2,"a":3, "c" : 4,"d":5}
{ "\u0061" : 1.50 , "d":2 }
{}
_
ok 'new fields are renamed, too, by the names that they were made with' \
	derive 'x_kw = 1' --rename '*_kw=*' --rename d=y four <<\_
--
{"a":1,"b":2,"a":3, "c" : 4,"y":5,"x":1}
{ "\u0061" : 1.50 , "y":2,"x":1 }
{"x":1}
_
ok 'a star in backquotes is a star' derive --rename '`*`=y' <<\_
{"*":1,"a":2}
--
{"y":1,"a":2}
_
rename() {
	fails "$1" 2 derive --rename "$2"
}
rename 'OLD=NEW is needed' a <<\_
--
--
derive: --rename: OLD=NEW is needed
  a
   ^
try: derive --help
_
rename 'both of them' a=b,c= <<\_
--
--
derive: --rename: a name is empty
  a=b,c=
        ^
try: derive --help
_
rename 'a backquote is closed' 'a=b,`c=d' <<\_
--
--
derive: --rename: a backquote is not closed
  a=b,`c=d
      ^
try: derive --help
_
for pair in '*_kw=x' 'a=*' 'a?=b?' '**=**'; do
	rename "$pair: a star on one side alone means nothing, nor do two" "x=y,$pair" <<_
--
--
derive: --rename: one * on both sides, or none
  x=y,$pair
      ^
try: derive --help
_
done

# Operands.
printf '{"a":1}\n' >a=b
mkdir -p dir
printf '{"a":2}\n' >dir/a=b
printf '{"a":3}\n' >three
ok 'what comes before the first file are assignments' derive 'a = a * 10' 'b = a' three - three <<\_
{"a":4}
--
{"a":30,"b":30}
{"a":40,"b":40}
{"a":30,"b":30}
_
ok 'a file may be called like one: with a slash before the =, or after another file' \
	sh -c 'derive "x = 1" ./a=b dir/a=b; derive "x=a/2" "\`/\`=2" - a=b <a=b; derive --drop x -- ./a=b' <<\_
--
{"a":1,"x":1}
{"a":2,"x":1}
{"a":1,"x":0.5,"/":2}
{"a":1,"x":0.5,"/":2}
{"a":1}
_
ok 'options may stand anywhere' sh -c 'derive "x = 1" -o out --drop a "y = 2" three; cat out' <<\_
--
{"x":1,"y":2}
_

# Mistakes.
fails 'something is to be done' 2 derive three <<\_
--
--
derive: 'NAME = EXPR', --drop, --keep or --rename is needed
try: derive --help
_
fails 'a field needs a name' 2 derive '= 1' <<\_
--
--
derive: a field's name is missing before this
  = 1
  ^
try: derive --help
_
fails 'one that is a word, or in backquotes' 2 derive 'use [kW] = 1' <<\_
--
--
derive: a = is missing before this; a name with blanks stands in backquotes
  use [kW] = 1
      ^
try: derive --help
_
fails 'an assignment is no comparison' 2 derive 'a == 1' <<\_
--
--
derive: a = is missing before this; a name with blanks stands in backquotes
  a == 1
    ^
try: derive --help
_
fails 'nor a text' 2 derive '"a" = 1' <<\_
--
--
derive: a field's name is missing before this
  "a" = 1
  ^
try: derive --help
_
fails 'the place of a mistake is that in the whole' 2 derive 'a = 1' 'b = (a + 1' <<\_
--
--
derive: the parenthesis is not closed
  b = (a + 1
      ^
try: derive --help
_
fails 'an expression is needed' 2 derive 'a = ' <<\_
--
--
derive: a value is missing here
  a = 
      ^
try: derive --help
_
fails '--drop and --keep contradict each other' 2 derive --drop a --keep b <<\_
--
--
derive: --drop and --keep do not go together
try: derive --help
_
fails '-f without _ would do nothing' 2 derive 'a = 1' -f a <<\_
--
--
derive: -f goes with an assignment to _, such as '_ = round(_, 2)'
try: derive --help
_
fails 'a constant that will not do' 2 derive 'a = truncate(time, "1 hour")' <<\_
--
--
derive: no such unit of time (y q mo w d h m s ms us ns)
  a = truncate(time, "1 hour")
                     ^
try: derive --help
_
fails 'bytes that are no text' 2 derive "$(printf 'a = "\377"')" <<\_
--
--
derive: the assignment is not UTF-8
  a = "\xff"
       ^
try: derive --help
_
fails 'nor in a name' 2 derive "$(printf '`\377` = 1')" <<\_
--
--
derive: the assignment is not UTF-8
  `\xff` = 1
   ^
try: derive --help
_

# Times.
ok '--tz is the zone of clocks, --time-unit the unit of numbers' \
	derive --tz +01:00 --time-unit ms 'h = hour(t)' 'day = truncate(t, "1d")' 'later = shift(t, "90m")' <<\_
{"t":0}
{"t":82800000}
--
{"t":0,"h":1,"day":-3600000,"later":5400000}
{"t":82800000,"h":0,"day":82800000,"later":88200000}
_
ok 'a time is written as it was read' derive 'day = truncate(time, "1d")' 's = seconds(time)' <<\_
{"time":"2024-02-29 13:07:05.25"}
{"time":"2024-02-29T13:07:05+05:30"}
{"time":1709212025.5}
--
{"time":"2024-02-29 13:07:05.25","day":"2024-02-29 00:00:00","s":1709212025.25}
{"time":"2024-02-29T13:07:05+05:30","day":"2024-02-29T05:30:00+05:30","s":1709192225}
{"time":1709212025.5,"day":1709164800,"s":1709212025.5}
_
ok 'the first number fixes the unit of an argument' sh -c 'derive "d = truncate(t, \"1d\")" --bad bad 2>&1; cut -d, -f 3-4 bad' <<\_
{"t":1709212025}
{"t":1709212025000}
--
{"t":1709212025,"d":1709164800}
derive: 1 bad record: see bad
"line":2,"error":"t: a time of another magnitude than the first (byte 5)"
_

# Nothing that is made is longer than --max-line, no text on the way either.
too_long() {
	fails "too long: $1" 1 derive --max-line 60 "$1" <<-_
		{"s":"aaaaaaaaaa","t":"bbbbbbbbbb"}
		--
		--
		derive: -:1: $2 (byte $3)
	_
}
result='result is longer than --max-line allows'
too_long 'x = replace(s, "a", t)' "s: the $result" 5
too_long 'x = len(replace(s, "a", t))' "s: the $result" 5
too_long 'x = len(concat(1, s, t, s, t, s, t))' "a part of the expression: the $result" 0
too_long 'x = replace(s, "a", "\u0001\u0001")' "the $result" 0
too_long 'x = concat(s, t, s, t, s, t)' "the $result" 0
fails 'too long, and constant' 2 derive --max-line 20 'x = replace("aaaaaaa", "a", "bbb")' <<\_
--
--
derive: the result is longer than --max-line allows
  x = replace("aaaaaaa", "...
      ^
try: derive --help
_
ok 'as long as it may be' derive --max-line 60 'x = concat(s, t, s, t, s, 12345678)' <<\_
{"s":"aaaaaaaaaa","t":"bbbbbbbbbb"}
--
{"s":"aaaaaaaaaa","t":"bbbbbbbbbb","x":"aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaa12345678"}
_
awk 'BEGIN { a = "a"; while (length(a) < 70000) a = a a; print "{\"s\":\"" a "\",\"t\":\"" a "\"}" }' >in
fails 'a text of 4 GiB is not begun' 1 sh -c '[ -n "$SAN" ] || ulimit -v 1000000; exec derive "x = replace(s, \"a\", t)" in' <<\_
--
--
derive: in:1: s: the result is longer than --max-line allows (byte 5)
_

# What it is for.
ok 'the parts of a key, and the bounds that a reading breaks' \
	derive 'gateway = split(key, ".", 1)' 'type = split(key, ".", 2)' 'attribute = split(key, ".", 3)' \
	'alarm = value < lower ? "UNDER" : value > upper ? "OVER" : null' --drop key <<\_
{"key":"0.ELECTRICITY.ACTIVE_POWER","value":9.9,"lower":0.0001,"upper":10}
{"key":"1.ELECTRICITY.INTENSITY","value":15.9,"lower":1,"upper":15}
{"key":"1.ELECTRICITY","value":0.1,"lower":1,"upper":15}
--
{"value":9.9,"lower":0.0001,"upper":10,"gateway":"0","type":"ELECTRICITY","attribute":"ACTIVE_POWER","alarm":null}
{"value":15.9,"lower":1,"upper":15,"gateway":"1","type":"ELECTRICITY","attribute":"INTENSITY","alarm":"OVER"}
{"value":0.1,"lower":1,"upper":15,"gateway":"1","type":"ELECTRICITY","attribute":null,"alarm":"UNDER"}
_
ok 'two decimals for all of a kind' derive '_ = round(_, 2)' -f '*_kw' --rename '*_kw=power_*' <<\_
{"use_kw":0.932833333,"gen_kw":0.003483333,"time":1451624400}
{"use_kw":2.675,"gen_kw":-0.005}
--
{"power_use":0.93,"power_gen":0,"time":1451624400}
{"power_use":2.68,"power_gen":-0.01}
_
done_testing
