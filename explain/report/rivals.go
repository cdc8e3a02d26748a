package report

import (
	"io"

	"truce/explain/whynot"
)

// RivalsText writes the best case for each answer that a run did not settle on: the
// nearest rule that could conclude it and exactly what stands in its way, then, once
// each, what those need in their turn.
func RivalsText(w io.Writer, r *whynot.Rivals, s Style) error {
	p := &printer{style: s}
	texts := TextsOf(r.Goals, r.Budget)
	for i := range texts {
		t := &texts[i]
		switch {
		case i < len(r.Rivals):
			p.runs(run{}, 0, []Run{strong(r.Rivals[i].Value), say(t.Status)})
		case i == len(r.Rivals):
			p.line(run{}, 0, run{bold, "What those need in their turn"})
			fallthrough
		default:
			p.runs(run{}, deeper, []Run{strong(t.Goal), say(t.Status)})
		}
		if len(t.Rules) == 0 {
			p.said(t.Said, 0)
			continue
		}
		p.runs(run{}, deeper, t.Rules[0].Head)
		p.said(t.Rules[0].Said, 0)
	}
	return p.flush(w)
}
