#!/bin/sh
# The pages that are not of one program; those are in tests/every/manual.sh.
. "$SRC/tests/pages.sh"

for page in "$SRC"/man/man[!1]/*; do
	examples "$page"
done
done_testing
