#!/bin/sh
# As tests/json.t, with more noise.
NOISE=1000
. "$SRC/tests/json.t"
