#!/bin/sh
# A module includes only modules named before it in lib/modules; a folder is named once, and uses base and those
# in its parentheses; nothing includes cmd/; and no two modules have one name, so a name says which is meant.
. "$SRC/tests/lib.sh"

cat >order.awk <<\_
FILENAME ~ /modules$/ && /^# [a-z]+( \(.*\))?:/ {
	folder = $2
	sub(/:$/, "", folder)
	n = 0
	if (split($0, part, /[()]/) > 2 && index($0, "(") < index($0, ":"))
		n = split(part[2], use, " ")
	for (; n; n--)
		said[folder " " use[n]] = 1
}
FILENAME ~ /modules$/ && /^[a-z]/ {
	rank[$0] = ++ranks
	split($0, part, "/")
	if (part[1] != folder)
		print "lib/modules:" FNR ": " $0 " stands under " folder
	if (named[part[2]]++)
		print "lib/modules:" FNR ": there is a " part[2] " already"
}
FILENAME ~ /modules$/ { next }
FNR == 1 { me = FILENAME; ours = sub(/.*\/lib\//, "", me); sub(/\.[a-z]+$/, "", me); split(me, my, "/") }
FNR == 1 && ours && !(me in rank) { print FILENAME ": is not in lib/modules" }
/^#include "/ {
	split($0, part, "\"")
	it = part[2]
	sub(/\.[a-z]+$/, "", it)
	split(it, its, "/")
	if (!(it in rank))
		print FILENAME ":" FNR ": includes " part[2] ", which is no module of lib/"
	else if (ours && it != me && rank[it] >= rank[me])
		print FILENAME ":" FNR ": " me " stands before " it " in lib/modules"
	else if (ours && its[1] != my[1] && its[1] != "base" && !((my[1] " " its[1]) in said))
		print FILENAME ":" FNR ": lib/modules does not say that " my[1] " uses " its[1]
	else if (ours)
		used[my[1] " " its[1]] = 1
}
END { for (arrow in said) if (!(arrow in used)) print "lib/modules: " arrow ": is used no more" }
_
ok 'every include obeys lib/modules' awk -f order.awk "$SRC/lib/modules" "$SRC"/lib/*/* "$SRC"/cmd/*.c </dev/null

# A cycle is what the order forbids, so a wrong order must show.
ok 'the check itself finds what is wrong' sh -c '
	mkdir -p lib/x lib/y && echo "#include \"y/b.h\"" >lib/x/a.c && touch lib/y/b.h lib/x/b.h &&
	printf "%s\n" "# x (y): first" x/a "# y (x):" y/b x/b >modules &&
	awk -f order.awk modules "$PWD"/lib/*/* | sed "s:/.*/lib/:lib/:" | sort' <<\_
--
lib/modules: x y: is used no more
lib/modules: y x: is used no more
lib/modules:5: there is a b already
lib/modules:5: x/b stands under y
lib/x/a.c:1: x/a stands before y/b in lib/modules
_
done_testing
