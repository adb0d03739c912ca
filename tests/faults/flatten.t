#!/bin/sh
# As tests/flatten.t, with more seeds.
SEEDS='1 2 3'
. "$SRC/tests/flatten.t"
