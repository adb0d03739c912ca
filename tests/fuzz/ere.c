/* ere: a pattern, a NUL, a text. The table, the plain twin and, where it is a judge, regexec() agree. */
#include "text/ere.h"

#include <regex.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool good)
{
	if (!good)
		abort();
}

static bool is_ascii(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!s.at[i] || s.at[i] & 0x80)
			return false;
	return true;
}

/* For patterns without anchors, which confuse it within loops, without escapes, which are others, and
 * without + and braces, which it multiplies out without a limit. */
static void ask_regexec(const char *pattern, struct slice text, bool verdict)
{
	regex_t judge;
	char *copy = strndup(text.at, text.len);

	must(!regcomp(&judge, pattern, REG_EXTENDED | REG_NOSUB));
	must(verdict == !regexec(&judge, copy, 0, NULL, 0));
	regfree(&judge);
	free(copy);
}

static void try_text(struct ere *e, const char *pattern, struct slice text)
{
	bool verdict = ere_matches(e, text);

	must(verdict == ere_matches(e, text));
	must(verdict == ere_matches_plainly(e, text));
	if (strlen(pattern) < 50 && is_ascii(slice_of(pattern)) && !strpbrk(pattern, "^$\\{+") &&
		is_ascii(text))
		ask_regexec(pattern, text, verdict);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *pattern = strndup((const char *)data, size);
	size_t len = strlen(pattern), skipped = len + (len < size);
	struct slice text = { (const char *)data + skipped, size - skipped };
	struct ere *e;
	struct fault fault;

	text.len = utf8_length(text);
	if (ere_compile((struct slice){ (const char *)data, len }, &e, &fault)) {
		for (size_t n = 0; n < 3; n++)
			try_text(e, pattern, (struct slice){ text.at, text.len / 2 });
		ere_free(e);
	} else {
		must(fault.what && fault.at <= len);
	}
	free(pattern);
	return 0;
}
