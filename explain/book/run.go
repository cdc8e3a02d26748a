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
	var list []*Run
	for _, r := range b.in.Runs {
		if r.Test == tests {
			list = append(list, r)
		}
	}
	if len(list) == 0 {
		return
	}
	b.heading(2, kind+"s", capital(kind)+"s")
	b.index(kind, list, x)
	for _, r := range list {
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

// index is a table of runs with their answers, and of tests with what they cite.
func (b *builder) index(kind string, list []*Run, x *exercise) {
	block := Block{Kind: Table, Head: []Line{with(kind), with("answer"), with("rules that it rests on")}}
	if kind == "test" {
		block.Head = append(block.Head, with("cites"))
	}
	for _, r := range list {
		row := []Line{with(link(kind, r.Name)), with(strong("none")), nil}
		if one := x.by[r.Name]; one != nil {
			row[1], row[2] = answer(one), number(len(one.rests))
		}
		if kind == "test" {
			row = append(row, b.cites(b.pack.Test(r.Name).Cites))
		}
		block.Rows = append(block.Rows, Row{Cells: row})
	}
	b.add(block)
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
