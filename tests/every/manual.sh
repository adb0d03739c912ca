#!/bin/sh
# all
# A program's page says what it does: its options, its examples, its one-line description.
. "$SRC/tests/pages.sh"

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

page=$SRC/man/man1/$p.1
[ -e "$page" ]
result $? "$p: has a page"
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
examples "$page"
done_testing
