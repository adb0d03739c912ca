#!/bin/sh
# records
# --csv: for whoever reads records, a table is what csv2rec would have made of it.
. "$SRC/tests/tables.sh"

alike "$command"
done_testing
