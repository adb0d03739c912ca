#!/bin/sh
# As tests/windows.t, with thousands of streams.
MORE=5
. "$SRC/tests/windows.t"
