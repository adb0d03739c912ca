#include "record/stamp.h"

#include "number/num.h"
#include "record/json.h"

bool stamp_decimal(struct stamp *s, struct decimal d, struct instant *t, struct fault *fault)
{
	if (!instant_of_decimal(d, &s->scale, t, fault))
		return false;
	s->style = (struct instant_style){ .unit = s->scale.unit };
	return true;
}

bool stamp_number(struct stamp *s, struct slice number, struct instant *t, struct fault *fault)
{
	if (!instant_of_number(number, &s->scale, t, fault))
		return false;
	s->style = (struct instant_style){ .unit = s->scale.unit };
	return true;
}

bool stamp_text(struct stamp *s, struct slice text, struct instant *t, struct fault *fault)
{
	return instant_parse(text, s->zone, t, &s->style, fault);
}

bool stamp_value(
	struct stamp *s, struct value v, struct arena *a, struct instant *t, struct fault *fault)
{
	struct slice json = { v.at, v.len };
	struct decimal d;

	if (v.kind == KIND_NUMBER && num_decimal_padded(json, &d))
		return stamp_decimal(s, d, t, fault);
	if (v.kind == KIND_NUMBER)
		return stamp_number(s, json, t, fault);
	return v.kind == KIND_TEXT && stamp_text(s, json_meaning(a, json), t, fault);
}

size_t stamp_print(char out[STAMP_MAX], const struct stamp *s, struct instant t)
{
	size_t len;

	if (!s->style.text)
		return instant_print(out, t, &s->style, s->zone);
	out[0] = '"';
	len = instant_print(out + 1, t, &s->style, s->zone);
	out[len + 1] = '"';
	return len + 2;
}

bool stamp_alike(const struct stamp *s, const struct instant_style *style, struct instant t)
{
	char a[INSTANT_MAX], b[INSTANT_MAX];
	size_t n = instant_print(a, t, &s->style, s->zone);
	size_t m = instant_print(b, t, style, s->zone);

	return slice_equal((struct slice){ a, n }, (struct slice){ b, m });
}
