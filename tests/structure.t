#!/bin/sh
# What the linker knows of lib/: which module uses which, and which speak to the world.
. "$SRC/tests/lib.sh"

# Objects of modules that are no more may still lie about.
grep '^[a-z]' "$SRC/lib/modules" | while read -r module; do
	[ ! -f "$SRC/lib/$module.c" ] || echo "$module.o"
done >objects
(cd "$B/lib" && xargs nm -A -g) <objects >symbols

# Includes are a list of parts: a module that calls another names it, in its .c or its .h.
cat >direct.awk <<\_
FILENAME == "symbols" {
	module = $1
	sub(/\.o:.*/, "", module)
	if ($(NF - 1) == "U")
		calls[module " " $NF]
	else
		home[$NF] = module
	next
}
/^#include "/ {
	me = FILENAME
	sub(/.*\/lib\//, "", me)
	sub(/\.[a-z]+$/, "", me)
	split($0, part, "\"")
	sub(/\.[a-z]+$/, "", part[2])
	includes[me " " part[2]]
}
END {
	for (call in calls) {
		split(call, part, " ")
		its = home[part[2]]
		edge = part[1] " " its
		if (its != "" && its != part[1] && !(edge in includes) && !told[edge]++)
			print "lib/" part[1] ".c: calls " part[2] " and does not include " its ".h"
	}
}
_
ok 'a module includes those that it calls' sh -c 'awk -f direct.awk symbols "$SRC"/lib/*/*.[ch]' </dev/null

# What no module outside base, io and program does, and those that do, because it is what they are for: to find the
# files of zones, to run gnuplot, to look at the clock on the wall, to say that there is too much, or what was late.
cat >allowed <<\_
time/tzdata fopen fread fclose getenv
picture/gnuplot die die_errno close read write kill
window/gather die clock_gettime
window/late die warn
_
cat >world <<\_
die die_errno warn usage usage_at abort exit _exit quick_exit perror open openat creat close read write poll
fopen fclose fread fwrite fputs puts printf fprintf stdin stdout stderr getenv setenv setlocale
time clock_gettime gettimeofday fork execvp kill raise signal sigaction alarm rand random getrandom
_
cat >pure.awk <<\_
FILENAME == "allowed" { for (i = 2; i <= NF; i++) allowed[$1 " " $i]; next }
FILENAME == "world" { for (i = 1; i <= NF; i++) world[$i]; next }
$(NF - 1) == "U" {
	sub(/\.o:.*/, "", $1)
	gsub(/^__|_chk$/, "", $NF)
	deed = $1 " " $NF
	if ($1 ~ /^(base|io|program)\// || !($NF in world))
		next
	if (!(deed in allowed))
		print "lib/" $1 ".c: " $NF
	done[deed]
}
END { for (deed in allowed) if (!(deed in done)) print deed ": is done no more" }
_
ok 'what is no part of the world neither speaks nor ends' awk -f pure.awk allowed world symbols </dev/null
done_testing
