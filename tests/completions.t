#!/bin/sh
# The completions, as they are installed, in the shells that they are for: a line is typed, the shell is
# asked to put in every word that it would offer, and the line that comes of it is compared.
. "$SRC/tests/lib.sh"

unset MAKEFLAGS MFLAGS MAKELEVEL T
make -C "$SRC" install DESTDIR="$PWD/x" PREFIX=/usr CC="$CC" SAN="$SAN" >made 2>&1 || cat made >&2
share=$PWD/x/usr/share

# A program that has every kind of row.
mkdir bin
cat >bin/probe <<\_
#!/bin/sh
[ "$1" = --options ] && sed 's/, /	/g' <<\.
probe, [file ...], stands in for a program
f, field, FIELDS, work on [these]: 'fields'
-, format, csv|ndjson, write \ that
o, output, FILE, write to FILE
r, reverse, , the other way
-, max-bad, N, a limit
-, max-line, SIZE, another
V, version, , show the version
.
_
sed 's/\[file \.\.\.\]/home|traffic/' bin/probe >bin/chooser
sed 's/\[file \.\.\.\]/NAME/' bin/probe >bin/taker
chmod +x bin/*
for p in probe chooser taker; do
	ln -s weir "$share/bash-completion/completions/$p"
	ln -s weir.fish "$share/fish/vendor_completions.d/$p.fish"
done
sed -i '1s/$/ probe chooser taker/' "$share/zsh/vendor-completions/_weir"
PATH=$PWD/bin:$PATH
touch data.ndjson
mkdir home

# bash-completion's way to find a completion by the program's name, without bash-completion.
cat >bashrc <<\_
PS1=
load() { . "$share/bash-completion/completions/${1##*/}" && return 124; }
complete -D -F load
show() { printf '%s\n' "$READLINE_LINE" >>became; READLINE_LINE= READLINE_POINT=0; }
bind -x '"\C-t": show'
bind '"\C-x\C-a": insert-completions'
_
cat >.zshrc <<\_
PS1=
fpath=($share/zsh/vendor-completions $fpath)
autoload -Uz compinit && compinit -u -d "$ZDOTDIR/dump"
zstyle ':completion:*' completer _all_matches _complete
zstyle ':completion:*' insert true
zle -C all complete-word _generic
show() { print -r -- $BUFFER >>became; BUFFER=; }
zle -N show
bindkey '^X^A' all
bindkey '^T' show
_
cat >ask.fish <<\_
while read -l line
	set -l words (complete -C $line | string replace -r '\t.*' '')
	set -q words[1]
	and echo (string replace -r '\S*$' '' -- $line)"$words"
	or echo $line
end
_
export share HOME="$PWD" ZDOTDIR="$PWD" XDG_DATA_DIRS="$share:/usr/local/share:/usr/share"
export TERM=dumb INPUTRC=/dev/null

# Types each line at a terminal, and the keys for "all matches" and "show" after it.
type_lines() {
	: >became
	{
		while IFS= read -r line; do
			printf '%s\030\001\024' "$line"
		done
		printf 'exit\r'
	} | script -qec "stty cols 200 rows 50; exec $1" /dev/null >screen
	cat became
}

# What stands at the end of a word that was put in differs: nothing, a blank, "=" or "/".
completed() {
	case $1 in
	bash) type_lines 'bash --noprofile --rcfile bashrc -i' ;;
	zsh) type_lines 'zsh -i' ;;
	fish) fish ask.fish ;;
	esac | sed -E 's,[ =/]+( |$),\1,g'
}

{
	printf '%s --vers\n' $PROGS
	echo --
	printf '%s --version\n' $PROGS
} >every

for shell in bash zsh fish; do
	if ! command -v $shell >/dev/null; then
		skip "$shell completes" "$shell is not installed"
		continue
	fi
	ok "$shell finds the completion of every program" completed $shell <every
	ok "$shell asks the program for its options" completed $shell <<\_
probe --fi
probe --rev
probe --max
probe -r --v
probe --nothing
--
probe --field
probe --reverse
probe --max-bad --max-line
probe -r --version
probe --nothing
_
	ok "$shell offers the words of an argument" completed $shell <<\_
probe --format n
probe --format=n
probe --format x
probe -r --format c
--
probe --format ndjson
probe --format=ndjson
probe --format x
probe -r --format csv
_
	ok "$shell offers files where one is wanted, and only there" completed $shell <<\_
probe -o da
probe -ro da
probe --output da
probe --output=da
probe -f da
probe --max-bad da
probe da
probe -r data.ndjson da
probe -- da
--
probe -o data.ndjson
probe -ro data.ndjson
probe --output data.ndjson
probe --output=data.ndjson
probe -f da
probe --max-bad da
probe data.ndjson
probe -r data.ndjson data.ndjson
probe -- data.ndjson
_
	ok "$shell offers no options after --, and for operands what they are" completed $shell <<\_
probe -- --r
chooser h
chooser -r t
chooser --rev
taker da
taker -r da
taker --rev
--
probe -- --r
chooser home
chooser -r traffic
chooser --reverse
taker da
taker -r da
taker --reverse
_
done
done_testing
