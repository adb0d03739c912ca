#!/bin/sh
# What make install puts where Debian's tools look for it, what make uninstall leaves, what make dist packs.
. "$SRC/tests/lib.sh"

unset MAKEFLAGS MFLAGS MAKELEVEL T

build() {
	make -C "$@" CC="$CC" SAN="$SAN" >made 2>&1 || { cat made >&2; false; }
}

files() {
	find x ! -type d | sort
}

# The files of a program, after what all share.
expected() {
	cd "$SRC" && find man -name '*.[1-9]' | sed 's:^:x/usr/share/:'
	printf 'x/usr/bin/%s\n' $PROGS
	printf 'x/usr/share/bash-completion/completions/%s\n' weir $PROGS
	printf 'x/usr/share/fish/vendor_completions.d/%s.fish\n' weir $PROGS
	echo x/usr/share/zsh/vendor-completions/_weir
}

build "$SRC" install DESTDIR="$PWD/x" PREFIX=/usr
result $? 'make install succeeds'
(expected) | sort >wanted
files >got
same 'everything is installed, and nothing else' wanted got

for p in $PROGS; do
	"$p" --options >wanted
	"x/usr/bin/$p" --options >got
	same "$p: is installed as it was built" wanted got
	if command -v man >/dev/null; then
		echo "$PWD/x/usr/share/man/man1/$p.1" >wanted
		man -M "$PWD/x/usr/share/man" -w "$p" >got
		same "$p: man finds its page" wanted got
	else
		skip "$p: man finds its page" 'man is not installed'
	fi
done

# properties PROGRAM: how the linker has protected it.
properties() {
	readelf -Whld "x/usr/bin/$1" | awk '
		/^ *Type: *DYN/ { print "position-independent" }
		/GNU_RELRO/ { print "relocations are read-only" }
		/GNU_STACK/ { print "the stack is " ($0 ~ / RW / ? "not " : "") "executable" }
		/FLAGS_1.*NOW/ { print "symbols are bound at the start" }' | sort
}

for p in $PROGS; do
	if [ -n "$SAN" ]; then
		break
	elif ! command -v readelf >/dev/null; then
		skip "$p: is hardened" 'readelf is not installed'
		continue
	fi
	ok "$p: is hardened" properties "$p" <<\_
--
position-independent
relocations are read-only
symbols are bound at the start
the stack is not executable
_
done

build "$SRC" uninstall DESTDIR="$PWD/x" PREFIX=/usr
files >got
same 'make uninstall takes every file away' /dev/null got

build "$SRC" install DESTDIR="$PWD/x" PREFIX=/usr/local
ls x/usr/local/share/zsh/site-functions >got 2>&1
echo _weir >wanted
same 'under /usr/local, zsh finds its completion as well' wanted got

if git -C "$SRC" rev-parse --quiet --verify HEAD >/dev/null 2>&1; then
	git clone -q "$SRC" checkout && build checkout dist &&
		gzip -dc "checkout/weir-$VERSION.tar.gz" | tar -x && build "weir-$VERSION" CFLAGS=-O0
	result $? 'make dist packs what can be built'
	echo '{"temp":212}' | "weir-$VERSION/build${SAN:+-san}/bin/fahr2c" -f temp >got
	echo '{"temp":100}' >wanted
	same 'and what works when it is built' wanted got
else
	skip 'make dist packs what can be built' 'this is no git checkout'
fi
done_testing
