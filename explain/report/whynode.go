package report

import (
	"fmt"
	"strings"

	"truce/explain"
	"truce/facts"
)

// NodeText is what a proof says of one of its facts.
type NodeText struct {
	Fact string // its name
	Head []Run  // what it comes to
	Said []Said // its fields, where the case states it
	Ways []WayText
	More []Said // that there are further ways
}

// WayText is what a proof says of one way in which a fact is concluded.
type WayText struct {
	Said       []Said
	Uses       []string // ids of the facts that it rests on
	Thresholds []string // by name, those that what is said reads
}

// TextOf is what a proof says of a fact, its premises aside.
func TextOf(n *explain.Node) *NodeText { return textIn(n, Medium) }

// textIn is TextOf in some detail.
func textIn(n *explain.Node, d Detail) *NodeText {
	s := &proofSayer{detail: d}
	at := s.place(n.At)
	if n.Stated && n.At == "" && !n.Unlisted {
		at = "the case is silent"
	}
	out := &NodeText{Fact: n.Fact, Head: []Run{say(summary(n)), aside(at)}}
	if n.Stated {
		s.stated(n)
		out.Said = s.take()
		return out
	}
	if len(n.Rivals) > 0 {
		s.add(0, "", say("or else "+strings.Join(n.Rivals, ", or ")))
		out.Said = s.take()
	}
	if n.By == nil {
		return out
	}
	out.Ways = append(out.Ways, s.way(n.By))
	for i := range n.Also {
		s.add(0, "", say("and also"))
		out.Ways = append(out.Ways, s.way(&n.Also[i]))
	}
	if more := n.Others - len(n.Also); more > 0 {
		s.add(0, "", aside(fmt.Sprintf("and in %d more ways", more)))
		out.More = s.take()
	}
	return out
}

// proofSayer says what stands in nodes of proofs.
type proofSayer struct {
	sayer
	detail Detail
	used   []string // thresholds
}

// place is where something stands, unless the detail is short.
func (s *proofSayer) place(at string) string {
	if s.detail == Short {
		return ""
	}
	return at
}

// summary is the status of a fact and, of a concluded one, the values that its name
// does not hold.
func summary(n *explain.Node) string {
	switch {
	case n.Unlisted:
		return "stands for what the case may not list"
	case n.Stated:
		return "is stated"
	}
	var parts []string
	for _, f := range n.Fields {
		if !f.Key {
			parts = append(parts, f.Field+" = "+explain.Close.Print(f.Value))
		}
	}
	if len(parts) == 0 {
		return n.Status
	}
	return n.Status + ": " + strings.Join(parts, ", ")
}

// stated writes the fields that the proof reads.
func (s *proofSayer) stated(n *explain.Node) {
	for i := range n.Fields {
		if f := &n.Fields[i]; (f.Read || s.detail == Full) && !n.Unlisted {
			s.field(f)
		}
	}
}

func (s *proofSayer) field(f *explain.Field) {
	runs := []Run{say(f.Field + " = " + explain.Exact.Print(f.Value))}
	if f.Mark != 0 {
		runs = append(runs, marked(f.Mark))
	}
	if s.detail != Short {
		runs = append(runs, aside(strings.Join(provenance(f), "; ")))
	}
	s.add(0, f.At, runs...)
}

// provenance is all that is known of where a value comes from.
func provenance(f *explain.Field) []string {
	var notes []string
	add := func(lead, s string) {
		if s != "" {
			notes = append(notes, lead+strings.TrimSuffix(s, "."))
		}
	}
	switch {
	case f.Given != nil:
		add("", "the case gives "+explain.Exact.Print(*f.Given)+", which could not be known on its date")
	case f.Assumption != nil:
		add("assumed: ", f.Assumption.Because)
		add("", strings.Join(f.Assumption.Cites, " "))
		add("", f.Assumption.At)
	case f.At == "":
		add("", "the case does not give it")
	}
	add("source ", f.Source)
	add("quality ", f.Quality)
	if f.From != "" {
		add("", f.From+" to "+f.To)
	}
	add("known on ", f.KnownOn)
	add("evidence: ", f.Evidence)
	add("note: ", f.Note)
	add("", f.At)
	return notes
}

// way says how a rule concludes a fact.
func (s *proofSayer) way(d *explain.Derivation) WayText {
	ref := strings.Join(d.Cites, " ")
	if d.Extension != "" {
		ref = trimmed(ref, "extension", d.Extension)
	}
	s.add(0, d.At, say("by rule "+d.Rule), aside(trimmed(ref, s.place(d.At))))
	if d.Says != "" {
		s.add(0, "", say(`"`+d.Says+`"`))
	}
	if s.detail != Short {
		s.bindings(d.Bindings)
		s.lets(d.Lets)
	}
	for i := range d.Conditions {
		s.condition(&d.Conditions[i])
	}
	for i := range d.Formulas {
		if f := &d.Formulas[i]; s.detail != Short && !literal(f.Text, f.Value) {
			s.add(0, f.At, say("so "+equation(f.Field, f.Text, f.Value)), aside(f.At))
			s.within(f.Atoms, &f.Reads)
		}
	}
	used := s.used
	s.used = nil
	return WayText{Said: s.take(), Uses: d.Uses, Thresholds: used}
}

func (s *proofSayer) lets(list []explain.Let) {
	for i := range list {
		l := &list[i]
		s.add(0, l.At, say(equation(l.Name, l.Text, l.Value)), aside(l.At))
		s.within(l.Atoms, &l.Reads)
	}
}

// equation is "name = expression = value".
func equation(name, text string, v explain.Value) string {
	return fmt.Sprintf("%s = %s = %s", name, text, explain.Close.Print(v))
}

func (s *proofSayer) bindings(bs []explain.Binding) {
	var used, idle []string
	for _, b := range bs {
		if b.Needed {
			used = append(used, b.Name+" is "+b.Fact)
		} else {
			idle = append(idle, b.Fact)
		}
	}
	if len(used) > 0 {
		s.add(0, "", say("where "+strings.Join(used, ", ")))
	}
	if len(idle) > 0 {
		s.add(0, "", aside("what it says of "+strings.Join(idle, ", ")+" is not needed here"))
	}
}

// literal reports whether an expression is spelt as its value is.
func literal(text string, v explain.Value) bool {
	return strings.Trim(text, `"'`) == explain.Exact.Bare(v)
}

func (s *proofSayer) condition(c *explain.Condition) {
	if len(c.Atoms) == 1 && c.NotRow == "" && !c.Atoms[0].Negated {
		s.atom("if ", &c.Atoms[0], 0)
		return
	}
	lead, truth := "if "+c.Text, c.Truth
	if c.NotRow != "" {
		lead, truth = "if row "+c.NotRow, negation(truth)
		if truth == "error" {
			lead = "that row " + c.NotRow + " does not hold"
		}
	}
	s.add(0, c.At, say(lead+" "+truthWords(truth)), aside(s.place(c.At)))
	s.deciding(c.Atoms)
}

func (s *proofSayer) deciding(atoms []explain.Atom) {
	for i := range atoms {
		switch {
		case atoms[i].Decides:
			s.atom("for ", &atoms[i], 1)
		case s.detail == Full:
			s.atom("beside it ", &atoms[i], 1)
		}
	}
}

// within writes what is behind a value: its deciding atoms where it is true or
// false, and what was read otherwise.
func (s *proofSayer) within(atoms []explain.Atom, r *explain.Reads) {
	if len(atoms) == 0 {
		s.reads(r, 1)
		return
	}
	s.deciding(atoms)
}

func negation(truth string) string {
	switch truth {
	case "true":
		return "false"
	case "false":
		return "true"
	}
	return truth
}

func truthWords(truth string) string {
	switch truth {
	case "true":
		return "holds"
	case "false":
		return "does not hold"
	case "unknown":
		return "is open"
	}
	return "fails"
}

// atom writes a comparison with its truth, by how much, and its operands.
func (s *proofSayer) atom(lead string, a *explain.Atom, level int) {
	verdict := a.Text + " " + truthWords(a.Truth)
	switch {
	case a.Margin.IsZero() || a.Margin.Value.IsUnknown():
	case a.Truth == "unknown":
		verdict += ", margin " + explain.Close.Print(a.Margin)
	default:
		verdict += ", by " + distance(a.Margin)
	}
	var operands []string
	for _, o := range a.Operands {
		if !literal(o.Text, o.Value) && o.Text != a.Text {
			operands = append(operands, o.Text+" is "+explain.Close.Print(o.Value))
		}
	}
	if len(operands) > 0 {
		verdict += ": " + strings.Join(operands, ", ")
	}
	s.add(level, a.At, say(lead+verdict), marked(a.Mark), aside(s.place(a.At)))
	if s.detail != Short {
		s.reads(&a.Reads, level+1)
	}
}

// distance prints a margin without its sign.
func distance(v explain.Value) string {
	if v.Value.Kind() == facts.Number {
		if lo, hi := v.Value.Bounds(); hi <= 0 {
			v.Value = facts.NumberBetween(-hi, -lo)
		}
	} else if lo, hi := v.Value.Ends(); hi <= 0 && lo != facts.MinInteger {
		v.Value = facts.Between(facts.Integer, -hi, -lo)
	}
	s := explain.Close.Print(v)
	if (v.Type.Unit == explain.Level || v.Type.Unit == facts.Day) && !v.Value.Same(facts.IntegerOf(1)) {
		s += "s"
	}
	return s
}
