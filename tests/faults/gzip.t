#!/bin/sh
# As tests/gzip.t, with a cut after every byte and damage to each.
STEP=1
. "$SRC/tests/gzip.t"
