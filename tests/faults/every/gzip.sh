#!/bin/sh
# readers
# As tests/every/gzip.sh, with a cut after every byte and damage to each.
STEP=1
. "$SRC/tests/every/gzip.sh"
