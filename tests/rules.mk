# The part of the Makefile that builds and runs the tests.

UNITS := $(patsubst tests/%.c,%,$(wildcard tests/unit/*.c))
FUZZERS := $(filter-out fuzz/replay,$(patsubst tests/%.c,%,$(wildcard tests/fuzz/*.c)))
TESTS := $(UNITS:%=$B/%) $(FUZZERS:%=$B/%)

$(TESTS): $B/%: $B/tests/%.o
$(if $(filter fuzz,$(SAN)),,$(FUZZERS:%=$B/%): $B/tests/fuzz/replay.o)
$(TESTS): LIBS := -Wl,--as-needed -lcmocka -ljansson -lcsv $(LIBS)

# A file for each pair of what holds of every program and a program.
$B/%.t: tests/pairs
	@mkdir -p $(@D)
	@printf '%s\n' '#!/bin/sh' 'PROGRAM=$(lastword $(subst -, ,$*))' \
		'. "$$SRC/tests/$(firstword $(subst -, ,$*)).sh"' >$@

$B/malloc.so: tests/faults/malloc.c
	$(call say,LD) $(CC) -O2 -fPIC -shared -Wall -Wextra -o $@ $<

TEST = SRC='$(CURDIR)' B='$(abspath $B)' PROGS='$(PROGS)' CC='$(CC)' SAN='$(SAN)' VERSION='$(VERSION)' \
	CMOCKA_MESSAGE_OUTPUT=TAP PROGRAM= PATH='$(abspath $B/bin):$(PATH)'
PROVE = $(TEST) prove --nocount --failures -j$(or $(JOBS),2)
only = $(if $T,$(filter %/$T %/$T.t %-$T.t $B/$(2)every/$T-%,$(1)),$(1))
# What holds of every program, a file for each; the longest test goes first, so that none is alone at the end.
every = $(patsubst %,$B/$(1)every/%.t,$(shell tests/pairs $(1)every $(PROGS)))
tests = $(call only,$(wildcard tests/$(1)windows.t) $(call every,$(1)) \
	$(filter-out %/windows.t,$(wildcard tests/$(1)*.t)) $(2),$(1))

check: $(BIN) $(TESTS) $B/malloc.so $(call every)
	@$(PROVE) $(call tests,,$(TESTS))

check-all: check $(call every,faults/)
	@$(PROVE) $(call tests,faults/)
	@$(MAKE) SAN=1 check
	NUM_PATTERNS=10000000 $B/unit/num
	NUM_PATTERNS=10000000 $B/unit/real
	@$(foreach f,$(notdir $(FUZZERS)),$(MAKE) fuzz T=$f FUZZ='-runs=30000 -seed=1' &&) true

fuzz:
	$(if $T,,$(error which target? make fuzz T=one of: $(notdir $(FUZZERS))))
	@mkdir -p build-fuzz/found/$T
	@$(MAKE) SAN=fuzz CC=clang build-fuzz/fuzz/$T
	build-fuzz/fuzz/$T $(or $(FUZZ),-max_total_time=$(SECONDS)) -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
		-artifact_prefix=build-fuzz/found/ build-fuzz/found/$T tests/fuzz/corpus/$T
