#!/bin/sh
# The README's example does what it shows, and the lines to be copied are where .ci/run looks for them.
. "$SRC/tests/lib.sh"

awk '/^    \$ / { on = 1 } !/^    / { on = 0 } on { print substr($0, 5) }' "$SRC/README.md" >shown
sed -n 's/^\$ //p' shown >commands
while read -r command; do
	echo "$ $command"
	sh -c "$command" 2>&1 </dev/null
done <commands >got
same 'the example does what it shows' shown got

mkdir demo
B=$PWD "$SRC/datasets/demo" >demo/said 2>&1
same 'the picture is that of the demo (make picture)' "$SRC/datasets/home/temperature.gnuplot" demo/temperature.gnuplot
grep -o '([^ ]*\.svg)' "$SRC/README.md" | tr -d '()' >got
echo datasets/home/temperature.svg >wanted
same 'and the README shows it' wanted got
[ "$(wc -c <"$SRC/datasets/home/temperature.svg")" -le 40960 ]
result $? 'which takes at most 40 KiB'

for target in demo check; do
	grep -c "^    .* && make $target\$" "$SRC/README.md" >got
	echo 1 >wanted
	same "one line sets up a system and runs make $target" wanted got
done
done_testing
