#!/bin/sh
# sample: --all -k id -a 'sum(temp)'
# gathers
# state: --size 15m -k id -a 'mean(temp)' -t time --late drop
. "$SRC/tests/loops.sh"

ok 'counts the records of each key' window --all -k id <<\_
{"id":"a"}
{"id":"b"}
{"id":"a"}
--
{"id":"a","count":2}
{"id":"b","count":1}
_

done_testing
