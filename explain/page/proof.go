package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"truce/explain"
	"truce/explain/report"
)

// Node is a fact of a proof. Where it stands elsewhere on the page, Again is its
// anchor and nothing else is said of it.
type Node struct {
	ID     string
	Again  string
	Fact   string
	Head   []Run
	Status string // stated, holds, can hold
	Open   bool   // unfolded at first
	Said   []Said
	Ways   []Way
	More   []Said
}

// Way is one way in which a fact is concluded.
type Way struct {
	Said       []Said
	Cites      []Link
	Thresholds []Link
	Rests      []*Node // on these facts
}

// proofs are the proof of the answer, and the facts beside it that the report speaks
// of.
func (b *builder) proofs(a *report.Assessment) (answer, beside []*Node) {
	answers := map[string]bool{}
	for i := range a.Answer.Values {
		for _, fact := range a.Answer.Values[i].Facts {
			answers[fact] = true
		}
	}
	for _, id := range b.in.Proof.Roots {
		if n := b.nodes[id]; answers[n.Fact] {
			answer = append(answer, b.node(n, true))
		}
	}
	b.use(answer)
	for _, id := range b.in.Proof.Roots {
		if !b.shown[id] {
			beside = append(beside, b.node(b.nodes[id], false))
		}
	}
	return answer, beside
}

// use notes the thresholds that nodes and what is under them name.
func (b *builder) use(nodes []*Node) {
	for _, n := range nodes {
		for i := range n.Ways {
			for _, t := range n.Ways[i].Thresholds {
				b.used[t.Text] = true
			}
			b.use(n.Ways[i].Rests)
		}
	}
}

// node is a fact with all that it rests on, each fact where it comes first.
func (b *builder) node(n *explain.Node, open bool) *Node {
	out := &Node{Fact: n.Fact, Status: n.Status}
	if n.Stated {
		out.Status = "stated"
	}
	if b.shown[n.ID] {
		out.Again = b.anchors[n.ID]
		return out
	}
	b.shown[n.ID] = true
	text := report.TextOf(n)
	out.ID, out.Open, out.Head = b.anchors[n.ID], open, runs(text.Head)
	out.Said, out.More = b.linked(n, text.Said), b.linked(n, text.More)
	derivations := n.Derivations()
	for i := range text.Ways {
		w := &text.Ways[i]
		way := Way{Said: b.linked(n, w.Said), Cites: b.cites(derivations[i].Cites, derivations[i].Extension)}
		seen := map[string]bool{}
		for _, name := range w.Thresholds {
			if !seen[name] {
				seen[name] = true
				way.Thresholds = append(way.Thresholds, Link{thresholdAnchor(name), name})
			}
		}
		for _, id := range w.Uses {
			way.Rests = append(way.Rests, b.node(b.nodes[id], false))
		}
		out.Ways = append(out.Ways, way)
	}
	return out
}

// linked are the lines of a node, with anchors where something may link to them.
func (b *builder) linked(n *explain.Node, lines []report.Said) []Said {
	out := said(lines)
	for i := range lines {
		at, row := place{n.Fact, lines[i].At}, rowOf(n.Fact, lines[i].At)
		if !b.wanted[row] || b.placed[at] != "" {
			continue
		}
		b.lines++
		out[i].ID = fmt.Sprintf("line-%d", b.lines)
		b.placed[at] = out[i].ID
		if b.placed[row] == "" {
			b.placed[row] = out[i].ID
		}
	}
	return out
}

// rowOf is the line of a file that a place of it is in: what is said of "x: =..." stands
// where x does, and its expression a few columns on.
func rowOf(fact, at string) place {
	return place{fact, at[:max(0, strings.LastIndexByte(at, ':'))]}
}

func said(lines []report.Said) []Said {
	out := make([]Said, len(lines))
	for i := range lines {
		l := &lines[i]
		out[i] = Said{Level: l.Level, Bullet: l.Bullet, Runs: runs(l.Runs)}
		for _, g := range l.Goals {
			out[i].Goals = append(out[i].Goals, Link{Text: g})
		}
	}
	return out
}

// Deciding is a place where the proof reads what the case states.
type Deciding struct {
	Mark   string
	Text   string
	Value  string
	At     string
	Line   Link // in the proof
	Fields []Link
}

const decidingAnchor = "decides"

// want notes which lines of proofs the deciding conditions link to.
func (b *builder) want(list []report.Deciding) {
	for i := range list {
		b.wanted[rowOf(list[i].Fact, list[i].At)] = true
	}
}

// deciding lists the deciding conditions, the weakest evidence first.
func (b *builder) deciding(list []report.Deciding) []Deciding {
	var out []Deciding
	marks := explain.Marks()
	slices.Reverse(marks)
	for _, m := range marks {
		for i := range list {
			if d := &list[i]; d.Mark == m {
				out = append(out, b.decides(d))
			}
		}
	}
	return out
}

func (b *builder) decides(d *report.Deciding) Deciding {
	to := cmp.Or(b.placed[place{d.Fact, d.At}], b.placed[rowOf(d.Fact, d.At)], b.facts[d.Fact])
	out := Deciding{Mark: d.Mark.String(), Text: d.Text, Value: explain.Close.Print(d.Value), At: d.At, Line: Link{to, d.Rule}}
	for _, f := range d.Fields {
		out.Fields = append(out.Fields, b.fieldLink(f))
	}
	return out
}
