#!/bin/sh
# all
# Our programs neither hide nor are hidden by what a Debian user has: shell builtins and common commands.
. "$SRC/tests/loops.sh"

for shell in sh dash bash zsh fish; do
	command -v $shell >/dev/null || continue
	case $shell in
	fish) $shell -c "builtin -n" ;;
	zsh) $shell -fc 'print -l ${(k)builtins} ${(k)reswords}' ;;
	bash) $shell -c 'compgen -b; compgen -k' ;;
	*) path=$(command -v $shell); PATH=/nonexistent "$path" -c "command -v $p >/dev/null && echo $p" ;;
	esac
done | grep -qx "$p"
[ $? -ne 0 ]
result $? "$p is no builtin of a shell"
# csv2rec and rec2csv also exist in GNU recutils; README says whose comes first.
tr -s ' \n' '\n' <<-\_ | grep -qx "$p"
	apply at awk bc calc cat cmp column comm cp cut date dd delta df diff du expand expr factor
	false fmt fold getent head id install join last link ln look merge more nice nl od paste
	patch pr rec rename rev route sed seq shuf sort split stat strings sum sync tac tail tee
	test time top tr true tsort units uniq vmstat watch wc weave where who xargs yes
_
[ $? -ne 0 ]
result $? "$p is no common command"
done_testing
