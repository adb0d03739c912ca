#!/bin/sh
# Over all programs a letter stands for one long option, and a long option has one letter and takes an
# argument of one name. The programs of Kafka and of pictures are groups of their own.
. "$SRC/tests/lib.sh"

for p in $PROGS; do
	case $p in
	ksub | kpub | krun | kmock | chart) ;;
	*) "$p" --options | sed 1d | sed "s/^/$p	/" ;;
	esac
done >rows

ok 'a letter has one meaning' awk -F '\t' '
	$2 == "-" { next }
	($2 in name) && name[$2] != $3 { print $2 ": --" name[$2] " in " who[$2] ", --" $3 " in " $1 }
	{ name[$2] = $3; who[$2] = $1 }' rows </dev/null
ok 'a long option has one letter' awk -F '\t' '
	($3 in letter) && letter[$3] != $2 { print "--" $3 ": " letter[$3] " in " who[$3] ", " $2 " in " $1 }
	{ letter[$3] = $2; who[$3] = $1 }' rows </dev/null
ok 'a long option takes an argument everywhere or nowhere' awk -F '\t' '
	($3 in takes) && takes[$3] != ($4 != "") { print "--" $3 " in " $1 }
	{ takes[$3] = $4 != "" }' rows </dev/null
done_testing
