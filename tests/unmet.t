#!/bin/sh
# A name that was asked for and that no record has is told at the end; nothing else changes.
. "$SRC/tests/lib.sh"

printf '{"time":0,"temperature":1,"id":"a"}\n{"time":60,"temperature":3,"flow [l]":2}\n' >two

ok 'a misspelt name in an aggregate is told, with the one that was meant' \
	window --all -a 'mean(temprature)' two <<\_
--
{"count":2,"temprature_mean":null}
--
window: no record has temprature; did you mean temperature?
_
ok 'of several that may be meant the nearest is named' sh -c 'window --all -a "max(gne_kw),max(wes),max(GEN_kw)" >out' <<\_
{"use_kw":1,"gen_kw":2,"west":3,"wet":4}
--
--
window: no record has gne_kw; did you mean gen_kw?
window: no record has wes; did you mean west?
window: no record has GEN_kw; did you mean gen_kw?
_
ok 'so is a key, one without likeness, and each of several' window --all -k place -a 'max(x),min(Id)' two <<\_
--
{"place":null,"count":2,"x_max":null,"Id_min":null}
--
window: no record has place
window: no record has x
window: no record has Id; did you mean id?
_
ok 'a name that one record has is met' keep '`flow [l]` > 1' two <<\_
--
{"time":60,"temperature":3,"flow [l]":2}
_
ok 'a name in an option is told' fahr2c -f temp,temperatur,temperature two <<\_
--
{"time":0,"temperature":-17.22222222222222,"id":"a"}
{"time":60,"temperature":-16.11111111111111,"flow [l]":2}
--
fahr2c: no record has temp; did you mean temperature?
fahr2c: no record has temperatur; did you mean temperature?
_
ok 'so is the field of the time' sh -c 'describe -t tiem -f id two >/dev/null' <<\_
--
--
describe: no record has tiem; did you mean time?
_
ok 'a name in an expression is told, and makes what it did' derive 'x = temprature + 1' --keep x,id two <<\_
--
{"id":"a","x":null}
{"x":null}
--
derive: no record has temprature; did you mean temperature?
_
ok 'what is made is met: by an assignment, an aggregate of it, a renaming' \
	sh -c 'derive "a = 1" "b = a + 1" --rename "b=c,id=d" --keep b,id two' <<\_
--
{"d":"a","c":2}
{"c":2}
_
ok 'before a field is renamed nobody has its new name' derive 'x = t' --rename temperature=t,id=d --keep x,d,t two <<\_
--
{"x":null}
{"x":null}
--
derive: no record has d
derive: no record has t
_
ok 'a field that an expression can do without is not told' \
	derive 'a = x ?? 1' 'b = isnull(y)' 'c = coalesce(z, 2)' 'd = v == null' 'e = null != w' --keep a,b,c,d,e two <<\_
--
{"a":1,"b":true,"c":2,"d":true,"e":false}
{"a":1,"b":true,"c":2,"d":true,"e":false}
_
ok 'but the right side of ?? is told, unless it has one of its own' derive 'a = x ?? y' 'b = (u ?? v) ?? 0' --keep a,b two <<\_
--
{"a":null,"b":0}
{"a":null,"b":0}
--
derive: no record has y
_
ok 'what is to be left out may be missing, and what a pattern finds' \
	sh -c 'derive --drop idd,time,temperature,"flow*" two; describe -x timee -f "x*" two' <<\_
--
{"id":"a"}
{}
_
ok 'nothing is told where there are no records' window --all -a 'mean(x)' <<\_
_
ok 'a bad line is no record, a record without members is one' sh -c '
	echo oops | keep "x > 1" --bad bad; echo "{}" | keep "x > 1"' <<\_
--
--
keep: 1 bad record: see bad
keep: no record has x
_
ok 'nothing is told of a piece of the input' sh -c 'SPREAD=1 keep "x > 1" two; EPOCH=7 keep "x > 1" two' <<\_
_
ok 'the fields of partial results are not those of the records' sh -c '
	window --all --partial -f temperature -a mean two | window --all --merge -f temperature -a mean' <<\_
--
{"count":2,"temperature_mean":2}
_
ok '--stats counts them' sh -c 'keep "x > y" --stats two 2>&1 | cut -d, -f 1-5' <<\_
--
keep: no record has x
keep: no record has y
{"program":"keep","in":2,"out":0,"bad":0,"unmet":2
_
for way in fast avx2 sse4 plain general; do
	ok "$way: every way of reading knows the names" env WEIR_SCAN=$way keep 'temprature > 1' two <<-\_
		--
		--
		keep: no record has temprature; did you mean temperature?
	_
done
fails 'a run that fails says why it fails, and no more' 1 keep 'x > 1' <<\_
{"a":1}
oops
--
--
keep: -:2: not a JSON object (byte 0)
_
done_testing
