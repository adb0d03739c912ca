#!/bin/sh
# The pages say what the programs do: their options, their examples, their one-line descriptions.
. "$SRC/tests/lib.sh"

# Renders the rows of the option list as the program prints them: letter, name, argument.
page_options() {
	awk '
	/^\.It Fl / {
		letter = "-"; name = ""; arg = ""
		for (i = 2; i <= NF; i++) {
			if ($i == "Fl" && $(i + 1) == "Fl") name = $(i += 2)
			else if ($i == "Fl" && $(i + 1) ~ /^-./) name = substr($(++i), 2)
			else if ($i == "Fl") letter = $(++i)
			else if ($i == "Ar") arg = $(++i)
		}
		print letter "\t" name "\t" arg
	}' "$1"
}

# Runs each "$ command" of the EXAMPLES, in order and in one directory, and prints them with what came.
run_examples() {
	awk '
	/^\.Sh / { on = $2 == "EXAMPLES" }
	on && /^\.Bd -literal/ { block = 1; next }
	/^\.Ed/ { block = 0 }
	on && block { sub(/^\\&/, ""); gsub(/\\e/, "\\"); print }' "$1" >examples
	awk '/^\$ / { print substr($0, 3) > ("command." (++n)); more = /\\$/; next }
		more { print > ("command." n); more = /\\$/ }' examples
	for i in $(seq 1 999); do
		[ -e "command.$i" ] || break
		sed '1s/^/$ /' "command.$i"
		sh "./command.$i" 2>&1
	done
}

for p in $PROGS; do
	page=$SRC/man/man1/$p.1
	[ -e "$page" ]
	result $? "$p: has a page" || continue
	"$p" --options >table
	sed 1d table | cut -f 1-3 >wanted
	page_options "$page" >got
	same "$p: the page has the options of the program, in their order" wanted got
	sed -n '1s/.*	//p' table >wanted
	sed -n 's/^\.Nd //p' "$page" >got
	same "$p: the page has the description of the program" wanted got
	sed -n '1s:.*:/* & */:p' table | awk -F '\t' '{ sub(/\/\* /, "", $1); print "/* " $1 " - " $3 }' >wanted
	sed -n 1p "$SRC/cmd/$p.c" >got
	same "$p: so has the source" wanted got
	sed -n "/^\.It Xr $p 1$/{ n; p; }" "$SRC/man/man7/weir.7" >got
	sed -n '1s/.*	//p' table >wanted
	same "$p: weir(7) has a line on it, with the same description" wanted got
done

for page in "$SRC"/man/man*/*; do
	name=${page##*/}
	mkdir -p "run.$name"
	(cd "run.$name" && ln -s "$SRC/datasets" datasets && run_examples "$page" >got)
	[ ! -s "run.$name/examples" ] || same "$name: the examples do what the page says" "run.$name/examples" "run.$name/got"
	if command -v mandoc >/dev/null; then
		ok "$name: mandoc has nothing to say" mandoc -T lint -W warning "$page" </dev/null
	else
		skip "$name: mandoc has nothing to say" 'mandoc is not installed'
	fi
done
done_testing
