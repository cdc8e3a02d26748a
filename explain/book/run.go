package book

import (
	"strings"

	"truce/facts"
	"truce/rules"
)

// runs is the chapter of the pack's own tests, or of the cases.
func (b *builder) runs(tests bool) {
	kind, x := "case", b.cases
	if tests {
		kind, x = "test", b.tests
	}
	begun := false
	for _, r := range b.in.Runs {
		if r.Test != tests {
			continue
		}
		if !begun {
			begun = true
			b.heading(2, kind+"s", map[bool]string{true: "Tests", false: "Cases"}[tests])
		}
		b.heading(3, anchor(kind, r.Name), capital(kind)+" ", code(r.Name))
		items := b.about(r)
		if r.Trace == nil {
			items = append(items, with(strong("No answer: "), r.Failed))
		} else {
			one := x.by[r.Name]
			items = append(items, with("Answer: ", answer(one), "."), headed("It rests on ", "rule", one.rests))
		}
		b.list(items...)
	}
}

func answer(o *oneRun) Line {
	var out Line
	for i, v := range o.answer {
		if i > 0 {
			out = append(out, plain(" or "))
		}
		out = append(out, link("answer", v))
	}
	if !o.settled && len(o.answer) == 1 {
		return with(out, " or none")
	}
	return out
}

// about says what a test is for, or what a case asks.
func (b *builder) about(r *Run) []Line {
	if r.Test {
		t := b.pack.Test(r.Name)
		return []Line{with(t.Doc), headedLine("It cites ", b.cites(t.Cites)), expects(t)}
	}
	if r.Trace == nil {
		return nil
	}
	c := r.Trace.Case
	return []Line{with(c.Title + " (as of " + facts.FormatDate(c.AsOf) + ")")}
}

func headedLine(head string, line Line) Line {
	if len(line) == 0 {
		return nil
	}
	return with(head, line, ".")
}

// expects is what a test expects of its answer and its proof.
func expects(t *rules.Test) Line {
	var out Line
	if a := t.Expect.Answer; len(a) > 0 {
		out = with("It expects " + strings.Join(a, " or "))
		if len(a) == 1 {
			out = append(out, plain(", settled"))
		}
	}
	for _, of := range []struct {
		head string
		list []string
	}{{"in its proof ", t.Expect.Proof}, {"and not ", t.Expect.NotProof}} {
		if len(of.list) == 0 {
			continue
		}
		if len(out) > 0 {
			out = append(out, plain("; "))
		}
		out = with(out, of.head, named("rule", of.list))
	}
	if len(out) == 0 {
		return nil
	}
	return with(out, ".")
}
