#!/bin/sh
# sample: line -y temp --script
# refuses-empty
# gathers
# keeps
. "$SRC/tests/lib.sh"

svg() {
	python3 -ISB "$SRC/tests/help/svg.py" "$@"
}

# block N FILE: the data of the Nth block of a program.
block() {
	sed -n "/^\$d$1 << END\$/,/^END\$/{ /END\$/!p; }" "$2"
}

# ticks AXIS FILE: the labels of an axis, LF as |.
ticks() {
	sed -n "s/^set $1tics .*(\(\".*\))\$/\1/p" "$2" | grep -o '"[^"]*"' | tr -d '"' | sed 's/\\n/|/'
}

# minutes COMMAND: a record a minute, with what awk makes of i from 0 on.
minutes() {
	awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) printf "{\"time\":%d,\"v\":%s}\n", 1704067200 + 60 * i, ('"$2"') }'
}

# --- the program for gnuplot ---

ok 'a line is its points, the ranges, and ticks that are labelled' chart line -y t --title T --script <<\_
{"time":"2024-01-01T00:00:00Z","t":1}
{"time":"2024-01-01T00:01:00Z","t":2.50}
--
# chart line: 2 records, 2 points
set encoding utf8
set terminal svg size 960,540 noenhanced font "sans-serif,13" background "#ffffff"
unset key
set label "T" noenhanced center textcolor rgb "#222222" at screen 0.5, screen 0.9630 font ",16"
set label "time (UTC)" noenhanced center textcolor rgb "#444444" at graph 0.5, screen 0.0278
set lmargin at screen 0.0449
set rmargin at screen 0.9638
set tmargin at screen 0.9259
set bmargin at screen 0.1389
set border 1 lw 1 lc rgb "#999999"
set xtics nomirror out scale 0.5 offset 0,0.3
set ytics nomirror scale 0
set grid xtics ytics back lt 1 lw 0.7 lc rgb "#e4e4e4"
set xrange [1704067200:1704067260]
set yrange [1:2.6]
set xtics textcolor rgb "#444444" noenhanced ("00:00:00\n1 Jan 2024" 1704067200, "00:00:10" 1704067210, "00:00:20" 1704067220, "00:00:30" 1704067230, "00:00:40" 1704067240, "00:00:50" 1704067250, "00:01:00" 1704067260)
set ytics textcolor rgb "#444444" noenhanced ("1.0" 1, "1.2" 1.2, "1.4" 1.4, "1.6" 1.6, "1.8" 1.8, "2.0" 2, "2.2" 2.2, "2.4" 2.4, "2.6" 2.6)
$d1 << END
1704067200 1
1704067260 2.5
END
plot $d1 using 1:2 with linespoints pt 7 ps 0.4 lc rgb "#0072b2" lw 1.8 dt 1 notitle
_

# shows NAME FILE WANTED-LINES...: what the file holds.
shows() {
	title=$1 file=$2
	shift 2
	printf '%s\n' "$@" >wanted
	same "$title" wanted "$file"
}

printf '%s\n' '{"x":3,"y":30}' '{"x":1,"y":10}' '{"x":2,"y":null}' '{"x":4}' '{"x":5,"y":50}' '{"x":6,"y":60}' |
	chart line -x x -y y --script >gp
block 1 gp >got
shows 'points are joined in the order of x, and null or nothing is a gap' got '5 50' '6 60'
block 2 gp >got
shows 'what has no neighbour is a point' got '1 10' '3 30'

# A step of 4 minutes among those of one.
minutes 20 'i > 9 && i < 13 ? "null" : i' | grep -v null >in
chart line -y v --script <in >gp
block 1 gp | sed -n '10,12p' >got
shows 'more than three usual steps are a gap' got '1704067740 9' '' '1704067980 13'
chart line -y v --gap 5m --script <in >gp
block 1 gp | grep -c . >got
block 1 gp | grep -c '^$' >>got
shows '--gap says otherwise' got 17 0
chart line -x v -y v --script <in >gp
block 1 gp | grep -c '^$' >got
shows 'there is no such gap where x is no time' got 0

# Hours of the day when Rome's clocks jump from 02:00 to 03:00, by Python's zoneinfo.
awk 'BEGIN { for (i = 0; i <= 6; i++) printf "{\"time\":%d,\"v\":1}\n", 1711839600 + i * 3600 }' >in
chart line -y v --tz Europe/Rome --script <in >gp
ticks x gp | tr '\n' ' ' >got
echo >>got
if grep -q '00:00|31 Mar' got; then
	shows 'ticks stand at the hours of the zone' got '00:00|31 Mar 2024 01:00 03:00 04:00 05:00 06:00 07:00 '
else
	skip 'ticks stand at the hours of the zone' 'there is no tz database'
fi
awk 'BEGIN { for (i = 0; i <= 400; i++) printf "{\"time\":%d,\"v\":1}\n", 1704067200 + i * 86400 }' >in
chart line -y v --script <in >gp
ticks x gp | tr '\n' ' ' >got
echo >>got
shows 'and at the firsts of months' got 'Jan|2024 Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Jan|2025 Feb '
printf '%s\n' '{"x":0,"y":-1234567}' '{"x":1,"y":2000000}' | chart line -x x -y y --script >gp
ticks y gp | head -2 >got
shows 'thousands are kept apart' got '-1,500,000' '-1,000,000'
printf '%s\n' '{"x":1,"y":0.02}' '{"x":2,"y":3000}' '{"x":3,"y":0}' '{"x":4,"y":-5}' | chart scatter -x x -y y --log y --script >gp
ticks y gp | tr '\n' ' ' >got
block 1 gp >>got
shows 'a logarithmic scale has decades, and no place for 0' got '0.01 0.1 1 10 100 1,000 10,000 1 0.02' '2 3000'

# A time need not be called so.
printf '%s\n' '{"window_start":1704067200,"day":1704067200,"v":1}' '{"window_start":1704153600,"day":1704153600,"v":2}' >in
for x in '-x window_start' '-t day' '-t day -x day'; do
	for kind in line bar 'band -y v,v' scatter; do
		[ "$kind$x" != 'scatter-t day' ] || continue
		chart $kind $x -y v --script in >gp || echo "$kind $x fails"
		ticks x gp | grep -q '1 Jan.*2024$' || echo "$kind $x: $(ticks x gp)"
		grep -q '(UTC)' gp || echo "$kind $x does not name the zone"
	done
done >got
same 'the field of -t is a time, and so is that of a window' /dev/null got
chart line -x day -y v --script in >gp
ticks x gp | head -1 >got
shows 'numbers elsewhere are numbers' got 1,704,080,000

# Extremes are kept: one high and one low point among 300,000.
awk 'BEGIN { for (i = 0; i < 300000; i++)
	printf "{\"time\":%d,\"v\":%s}\n", 1704067200 + i, i == 123457 ? 99.25 : i == 234567 ? -7.125 : 10 + i % 7 }' >in
chart line -y v --script <in >gp
block 1 gp | awk '$2 == 99.25 || $2 == -7.125' >got
[ "$(block 1 gp | wc -l)" -le 3840 ] || echo "$(block 1 gp | wc -l) points" >>got
shows 'many points become few, and the extremes are among them' got '1704190657 99.25' '1704301767 -7.125'
block 1 gp | awk 'NR > 1 && $1 <= last { print "not in order: " $0 } { last = $1 }' >got
same 'in their order, and none twice' /dev/null got

printf '%s\n' '{"d":"mon","kwh":3,"cost":1}' '{"d":"tue","kwh":null,"cost":2}' '{"d":"wed","kwh":5}' |
	chart bar -x d -y kwh,cost --script >gp
block 1 gp >got
block 2 gp >>got
ticks x gp >>got
shows 'bars of one place stand beside each other' got '-0.2 3' '1.8 5' '0.2 1' '1.2 2' mon tue wed
printf '%s\n' '{"h":1,"k":"a","v":3}' '{"h":1.0,"k":"b","v":4}' '{"h":null,"k":"a","v":2}' '{"k":"b","v":1}' |
	chart bar -x h -y v -k k --script >gp
ticks x gp >got
grep -o 'title "[^"]*"' gp >>got
shows 'equal values are one place, as is null and nothing' got 1 null 'title "a"' 'title "b"'
printf '%s\n' '{"time":"2024-02-01","v":2}' '{"time":"2024-01-01","v":1}' '{"time":"2024-04-01","v":3}' |
	chart bar -y v --script >gp
block 1 gp >got
ticks x gp >>got
shows 'bars of times are in their order, side by side' got '0 1' '1 2' '2 3' 'Jan|2024' Feb Apr

# Of 0, 1, 1, 2, 2, 2, 3, 3, 3, 3: the counts are 1, 2, 3, 4.
for i in 0 1 1 2 2 2 3 3 3 3; do echo "{\"v\":$i}"; done >in
chart hist -y v --script <in >gp
block 1 gp >got
shows 'classes of whole numbers are no finer than these' got '0.5 1' '1.5 2' '2.5 3' '3.5 4'
chart hist -x v --bins 3 --script <in >gp
block 1 gp >got
shows '--bins has so many, from the least to the largest' got '0.5 1' '1.5 2' '2.5 7'
for n in 10 1000 100000; do
	awk -v n=$n 'BEGIN { srand(1); for (i = 0; i < n; i++) printf "{\"v\":%.6f}\n", rand() + rand() + rand() }' |
		chart hist -y v --script >gp
	block 1 gp | awk -v n=$n '{ sum += $2 } END { if (NR < 5 || NR > 100 || sum != n) print n, NR, sum }'
done >got
same 'there are 5 to 100 classes, and each value is in one' /dev/null got
for i in 1 2 3; do echo '{"v":7}'; done | chart hist -y v --script >gp
block 1 gp >got
shows 'equal values are one class' got '7 3'

# Quartiles by hand: between the values in proportion. 1 2 3 4 5 6 7 8 9 and 30, 31 beyond the whiskers.
for v in 4 2 9 1 3 30 5 7 6 8 31; do echo "{\"k\":\"a\",\"v\":$v}"; done >in
chart box -y v -k k --script <in >gp
block 1 gp >got
block 2 gp >>got
shows 'a box is quartiles, whiskers and what is beyond' got '0 1 3.5 6 8.5 9' '0 30' '0 31'
printf '%s\n' '{"p":1,"a":2}' '{"p":5,"a":3}' | chart scatter -x p -y a --identity --script >gp
grep '^set [xy]range' gp >got
block 1 gp >>got
shows '--identity: both axes are one, and a line goes from corner to corner' got \
	'set xrange [1:5]' 'set yrange [1:5]' '1 1' '5 5'
printf '%s\n' '{"time":0,"m":2,"l":1,"h":4}' '{"time":60,"m":3,"l":2,"h":9}' | chart band -y m,l,h --script >gp
block 1 gp >got
shows 'a band goes from the low to the high one' got '0 2 1 4' '60 3 2 9'

minutes 10 i >in
chart line -y v --last 2 --script <in >gp
block 1 gp >got
shows '--last forgets those before' got '1704067680 8' '1704067740 9'
printf '%s\n' '{"d":"mon","v":1}' '{"d":"tue","v":2}' '{"d":"wed","v":3}' | chart bar -x d -y v --last 2 --script >gp
block 1 gp >got
ticks x gp >>got
shows 'and the places of bars that are not there' got '0 2' '1 3' tue wed
fails '--max-points' 1 chart line -y v --max-points 5 in <<\_
--
--
chart: in: there are more than --max-points 5
_
fails '--max-keys' 1 chart line -y v -k time --max-keys 5 in <<\_
--
--
chart: in: there are more than --max-keys 5
_
chart line -y v,w -k room --script >gp <<\_
{"time":0,"v":1,"w":5,"room":"attic"}
{"time":60,"v":2,"w":5,"room":"attic"}
{"time":0,"v":1,"w":5,"room":null}
{"time":60,"v":2,"w":5,"room":"attic"}
_
grep -o 'title "[^"]*"' gp >got
shows 'fields and keys together name a line' got 'title "v, attic"' 'title "w, attic"' 'title "v, null"' 'title "w, null"'

# --- what is refused ---

fails 'no kind' 2 chart <<\_
--
--
chart: what kind of picture?  One of: line bar hist scatter band box
try: chart --help
_
fails 'another kind' 2 chart pie -y v <<\_
--
--
chart: there is no kind 'pie'; there are: line bar hist scatter band box
try: chart --help
_
fails 'no fields' 2 chart line <<\_
--
--
chart: what is to be drawn?  -y FIELDS is needed
try: chart --help
_
fails 'another ending' 2 chart line -y v -o x.gif <<\_
--
--
chart: --output: x.gif ends in none of .svg .png .html .pdf .txt; give its --type
try: chart --help
_
[ ! -e x.gif ] && [ "$(ls -A | grep -c '^\.weir')" -eq 0 ]
result $? 'and nothing is left of it'
fails 'a band of two' 2 chart band -y a,b <<\_
--
--
chart: band takes three fields: -y MIDDLE,LOW,HIGH
try: chart --help
_
fails 'a histogram of two' 2 chart hist -y a,b <<\_
--
--
chart: -y takes one field
try: chart --help
_
for option in 'bar --gap 1m' 'line --bins 5' 'line --identity' 'bar --log x'; do
	chart $option -x x -y v in >out 2>err
	[ $? -eq 2 ] && [ ! -s out ] && grep -q '^chart: --' err || echo "$option"
done >got
same 'options that mean nothing to a kind' /dev/null got
for size in 1x1 x 100 100x 99999x99999 1e3x5 -5x5 200x200x; do
	chart line -y v --size "$size" in >out 2>err && echo "$size"
	grep -q '^chart: --size' err || echo "$size: $(cat err)"
done >got
same 'sizes that are none' /dev/null got
for kind in line bar box 'scatter -x t' hist; do
	fails "no records: $kind" 1 chart $kind -y v <<-\_
		--
		--
		chart: there is nothing to draw: no records
	_
done
fails 'a field that no record has' 1 chart line -y w in <<\_
--
--
chart: there is nothing to draw: no record has a number in w
_
fails 'nothing above 0 for a logarithmic scale' 1 chart line -y v --log y <<\_
{"time":0,"v":0}
{"time":1,"v":-1}
--
--
chart: there is nothing to draw: no record has a number above 0 in v
_
fails 'a text where a number must be' 1 chart line -y v --script <<\_
{"time":0,"v":0}
{"time":1,"v":"x"}
--
--
chart: -:2: v is not a number (byte 14)
_
fails 'a record without a time' 1 chart line -y v --script <<\_
{"v":0}
--
--
chart: -:1: time is missing; -x FIELD takes another (byte 0)
_
fails 'two values for one bar' 1 chart bar -x d -y v <<\_
{"d":"mon","v":1}
{"d":"mon","v":2}
--
--
chart: two values are for one bar; -k FIELD gives each its own
_
printf '%s\n' '{"time":0,"v":1,"w":2}' '{"time":1,"v":5,"w":"x"}' '{"time":2,"v":3,"w":4}' |
	chart line -y v,w --bad bad --script 2>err >gp
block 1 gp >got
shows 'of a bad record nothing is drawn' got '0 1' '2 3'
printf '%s\n' '{"time":0,"v":1}' '{"time":1,"v":1e999}' '{"time":2,"v":3}' '{"time":3,"v":3}' |
	chart line -y v --script --stats 2>err >gp
block 1 gp >got
sed 's/.*"points"/"points"/; s/,"seconds.*//' err >>got
shows 'what is beyond doubles is a gap, and counted' got '2 3' '3 3' '"points":4,"gaps":0,"overflows":1'

# --- pictures ---

PATH=/nonexistent "$(command -v chart)" line -y v in >out 2>err
echo $? >>out
cat err >>out
shows 'without gnuplot it says what to install' out 1 'chart: gnuplot is not installed; on Debian: apt-get install gnuplot-nox'

# A gnuplot that fails, one that hangs.
mkdir fake
printf '#!/bin/sh\necho >&2; echo "plot x" >&2; echo "     ^" >&2; echo "line 3: out of ink" >&2; exit 1\n' >fake/gnuplot
chmod +x fake/gnuplot
echo old >old.svg
PATH=$PWD/fake:$PATH chart line -y v -o old.svg in >out 2>err
echo $? >>out
cat err old.svg >>out
ls -A | grep '^\.weir' >>out
shows 'a gnuplot that fails has the last word, and the old file stays' out 1 'chart: gnuplot: line 3: out of ink' old
printf '#!/bin/sh\necho $$ >child; exec sleep 1000\n' >fake/gnuplot
PATH=$PWD/fake:$PATH chart line -y v -o old.svg in >out 2>err &
until [ -s child ]; do kill -0 $! || break; done 2>/dev/null
kill -TERM $!
{ wait $!; } 2>/dev/null
echo $? >>out
kill -0 "$(cat child)" 2>/dev/null && echo alive >>out
cat err old.svg >>out
shows 'a gnuplot that hangs ends with it' out 143 old

if ! command -v gnuplot >/dev/null || ! command -v python3 >/dev/null; then
	skip 'pictures' 'gnuplot or python3 is not installed'
	done_testing
	exit
fi

# Digits that are as wide as in any usual font.
for v in 5 1234567 -1234567.25 3e-9 -4e17; do
	printf '%s\n' "{\"time\":0,\"v\":$v,\"w\":0}" "{\"time\":60,\"v\":0,\"w\":1}" |
		chart line -y v --units "$(seq -s ' ' 100)" -o x.svg
	svg outside x.svg
done >got
for kind in line bar box scatter; do
	printf '%s\n' '{"time":0,"v":999,"a long name of a field":"another long name, of a category"}' '{"time":1000000,"v":-1000}' |
		chart $kind -y v -x time -k 'a long name of a field' --units °F -o x.svg
	svg outside x.svg
done >>got
same 'all texts are within the picture, and apart from each other' /dev/null got

minutes 200 'i % 50 == 49 ? "null" : i % 13' >in
chart line -y v --title 'A day' --units kW -o x.svg in
svg texts x.svg | grep -v '[0-9]' >got
shows 'an SVG has its title and labels' got 'A day' 'time (UTC)' 'kW'
svg strokes x.svg >got
shows 'and a line for each piece between gaps' got '49 49 49 49'
chart line -y v,w -o x.svg <<\_
{"time":0,"v":1,"w":2}
{"time":60,"v":1,"w":null}
{"time":120,"v":1,"w":2}
{"time":180,"v":1,"w":2}
_
svg strokes x.svg >got
svg dots x.svg >>got
shows 'points far apart are marked, one alone is a point' got 4 2 '' 4 2 1
printf '%s\n' '{"d":"mon","kwh":30}' '{"d":"tue","kwh":15}' '{"d":"wed","kwh":6}' '{"d":"thu","kwh":-15}' |
	chart bar -x d -y kwh -o x.svg
svg bars x.svg >got
shows 'bars are as high as their values' got '100 50 20 50'
printf '%s\n' '{"a":1,"b":1}' '{"a":2,"b":5}' '{"a":3,"b":null}' '{"a":4,"b":2}' | chart scatter -x a -y b -o x.svg
svg dots x.svg >got
shows 'a cloud has its points' got 3
for kind in line bar band box; do
	fields=v
	[ $kind != band ] || fields=v,v,v
	for form in svg png html pdf text; do
		chart $kind -y $fields --type $form in >x.$form 2>err || echo "$kind $form: $(cat err)"
		case $form in
		svg) head -c 100 x.svg | grep -q '<svg' ;;
		png) [ "$(head -c 4 x.png | tail -c 3)" = PNG ] ;;
		html) head -1 x.html | grep -qx '<!DOCTYPE html>' ;;
		pdf) [ "$(head -c 4 x.pdf)" = %PDF ] ;;
		text) [ "$(wc -l <x.text)" -le 25 ] && [ "$(wc -L <x.text)" -le 80 ] && ! grep -q ' $' x.text ;;
		esac || echo "$kind $form is something else"
	done
done >got
same 'every kind in every form' /dev/null got
chart line -y v --type text --size 40x12 in >x.text
[ "$(wc -l <x.text)" -le 12 ] && [ "$(wc -L <x.text)" -le 40 ] && [ "$(wc -l <x.text)" -ge 8 ]
result $? 'a text has the size that it is to have'
chart line -y v --script in >gp && gnuplot -d gp >by_hand.svg 2>err && chart line -y v -o x.svg in && cmp -s by_hand.svg x.svg
result $? 'the program of --script draws the same'
chart line -y v -o - --type svg in >y.svg && cmp -s y.svg x.svg
result $? '-o - is standard output'

# --- names that would be commands ---

cat >names <<\_
"; system("touch pwned") #
'; system 'touch pwned'; '
`touch pwned`
$(touch pwned)
@pwned ! touch pwned
{/Bold x} _ ^ & ~ % %d %s %% %h
\"\\\n\140touch pwned\140
</script><svg onload=alert(1)>
</text></svg><script>alert(1)</script>
--><![CDATA[ ]]>
&lt;b&gt; &#x41;
END
EOD
$d1 << END
plot sin(x)
set output "pwned"
_
python3 -IS -c '
import json
for name in open("names").read().splitlines():
	for i in range(3):
		print(json.dumps({"time": i, "v": i, "k": name, name: i * i}))' >in
# all_shown KIND FILE
all_shown() {
	svg texts "$2" >texts
	grep -Fvx -f texts names | sed "s/^/$1 does not show /"
	svg safe "$2"
}
{
	for kind in line scatter band box; do
		fields=v
		[ $kind != band ] || fields=v,v,v
		size=960x540 x='-x v'
		[ $kind != box ] || { size=10000x540; x=; }
		for out in "-ox.html --size $size" '--type text' "--script --size $size"; do
			chart $kind $x -y $fields -k k $out in 2>&1 >x.out || echo "$kind fails"
		done
		all_shown $kind x.html
		gnuplot -d x.out >x.svg 2>/dev/null || echo "$kind: the program fails"
		all_shown "the program of $kind" x.svg
	done
	chart bar -x k -y v -k time --size 10000x540 -o x.svg in
	all_shown bar x.svg
	while IFS= read -r name; do
		chart line -y v --title "$name" --units "$name" -o x.html in 2>&1
		svg texts x.html | grep -cFx -- "$name" | grep -vx 2
		svg safe x.html
	done <names
} >got
ls | grep pwned >>got
same 'names are shown to the letter, and run nothing' /dev/null got
python3 -IS -c '
import json
for i in range(2): print(json.dumps({"time": i, "v": i, "k": "a\u0000b\nEND\n\u001b[31m\u202ec\ufffe%d" % i}))' >in
chart line -y v -k k -o x.svg in
svg texts x.svg | grep '\\' >got
svg safe x.svg >>got
chart line -y v -k k --type text in | LC_ALL=C tr -d '[:print:]\n\342\200\246' | od -c >>got
shows 'what would act on a terminal is shown' got \
	'a\x00b\x0aEND\x0a\x1b[31m\xe2\x80\xaec…' 'a\x00b\x0aEND\x0a\x1b[31m\xe2\x80\xaec…' 0000000
done_testing
