#!/bin/sh
# Expressions beside another reading of the language, and beside their manual.
. "$SRC/tests/loops.sh"

zone=Europe/Berlin
for seed in 1 2; do
	# Nothing is said where all is the same.
	ok "made-up assignments come to what they mean, seed $seed" \
		python expressions.py derive UTC $seed 240 </dev/null
	if [ -e /usr/share/zoneinfo/$zone ]; then
		ok "conditions in $zone, too, seed $seed" python expressions.py keep $zone $seed 180 </dev/null
	else
		skip "conditions in $zone, too, seed $seed" 'no time zone data'
	fi
done
ok 'in what is mistaken a mistake is found' python expressions.py refuse UTC 1 150 </dev/null

# The functions, how many arguments each must have, how many it may, and + where there may be more.
page=$SRC/man/man7/weir-expressions.7
awk '/^\.It Fn / {
	least = 0; may = 0; more = ""
	for (i = 4; i <= NF; i++)
		if ($i == "...") more = "+"
		else if ($i ~ /^\[/) may++
		else least++
	print $3, least, may more
}' "$page" >described
tables=$(sed -n 's/.*tables\[\] = {\(.*\)};/\1/p' "$SRC/lib/expr/function.c" | tr -d ' ' | tr , ' ')
for table in $tables; do
	tr -d '\n\t' <"$SRC/lib/expr/${table%_table}.c" | grep -o '{ *\.name = "[^"]*", *\.takes = "[^"]*"' |
		sed 's/[^"]*"\([^"]*\)"[^"]*"\([^"]*\)"/\1 \2/'
done | awk '{
	least = $2
	sub(/[+?].*/, "", least)
	most = $2
	gsub(/[+?]/, "", most)
	print $1, length(least), length(most) - length(least) ($2 ~ /[+]$/ ? "+" : "")
}' >known
[ "$(wc -l <known)" -gt 40 ]
result $? 'the tables of functions are found'
same 'weir-expressions(7) has the functions of the tables, in their order, with their arguments' known described
for word in $(sed 's/ .*//' known | sort | uniq -d) field true false null and or not; do
	! grep -q "^$word " known
	result $? "no function is called $word, which is something else or there already"
done
done_testing
