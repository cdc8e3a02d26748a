package page

import (
	"io"

	"truce/engine/trace"
	"truce/explain"
	"truce/explain/report"
	"truce/explain/search"
	"truce/explain/whynot"
	"truce/rules"
)

// Parts are what a page is made of.
type Parts struct {
	Pack       *rules.Pack
	Assessment *report.Assessment
	Proof      *explain.Proof // see ProofOf
	Robustness *search.Robustness
	Rivals     *whynot.Rivals
	Sides      *search.Sides // of which the page has the matrix
}

// ProofOf is the proof of an answer and of all else that its assessment speaks of.
func ProofOf(t *trace.Trace, a *report.Assessment) *explain.Proof {
	roots := explain.AnswerFacts(t)
	seen := map[int]bool{}
	for _, f := range roots {
		seen[f] = true
	}
	add := func(names []string) {
		for _, name := range names {
			if f, ok := t.Find(name); ok && !seen[f] {
				seen[f] = true
				roots = append(roots, f)
			}
		}
	}
	for i := range a.Answer.Values {
		add(a.Answer.Values[i].Facts)
	}
	for i := range a.Sections {
		s := &a.Sections[i]
		for k := range s.Lines {
			add(s.Lines[k].Facts)
		}
		if s.Matrix != nil {
			for k := range s.Matrix.Rows {
				add(s.Matrix.Rows[k].Facts)
			}
		}
	}
	return explain.Of(t, roots, explain.Options{})
}

// Page is what stands on a page.
type Page struct {
	Title, ID, AsOf, Tier string
	Rules                 string // the pack, its version, the beginning of its digest
	Digest                string // all of it
	Disclaimer            string

	Answer     Answer
	Marks      []string // strongest first
	Sections   []Section
	Robustness Tornado
	Rivals     []Rival
	Goals      []Goal // what the rivals need in turn
	Apart      Apart  // which facts tell the answers apart
	Proof      []*Node
	Beside     []*Node // facts that the report speaks of and the answer does not rest on
	Deciding   []Deciding
	Thresholds []Threshold // on which the answer rests
	Others     []Threshold // that the report reads beside it
	Claims     []Claim
}

// Answer is the answer at the top.
type Answer struct {
	Sentence string
	Settled  bool
	Assumed  string // the anchor of the section that says what is assumed; "" where nothing is
	OneOf    string // that one of the facts holds, whichever it is
	Values   []Value
}

// Value is a value that the answer can have.
type Value struct {
	Value  string
	Says   string
	Status string
	Proofs []Link
	Ways   []Way // how the facts of the goal were concluded, without what they rest on
}

// Link leads to another place of the page. Without one it is text alone.
type Link struct{ To, Text string }

// Run is a stretch of a line; at most one of Mark, Strong and Aside is set.
type Run struct {
	Text   string
	Mark   string
	Strong bool
	Aside  bool
}

// Said is a line of a proof or a refusal.
type Said struct {
	ID     string // "" where nothing links to it
	Level  int
	Bullet bool
	Runs   []Run
	Goals  []Link
}

// New makes a page.
func New(in Parts) *Page {
	b := newBuilder(in)
	a := in.Assessment
	p := &Page{Title: a.Case.Title, ID: a.Case.ID, AsOf: a.Case.AsOf, Tier: a.Case.Tier, Digest: a.Pack.Digest, Disclaimer: a.Disclaimer}
	if p.Title == "" {
		p.Title = a.Case.ID
	}
	p.Rules = a.Pack.Name + " " + a.Pack.Version
	for _, m := range explain.Marks() {
		p.Marks = append(p.Marks, m.String())
	}
	b.want(a.Deciding)
	p.Proof, p.Beside = b.proofs(a)
	p.Deciding = b.deciding(a.Deciding)
	p.Sections = b.sections(a.Sections)
	p.Answer = b.answer(a)
	p.Robustness = tornado(in.Robustness)
	p.Rivals, p.Goals = b.sides(in.Rivals)
	p.Apart = b.apart(in.Sides)
	p.Thresholds, p.Others = b.thresholds()
	p.Claims = b.claims()
	return p
}

// Write writes the page as HTML.
func (p *Page) Write(w io.Writer) error { return write(w, p) }

// builder makes the parts of one page.
type builder struct {
	in      Parts
	voc     *explain.Vocabulary
	nodes   map[string]*explain.Node // by id
	anchors map[string]string        // of nodes, by id
	facts   map[string]string        // of nodes, by the fact's name
	shown   map[string]bool          // nodes that stand on the page already
	wanted  map[place]bool           // rows of files that something links to
	placed  map[place]string         // anchors of lines of proofs, by their place and by its row
	lines   int                      // how many have one
	cited   map[string]bool          // claims and extensions
	used    map[string]bool          // thresholds of the answer's proof
}

// place is where a line of the proof of a fact comes from.
type place struct{ fact, at string }

func newBuilder(in Parts) *builder {
	b := &builder{in: in, voc: explain.VocabularyOf(in.Pack), nodes: map[string]*explain.Node{}, anchors: map[string]string{}, facts: map[string]string{},
		shown: map[string]bool{}, wanted: map[place]bool{}, placed: map[place]string{}, cited: map[string]bool{}, used: map[string]bool{}}
	taken := map[string]bool{}
	for _, n := range in.Proof.Nodes {
		length := 12
		for length < len(n.ID) && taken[n.ID[:length]] {
			length++
		}
		anchor := n.ID[:min(length, len(n.ID))]
		taken[anchor] = true
		b.nodes[n.ID] = n
		b.anchors[n.ID] = "fact-" + anchor
		b.facts[n.Fact] = b.anchors[n.ID]
	}
	return b
}

func (b *builder) factLinks(names []string) []Link {
	links := make([]Link, len(names))
	for i, name := range names {
		links[i] = Link{b.facts[name], name}
	}
	return links
}

// cites are links to claims and extensions, and notes that the page has to have
// them.
func (b *builder) cites(ids []string, extension string) []Link {
	list := ids
	if extension != "" && len(ids) == 0 {
		list = []string{extension}
	}
	links := make([]Link, len(list))
	for i, id := range list {
		b.cited[id] = true
		links[i] = Link{claimAnchor(id), id}
	}
	return links
}

func runs(list []report.Run) []Run {
	var out []Run
	for _, r := range list {
		switch {
		case r.Mark != 0:
			out = append(out, Run{Text: r.Mark.String(), Mark: r.Mark.String()})
		case r.Text != "":
			out = append(out, Run{Text: r.Text, Strong: r.Tone == report.Strong, Aside: r.Tone == report.Aside})
		}
	}
	return out
}
