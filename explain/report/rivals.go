package report

import (
	"io"
	"strings"

	"truce/explain/whynot"
)

// RivalsText writes the best case for each answer that a run did not settle on: the
// nearest rule that could conclude it and exactly what stands in its way, then, once
// each, what those need in their turn.
func RivalsText(w io.Writer, r *whynot.Rivals, s Style) error {
	p := &whyNot{printer: printer{style: s}, named: map[string]bool{}}
	for _, g := range r.Goals {
		p.named[g.Goal] = true
	}
	for i := range r.Rivals {
		p.rival(&r.Rivals[i], r.Goals[i])
	}
	needs := r.Goals[len(r.Rivals):]
	if len(needs) > 0 {
		p.line(run{}, 0, run{bold, "What those need in their turn"})
	}
	for _, g := range needs {
		p.needed(g)
	}
	return p.flush(w)
}

func (p *whyNot) rival(r *whynot.Rival, g *whynot.Goal) {
	p.line(run{}, 0, run{bold, r.Value}, run{"", r.Status})
	if r.Best == nil {
		p.line(run{}, deeper, run{"", g.NoRule})
		return
	}
	p.best(&g.Rules[0])
}

// best is a rule with its nearest choice.
func (p *whyNot) best(r *whynot.Rule) {
	one := *r
	one.Nearest = r.Nearest[:1]
	p.rule(&one)
}

// needed is what a rival needs: of several rules the nearest.
func (p *whyNot) needed(g *whynot.Goal) {
	p.line(run{}, deeper, run{bold, g.Goal}, run{"", g.Status})
	switch {
	case len(g.Rules) > 0:
		p.best(&g.Rules[0])
	case g.Stated:
		p.line(run{}, inside, run{"", "a case states it"})
	case g.NoRule != "":
		p.line(run{}, inside, run{"", g.NoRule})
	case len(g.Facts) > 0:
		p.line(run{}, inside, run{"", "it is " + strings.Join(g.Facts, ", ")})
	}
}
