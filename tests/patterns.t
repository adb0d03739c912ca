#!/bin/sh
# window over the fields that a pattern stands for.
. "$SRC/tests/lib.sh"

# shell COMMANDS: with the work of several runs.
shell() {
	sh -c "$1"
}

# misused WHAT MESSAGE ARGUMENTS: a call that is wrong, and what is said then.
misused() {
	what=$1
	printf -- '--\n--\nwindow: %b\ntry: window --help\n' "$2" >usage
	shift 2
	fails "$what" 2 window "$@" <usage
}

# Results
ok 'a group has the fields that its records had, in the order in which the stream first had them' \
	window --size 1m -k k -f '*_kw' -a mean,count <<\_
{"time":0,"k":"a","c_kw":1,"kw":5}
{"time":1,"k":"b","b_kw":2,"c_kw":3}
{"time":2,"k":"a","a_kw":4,"b_kw":5}
{"time":60,"k":"a","d_kw":6,"a_kw":7}
{"time":61,"k":"b"}
--
{"k":"a","window_start":0,"window_end":60,"count":2,"c_kw_mean":1,"c_kw_count":1,"b_kw_mean":5,"b_kw_count":1,"a_kw_mean":4,"a_kw_count":1}
{"k":"b","window_start":0,"window_end":60,"count":1,"c_kw_mean":3,"c_kw_count":1,"b_kw_mean":2,"b_kw_count":1}
{"k":"a","window_start":60,"window_end":120,"count":1,"a_kw_mean":7,"a_kw_count":1,"d_kw_mean":6,"d_kw_count":1}
{"k":"b","window_start":60,"window_end":120,"count":1}
_
ok 'a stream may have none at first, or at all' window --all -f '*_kw' -a count <<\_
{"time":0,"x":1}
{"time":1}
{"x":2,"time":2}
{"time":1}
{"time":0,"x":1}
--
{"count":5}
_
ok 'one that is null is there' window --all -f '*_kw' -a mean,count <<\_
{"a_kw":null}
{"b_kw":1e999}
--
{"count":2,"a_kw_mean":null,"a_kw_count":0,"b_kw_mean":null,"b_kw_count":0}
_
ok 'as is an empty cell' window --csv --all -f '*_kw' -a max <<\_
k,a_kw,b_kw
1,2,
2,1,
--
{"count":2,"a_kw_max":2,"b_kw_max":null}
_
ok 'each pattern has its place in the list, and each field one' \
	window --all -f 'b_1,?_2,*_1,a*' -a 'count(t),max,sum(t) as s' <<\_
{"t":1,"a_3":1,"a_2":2,"a_1":3,"b_1":4}
{"t":2,"b_2":5,"c_1":6,"a_4":7}
--
{"count":2,"t_count":2,"b_1_max":4,"a_2_max":2,"b_2_max":5,"a_1_max":3,"c_1_max":6,"a_3_max":1,"a_4_max":7,"s":3}
_
ok 'what is named is there anyway' window --all -f 'b*,a' -a max <<\_
{"b":1}
--
{"count":1,"b_max":1,"a_max":null}
--
window: no record has a
_
ok 'backquotes take it to the letter' window --all -f '`*`' -a max <<\_
{"*":1,"a":2}
--
{"count":1,"*_max":1}
_
ok 'a pattern stands neither for the time nor for a key' window --size 1m -t at -k 'k,x+1 as y' -f '*' -a last <<\_
{"at":5,"k":1,"x":1,"time":7,"z":"a"}
--
{"k":1,"y":2,"window_start":0,"window_end":60,"count":1,"x_last":1,"time_last":7,"z_last":"a"}
_
ok 'also in sessions that become one' window --gap 1m --grace 5m -f '*_kw' -a 'list,min' <<\_
{"time":0,"b_kw":1}
{"time":100,"a_kw":2}
{"time":50,"c_kw":3}
{"time":300,"a_kw":4}
--
{"window_start":0,"window_end":160,"first":0,"last":100,"count":3,"b_kw_list":[1],"b_kw_min":1,"a_kw_list":[2],"a_kw_min":2,"c_kw_list":[3],"c_kw_min":3}
{"window_start":300,"window_end":360,"first":300,"last":300,"count":1,"a_kw_list":[4],"a_kw_min":4}
_
ok 'and of so many rows' window --rows 2 -f '*_kw' -a p50 <<\_
{"b_kw":1}
{"a_kw":2}
{"a_kw":2}
{"a_kw":4}
--
{"count":2,"b_kw_p50":1,"a_kw_p50":2}
{"count":2,"a_kw_p50":3}
_
ok 'with every change' window --all -f '*_kw' -a max --emit changes <<\_
{"b_kw":1}
{"a_kw":"x"}
--
{"count":1,"b_kw_max":1,"pane":"early","rev":0}
{"count":2,"b_kw_max":1,"a_kw_max":"x","pane":"early","rev":1}
{"count":2,"b_kw_max":1,"a_kw_max":"x","pane":"final","rev":2}
_
fails 'a field may be no number' 1 window --all -f '*' -a mean <<\_
{"a":1,"b":2}
{"a":2,"b":"x"}
--
--
window: -:2: b is not a number (byte 11)
_
fails 'nor be of numbers and texts' 1 window --all -f '*' -a max <<\_
{"a":1,"b":2}
{"c":3}
{"a":2,"b":"x"}
--
--
window: -:3: b is a text among numbers (byte 11)
_

# Like names
one_field='count,sum,mean,min,max,range,var,varp,stddev,stddevp,median,p95,first,last,delta,increase,rate,list,mode,set,distinct'
readings() {
	awk -v n="$1" -v seed="$2" '
		function any(n) { seed = (seed * 69069 + 1) % 4294967296; return int(seed / 65536) % n }
		BEGIN {
			split("null 1e999 12345678901234567890.5 1e-7", odd, " ")
			for (i = 0; i < n; i++) {
				printf "{\"time\":%d,\"k\":\"%s\"", i / 3 * 7, substr("abc", 1 + any(3), 1)
				for (f = 0; f < 4; f++)
					printf ",\"%s_\":%s", substr("dbca", 1 + f, 1),
						any(20) ? any(100) - 50 "." any(1000) : odd[1 + any(4)]
				print "}"
			}
		}'
}
for seed in 1 2; do
	readings 100 $seed >whole
	awk -v seed="$seed" 'BEGIN { srand(seed) } { print >"part." int(rand() * 3) }' whole
	for kind in '--all' '--size 3m -k k' '--size 3m --slide 1m' '--gap 5s -k k' '--rows 7 -k k'; do
		[ "$kind" != '--all' ] || kind="$kind -k k"
		window $kind -f d_,b_,c_,a_ -a "$one_field" whole >wanted
		window $kind -f '?_' -a "$one_field" whole >got
		same "fields that a pattern finds are as those that are named: $kind, seed $seed" wanted got
		case $kind in --rows*) continue ;; esac
		for part in part.?; do
			window $kind -f '?_' -a "$one_field" --partial "$part"
		done | window $kind -f '?_' -a "$one_field" --merge >got
		same "and in parts" wanted got
	done
	rm part.?
done

# In pieces
cat >stream <<\_
{"time":0,"k":"b","c_kw":1}
{"time":1,"k":"a","b_kw":2}
{"time":61,"k":"a","a_kw":3}
{"time":2,"k":"a","z_kw":4}
{"time":62,"k":"a","c_kw":5,"b_kw":6}
{"time":122,"k":"a","b_kw":7,"z_kw":8,"a_kw":9,"c_kw":10}
_
run() {
	window --size 1m -k k -f '*_kw' -a max,last --late drop "$@"
}
run stream >wanted
ok 'the order is that of the stream, also of what came late' tail -n 1 wanted <<\_
--
{"k":"a","window_start":120,"window_end":180,"count":1,"c_kw_max":10,"c_kw_last":10,"b_kw_max":7,"b_kw_last":7,"a_kw_max":9,"a_kw_last":9,"z_kw_max":8,"z_kw_last":8}
_
for cut in 1 2 3 4 5 6; do
	rm -f s
	head -n $cut stream | run --state s --state-new >got
	tail -n +$((cut + 1)) stream | run --state s --drain >>got
	same "a state keeps it: cut after $cut" wanted got
done
rm -f s
while read -r line; do
	echo "$line" | run --state s --state-new
done <stream >got
run --state s --drain >>got </dev/null
same 'cut everywhere' wanted got
head -n 2 stream | run --state s --state-new >/dev/null
fails 'another pattern is another state' 1 window --size 1m -k k -f '*kw' -a max,last --late drop --state s <<\_
--
--
window: s: made with field "*_kw", not with "*kw"
_
ok 'partial results are of the fields that are there' window --all -k k -f '*_kw' -a max,mean --partial stream <<\_
--
{"k":"a","count":5,"partial":1,"c_kw_max":"10","c_kw_mean":"2 15","b_kw_max":"7","b_kw_mean":"3 15","a_kw_max":"9","a_kw_mean":"2 12","z_kw_max":"8","z_kw_mean":"2 12"}
{"k":"b","count":1,"partial":1,"c_kw_max":"1","c_kw_mean":"1 1"}
_
ok 'merged, fields are in the order of these' window --all -f '*_kw' -a max --merge <<\_
{"count":1,"partial":1,"b_kw_max":"7"}
{"count":2,"partial":1,"a_kw_max":null,"b_kw_max":"8","x_ah_max":"5","time_max":"5"}
--
{"count":3,"b_kw_max":8,"a_kw_max":null}
_
fails 'all that is asked for must be there of a field' 1 window --all -f '*_kw' -a max,min --merge <<\_
{"count":1,"partial":1,"b_kw_max":"7","b_kw_min":"7"}
{"count":1,"partial":1,"c_kw_max":"7"}
--
--
window: -:2: c_kw_min is missing (byte 0)
_
fails 'and be a partial result' 1 window --all -f '*_kw' -a max --merge <<\_
{"count":1,"partial":1,"b_kw_max":"7","c_kw_max":"7 8"}
--
--
window: -:1: c_kw_max is not a partial result of what is asked for (byte 49)
_

# Limits
fails 'too many fields are an error, which tells the option' 1 window --all -f '*_kw' -a max --max-fields 2 <<\_
{"a_kw":1,"x":2}
{"b_kw":1,"y":2}
{"c_kw":1}
--
--
window: more than 2 fields match -f: see --max-fields
_
fails 'also of partial results' 1 window --all -f '*_kw' -a max --max-fields 1 --merge <<\_
{"count":1,"partial":1,"b_kw_max":"7","c_kw_max":"7"}
--
--
window: more than 1 fields match -f: see --max-fields
_
awk 'BEGIN { printf "{"; for (i = 0; i < 9999; i++) printf "%s\"f%d\":%d", i ? "," : "", i, i; print "}" }' >wide
fails 'there are 4096 at most' 1 window --all -f '*' -a max wide <<\_
--
--
window: more than 4096 fields match -f: see --max-fields
_
ok 'or as many as are allowed' shell 'window --all -f "*" -a max --max-fields 9999 wide | grep -o "f9998_max.*"' <<\_
--
f9998_max":9998}
_
fails 'those of a state count' 1 shell 'set -- --all -f "*" -a max --state few
	printf "%s\n" "{\"a\":1,\"b\":2}" | window "$@" --state-new; window "$@" --max-fields 1 </dev/null' <<\_
--
--
window: few:4: field is one more than --max-fields allows (byte 9)
_
fails 'two results of one name are one too many' 1 window --all -f '*_kw' -a 'max,max(a_kw)' <<\_
{"b_kw":1}
{"a_kw":1}
--
--
window: two results are called a_kw_max: give the key or that of -a another name after as
_
fails 'be one of them a key' 1 window --all -k a_max -f '?' -a max <<\_
{"a":1,"a_max":2}
--
--
window: two results are called a_max: give the key or that of -a another name after as
_
ok 'with a name of its own one may be of such a field' window --all -f '*_kw' -a 'mean,last(a_kw) as latest,max(a_kw) as top' <<\_
{"time":1,"b_kw":1}
{"time":2,"a_kw":3}
{"time":0,"a_kw":4}
--
{"count":3,"b_kw_mean":1,"a_kw_mean":3.5,"latest":3,"top":4}
_
ok 'also in parts, whatever the two share' \
	shell 'set -- --all -f "*_kw" -a "sum(a_kw) as s,mean,range,max(a_kw) as top,last(a_kw) as l,first"
		window "$@" stream >wanted
		for line in 1 2 3 4 5 6; do sed -n ${line}p stream | window "$@" --partial 2>/dev/null; done |
			window "$@" --merge | cmp - wanted
		cut -d, -f 1-2 wanted' <<\_
--
{"count":6,"s":12
_
misused 'a name for the results of a pattern' \
	'--agg: a pattern has several results, so they have no name\n  max as m\n         ^' --all -f '*' -a 'max as m'
misused 'what is made up has fields that are named' '--fill goes with fields that -f names, not with patterns' \
	--size 1m -f '*' -a max --fill 0 --max-gap 1h
misused 'no fields at all' '--max-fields must be at least 1' --all -f '*' -a max --max-fields 0
done_testing
