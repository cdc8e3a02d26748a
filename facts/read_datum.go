package facts

import (
	"truce/facts/doc"
	"truce/facts/source"
)

// datum reads a field in its short form, a value, or its long one, keys. With
// findings about the value it comes back without one.
func (r *reader) datum(f *Field, e doc.Entry) Datum {
	if e.Value.Kind != doc.Map {
		v, ds := f.Type.Parse(e.Value)
		at := e.Value.Span
		if e.Value.Null {
			for i := range ds {
				ds[i].Span = e.Key.Span
			}
		}
		r.add(ds...)
		if len(ds) > 0 {
			v = Value{}
		}
		return Datum{Value: v, Span: at}
	}
	if r.options.Masked && e.Value.Get("masked") != nil {
		return r.masked(f, e.Value)
	}
	keys, _ := r.keys(e.Value, datumRecord)
	d := Datum{
		Source: r.optional(keys["source"]), Evidence: r.optional(keys["evidence"]), Note: r.optional(keys["note"]),
		Quality: r.quality(keys["quality"]), Period: r.period(keys["period"]),
	}
	if n := keys["known_on"]; n != nil {
		day := r.day(n)
		d.KnownOn = &day
	}
	if n := keys["known_later"]; n != nil {
		d.KnownLater = r.flag(n)
		if on := keys["known_on"]; d.KnownLater && on != nil {
			r.add(codeKnownTwice.At(n.Span, "the day on which the value became known is recorded").
				Suggest("leave out known_later").See(on.Span, "known_on is here"))
		}
	}
	d.Value, d.Span = r.value(f, e, keys)
	return d
}

// masked reads a field of which only a digest is told, and whether it was known in time.
func (r *reader) masked(f *Field, n *doc.Node) Datum {
	const what = "a digest of 64 hexadecimal digits"
	keys, _ := r.keys(n, maskedRecord)
	d := Datum{Value: f.Type.Unknown(), Masked: r.text(keys["masked"], what), Span: n.Span}
	if d.Masked != "" && !digestForm.MatchString(d.Masked) {
		r.add(codeDigest.At(keys["masked"].Span, "%s is no digest", quote(d.Masked)).Expect(what))
	}
	if n := keys["known_later"]; n != nil {
		d.KnownLater = r.flag(n)
	}
	return d
}

// value reads the value of the long form.
func (r *reader) value(f *Field, e doc.Entry, keys map[string]*doc.Node) (Value, Span) {
	value, low, high := keys["value"], keys["low"], keys["high"]
	switch {
	case value != nil && (low != nil || high != nil):
		end := low
		if end == nil {
			end = high
		}
		r.add(codeValueAndEnds.At(value.Span, "%s has a value and an interval", f.Name).
			Suggest("keep value, or low and high").See(end.Span, "the interval is here"))
		return Value{}, value.Span
	case value != nil:
		return r.checked(f.Type.Parse(value)), value.Span
	case low == nil && high == nil:
		r.add(codeWithoutValue.At(e.Key.Span, "%s has no value", f.Name).Expect("%s", f.Type.Describe()).
			Suggest("add value:, or low: and high:; value: unknown if it is not known"))
		return Value{}, e.Value.Span
	case low == nil:
		r.add(codeOneEnd.At(high.Span, "high is given and low is not").Suggest("add low: with the lower end, or low: unknown"))
		return Value{}, high.Span
	case high == nil:
		r.add(codeOneEnd.At(low.Span, "low is given and high is not").Suggest("add high: with the upper end, or high: unknown"))
		return Value{}, low.Span
	}
	at := low.Span
	if high.Span.End.Compare(at.Start) > 0 {
		at.End = high.Span.End
	}
	return r.checked(f.Type.ParseInterval(low, high)), at
}

// checked passes a value on, or none with its findings.
func (r *reader) checked(v Value, ds source.Diagnostics) Value {
	r.add(ds...)
	if len(ds) > 0 {
		return Value{}
	}
	return v
}

func (r *reader) quality(n *doc.Node) string {
	if n == nil {
		return ""
	}
	s := r.text(n, "a quality")
	if s == "" || r.schema.Quality(s) != nil {
		return s
	}
	names := make([]string, len(r.schema.Qualities))
	for i, q := range r.schema.Qualities {
		names[i] = q.Name
	}
	d := codeQuality.At(n.Span, "%s is not a quality of the pack", quote(s)).Suggest("%s", nearest(s, names))
	if len(names) > 0 {
		d = d.Expect("one of %s", listed(names))
	}
	r.add(d)
	return s
}

func (r *reader) period(n *doc.Node) *Period {
	if n == nil {
		return nil
	}
	const form = "first and last day: {from: 2024-01-01, to: 2024-01-31}"
	if first, last, ok := stretch(n.Value); ok && n.Kind == doc.Scalar {
		r.add(codeNotMap.At(n.Span, "a period has a first and a last day").Expect(form).
			Suggest("write {from: %s, to: %s}", FormatDate(first), FormatDate(last)))
		return nil
	}
	keys, ok := r.keys(n, periodRecord)
	if !ok {
		return nil
	}
	from, to := keys["from"], keys["to"]
	for _, end := range [...]struct {
		key string
		n   *doc.Node
	}{{"from", from}, {"to", to}} {
		if end.n == nil {
			r.add(codeMissing.At(n.Span, "%s is missing", end.key).Expect(form))
		}
	}
	if from == nil || to == nil {
		return nil
	}
	before := len(r.found)
	p := &Period{From: r.day(from), To: r.day(to)}
	if len(r.found) == before && p.From > p.To {
		r.add(codePeriod.At(from.Span, "the period starts on %s and ends on %s", FormatDate(p.From), FormatDate(p.To)).
			Expect(form).See(to.Span, "it ends here"))
	}
	return p
}

func (r *reader) flag(n *doc.Node) bool {
	v, ds := Type{Kind: Bool}.Parse(n)
	for _, d := range ds {
		r.add(d.Suggest("write true, or leave the key out"))
	}
	if len(ds) == 0 && !v.IsKnown() {
		r.add(codeBool.At(n.Span, "this cannot be unknown").Expect("true or false"))
	}
	return v.True()
}
