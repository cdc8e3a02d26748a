package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"truce/engine/trace"
	"truce/explain"
	"truce/facts"
	"truce/rules"
)

// lines are the pack's own lines of a section: in the report's order, of one line
// those of more weight first; of a section of reasons those of more weight first
// whatever the line. Instances of a line that say the same are one.
func (a *assessor) lines(s *rules.Section) []Line {
	list := []Line{}
	for _, l := range s.Lines {
		said := a.said(l)
		byWeight(said)
		list = append(list, said...)
	}
	if s.Kind == rules.Reasons {
		byWeight(list)
	}
	return list
}

// saidAbove is what a section of reasons says of which nothing is left.
const saidAbove = "What speaks against one of the open answers is what speaks for another: it stands above."

// sayOnce leaves out of later sections of reasons what an earlier one says with the
// same facts and the same weight: while the answer is open, what speaks for one
// answer speaks against another. Only lines that need not hold are left out, for
// those wait for the answer.
func sayOnce(sections []Section) {
	var said []Line
	for i := range sections {
		s := &sections[i]
		if s.Kind != rules.Reasons.String() {
			continue
		}
		had := len(s.Lines)
		s.Lines = slices.DeleteFunc(s.Lines, func(l Line) bool {
			return slices.ContainsFunc(said, func(old Line) bool { return sameReason(old, l) })
		})
		if had > 0 && len(s.Lines) == 0 {
			s.Empty = saidAbove
		}
		said = append(said, s.Lines...)
	}
}

func sameReason(x, y Line) bool {
	possible := trace.Possible.String()
	return x.Status == possible && y.Status == possible && len(x.Facts) > 0 && slices.Equal(x.Facts, y.Facts) &&
		!x.Weight.IsZero() && x.Weight.Value.Same(y.Weight.Value)
}

// said are the sentences of one line, in the order of the trace.
func (a *assessor) said(line *rules.Line) []Line {
	var texts []string
	instances := map[string][]*trace.Justification{}
	for _, j := range a.instances[line.Rule] {
		text := a.filled(j)
		if instances[text] == nil {
			texts = append(texts, text)
		}
		instances[text] = append(instances[text], j)
	}
	var list []Line
	for _, text := range texts {
		l := a.line(text, instances[text])
		if line.Weight != nil {
			l.Weight.Type = line.Weight.Type()
		}
		list = append(list, l)
	}
	return list
}

// filled is the sentence of a line with the values that an instance found.
func (a *assessor) filled(j *trace.Justification) string {
	var b strings.Builder
	a.eachPart(j, func(text string, _ *Shown) { b.WriteString(text) })
	return strings.Join(strings.Fields(b.String()), " ")
}

// eachPart visits the parts of a line's sentence: plain text, and values with what
// they were computed from.
func (a *assessor) eachPart(j *trace.Justification, visit func(string, *Shown)) {
	for i, p := range j.Rule.Says.Parts {
		if p.Expr == nil {
			visit(p.Text, nil)
			continue
		}
		v := explain.Value{Type: p.Expr.Type(), Value: j.Formulas[i].Value}
		visit(a.voc.Value(v), &Shown{p.Expr.Text(), v})
	}
}

// line is one sentence with all the instances that say it. Its weight is that of
// the first, its mark the weakest.
func (a *assessor) line(text string, js []*trace.Justification) Line {
	r := js[0].Rule
	l := Line{Line: r.Name, Cites: r.Cites, Extension: r.Extension, At: r.Span.String(), Weight: explain.Value{Value: js[0].Weight}}
	a.eachPart(js[0], func(_ string, s *Shown) {
		if s != nil {
			l.Values = append(l.Values, *s)
		}
	})
	status := trace.Possible
	for _, j := range js {
		l.Mark = max(l.Mark, explain.InstanceMark(a.t, j))
		status = max(status, j.Status)
		for _, p := range j.Premises {
			if name := a.t.Facts[p].Name; !slices.Contains(l.Facts, name) {
				l.Facts = append(l.Facts, name)
			}
		}
	}
	if a.whateverTheAnswer(js) {
		status = trace.Certain
	}
	l.Status = status.String()
	if status == trace.Certain {
		l.Text = explain.Sentence(text)
	} else {
		l.Text = "It is possible that " + a.voc.Lowered(text)
	}
	return l
}

// whateverTheAnswer reports whether one of the instances is sure to hold because
// one of the answers is: each answer that can hold has an instance that asks for
// nothing else that is open.
func (a *assessor) whateverTheAnswer(js []*trace.Justification) bool {
	if a.t.Answer.NoneCanHold {
		return false
	}
	covered := map[int]bool{}
	for _, j := range js {
		if goal, ok := a.onlyGoal(j); ok {
			covered[goal] = true
		}
	}
	for _, v := range a.t.Answer.Values {
		for _, f := range v.Facts {
			if !covered[f] {
				return false
			}
		}
	}
	return len(covered) > 0
}

// onlyGoal is the fact of the goal's type that an instance stands on, when nothing
// else about the instance is open.
func (a *assessor) onlyGoal(j *trace.Justification) (goal int, ok bool) {
	for i := range j.Steps {
		if s := &j.Steps[i]; s.Step.Kind == rules.Condition && !s.Truth.True() {
			return 0, false
		}
	}
	for _, p := range j.Premises {
		switch {
		case a.t.Facts[p].Type == a.t.Pack.Goal.Type:
			goal, ok = p, true
		case a.t.Facts[p].Status != trace.Certain:
			return 0, false
		}
	}
	return goal, ok
}

func byWeight(lines []Line) {
	slices.SortStableFunc(lines, func(x, y Line) int { return cmp.Compare(weight(y.Weight), weight(x.Weight)) })
}

// weight is the middle of what a weight may be; of one that is open at an end, the
// other end; of none, the least there is.
func weight(v explain.Value) float64 {
	var lo, hi float64
	switch v.Value.Kind() {
	case facts.Number:
		lo, hi = v.Value.Bounds()
	case facts.Integer:
		l, h := v.Value.Ends()
		lo, hi = openEnd(l), openEnd(h)
	default:
		return math.Inf(-1)
	}
	switch {
	case v.Value.Fault() != nil || math.IsInf(lo, -1) && math.IsInf(hi, 1):
		return math.Inf(-1)
	case math.IsInf(lo, -1):
		return hi
	case math.IsInf(hi, 1):
		return lo
	}
	return lo/2 + hi/2
}

func openEnd(i int64) float64 {
	switch i {
	case facts.MinInteger:
		return math.Inf(-1)
	case facts.MaxInteger:
		return math.Inf(1)
	}
	return float64(i)
}
