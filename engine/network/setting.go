package network

import (
	"truce/engine/network/code"
	"truce/engine/trace"
)

// setting is thresholds as expressions read them. It never changes.
type setting struct {
	parameters *trace.Parameters
	values     []code.Value   // by threshold; of a table, the zero Value
	points     [][]code.Value // by threshold: of a table, by level
	overridden []int          // those that have another value than the pack gives them
}

// Parameters are the thresholds as the pack has them.
func (p *Program) Parameters() *trace.Parameters { return p.own.parameters }

// setting makes thresholds ready to be read.
func (p *Program) setting(set *trace.Parameters) *setting {
	out := &setting{parameters: set}
	for i, t := range p.pack.Thresholds {
		v, points := p.own.values[i], p.own.points[i]
		switch given := set.Points(i); {
		case t.Table == nil:
			if given := code.FromFact(set.Value(i), p.texts); given != v {
				v = given
				out.overridden = append(out.overridden, i)
			}
		case len(given) > 0 && &given[0] != &t.Points[0]:
			points = nil
			for _, x := range given {
				points = append(points, code.FromFact(x, p.texts))
			}
			out.overridden = append(out.overridden, i)
		}
		out.values, out.points = append(out.values, v), append(out.points, points)
	}
	return out
}
