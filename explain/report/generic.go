package report

import (
	"fmt"
	"slices"
	"strings"

	"truce/engine/trace"
	"truce/explain"
	"truce/facts"
)

// The sections that need no sentence of the pack: what the answer assumes, what is
// unknown, what was known only later.

// assumptions are those behind the answer.
func (a *assessor) assumptions() []Line {
	lines := []Line{}
	for _, ref := range a.all.Assumed {
		as := a.assumption(ref)
		taken := fmt.Sprintf("%s is taken to be %s", as.Name, a.voc.Value(as.Value))
		lines = append(lines, Line{Text: joined(stopped(taken), stopped(as.Because)), brief: taken, Mark: explain.Assumed,
			Facts: []string{a.t.Facts[ref.Fact].Name}, Cites: as.Cites, Extension: as.Extension, At: as.At})
	}
	return lines
}

// briefAssumptions names all assumptions in one line.
func briefAssumptions(lines []Line) []Line {
	if len(lines) == 0 {
		return nil
	}
	all := make([]string, len(lines))
	for i := range lines {
		all[i] = lines[i].brief
	}
	return []Line{{Text: stopped(strings.Join(all, "; ")), Mark: explain.Assumed}}
}

func joined(a, b string) string {
	if b == "" {
		return a
	}
	return a + " " + b
}

// unknowns are the values behind the answer that are missing or known in part:
// first those that leave an open answer open, then what is not known at all.
func (a *assessor) unknowns() []Line {
	lines := a.contradictions()
	for _, ref := range a.open.Missing {
		lines = append(lines, a.unknown(ref, true))
	}
	for _, whole := range []bool{true, false} {
		for _, ref := range a.all.Missing {
			if explain.FieldValue(a.t, ref).Value.IsUnknown() == whole && !slices.Contains(a.open.Missing, ref) {
				lines = append(lines, a.unknown(ref, false))
			}
		}
	}
	for _, f := range a.all.Unlisted {
		lines = append(lines, a.unlisted(f, slices.Contains(a.open.Unlisted, f)))
	}
	return lines
}

// contradictions are the facts that would contradict the answer, if what they wait
// for came to be known.
func (a *assessor) contradictions() []Line {
	lines := []Line{}
	for _, i := range a.t.Answer.Contradictions {
		f := &a.t.Facts[i]
		j := &a.t.Justifications[f.Justifications[0]]
		text := fmt.Sprintf("If rule %s held too, the rules would contradict each other: %s is ruled out", j.Rule.Name, f.Name)
		lines = append(lines, Line{Text: stopped(text), brief: stopped(text), Mark: explain.InstanceMark(a.t, j),
			Facts: []string{f.Name}, At: j.Rule.Span.String()})
	}
	return lines
}

// unknown says what is not known of a field, what that does to the answer, and who
// would know. The short form has only what an open answer waits for.
func (a *assessor) unknown(ref trace.FieldRef, open bool) Line {
	v := explain.FieldValue(a.t, ref)
	name := explain.FieldName(a.t, ref)
	text := name + " is unknown"
	if !v.Value.IsUnknown() {
		text = fmt.Sprintf("%s is known only as %s", name, a.voc.Value(v))
	}
	d, stated := explain.Stated(a.t, ref)
	note, asked := "", ""
	if stated && d.Note != "" {
		note = " (" + d.Note + ")"
	}
	if ref.Field.Asked != "" {
		asked = stopped("Who would know: " + ref.Field.Asked)
	}
	l := Line{Text: joined(stopped(a.mattering(text+note, open)), asked), Mark: explain.FieldMark(a.t, ref),
		Facts: []string{a.t.Facts[ref.Fact].Name}, Values: []Shown{{name, v}}}
	if open {
		l.brief = joined(stopped(a.mattering(text, open)), asked)
	}
	if l.Mark == 0 { // that nothing is known is a finding of the run itself
		l.Mark = explain.Computed
	}
	if stated {
		l.At = d.Span.String()
	}
	return l
}

func (a *assessor) effect(open bool) string {
	switch {
	case open:
		return ", and that leaves the answer open"
	case a.t.Answer.Settled:
		return ", but the answer holds whatever it is"
	}
	return ", but that does not leave the answer open"
}

// unlisted says that an open type may have facts that the case does not list.
func (a *assessor) unlisted(f int, open bool) Line {
	ft := a.t.Facts[f].Type
	listed := 0
	for i := range a.t.Facts {
		if a.t.Facts[i].Type == ft && !a.t.Facts[i].Unlisted {
			listed++
		}
	}
	l := Line{Text: stopped(a.mattering(fmt.Sprintf("There may be more %s than the %d that the case lists", ft.Name, listed), open)),
		Mark: explain.Computed, Facts: []string{a.t.Facts[f].Name}}
	if open {
		l.brief = l.Text
	}
	return l
}

// mattering says of what is not known whether the answer waits for it.
func (a *assessor) mattering(text string, open bool) string {
	switch {
	case open:
		return text + a.effect(open)
	case a.t.Answer.Settled:
		return "Looked at, and it does not change the answer: " + text
	}
	return "Looked at, and it is not what leaves the answer open: " + text
}

// briefUnknowns are the lines that an open answer waits for; it is not nil, so that
// the short form has no others.
func briefUnknowns(lines []Line) []Line {
	brief := []Line{}
	for _, l := range lines {
		if l.brief != "" {
			brief = append(brief, l)
		}
	}
	return brief
}

// knownLater are the values that the rules did not see, those behind the answer
// first.
func (a *assessor) knownLater() []Line {
	lines := []Line{}
	for _, ref := range a.all.Later {
		lines = append(lines, a.later(ref, a.effect(slices.Contains(a.open.Later, ref))))
	}
	for _, ref := range explain.KnownLater(a.t) {
		if !slices.Contains(a.all.Later, ref) {
			lines = append(lines, a.later(ref, ", and the answer does not rest on it"))
		}
	}
	for _, f := range a.t.Withheld {
		text := fmt.Sprintf("All that is given of %s became known only later; to the rules it was not there", f.Name())
		lines = append(lines, Line{Text: stopped(text), Mark: explain.Computed, At: f.Span.String()})
	}
	return lines
}

// later says what a case gives and the rules did not see.
func (a *assessor) later(ref trace.FieldRef, effect string) Line {
	d, _ := explain.Stated(a.t, ref)
	v := explain.Value{Type: ref.Field.Type, Value: d.Value}
	name := explain.FieldName(a.t, ref)
	taken := "took it as unknown"
	if a.t.Facts[ref.Fact].Fields[ref.Field.Index].Origin == trace.Assumed {
		taken, effect = "assumed "+a.voc.Value(explain.FieldValue(a.t, ref)), ""
	}
	text := fmt.Sprintf("%s is given as %s, %s; the rules %s%s", name, a.voc.Value(v),
		whenKnown(d, a.t.Case.AsOf), taken, effect)
	return Line{Text: stopped(text), Mark: explain.StatedMark(a.t, ref), Facts: []string{a.t.Facts[ref.Fact].Name},
		At: d.Span.String(), Values: []Shown{{name, v}}}
}

func whenKnown(d *facts.Datum, asOf int64) string {
	switch {
	case d.KnownOn != nil && *d.KnownOn > asOf:
		return "known only on " + facts.FormatDate(*d.KnownOn)
	case d.Period != nil && d.Period.To > asOf:
		return "of a time that ended only on " + facts.FormatDate(d.Period.To)
	}
	return "known only after the case's date"
}

// stopped ends a sentence.
func stopped(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}
