#!/bin/sh
# As tests/windows.t, with thousands of streams.
MORE=9
. "$SRC/tests/windows.t"
