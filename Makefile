# make               build every program, into build/bin
# make check         all tests that need neither network nor patience   T=fahr2c: those of that name
# make check-all     also under sanitizers, with faults injected, and fuzzed
# make bench         speed and memory, beside other programs            T=fahr2c: that row
# make demo          the main job, once
# make fuzz T=scan   look for inputs that break a parser, with clang    SECONDS=600
# make install       PREFIX=/usr/local DESTDIR=                         make uninstall
# make dist clean format help
# With any of them: CC=clang, SAN=1 (sanitizers), V=1 (whole commands).

VERSION := 0.1.0
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
PKG_CONFIG ?= pkg-config
SECONDS ?= 600

# The modules of lib/ in their order: each may include only those before it.
LIB := fault slice die mem buf map stop file out gunzip in meter num wide affine civil span zone instant layout calendar \
	json names fields shape simd scan rec near opt filter noise weather simulate home

# What must be there, as pkg-config and Debian call it; what only makes something faster.
NEEDS := zlib=zlib1g-dev
LIKES := $(if $(WITHOUT_ISAL),,libisal)

PROGS := $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
UNITS := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/*.c))
FUZZERS := $(filter-out replay,$(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c)))
PAGES := $(wildcard man/man*/*.[1-9])
B := build$(if $(SAN),-san)
BIN := $(PROGS:%=$B/bin/%)

has = $(shell $(PKG_CONFIG) --exists $(1) && echo $(1))
need = $(if $(call has,$(1)),,$(error weir needs $(1), on Debian: apt-get install $(2)))
ifneq ($(filter-out clean help dist format uninstall,$(or $(MAKECMDGOALS),all)),)
$(foreach n,$(NEEDS),$(call need,$(firstword $(subst =, ,$n)),$(lastword $(subst =, ,$n))))
endif
HAVE := $(foreach n,$(NEEDS),$(firstword $(subst =, ,$n))) $(foreach n,$(LIKES),$(call has,$n))

comma := ,
probe = $(shell echo 'int main(void){return 0;}' | $(CC) -Werror -O2 $(1) -x c - -o /dev/null 2>&1 >/dev/null | grep -q . || echo $(1))
ifdef SAN
HARD := -fsanitize=address$(comma)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
HARDLINK := -fsanitize=address$(comma)undefined
else
HARD := $(foreach f,-fPIE -fstack-protector-strong -fstack-clash-protection -fcf-protection,$(call probe,$f)) \
	-U_FORTIFY_SOURCE $(or $(call probe,-D_FORTIFY_SOURCE=3),-D_FORTIFY_SOURCE=2)
HARDLINK := $(foreach f,-pie -Wl$(comma)-z$(comma)relro -Wl$(comma)-z$(comma)now -Wl$(comma)-z$(comma)noexecstack,$(call probe,$f))
endif
OURS := -std=gnu17 -D_GNU_SOURCE -iquote lib -MMD -MP -ffp-contract=off -Wall -Wextra -Wmissing-prototypes \
	-Wstrict-prototypes -Wvla -Wwrite-strings -Wshadow $(HARD) -DWEIR_VERSION='"$(VERSION)"' \
	$(foreach h,$(filter $(LIKES),$(HAVE)),-DHAVE_$(shell echo $h | tr a-z A-Z))
LIBS := -Wl,--as-needed $(shell $(PKG_CONFIG) --libs $(HAVE) 2>/dev/null) -lm
COMPILE = $(CC) $(CPPFLAGS) $(OURS) $(CFLAGS)
LINK = $(CC) $(CFLAGS) $(HARDLINK) $(LDFLAGS)
ifndef V
say = @printf '  %-5s %s\n' $(1) $(notdir $@);
endif

all: $(BIN)

$B/lib.a: $(patsubst lib/%.c,$B/lib/%.o,$(wildcard $(LIB:%=lib/%.c)))
	$(call say,AR) rm -f $@ && $(AR) rcs $@ $^

$B/%.o: %.c $B/flags
	@mkdir -p $(@D)
	$(call say,CC) $(COMPILE) -c -o $@ $<

$(BIN): $B/bin/%: $B/cmd/%.o $B/lib.a
	@mkdir -p $(@D)
	$(call say,LD) $(LINK) -o $@ $^ $(LIBS) $(LDLIBS)

$(UNITS:%=$B/unit/%): $B/unit/%: $B/tests/unit/%.o $B/lib.a
	@mkdir -p $(@D)
	$(call say,LD) $(LINK) -o $@ $^ -lcmocka -ljansson $(LIBS) $(LDLIBS)

$(FUZZERS:%=$B/fuzz/%): $B/fuzz/%: $B/tests/fuzz/%.o $B/tests/fuzz/replay.o $B/lib.a
	@mkdir -p $(@D)
	$(call say,LD) $(LINK) -o $@ $^ -ljansson $(LIBS) $(LDLIBS)

$B/malloc.so: tests/faults/malloc.c
	$(call say,LD) $(CC) -O2 -fPIC -shared -Wall -Wextra -o $@ $<

# Changes when the commands do, so that all is built anew.
$B/flags: force
	@mkdir -p $B; echo '$(COMPILE) $(LINK) $(LIBS)' | cmp -s - $@ || echo '$(COMPILE) $(LINK) $(LIBS)' >$@

-include $(patsubst %.c,$B/%.d,$(wildcard lib/*.c cmd/*.c tests/unit/*.c tests/fuzz/*.c))

TEST_ENV = SRC='$(CURDIR)' B='$(CURDIR)/$B' PROGS='$(PROGS)' LIB='$(LIB)' CC='$(CC)' SAN='$(SAN)' \
	VERSION='$(VERSION)' PATH='$(CURDIR)/$B/bin:$(PATH)'
test = $(if $(wildcard $(1)),$(TEST_ENV) prove --nocount -j$(or $(JOBS),2) $(1))
only = $(foreach t,$(1),$(if $(T),$(filter %/$(T) %/$(T).t,$t),$t))
TESTED = $(BIN) $(UNITS:%=$B/unit/%) $(FUZZERS:%=$B/fuzz/%) $B/malloc.so

check: $(TESTED)
	$(TEST_ENV) prove --nocount -j$(or $(JOBS),2) $(call only,$(wildcard tests/*.t) $(UNITS:%=$B/unit/%) $(FUZZERS:%=$B/fuzz/%))

check-all: check
	$(TEST_ENV) prove --nocount $(call only,$(wildcard tests/faults/*.t))
	$(MAKE) SAN=1 check
	$(TEST_ENV) NUM_PATTERNS=10000000 $B/unit/num
	$(foreach f,$(FUZZERS),$(MAKE) fuzz T=$f SECONDS=$(or $(FUZZ_SECONDS),20) &&) true

bench: $(BIN)
	@$(TEST_ENV) tests/bench/run $(T)

demo: $(BIN)
	@$(TEST_ENV) datasets/demo

fuzz: B := build-fuzz
fuzz:
	@mkdir -p $B/found/$T
	clang -g -O1 $(filter-out -MMD -MP $(HARD),$(OURS)) -fsanitize=fuzzer$(comma)address$(comma)undefined \
		-fno-sanitize-recover=all -o $B/$T tests/fuzz/$T.c $(wildcard $(LIB:%=lib/%.c)) -ljansson $(LIBS)
	$B/$T -max_total_time=$(SECONDS) -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
		-artifact_prefix=$B/found/ $B/found/$T tests/fuzz/corpus/$T

SHARE := $(DESTDIR)$(PREFIX)/share
# Debian's zsh looks for functions of packages elsewhere than for those of /usr/local.
ZSH := $(SHARE)/zsh/$(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)
INSTALLED = $(PROGS:%=$(DESTDIR)$(PREFIX)/bin/%) $(PAGES:man/%=$(SHARE)/man/%) \
	$(SHARE)/bash-completion/completions/weir $(PROGS:%=$(SHARE)/bash-completion/completions/%) \
	$(ZSH)/_weir $(SHARE)/fish/vendor_completions.d/weir.fish $(PROGS:%=$(SHARE)/fish/vendor_completions.d/%.fish)

install: all
	install -d $(sort $(dir $(INSTALLED)))
	install $(BIN) $(DESTDIR)$(PREFIX)/bin
	$(foreach p,$(PAGES),install -m 644 $p $(SHARE)/$p &&) true
	install -m 644 completions/weir.bash $(SHARE)/bash-completion/completions/weir
	$(foreach p,$(PROGS),ln -sf weir $(SHARE)/bash-completion/completions/$p &&) true
	(echo '#compdef $(PROGS)' && cat completions/_weir) >$(ZSH)/_weir
	install -m 644 completions/weir.fish $(SHARE)/fish/vendor_completions.d
	$(foreach p,$(PROGS),ln -sf weir.fish $(SHARE)/fish/vendor_completions.d/$p.fish &&) true

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
