package search

import (
	"fmt"
	"strings"

	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
)

func (s *Search) about() About {
	p := s.program.Pack()
	return About{Case: s.kase.ID, AsOf: facts.FormatDate(s.kase.AsOf), Pack: p.Name + " " + p.Version, Digest: p.Digest,
		Answer: s.answer.document(), Disclaimer: p.Report.Disclaimer}
}

// AnswerOf is what a finished run came to.
func AnswerOf(t *trace.Trace) Answer {
	o := outcomeOf(&t.Answer)
	return o.document()
}

func (o *outcome) document() Answer {
	a := Answer{Settled: o.settled, Values: append([]string{}, o.can...), NoneCanHold: o.none}
	if o.failed != nil {
		a.Error = o.failed.Error()
	}
	return a
}

// mostListed is how many names a message lists.
const mostListed = 12

func joined(names []string) string {
	if len(names) > mostListed {
		return strings.Join(names[:mostListed], ", ") + fmt.Sprintf(" and %d more", len(names)-mostListed)
	}
	return strings.Join(names, ", ")
}

// named is the label of what has a name, letter case aside; a threshold may have
// "threshold." before its name. What only rules read that do not lead to the goal has a
// name too: it matters where one of them ends in an error.
func (s *Search) named(name string) (string, error) {
	name = strings.TrimSpace(name)
	for _, d := range s.read {
		if strings.EqualFold(d.label, name) || strings.EqualFold(d.name, name) {
			return d.label, nil
		}
	}
	var names []string
	for _, d := range s.dims {
		names = append(names, d.name)
	}
	return "", source.Diagnostics{CodeName.At(source.Span{}, "nothing that the answer depends on is called %s", name).
		Suggest("%s", source.DidYouMean(name, names))}
}
