#!/bin/sh
# The tarball is all there is to it: what it holds builds, and passes the tests that it holds.
. "$SRC/tests/lib.sh"

# What the checkout was made with stays behind; what is not there in a tarball, git above all, is skipped.
unset MAKEFLAGS MFLAGS MAKELEVEL T WEIR_NOSKIP

if git -C "$SRC" rev-parse --quiet --verify HEAD >/dev/null 2>&1; then
	git clone -q "$SRC" checkout && make -C checkout dist >dist.log 2>&1 &&
		gzip -dc "checkout/weir-$VERSION.tar.gz" | tar -x
	result $? 'make dist packs the checkout'
	make -C "weir-$VERSION" check CC="$CC" >check.log 2>&1
	status=$?
	result $status 'the tarball builds and passes its own check'
	# What failed and what it said; a build that failed says so at its end.
	[ $status -eq 0 ] || { grep -v '\. ok$' check.log | grep -A99999 -m1 '^not ok\|^#\|^Failed' || tail -40 check.log; } |
		head -200 | sed 's/^/# /' >&2
	git -C checkout ls-files | sort >wanted
	(cd "weir-$VERSION" && find . -path './build*' -prune -o -type f -print | sed 's:^\./::' | sort) >got
	same 'the tests leave nothing behind in the tree' wanted got
else
	skip 'the tarball builds and passes its own check' 'this is no git checkout'
fi
done_testing
