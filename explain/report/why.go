package report

import (
	"fmt"
	"io"
	"strings"

	"truce/explain"
	"truce/facts"
)

// Detail says how much of each fact a proof shows.
type Detail string

const (
	// Medium shows what decides, and everything that was computed: the default.
	Medium Detail = ""
	// Short shows the rule, its sentence, and what decides, without places, computations
	// and grounds.
	Short Detail = "short"
	// Full shows also what was looked at and decides nothing.
	Full Detail = "full"
)

// ProofForm says how a proof is written.
type ProofForm struct {
	// Depth is how many levels of facts are shown; 0 is all.
	Depth  int
	Detail Detail
	// List shows the proved facts alone, a line each.
	List bool
	Style
}

// ProofText writes a proof as an indented tree: under each fact the rule, what the
// rule found, and the facts it rests on. A fact that several rest on is shown
// where it comes first. Of a condition only the parts that decide are shown, unless
// the detail is full. Numbers are rounded to six significant digits. The thresholds that
// were used stand at the end, with their grounds.
func ProofText(w io.Writer, proof *explain.Proof, f ProofForm) error {
	t := &tree{printer: printer{style: f.Style}, depth: f.Depth, detail: f.Detail, nodes: map[string]*explain.Node{}, shown: map[string]bool{},
		used: map[string]bool{}}
	for _, n := range proof.Nodes {
		t.nodes[n.ID] = n
	}
	if f.List {
		for _, id := range proof.Roots {
			n := t.nodes[id]
			by := n.At
			if n.By != nil {
				by = "by rule " + n.By.Rule
			}
			t.line(run{}, 0, run{bold, n.Fact}, run{"", summary(n)}, run{faint, by})
		}
		return t.flush(w)
	}
	if proof.OneOf {
		t.line(run{}, 0, run{"", fmt.Sprintf("One of these %d holds, whichever it is: the rows of the table leave no case out.", len(proof.Roots))})
	}
	for _, id := range proof.Roots {
		t.fact(t.nodes[id], 0)
	}
	if t.detail != Short {
		t.thresholds(proof.Thresholds)
	}
	return t.flush(w)
}

// tree writes one proof.
type tree struct {
	printer
	depth  int
	detail Detail
	nodes  map[string]*explain.Node
	shown  map[string]bool
	used   map[string]bool // thresholds of what was shown
}

const (
	deeper = 2 // columns a level
	inside = 4 // columns from a fact to what is said of it
)

// head begins the line of a fact.
func head(n *explain.Node, level int) (margin run, indent int, name run) {
	if level == 0 {
		return run{}, 0, run{bold, n.Fact}
	}
	return run{"", "- "}, level * deeper, run{bold, n.Fact}
}

// fact writes a node and what is under it. Level counts from 0.
func (t *tree) fact(n *explain.Node, level int) {
	margin, indent, name := head(n, level)
	if t.shown[n.ID] {
		t.line(margin, indent, name, run{faint, "(shown above)"})
		return
	}
	if t.depth > 0 && level >= t.depth {
		t.line(margin, indent, name, run{"", summary(n)}, run{faint, t.deep(n)})
		return
	}
	t.shown[n.ID] = true
	at := t.place(n.At)
	if n.Stated && n.At == "" && !n.Unlisted {
		at = "the case is silent"
	}
	t.line(margin, indent, name, run{"", summary(n)}, run{faint, at})
	in := level*deeper + inside
	if n.Stated {
		t.stated(n, in)
		return
	}
	if len(n.Rivals) > 0 {
		t.line(run{}, in, run{"", "or else " + strings.Join(n.Rivals, ", or ")})
	}
	t.concluded(n, level)
}

// place is where something stands, unless the detail is short.
func (t *tree) place(at string) string {
	if t.detail == Short {
		return ""
	}
	return at
}

// deep says that more of a fact stands deeper than is shown.
func (t *tree) deep(n *explain.Node) string {
	if t.detail == Short && n.Stated {
		return ""
	}
	return "(its proof is deeper)"
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
func (t *tree) stated(n *explain.Node, in int) {
	for i := range n.Fields {
		if f := &n.Fields[i]; (f.Read || t.detail == Full) && !n.Unlisted {
			t.field(f, in)
		}
	}
}

func (t *tree) field(f *explain.Field, in int) {
	runs := []run{{"", f.Field + " = " + explain.Exact.Print(f.Value)}}
	if f.Mark != 0 {
		runs = append(runs, run{markHues[f.Mark], "[" + f.Mark.String() + "]"})
	}
	if t.detail != Short {
		runs = append(runs, run{faint, strings.Join(provenance(f), "; ")})
	}
	t.line(run{}, in, runs...)
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

func (t *tree) concluded(n *explain.Node, level int) {
	if n.By == nil {
		return
	}
	in := level*deeper + inside
	t.derivation(n.By, level)
	for i := range n.Also {
		t.line(run{}, in, run{"", "and also"})
		t.derivation(&n.Also[i], level)
	}
	if more := n.Others - len(n.Also); more > 0 {
		t.line(run{}, in, run{faint, fmt.Sprintf("and in %d more ways", more)})
	}
}

func (t *tree) derivation(d *explain.Derivation, level int) {
	in := level*deeper + inside
	ref := strings.Join(d.Cites, " ")
	if d.Extension != "" {
		ref = strings.TrimSpace(ref + " extension " + d.Extension)
	}
	t.line(run{}, in, run{"", "by rule " + d.Rule}, run{faint, strings.TrimSpace(ref + " " + t.place(d.At))})
	if d.Says != "" {
		t.line(run{}, in, run{"", `"` + d.Says + `"`})
	}
	if t.detail != Short {
		t.bindings(d.Bindings, in)
		for i := range d.Lets {
			l := &d.Lets[i]
			t.line(run{}, in, run{"", equation(l.Name, l.Text, l.Value)}, run{faint, l.At})
			t.within(l.Atoms, &l.Reads, in+deeper)
		}
	}
	for i := range d.Conditions {
		t.condition(&d.Conditions[i], in)
	}
	for i := range d.Formulas {
		if f := &d.Formulas[i]; t.detail != Short && !literal(f.Text, f.Value) {
			t.line(run{}, in, run{"", "so " + equation(f.Field, f.Text, f.Value)}, run{faint, f.At})
			t.within(f.Atoms, &f.Reads, in+deeper)
		}
	}
	for _, id := range d.Uses {
		t.fact(t.nodes[id], level+1)
	}
}

// equation is "name = expression = value".
func equation(name, text string, v explain.Value) string {
	return fmt.Sprintf("%s = %s = %s", name, text, explain.Close.Print(v))
}

func (t *tree) bindings(bs []explain.Binding, in int) {
	var used, idle []string
	for _, b := range bs {
		if b.Needed {
			used = append(used, b.Name+" is "+b.Fact)
		} else {
			idle = append(idle, b.Fact)
		}
	}
	if len(used) > 0 {
		t.line(run{}, in, run{"", "where " + strings.Join(used, ", ")})
	}
	if len(idle) > 0 {
		t.line(run{}, in, run{faint, "what it says of " + strings.Join(idle, ", ") + " is not needed here"})
	}
}

// literal reports whether an expression is spelt as its value is.
func literal(text string, v explain.Value) bool {
	return strings.Trim(text, `"'`) == explain.Exact.Bare(v)
}

func (t *tree) condition(c *explain.Condition, in int) {
	if len(c.Atoms) == 1 && c.Earlier == "" && !c.Atoms[0].Negated {
		t.atom("if ", &c.Atoms[0], in)
		return
	}
	lead, truth := "if "+c.Text, c.Truth
	if c.Earlier != "" {
		lead, truth = "if the earlier row "+c.Earlier, negation(truth)
	}
	t.line(run{}, in, run{"", lead + " " + truthWords(truth)}, run{faint, t.place(c.At)})
	t.deciding(c.Atoms, in+deeper)
}

func (t *tree) deciding(atoms []explain.Atom, in int) {
	for i := range atoms {
		switch {
		case atoms[i].Decides:
			t.atom("for ", &atoms[i], in)
		case t.detail == Full:
			t.atom("beside it ", &atoms[i], in)
		}
	}
}

// within writes what is behind a value: its deciding atoms where it is true or
// false, and what was read otherwise.
func (t *tree) within(atoms []explain.Atom, r *explain.Reads, in int) {
	if len(atoms) == 0 {
		t.reads(r, in)
		return
	}
	t.deciding(atoms, in)
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
func (t *tree) atom(lead string, a *explain.Atom, in int) {
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
	t.line(run{}, in, run{"", lead + verdict}, run{markHues[a.Mark], "[" + a.Mark.String() + "]"}, run{faint, t.place(a.At)})
	if t.detail != Short {
		t.reads(&a.Reads, in+deeper)
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
