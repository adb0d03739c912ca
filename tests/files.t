#!/bin/sh
# The files that a program works with: no two of them may be one, by whatever names it is called, and what takes
# the place of a file is like it.
. "$SRC/tests/lib.sh"

misused() {
	title=$1 message=$2
	shift 2
	fails "$title" 2 "$@" <<-_
		--
		--
		$message
		try: ${message%%:*} --help
	_
}

# A shell that opens files for the program, which is what comes after.
with() {
	redirected=$1
	shift
	sh -c '"$@" '"$redirected" - "$@"
}

# kept WHAT: the files are as they were.
kept() {
	ls >.names.now
	cat in out st | cmp -s - .all && cmp -s .names .names.now
	result $? "$1"
}

printf '{"t":32}\noops\n{"t":212}\n' >in
echo old >out
echo state >st
mkdir folder
cd folder && ln -s . here && cd .. || exit 1
ln in hard.in
ln out hard.out
ln st hard.st
ln -s in soft.in
ln -s folder/../out soft.out
ln -s soft.out softer.out
ln -s new/file dangling
ln -s folder/new soft.new
cat in out st >.all
ls >.names

for bad in in ./in folder/../in "$PWD/in" hard.in soft.in; do
	misused "--bad $bad is the input in" "fahr2c: --bad: $bad is the input" fahr2c -f t --bad "$bad" in
	misused "--bad $bad is standard input" "fahr2c: --bad: $bad is the input" with '<in' fahr2c -f t --bad "$bad"
done
misused 'the input is that of --bad, by another name' 'fahr2c: --bad: in is the input' fahr2c -f t --bad in st hard.in
misused 'a descriptor is the input' 'fahr2c: --bad: /dev/fd/3 is the input' with '3>>in' fahr2c -f t --bad /dev/fd/3 in
for bad in out ./out hard.out softer.out; do
	misused "--bad $bad is standard output" "fahr2c: --bad: $bad is the output" with '>>out' fahr2c -f t --bad "$bad"
	misused "--bad $bad is that of -o" "fahr2c: --bad: $bad is the output" fahr2c -f t --bad "$bad" -o folder/here/../out
done
for bad in /dev/stdout /dev/fd/1 /proc/self/fd/1; do
	misused "--bad $bad is standard output" "fahr2c: --bad: $bad is the output" fahr2c -f t --bad $bad
done
for input in in hard.in soft.in; do
	misused "$input is added to" "fahr2c: $input is the output too" with '>>in' fahr2c -f t $input
	misused "$input is added to by -o" "fahr2c: $input is the output too" with '3>>in' fahr2c -f t -o /dev/fd/3 $input
done
misused 'standard input is added to' 'fahr2c: - is the output too' with '<in >>in' fahr2c -f t
misused 'standard input is written over' 'fahr2c: - is the output too' with '<in 1<>in' fahr2c -f t
for rest in new ./new folder/../new; do
	misused "--rest $rest is that of --bad" "keep: --rest: $rest is that of --bad too" keep true --bad new --rest $rest in
	misused "-o $rest is that of --rest" 'keep: --rest: new is the output' keep true --rest new -o $rest in
done
for rest in soft.new folder/here/new; do
	misused "--rest $rest is that of --bad, where a link leads" "keep: --rest: $rest is that of --bad too" \
		keep true --bad folder/new --rest $rest in
done
kept 'nothing was touched'

windowed() {
	title=$1 message=$2
	shift 2
	misused "$title" "window: $message" window --size 1m --late late --state new --state-new "$@" in
	rm -f new.lock
}
windowed '-o is the state' '--state: new is the output' -o ./new
windowed '-o is the lock of the state' '--state: new.lock is the output' -o folder/../new.lock
windowed '--bad is the state' '--bad: ./new is that of --state too' --bad ./new
windowed '--bad is late' '--late: late is that of --bad too' --bad ./late
windowed '--late is the state' '--late: folder/here/../new is that of --state too' --late folder/here/../new
echo '{"time":0}' | window --all --state made --state-new
cp made was
ln made hard.made
misused 'the input is the state' 'window: --state: made is the input' window --all --state made hard.made
misused '-o is a link to the state' 'window: --state: made is the output' window --all --state made -o hard.made in
cmp -s made was
result $? 'the state is as it was'
rm -f made made.lock was hard.made
kept 'nothing was touched by these either'

ok 'a file may take the place of the input' sh -c 'cp in x; ln x y; fahr2c -f t --bad /dev/null -o x x; cat x; cmp in y' <<\_
--
{"t":0}
{"t":100}
--
fahr2c: 1 bad record: see /dev/null
_
ok 'a device may be all of them' fahr2c -f t --bad /dev/null -o /dev/null in <<\_
--
--
fahr2c: 1 bad record: see /dev/null
_
ok 'two descriptors may be one file' sh -c 'fahr2c -f t --bad /dev/stderr in >both 2>&1; sort both' <<\_
--
fahr2c: 1 bad record: see /dev/stderr
{"program":"fahr2c","file":"in","line":2,"error":"not a JSON object (byte 0)","raw":"oops"}
{"t":0}
{"t":100}
_
ok 'a link in a chain stays, and the file is replaced' sh -c 'echo \{\} | keep true -o softer.out; readlink softer.out soft.out; cat out hard.out' <<\_
--
soft.out
folder/../out
{}
old
_
ok 'where a link leads to no file yet, that is made' sh -c 'echo \{\} | keep true -o soft.new; readlink soft.new; cat folder/new; ls -A folder' <<\_
--
folder/new
{}
here
new
_
fails 'where it leads to no folder, nothing is' 1 sh -c 'echo \{\} | keep true -o dangling; s=$?; readlink dangling; exit $s' <<\_
--
new/file
--
keep: dangling: No such file or directory
_
ok 'of a link that leads to itself nothing is made' sh -c 'ln -s loop loop; echo \{\} | keep true -o loop; readlink loop; rm loop' <<\_
--
loop
--
keep: loop: Too many levels of symbolic links
_
ln -s /dev/stdout standard
for name in /dev/stdout /dev/fd/1 /proc/self/fd/1 /proc/thread-self/fd/1 /dev/../dev/fd/1 standard; do
	ok "-o $name writes to what is open" sh -c 'echo one >lines; { echo \{\} | keep true -o '$name'; echo three; } >>lines; cat lines' <<\_
--
one
{}
three
_
done
rm standard
ok 'so does that of another process' sh -c 'exec 3>lines; echo one >&3; echo \{\} | keep true -o /proc/$$/fd/3; cat lines' <<\_
--
one
{}
_
ok 'or its pipe' sh -c 'echo \{\} | sh -c "keep true -o /proc/\$\$/fd/1; true" | cat' <<\_
--
{}
_
fails 'a descriptor that is closed is no file to be made' 1 fahr2c -f t -o /proc/self/fd/77 in <<\_
--
--
fahr2c: /proc/self/fd/77: Bad file descriptor
_

if [ "$(id -u)" -eq 0 ] && chown 65534:65533 out 2>/dev/null; then
	chmod 640 out
	echo {} | keep true -o softer.out
	[ "$(stat -c '%u %g %a' out)" = '65534 65533 640' ]
	result $? 'the new file belongs to whom the old one did, and has its mode'
else
	skip 'the new file belongs to whom the old one did, and has its mode' 'only root may give a file away'
fi
done_testing
