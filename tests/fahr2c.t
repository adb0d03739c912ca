#!/bin/sh
# sample: -f temp
. "$SRC/tests/lib.sh"

ok 'converts the named field and leaves every other byte' fahr2c -f temp <<\_
{"temp":212}
{ "a" : 21.50, "temp" : -40 , "n":9007199254740993,"x":"\u00e9" }
{"b":3.33E-05,"temp":36.14}
--
{"temp":100}
{ "a" : 21.50, "temp" : -40 , "n":9007199254740993,"x":"\u00e9" }
{"b":3.33E-05,"temp":2.3}
_
done_testing
