# make               build every program, into build/bin
# make check         all tests that need neither network nor patience   T=fahr2c: those of that name
# make check-all     also under sanitizers, with faults injected, and fuzzed
# make bench         speed and memory, beside other programs            T=fahr2c: that row
# make demo          the main job, once
# make fuzz T=scan   look for inputs that break a parser, with clang    SECONDS=600
# make install       PREFIX=/usr/local DESTDIR=                         make uninstall
# make dist clean format help
# With any of them: CC=clang, SAN=1 (sanitizers), V=1 (whole commands), WITHOUT_ISAL=1 (zlib inflates).

VERSION := 0.1.0
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
PKG_CONFIG ?= pkg-config
SECONDS ?= 600

# The modules of lib/ in their order: each may include only those before it.
LIB := $(strip $(file <lib/modules))

# What must be there, as pkg-config and Debian call it; what only makes something better.
NEEDS := zlib=zlib1g-dev
CHECKS := cmocka=libcmocka-dev jansson=libjansson-dev
LIKES := $(if $(WITHOUT_ISAL),,libisal)

PROGS := $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
UNITS := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/*.c))
FUZZERS := $(filter-out replay,$(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c)))
PAGES := $(wildcard man/man*/*.[1-9])
B := build$(patsubst %,-%,$(SAN:1=san))
BIN := $(PROGS:%=$B/bin/%)
TESTS := $(UNITS:%=$B/unit/%) $(FUZZERS:%=$B/fuzz/%)

has = $(shell $(PKG_CONFIG) --exists $(1) && echo $(1))
# libcsv has no file for pkg-config.
has_csv = $(shell echo 'int main(void){return csv_error(0);}' | $(CC) -include csv.h -x c - -o /dev/null -lcsv 2>/dev/null \
	&& echo csv)
need = $(if $(call has,$(1)),,$(error weir needs $(1), on Debian: apt-get install $(2)))
ifneq ($(filter-out clean help dist format uninstall,$(or $(MAKECMDGOALS),all)),)
$(foreach n,$(NEEDS) $(if $(filter check%,$(MAKECMDGOALS)),$(CHECKS)),$(call need,$(firstword $(subst =, ,$n)),$(lastword $(subst =, ,$n))))
$(if $(filter check%,$(MAKECMDGOALS)),$(if $(has_csv),,$(error weir needs libcsv, on Debian: apt-get install libcsv-dev)))
$(shell mkdir -p $B/bin $B/unit $B/fuzz $B/cmd $B/lib $B/tests/unit $B/tests/fuzz)
endif
HAVE := $(foreach n,$(NEEDS),$(firstword $(subst =, ,$n))) $(foreach n,$(LIKES),$(call has,$n))

comma := ,
probe = $(foreach f,$(1),$(shell echo 'int main(void){return 0;}' | \
	$(CC) -Werror -O2 $f -x c - -o /dev/null 2>&1 >/dev/null | grep -q . || echo $f))
ifdef SAN
HARDLINK := -fsanitize=address$(comma)undefined$(if $(filter fuzz,$(SAN)),$(comma)fuzzer)
HARD := $(HARDLINK:fuzzer=fuzzer-no-link) -fno-sanitize-recover=all -fno-omit-frame-pointer
else
HARD := $(call probe,-fPIE -fstack-protector-strong -fstack-clash-protection -fcf-protection) \
	-U_FORTIFY_SOURCE $(or $(call probe,-D_FORTIFY_SOURCE=3),-D_FORTIFY_SOURCE=2)
HARDLINK := $(call probe,-pie $(patsubst %,-Wl$(comma)-z$(comma)%,relro now noexecstack))
endif
OURS := -std=gnu17 -D_GNU_SOURCE -iquote lib -MMD -MP -ffp-contract=off -Wall -Wextra -Wmissing-prototypes \
	-Wstrict-prototypes -Wvla -Wwrite-strings -Wshadow $(HARD) -DWEIR_VERSION='"$(VERSION)"' \
	$(foreach h,$(filter $(LIKES),$(HAVE)),-DHAVE_$(shell echo $h | tr a-z A-Z))
LIBS := -Wl,--as-needed $(shell $(PKG_CONFIG) --libs $(HAVE) 2>/dev/null) -lm
COMPILE = $(CC) $(CPPFLAGS) $(OURS) $(CFLAGS)
LINK = $(CC) $(CFLAGS) $(HARDLINK) $(LDFLAGS)
say = $(if $V,,@printf '  %-5s %s\n' $(1) $(notdir $@);)

all: $(BIN)

$B/lib.a: $(patsubst lib/%.c,$B/lib/%.o,$(wildcard $(LIB:%=lib/%.c)))
	$(call say,AR) rm -f $@ && $(AR) rcs $@ $^

$B/%.o: %.c $B/flags
	$(call say,CC) $(COMPILE) -c -o $@ $<

$(BIN): $B/bin/%: $B/cmd/%.o
$(UNITS:%=$B/unit/%): $B/unit/%: $B/tests/unit/%.o
$(FUZZERS:%=$B/fuzz/%): $B/fuzz/%: $B/tests/fuzz/%.o $(if $(filter fuzz,$(SAN)),,$B/tests/fuzz/replay.o)
$(TESTS): LIBS := -Wl,--as-needed -lcmocka -ljansson -lcsv $(LIBS)
$(BIN) $(TESTS): $B/lib.a
	$(call say,LD) $(LINK) -o $@ $(filter %.o,$^) $B/lib.a $(LIBS) $(LDLIBS)

$B/malloc.so: tests/faults/malloc.c
	$(call say,LD) $(CC) -O2 -fPIC -shared -Wall -Wextra -o $@ $<

# Changes when the commands do, so that all is built anew.
$B/flags: force
	@echo '$(COMPILE) $(LINK) $(LIBS) $(LIB)' | cmp -s - $@ || echo '$(COMPILE) $(LINK) $(LIBS) $(LIB)' >$@

-include $(patsubst %.c,$B/%.d,$(wildcard lib/*.c cmd/*.c tests/unit/*.c tests/fuzz/*.c))

TEST = SRC='$(CURDIR)' B='$(abspath $B)' PROGS='$(PROGS)' LIB='$(LIB)' CC='$(CC)' SAN='$(SAN)' VERSION='$(VERSION)' \
	CMOCKA_MESSAGE_OUTPUT=TAP PATH='$(abspath $B/bin):$(PATH)'
PROVE = $(TEST) prove --nocount -j$(or $(JOBS),2)
only = $(if $T,$(filter %/$T %/$T.t,$(1)),$(1))

check: $(BIN) $(TESTS) $B/malloc.so
	@$(PROVE) $(call only,$(wildcard tests/*.t) $(TESTS))

check-all: check
	@$(PROVE) $(call only,$(wildcard tests/faults/*.t))
	@$(MAKE) SAN=1 check
	NUM_PATTERNS=10000000 $B/unit/num
	NUM_PATTERNS=10000000 $B/unit/real
	@$(foreach f,$(FUZZERS),$(MAKE) fuzz T=$f FUZZ='-runs=30000 -seed=1' &&) true

bench: $(BIN)
	@$(TEST) tests/bench/run $T

demo: $(BIN)
	@$(TEST) datasets/demo

fuzz:
	$(if $T,,$(error which target? make fuzz T=one of: $(FUZZERS)))
	@mkdir -p build-fuzz/found/$T
	@$(MAKE) SAN=fuzz CC=clang build-fuzz/fuzz/$T
	build-fuzz/fuzz/$T $(or $(FUZZ),-max_total_time=$(SECONDS)) -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
		-artifact_prefix=build-fuzz/found/ build-fuzz/found/$T tests/fuzz/corpus/$T

SHARE := $(DESTDIR)$(PREFIX)/share
BASH := $(SHARE)/bash-completion/completions
FISH := $(SHARE)/fish/vendor_completions.d
# Debian's zsh looks for functions of packages elsewhere than for those of /usr/local.
ZSH := $(SHARE)/zsh/$(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)
INSTALLED = $(PROGS:%=$(DESTDIR)$(PREFIX)/bin/%) $(PAGES:%=$(SHARE)/%) $(ZSH)/_weir \
	$(BASH)/weir $(PROGS:%=$(BASH)/%) $(FISH)/weir.fish $(PROGS:%=$(FISH)/%.fish)

install: all
	install -d $(sort $(dir $(INSTALLED)))
	install $(BIN) $(DESTDIR)$(PREFIX)/bin
	install -m 644 completions/weir.bash $(BASH)/weir
	install -m 644 completions/weir.fish $(FISH)
	(echo '#compdef $(PROGS)' && cat completions/_weir) >$(ZSH)/_weir
	@set -e; for p in $(PAGES); do install -m 644 $$p $(SHARE)/$$p; done; \
		for p in $(PROGS); do ln -sf weir $(BASH)/$$p; ln -sf weir.fish $(FISH)/$$p.fish; done

uninstall:
	rm -f $(INSTALLED)

dist:
	git archive --prefix=weir-$(VERSION)/ HEAD | gzip -9n >weir-$(VERSION).tar.gz

format:
	clang-format -i cmd/*.c lib/*.[ch] tests/*/*.c

clean:
	rm -rf build build-san build-fuzz

help:
	@sed -n 's/^# //p;/^$$/q' Makefile

force:
.DELETE_ON_ERROR:
.PHONY: all check check-all bench demo fuzz install uninstall dist format clean help force
