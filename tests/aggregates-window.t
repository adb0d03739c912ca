#!/bin/sh
# What window makes of the values of a group; tests/window.t has the windows.
. "$SRC/tests/loops.sh"

# shell COMMANDS: with the work of several runs.
shell() {
	sh -c "$1"
}

# Aggregates
cat >four <<\_
{"time":30,"x":4,"w":1,"s":"c","b":true}
{"time":0,"x":1,"w":4,"s":"a","b":true}
{"time":20,"x":3,"w":2,"s":"b","b":true}
{"time":10,"x":2,"w":3,"s":"b","b":false}
_
ok 'all that are of one number' window --all -a 'count(x),sum(x),mean(x),min(x),max(x),range(x)' four <<\_
--
{"count":4,"x_count":4,"x_sum":10,"x_mean":2.5,"x_min":1,"x_max":4,"x_range":3}
_
ok 'spread' window --all -a 'var(x),stddev(x),varp(x),stddevp(x)' four <<\_
--
{"count":4,"x_var":1.6666666666666667,"x_stddev":1.2909944487358056,"x_varp":1.25,"x_stddevp":1.118033988749895}
_
ok 'quantiles' window --all -a 'median(x),p95(x),quantile(x,0.25),p30(x),p5(x),p99.9(x),p0(x),p100(x)' four <<\_
--
{"count":4,"x_median":2.5,"x_p95":3.85,"x_p25":1.75,"x_p30":1.9,"x_p5":1.15,"x_p99.9":3.997,"x_p0":1,"x_p100":4}
_
ok 'two numbers' window --all -a 'wavg(x,w),wsum(x,w),cov(x,w),corr(x,w),slope(x,w)' four <<\_
--
{"count":4,"x_w_wavg":2,"x_w_wsum":20,"x_w_cov":-1.6666666666666667,"x_w_corr":-1,"x_w_slope":-1}
_
ok 'by time' window --all -a 'first(x),last(x),delta(x),increase(x),rate(x),list(x),first(s),list(s)' four <<\_
--
{"count":4,"x_first":1,"x_last":4,"x_delta":3,"x_increase":3,"x_rate":0.1,"x_list":[1,2,3,4],"s_first":"a","s_list":["a","b","b","c"]}
_
ok 'values of any kind' window --all -a 'mode(s),set(s),distinct(s),argmin(x,s),argmax(x,s),any(b),all(b),count(s)' four <<\_
--
{"count":4,"s_mode":"b","s_set":["a","b","c"],"s_distinct":3,"x_s_argmin":"a","x_s_argmax":"c","b_any":true,"b_all":false,"s_count":4}
_
ok 'a set has each value once: null is none, 1 and 1.0 are one, and the order is that of keys' window --all -a 'set(s)' <<\_
{"s":"b"}
{"s":10}
{"s":1.0}
{"s":true}
{"s":"\u0062"}
{"s":null}
{"s":1}
{"s":[1]}
{"s":"B"}
{"s":9}
{}
--
{"count":11,"s_set":[true,1,9,10,"B","b",[1]]}
_
ok 'there are no more different values than values' shell 'for from in $(seq 10 10 300); do
		seq $((from * 10000)) $((from * 10000 + 1500)) | sed "s/.*/{\"x\":&,\"k\":$from}/"
	done >runs
	awk "{ print >(\"run.\" NR % 2) }" runs
	window --all -k k -a "count(x) as n,distinct(x) as d" runs >wanted
	keep "d > n" wanted
	for i in 0 1; do window --all -k k -a "count(x) as n,distinct(x) as d" --partial run.$i; done |
		window --all -k k -a "count(x) as n,distinct(x) as d" --merge | cmp - wanted' <<\_
_
ok 'other names are called as they were typed' window --all -a 'avg(x),variance(x),stdev(x)' four <<\_
--
{"count":4,"x_avg":2.5,"x_variance":1.6666666666666667,"x_stdev":1.2909944487358056}
_
ok 'a counter that falls began at 0 again' window --all -a 'increase(n),rate(n)' <<\_
{"time":0,"n":5}
{"time":10,"n":8}
{"time":20,"n":2}
{"time":40,"n":3}
--
{"count":4,"n_increase":6,"n_rate":0.15}
_
ok 'bare ones go over -f, field by field, where the first of them stands' \
	window --all -f x,w -a 'max(x) as top,mean,count(s),min' four <<\_
--
{"count":4,"top":4,"x_mean":2.5,"x_min":1,"w_mean":2.5,"w_min":1,"s_count":4}
_
ok 'a bare count, and count(), are the count that is there' window --all -a 'count,count(),sum(x)' four <<\_
--
{"count":4,"x_sum":10}
_
ok 'and have another name as well where they are given one' window --all -a 'count() as n,count as m' four <<\_
--
{"count":4,"n":4,"m":4}
_
ok 'with -f a bare count is that of the values' window --all -f x,y -a count four <<\_
--
{"count":4,"x_count":4,"y_count":0}
--
window: no record has y
_
ok 'names with blanks and more' \
	window --all -a 'sum(use [kW]),mean(`a,b`) as `the mean, of both`,max( `x y` ) as big' -f 'x y' -a min <<\_
{"use [kW]":1.5,"a,b":2,"x y":7}
--
{"count":1,"use [kW]_sum":1.5,"the mean, of both":2,"big":7,"x y_min":7}
_
ok 'without -a the counts alone' window --size 1m -k k <<\_
{"time":0,"k":1}
--
{"k":1,"window_start":0,"window_end":60,"count":1}
_
every='count(x),sum(x),mean(x),min(x),max(x),range(x),var(x),varp(x),stddev(x),stddevp(x),median(x),p95(x)'
every="$every,wavg(x,w),wsum(x,w),cov(x,w),corr(x,w),slope(x,w),first(x),last(x),delta(x),increase(x),rate(x)"
every="$every,mode(m),set(m),set(x),distinct(m),argmin(x,m),argmax(x,m),first(m),last(m),list(m),list(x),any(b),all(b)"
nulls() {
	echo '{"time":0,"x":null}' | window --all -a "$every" | tr , '\n' | grep -v 'null}\?$'
}
ok 'of no values every aggregate is null, but the counts' nulls <<\_
--
{"count":1
"x_count":0
--
window: no record has w
window: no record has m
window: no record has b
_
ok 'of one value there is no spread of a sample, no slope and no rate' \
	window --all -a 'var(x),stddev(x),varp(x),stddevp(x),cov(x,x),corr(x,x),slope(x,x),delta(x),increase(x),rate(x)' <<\_
{"time":0,"x":2}
--
{"count":1,"x_var":null,"x_stddev":null,"x_varp":0,"x_stddevp":0,"x_x_cov":null,"x_x_corr":null,"x_x_slope":null,"x_delta":0,"x_increase":0,"x_rate":null}
_
for kind in '--size 1m' '--gap 1m' '--all' '--rows 2' '--size 1m --partial' '--all --partial' '--all --merge' '--all -k k'; do
	ok "no input, no output: $kind" window $kind -a 'count(x)' </dev/null
done

# Numbers
ok 'a number beyond all doubles is null, and counted' \
	shell 'window --all -a "count(x),sum(x),max(x)" --stats 2>err; sed "s/.*beyond/beyond/; s/,\"appr.*//" err' <<\_
{"x":1e999}
{"x":-1E400}
{"x":2}
--
{"count":3,"x_count":1,"x_sum":2,"x_max":2}
beyond":2
_
ok 'sums beyond 2^53 and 2^63' window --all -a 'sum(x),sum(y),max(y),mean(y)' <<\_
{"x":9007199254740993,"y":9223372036854775807}
{"x":2,"y":9223372036854775807}
{"x":9007199254740991,"y":9223372036854775807}
--
{"count":3,"x_sum":18014398509481986,"y_sum":27670116110564327421,"y_max":9223372036854775807,"y_mean":9223372036854775807}
_
ok 'sums that pass 2^127' window --all -a 'sum(x),sum(y)' <<\_
{"x":170141183460469231731687303715884105728,"y":170141183460469231731687303715884105728}
{"x":170141183460469231731687303715884105728,"y":123456789012345678901}
{"x":-340282366920938463463374607431768211455,"y":-170141183460469231731687303715884105728}
--
{"count":3,"x_sum":1,"y_sum":123456789012345678901}
_
ok 'integers below 10^21 in full' window --all -a 'sum(x),sum(y),sum(z)' <<\_
{"x":999999999999999999998,"y":999999999999999999998,"z":-999999999999999999998}
{"x":1,"y":2,"z":-1}
--
{"count":2,"x_sum":999999999999999999999,"y_sum":1e21,"z_sum":-999999999999999999999}
_
ok 'large numbers that cancel' window --all -a 'sum(x),mean(y),varp(z),sum(t)' <<\_
{"x":1e16,"y":1e308,"z":1000000004,"t":0.1}
{"x":1,"y":1e308,"z":1000000007,"t":0.2}
{"x":-1e16,"y":-1e308,"z":1000000013,"t":0.3}
{"x":0,"y":-1e308,"z":1000000016,"t":-0.6}
--
{"count":4,"x_sum":1,"y_mean":0,"z_varp":22.5,"t_sum":0}
_
ok 'and their variance' window --all -a 'var(z)' <<\_
{"z":1000000004}
{"z":1000000007}
{"z":1000000013}
{"z":1000000016}
--
{"count":4,"z_var":30}
_
tenths() {
	yes '{"x":0.1}' | head -n 100000 | window --all -a 'sum(x),mean(x),var(x)'
}
ok 'a hundred thousand tenths' tenths <<\_
--
{"count":100000,"x_sum":10000,"x_mean":0.1,"x_var":0}
_
# The sets of NIST's Statistical Reference Datasets that a formula makes, and what is certified of them.
numacc() {
	echo "{\"x\":$1}"
	for _ in $(seq 500); do
		printf '{"x":%s}\n' "$2" "$3"
	done
}
nist() {
	numacc "$@" | window --all -a 'mean(x),stddev(x)'
}
ok 'NumAcc1' window --all -a 'mean(x),stddev(x)' <<\_
{"x":10000001}
{"x":10000003}
{"x":10000002}
--
{"count":3,"x_mean":10000002,"x_stddev":1}
_
ok 'NumAcc2' nist 1.2 1.1 1.3 <<\_
--
{"count":1001,"x_mean":1.2,"x_stddev":0.1}
_
ok 'NumAcc3' nist 1000000.2 1000000.1 1000000.3 <<\_
--
{"count":1001,"x_mean":1000000.2,"x_stddev":0.1}
_
ok 'NumAcc4' nist 10000000.2 10000000.1 10000000.3 <<\_
--
{"count":1001,"x_mean":10000000.2,"x_stddev":0.1}
_
# The first 5000 digits of pi, by Machin's formula. What is certified of NIST's is true of these when one 8 is
# a 3, whichever.
pi_digits() {
	python3 -ISBc '
def arctan(q, one):
    power, total, k = one // q, 0, 0
    while power:
        total += (power if k % 2 == 0 else -power) // (2 * k + 1)
        power, k = power // (q * q), k + 1
    return total
one = 10 ** 5010
pi = 4 * (4 * arctan(5, one) - arctan(239, one)) // 10 ** 11
digits = "%d%02500d" % divmod(pi, 10 ** 2500)
for digit in digits.replace("8", "3", 1):
    print("{\"x\":%s}" % digit)' | window --all -a 'mean(x),stddev(x)'
}
if command -v python3 >/dev/null; then
	ok 'PiDigits' pi_digits <<\_
--
{"count":5000,"x_mean":4.5348,"x_stddev":2.867339060288708}
_
else
	skip 'PiDigits' 'python3 is not installed'
fi

# Orders and parts. The values are of all kinds, some null and some not there.
mixed() {
	awk -v n="$1" -v seed="$2" '
		function any(n) { seed = (seed * 69069 + 1) % 4294967296; return int(seed / 65536) % n }
		BEGIN {
			split("\"a\" \"b\" true 1 1.5 -2e3 false \"1\"", value, " ")
			for (i = 0; i < n; i++) {
				printf "{\"time\":%d,\"k\":\"%s\"", i / 3 * 7, substr("abc", 1 + any(3), 1)
				if (any(9))
					printf ",\"x\":%d.%03dE%d", any(2000) - 1000, any(1000), any(12) - 6
				else if (any(2))
					printf ",\"x\":null"
				printf ",\"w\":%d.%d,\"m\":%s,\"b\":%s}\n", any(100), any(10), value[1 + any(8)],
					any(5) ? "true" : any(2) ? "false" : "null"
			}
		}'
}
divide() {
	rm -f part.?
	awk -v seed="$2" 'BEGIN { srand(seed) } { print >"part." int(rand() * 4) }' "$1"
}
parts() {
	for part in part.?; do
		window "$@" --partial "$part"
	done | window "$@" --merge
}
for seed in 1 2 3; do
	mixed 300 $seed >whole
	divide whole $seed
	for kind in '--all' '--all -k k' '--size 3m -k k' '--size 3m --slide 1m' '--gap 5s -k k'; do
		window $kind -a "$every" whole >wanted
		parts $kind -a "$every" >got
		same "partial results of parts merge to those of the whole: $kind, seed $seed" wanted got
	done
	window --size 5m -k k -a "$every" whole >wanted
	for order in 1 2; do
		python shuffle.py 120 $order <whole >other
		window --size 5m --grace 2m -k k -a "$every" other >got
		same "the order within the grace makes no difference, seed $seed, order $order" wanted got
	done
	sort -R --random-source=whole whole >other
	window --all -k k -a "$every" whole >wanted
	window --all -k k -a "$every" other >got
	same "without a clock no order does, seed $seed" wanted got
done
mixed 3000 4 >whole
divide whole 4
window --all -a 'median(x),p1(x),quantile(x,0.999)' --exact whole >wanted
parts --all -a 'median(x),p1(x),quantile(x,0.999)' --exact >got
same 'nor do parts, of quantiles that keep all' wanted got
echo '{"x":100}' | window --all -a 'median(x)' --partial --exact >kept
echo '{"x":5}' | window --all -a 'median(x)' --partial >usual
ok 'partial quantiles of --exact and those of others are one' cat kept usual <<\_
--
{"count":1,"partial":1,"x_median":"values 100"}
{"count":1,"partial":1,"x_median":"values 5"}
_
ok 'so they may be merged without it' window --all -a 'median(x)' --merge kept usual <<\_
--
{"count":2,"x_median":52.5}
_
ok 'and with it' window --all -a 'median(x)' --merge --exact kept usual <<\_
--
{"count":2,"x_median":52.5}
_
printf '{"x":%d}\n' $(seq 4001 -1 1) >many
window --all -a 'median(x)' --partial many >rough
fails 'but not what is no longer exact' 1 window --all -a 'median(x)' --merge --exact rough <<\_
--
--
window: rough:1: x_median is not a partial result of what is asked for (byte 37)
_
ok 'parts of parts may be merged as well' \
	shell 'for part in part.?; do window --all -k k -a "mean(x)" --partial $part; done |
		window --all -k k -a "mean(x)" --merge --partial | window --all -k k -a "mean(x)" --merge >got
		window --all -k k -a "mean(x)" whole | cmp - got' <<\_
_
ok 'partial results have the key and the bounds, and texts' window --size 1m -k k -a 'mean(x),max(x)' --partial <<\_
{"time":0,"k":"\u0061","x":1}
{"time":1,"k":"a","x":2.5}
{"time":2}
--
{"k":null,"window_start":0,"window_end":60,"count":1,"partial":1,"x_mean":null,"x_max":null}
{"k":"\u0061","window_start":0,"window_end":60,"count":2,"partial":1,"x_mean":"2 3.5","x_max":"2.5"}
_
long() {
	awk -v n="$1" 'BEGIN { printf "{\"x\":0."; for (i = 2; i < n; i++) printf "7"; print "}" }'
}
# Of 0.77... and 1 the half of (0.22...)^2: 2 / 81 but for what is missing beyond 3998 digits.
{ long 4000; echo '{"x":1}'; } >digits
ok 'statistics take numbers of some thousand digits' window --all -a 'var(x),corr(x,x),slope(x,x) as s' digits <<\_
--
{"count":2,"x_var":0.024691358024691357,"x_x_corr":1,"s":1}
_
long 4001 >digits
for what in 'var(x)' 'wavg(y,x)' 'sum(x),cov(x,x)'; do
	fails "but of no more, as $what of them takes long" 1 window --all -a "$what" digits <<\_
--
--
window: digits:1: x is a number of more than 4000 characters (byte 5)
_
done
long 1000000 >digits
ok 'others do, in little time' shell 'ulimit -t 5; window --all -a "sum(x),min(x),median(x),mode(x)" digits | wc -c' <<\_
--
3000070
_
awk 'BEGIN { printf "{\"count\":1,\"partial\":1,\"x_var\":\"1 0 0."
	for (i = 0; i < 3000000; i++) printf "7"; print "\"}" }' >digits
fails 'nor is a partial result of so many digits worked out' 1 shell 'ulimit -t 5; window --all -a "var(x)" --merge digits' <<\_
--
--
window: digits:1: x_var is not a partial result of what is asked for (byte 31)
_
fails 'what holds no partial result is refused' 1 window --size 1m -a 'sum(x)' --merge <<\_
{"window_start":0,"window_end":60,"count":1,"partial":1,"x_sum":"no"}
--
--
window: -:1: x_sum is not a partial result of what is asked for (byte 64)
_
for form in 'max(t)' 'count(x)' 'first(x)'; do
	fails "nor is what $form has called so" 1 window --size 1m -a "$form as x" --merge <<\_
{"window_start":0,"window_end":60,"count":1,"partial":1,"x":"max(x) 3"}
--
--
window: -:1: x is not a partial result of what is asked for (byte 60)
_
done
ok 'of one with a name of its own it tells what it is' window --size 1m -a 'max(x) as x,wavg(`a b`,w) as y' --partial <<\_
{"time":0,"x":3,"a b":1,"w":2}
--
{"window_start":0,"window_end":60,"count":1,"partial":1,"x":"max(x) 3","y":"wavg(a b,w) 2 2"}
_
ok 'so does one of two fields whose names could be others' \
	window --all -a 'wavg(a_b,c),wavg(a,c),max(a_b)' --partial <<\_
{"a_b":1,"c":2,"a":1}
--
{"count":1,"partial":1,"a_b_c_wavg":"wavg(a_b,c) 2 2","a_c_wavg":"2 2","a_b_max":"1"}
_
fails 'which are not taken for it' 1 shell 'window --all -a "cov(a_b,c)" --partial | window --all -a "cov(a,b_c)" --merge' <<\_
{"a_b":1,"c":2}
--
--
window: -:1: a_b_c_cov is not a partial result of what is asked for (byte 35)
_
ok 'although it was not told once' window --all -a 'wavg(a_b,c)' --merge <<\_
{"count":1,"partial":1,"a_b_c_wavg":"3 2"}
{"count":1,"partial":1,"a_b_c_wavg":"wavg(a_b,c) 1 2"}
--
{"count":2,"a_b_c_wavg":1}
_
ok 'by which it is known again' window --size 1m -a 'max(x) as x,wavg(`a b`,w) as y' --merge <<\_
{"window_start":0,"window_end":60,"count":1,"partial":1,"x":"max(x) 3","y":"wavg(a b,w) 2 2"}
--
{"window_start":0,"window_end":60,"count":1,"x":3,"y":1}
_
ok 'a partial result may be spelled in any way that JSON has' \
	window --all -k k -a 'mean(x),min(x),max(x),sum(x),mode(x)' --merge <<\_
{"k":"a","count":2,"partial":1,"x_mean":"\u0032 3.5","x_min":"1","x_max":"2\u002e5","x_sum":"3.\u0035","x_mode":"1 1 2.5 1"}
{"k":"a","count":2,"partial":1,"x_mean":"1\u0030\u00201000000000000000000000.5","x_min":"-\u0031","x_max":"2.50","x_sum":"1000000000000000000000.5","x_mode":"\u005b\"]\",1] 9"}
{"k":"b","count":1,"partial":1,"x_mean":"1 -0.000000000000000001","x_min":"-1e-18","x_max":"-1E-18","x_sum":"-0.000000000000000001","x_mode":null}
--
{"k":"a","count":4,"x_mean":83333333333333330000,"x_min":-1,"x_max":2.5,"x_sum":1e21,"x_mode":["]",1]}
{"k":"b","count":1,"x_mean":-1e-18,"x_min":-1e-18,"x_max":-1e-18,"x_sum":-1e-18,"x_mode":null}
_
ok 'they may go through a table, where one of a word is a number' shell 'rec2csv | window --csv --all -k k \
	-a "count(x),sum(x),min(x),mean(x),max(x) as m,mode(x)" --merge' <<\_
{"k":"a","count":2,"partial":1,"x_count":"2","x_sum":"3.50","x_min":"-1","x_mean":"2 3.5","m":"max(x) 4.5","x_mode":"\"1\" 2"}
{"k":"a","count":2,"partial":1,"x_count":"0","x_sum":null,"x_min":null,"x_mean":null,"m":null,"x_mode":null}
{"k":"a","count":1,"partial":1,"x_count":"1","x_sum":"12345678901234567890","x_min":"12345678901234567890","x_mean":"1 12345678901234567890","m":"max(x) 12345678901234567890","x_mode":"\"1\" 1"}
--
{"k":"a","count":5,"x_count":3,"x_sum":12345678901234567000,"x_min":-1,"x_mean":4115226300411522600,"m":12345678901234567890,"x_mode":"1"}
_
for text in '1 \u0020' '1\u00002' '2 1.' '2 01' '2 1..2' '2 .1' '2 -' '2  1' '-2 1' '1.0 1' '2 1e0' '0 1' '2 1 ' '2'; do
	fails "but $text is no mean" 1 sh -c 'printf "%s\n" "$1" | window --all -a "mean(x)" --merge' - \
		"{\"count\":2,\"partial\":1,\"x_mean\":\"$text\"}" <<\_
--
--
window: -:1: x_mean is not a partial result of what is asked for (byte 32)
_
done
# foreign_window MESSAGE ARGUMENTS: partial results that other options have made.
foreign_window() {
	message=$1
	shift
	fails "--merge $* refuses those of others" 1 window --merge "$@" <<-_
		{"k":"a","window_start":0,"window_end":86400,"window_size":"1d","count":1,"partial":1,"x_sum":"1"}
		--
		--
		window: -:1: $message
	_
}
foreign_window 'window_start is there, so this is of other windows (byte 24)' --all -k k -a 'sum(x)'
foreign_window 'window_size is there, so this is of other windows (byte 59)' --size 1d -k k -a 'sum(x)'
foreign_window 'room is missing, a key (byte 0)' --size 1d --size 1w -k room -a 'sum(x)'
foreign_window 'the window is none of those asked for (byte 0)' --size 1d --size 1w --tz Asia/Tokyo -k k -a 'sum(x)'
foreign_window 'window_size is none of the sizes asked for (byte 59)' --size 1h --size 1w -k k -a 'sum(x)'
ok 'and a key may have such a name' window --all -k 'window_size,window_start,k' -a 'sum(x)' --merge <<\_
{"window_size":"1d","window_start":0,"k":"a","count":1,"partial":1,"x_sum":"1"}
--
{"window_size":"1d","window_start":0,"k":"a","count":1,"x_sum":1}
_
fails 'also where it has none' 1 window --size 1m -a 'sum(x)' --merge <<\_
{"window_start":0,"window_end":60,"count":1,"partial":1}
--
--
window: -:1: x_sum is missing (byte 0)
_
fails 'or has no window' 1 window --size 1m --merge <<\_
{"window_start":0,"count":1,"partial":1}
--
--
window: -:1: window_end: is no time (byte 0)
_

done_testing
