#!/bin/sh
# A module includes only modules named before it in lib/modules, which is LIB; nothing includes cmd/.
. "$SRC/tests/lib.sh"

cat >order.awk <<\_
BEGIN { n = split(lib, name, " "); for (i = 1; i <= n; i++) rank[name[i]] = i }
FNR == 1 { me = FILENAME; sub(/.*\//, "", me); sub(/\.[a-z]+$/, "", me) }
/^#include "/ {
	split($0, part, "\"")
	it = part[2]
	if (it ~ /\.inc$/)
		next
	sub(/\.h$/, "", it)
	if (!(it in rank))
		print FILENAME ":" FNR ": includes " part[2] ", which is no module of lib/"
	else if (FILENAME ~ /\/lib\// && it != me && rank[it] >= rank[me])
		print FILENAME ":" FNR ": " me " stands before " it " in LIB"
}
FILENAME ~ /\/lib\// && !(me in rank) && !said[me]++ { print FILENAME ": is not in LIB" }
_
ok 'every include obeys the order of LIB' awk -v lib="$LIB" -f order.awk "$SRC"/lib/*.[ch] "$SRC"/lib/*.inc "$SRC"/cmd/*.c </dev/null

# A cycle is what the order forbids, so a wrong order must show.
ok 'the check itself finds a wrong order' sh -c '
	mkdir lib && echo "#include \"b.h\"" >lib/a.c && touch lib/b.h &&
	awk -v lib="a b" -f order.awk "$PWD"/lib/a.c "$PWD"/lib/b.h | sed "s:.*/lib:lib:"' <<\_
--
lib/a.c:1: a stands before b in LIB
_
done_testing
