#!/bin/sh
# readers
# gzip streams, good and damaged, read by every program.
. "$SRC/tests/loops.sh"

if ! command -v python3 >/dev/null; then
	skip 'G01: and others' 'python3 is not installed'
	done_testing
	exit
fi

# The sweep through all places is in tests/faults; here every STEP-th byte is looked at.
: "${STEP:=97}"

g01_cut() {
	while read -r place lines; do
		head -c "$place" one.gz >x.gz
		try x.gz
		case $place in
		0) is "$p" refuses-empty || expect 'nothing' 0 nothing ;;
		1) [ $form = csv ] || expect 'one byte' 1 nothing 'x.gz:1: .*' ;;
		*) expect "the first $place bytes" 1 "$(known $((lines - heading)))" 'x.gz: .*unexpected end of gzip data' ;;
		esac
	done <places
	head -c "$(cat flushed)" flushed.gz >x.gz
	try x.gz
	expect 'cut at the end of a line' 1 "$(known $((100 - heading)))" 'x.gz: .*unexpected end of gzip data'
	try <x.gz
	expect 'standard input' 1 "$(known $((100 - heading)))" '-: .*unexpected end of gzip data'
	verdict "G01 $p: a gzip stream that is cut off is noticed, its whole lines are out"
}

# Neither some bytes of the header nor the bits that fill up the last byte say anything of the data.
g02_damage() {
	trailer=$(($(wc -c <one.gz) - 8))
	for f in flip.*; do
		at=${f#flip.}
		try "$f"
		if [ "$at" -lt 3 ]; then
			expect "$f" 1 nothing "$f:.*"
		elif [ "$at" -ge "$trailer" ]; then
			expect "$f" 1 "$(known 200)" "$f: .*what was written may be wrong"
		elif [ "$status" -eq 0 ] && { [ "$at" -ge 4 ] && [ "$at" -lt 10 ] || [ "$at" -eq $((trailer - 1)) ]; }; then
			expect "$f" 0 all
		else
			[ "$status" -eq 1 ] && [ "$(grep -c "^$p: $f:" err)" -eq 1 ] ||
				wrong "$f: exit status $status: $(shown err)"
		fi
		mv out first
		dd bs=61 status=none <"$f" | run >out 2>err
		cmp first out >.cmp 2>&1 || wrong "$f: not the same through a pipe: $(cat .cmp)"
	done
	verdict "G02 $p: damaged gzip data is noticed, and the output called in question"
}

g03_members() {
	for kind in one two split empty named; do
		python gz.py $kind 200 >x.gz
		try x.gz
		expect "$kind" 0 all
		dd bs=13 status=none <x.gz | run >out 2>err
		status=$?
		expect "$kind, in pieces" 0 all
	done
	run <many >many.wanted
	try many.gz
	expect '10,000 members' 0 many.wanted
	together 200 >wanted
	try one.gz two.gz
	expect 'two files' 0 wanted
	head -c -1 200 >unended
	python gz.py one unended >x.gz
	try x.gz one.gz
	expect 'a last line without LF' 0 wanted
	{ printf '\357\273\277'; cat 200; } >marked
	python gz.py split marked >x.gz
	try x.gz x.gz
	expect 'a byte-order mark' 0 wanted
	python gz.py one nothing >x.gz
	try x.gz
	is "$p" refuses-empty || expect 'nothing in it' 0 nothing
	verdict "G03 $p: several members are one stream"
}

g04_after() {
	for garbage in 'x' '{"temp":1}\n' '\037' '\037\213' '\037\213\010' '\037x' '\0\0\0x' '\0\037\213'; do
		{ cat one.gz; printf "$garbage"; } >x.gz
		try x.gz
		case $garbage in
		'\037' | '\037\213' | '\037\213\010') expect "$garbage" 1 "$(known 200)" 'x.gz: .*unexpected end of gzip data' ;;
		*) expect "$garbage" 1 "$(known 200)" 'x.gz: byte [0-9]* of the compressed stream: .*' ;;
		esac
		dd bs=59 status=none <x.gz | run >out 2>err
		status=$?
		expect "$garbage, in pieces" 1 "$(known 200)" '-: .*'
	done
	for n in 1 7 512 10240 1000000; do
		{ cat two.gz; head -c $n /dev/zero; } >x.gz
		try x.gz
		expect "$n zeros" 0 all
	done
	verdict "G04 $p: after a gzip stream there may be zeros and nothing else"
}

g05_magic() {
	try named-so.gz
	expect 'text of that name' 0 all
	cp one.gz text
	try text
	expect 'gzip of another name' 0 all
	try - <one.gz
	expect 'standard input' 0 all
	together 200 >wanted
	cat 200 | run - one.gz >out 2>err
	status=$?
	expect 'text and gzip' 0 wanted
	printf '\037\213' >x.gz
	try x.gz
	expect 'only the magic bytes' 1 nothing 'x.gz: .*unexpected end of gzip data'
	for text in 'x' ' a line of plain text that goes on for a while\n'; do
		{ printf "\\037\\213$text"; cat 200; } >x
		try x
		expect "text that begins like gzip" 1 nothing 'x: .*not gzip.*'
	done
	verdict "G05 $p: gzip is known by its first bytes and not by its name"
}

g06_bomb() {
	# What follows the 64 MiB of the longest line costs nothing.
	for f in small.gz bomb.gz; do
		spend $f
		expect "$f of zeros" 1 nothing "$f:1: .*--max-line.*"
		# A row is known to be too long when twice as much is there.
		[ -n "$SAN" ] || [ "$kib" -lt $((80000 + heading * 65536)) ] || wrong "$f: it held $kib KiB"
		grows "$f" 1 "$milliseconds"
	done
	{ cat one.gz; python gz.py zeros 2 2; python gz.py one newline_and_200; } >x.gz
	cat 200 200 | run >wanted
	try --bad bad --max-line 100000 x.gz
	expect 'between good members' 0 wanted '1 bad record: see bad'
	verdict "G06 $p: the limit of a line holds for what is inflated"
}

helper cost
: >nothing
records 2000 >2000
heads 200 2000 >200
{ echo; cat 200; } >newline_and_200
python gz.py one 200 >one.gz
python gz.py two 200 >two.gz
python gz.py flushed 200 100 >flushed.gz 2>flushed
python gz.py lines one.gz "$STEP" >places
python gz.py flips one.gz "$STEP"
python gz.py zeros 10 20 >small.gz
python gz.py zeros 10 1000 >bomb.gz
records 400 >many
python gz.py many many >many.gz
cp 200 named-so.gz
run <200 >all
g01_cut
g02_damage
g03_members
g04_after
g05_magic
g06_bomb
done_testing
