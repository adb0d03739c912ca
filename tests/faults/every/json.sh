#!/bin/sh
# records
# As tests/every/json.sh, with more noise.
NOISE=1000
. "$SRC/tests/every/json.sh"
