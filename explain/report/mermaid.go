package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"truce/explain"
)

// MermaidForm says how much of a proof is drawn.
type MermaidForm struct {
	// Depth is how many levels of facts are drawn; 0 is all.
	Depth int
}

// ProofMermaid writes a proof as a flowchart in Mermaid, from what is stated up to
// what is proved. Each fact and each justification is one node, however many rest on
// it; so is each thing that a justification found absent, each assumption and each
// unknown value that the proof reads, in shapes and outlines of their own:
//
//	box          a concluded fact, dashed where it need not hold
//	round box    a fact that the case states
//	hexagon      a justification: the rule, its place, the thresholds it reads
//	slanted box  nothing of the kind was found
//	flag         a value that the pack assumes
//	circle ends  a value that is unknown
//
// What a rule only looked at is left out, as in the text. Labels are quoted, and whatever in them
// has a meaning to Mermaid or to HTML is written as its number.
func ProofMermaid(w io.Writer, proof *explain.Proof, f MermaidForm) error {
	c := &chart{ids: map[string]string{}, shown: levels(proof, f.Depth), thresholds: map[string]string{}}
	for i := range proof.Thresholds {
		th := &proof.Thresholds[i]
		c.thresholds[th.Name] = fmt.Sprintf("threshold.%s = %s [%s]", th.Name, ThresholdText(th), th.Basis)
	}
	for _, n := range proof.Nodes {
		if _, ok := c.shown[n.ID]; ok {
			c.ids[n.ID] = "f" + strconv.Itoa(len(c.ids)+1)
		}
	}
	c.printf("flowchart BT\n")
	for _, n := range proof.Nodes {
		if more, ok := c.shown[n.ID]; ok {
			c.fact(n, more)
		}
	}
	c.classes()
	_, err := io.WriteString(w, c.out.String())
	return err
}

// levels are the nodes that a chart of so many levels has, each with whether what it
// rests on is drawn too.
func levels(proof *explain.Proof, depth int) map[string]bool {
	nodes := map[string]*explain.Node{}
	for _, n := range proof.Nodes {
		nodes[n.ID] = n
	}
	shown := map[string]bool{}
	next := proof.Roots
	for level := 1; len(next) > 0; level++ {
		now := next
		next = nil
		for _, id := range now {
			if _, seen := shown[id]; seen {
				continue
			}
			more := depth == 0 || level <= depth
			shown[id] = more
			if more {
				for _, d := range nodes[id].Derivations() {
					next = append(next, d.Uses...)
				}
			}
		}
	}
	return shown
}

// chart writes one flowchart.
type chart struct {
	out   strings.Builder
	ids   map[string]string // of facts, by the id in the proof
	shown map[string]bool
	kinds [len(chartKinds)][]string // the nodes of each kind
	count int                       // of nodes that are not facts

	thresholds map[string]string // what is said of each
}

func (c *chart) printf(format string, args ...any) { fmt.Fprintf(&c.out, format, args...) }

// A chartKind is what a node stands for, with how it looks.
type chartKind uint8

const (
	statedKind chartKind = iota
	holdsKind
	possibleKind
	wayKind
	absentKind
	assumedKind
	unknownKind
	laterKind // of which more than is drawn is known
)

// chartKinds have each kind's name, the brackets of its shape and its looks. Outlines
// and shapes tell the kinds apart where colours do not.
var chartKinds = [...]struct{ name, open, shut, style string }{
	statedKind:   {"stated", `("`, `")`, "fill:#e8f1fb,stroke:#2a5d8f,color:#111"},
	holdsKind:    {"holds", `["`, `"]`, "fill:#eef6ee,stroke:#2f6b3a,color:#111"},
	possibleKind: {"possible", `["`, `"]`, "fill:#fdf6e3,stroke:#8a6d00,color:#111,stroke-dasharray:6 4"},
	wayKind:      {"rule", `{{"`, `"}}`, "fill:#f4f4f4,stroke:#666,color:#111"},
	absentKind:   {"absent", `[/"`, `"/]`, "fill:#fff,stroke:#666,color:#111,stroke-dasharray:2 3"},
	assumedKind:  {"assumed", `>"`, `"]`, "fill:#fbe9e7,stroke:#b3261e,color:#111,stroke-width:3px"},
	unknownKind:  {"unknown", `(["`, `"])`, "fill:#fff,stroke:#7a3fa0,color:#111,stroke-width:3px,stroke-dasharray:1 4"},
	laterKind:    {"deeper", `[["`, `"]]`, "fill:#eef6ee,stroke:#2f6b3a,color:#111"},
}

func (c *chart) node(id string, k chartKind, lines ...string) {
	var parts []string
	for _, l := range lines {
		if l != "" {
			parts = append(parts, MermaidText(l))
		}
	}
	c.printf("  %s%s%s%s\n", id, chartKinds[k].open, strings.Join(parts, "<br/>"), chartKinds[k].shut)
	c.kinds[k] = append(c.kinds[k], id)
}

func (c *chart) edge(from, to string) { c.printf("  %s --> %s\n", from, to) }

func (c *chart) other(letter string) string {
	c.count++
	return letter + strconv.Itoa(c.count)
}

func (c *chart) fact(n *explain.Node, more bool) {
	id := c.ids[n.ID]
	switch {
	case !more && n.By != nil:
		c.node(id, laterKind, n.Fact, summary(n), "(its proof is deeper)")
		return
	case n.Stated:
		c.stated(n, id)
		return
	case n.Status == "holds":
		c.node(id, holdsKind, n.Fact, summary(n))
	default:
		c.node(id, possibleKind, n.Fact, summary(n))
	}
	for _, d := range n.Derivations() {
		c.way(d, id)
	}
}

// stated draws a fact of the case with the fields that the proof reads: those that
// are assumed or unknown as nodes of their own.
func (c *chart) stated(n *explain.Node, id string) {
	lines := []string{n.Fact}
	if n.Unlisted {
		lines = append(lines, summary(n))
	}
	var apart []*explain.Field
	for i := range n.Fields {
		f := &n.Fields[i]
		switch {
		case !f.Read || n.Unlisted:
		case f.Assumption != nil || f.Value.Value.IsUnknown():
			apart = append(apart, f)
		default:
			lines = append(lines, fmt.Sprintf("%s = %s [%s]", f.Field, explain.Close.Print(f.Value), f.Mark))
		}
	}
	c.node(id, statedKind, append(lines, n.At)...)
	for _, f := range apart {
		kind, text, why := unknownKind, n.Fact+"."+f.Field+" is unknown", f.At
		if f.Assumption != nil {
			kind, text = assumedKind, fmt.Sprintf("%s is taken to be %s [%s]", f.Assumption.Name, explain.Close.Print(f.Value), f.Mark)
			why = f.Assumption.At
		}
		given := ""
		if f.Given != nil {
			given = "the case gives " + explain.Close.Print(*f.Given) + ", which could not be known on its date"
		}
		leaf := c.other("v")
		c.node(leaf, kind, text, given, why)
		c.edge(leaf, id)
	}
}

// way draws a justification with what it rests on and what it found absent.
func (c *chart) way(d *explain.Derivation, fact string) {
	id := c.other("j")
	lines := []string{"rule " + d.Rule, strings.Join(d.Cites, " "), d.At}
	s := &proofSayer{}
	for _, name := range once(s.way(d).Thresholds) {
		lines = append(lines, c.thresholds[name])
	}
	c.node(id, wayKind, lines...)
	c.edge(id, fact)
	for _, use := range d.Uses {
		c.edge(c.ids[use], id)
	}
	for _, a := range emptyHanded(d) {
		leaf := c.other("n")
		s.aggregate(a, 0)
		c.node(leaf, absentKind, s.take()[0].Runs[0].Text, a.At)
		c.edge(leaf, id)
	}
}

// emptyHanded are the quantifiers and aggregates that a way needed and that found no
// fact.
func emptyHanded(d *explain.Derivation) []*explain.Aggregate {
	var list []*explain.Aggregate
	seen := map[string]bool{}
	reads := func(r *explain.Reads) {
		for i := range r.Aggregates {
			if a := &r.Aggregates[i]; len(a.Counted) == 0 && !seen[a.At+a.Text] {
				seen[a.At+a.Text] = true
				list = append(list, a)
			}
		}
	}
	atoms := func(list []explain.Atom) {
		for i := range list {
			if list[i].Decides {
				reads(&list[i].Reads)
			}
		}
	}
	for i := range d.Lets {
		reads(&d.Lets[i].Reads)
		atoms(d.Lets[i].Atoms)
	}
	for i := range d.Conditions {
		atoms(d.Conditions[i].Atoms)
	}
	for i := range d.Formulas {
		reads(&d.Formulas[i].Reads)
		atoms(d.Formulas[i].Atoms)
	}
	return list
}

func (c *chart) classes() {
	for k, ids := range c.kinds {
		if len(ids) > 0 {
			c.printf("  classDef %s %s\n  class %s %s\n", chartKinds[k].name, chartKinds[k].style, strings.Join(ids, ","), chartKinds[k].name)
		}
	}
}

func once(list []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// MermaidText is a text inside of a quoted label. Letters, digits and what no grammar
// on the way to the picture reads stay; the rest is written as entities, which
// Mermaid turns back into characters that are only shown.
func MermaidText(s string) string {
	var b strings.Builder
	for _, r := range Printable(s) {
		if plainInMermaid(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}

func plainInMermaid(r rune) bool {
	return r >= 0x80 || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(" .,:/()[]=+-_", r)
}
