package register

import (
	"math"
	"slices"

	"truce/explain"
	"truce/explain/search"
	"truce/facts"
)

// A gatherer puts together what cases say, one after the other, in their order.
type gatherer struct {
	register *Register
	byLabel  map[string]slot // what searches call it
	reaches  []*Reach        // those that cases moved
}

// slot is where the reach of a range goes.
type slot struct {
	at        explain.Value
	parameter *Parameter
	reach     **Reach
}

func newGatherer(r *Register) *gatherer {
	g := &gatherer{register: r, byLabel: map[string]slot{}}
	for _, p := range r.Parameters {
		switch p.Kind {
		case Assumption:
			g.byLabel[p.Name] = slot{p.Value, p, &p.Reach}
		case Threshold:
			g.byLabel["threshold."+p.Name] = slot{p.Value, p, &p.Reach}
		case Points:
			for i := range p.Points {
				g.byLabel["threshold."+p.Name+"."+p.Points[i].Level] = slot{p.Points[i].Value, p, &p.Points[i].Reach}
			}
		case Extension:
		}
	}
	return g
}

// add takes in what one case says.
func (g *gatherer) add(id string, f *finding) {
	r := g.register
	if f.failed != nil {
		r.Failed = append(r.Failed, Failure{id, f.failed[0].Message, f.failed})
		return
	}
	r.Cases++
	r.Runs += f.robust.Runs
	if f.robust.Exhausted {
		r.Exhausted = append(r.Exhausted, id)
	}
	extensions := 0
	for _, p := range r.Parameters {
		if f.rests[p.Name] {
			p.Rests = append(p.Rests, id)
		}
		if f.used[p.Name] {
			p.Used = append(p.Used, id)
		}
		if p.Kind == Extension {
			if then := f.without[extensions]; !same(&f.robust.Answer, &then) {
				p.Falls = append(p.Falls, id)
				p.Changes = append(p.Changes, Change{id, f.robust.Answer, then})
			}
			extensions++
		}
	}
	for i := range f.robust.Ranges {
		g.moved(id, &f.robust.Answer, &f.robust.Ranges[i])
	}
}

func same(a, b *search.Answer) bool {
	return (a.Error == "") == (b.Error == "") && a.Settled == b.Settled && a.NoneCanHold == b.NoneCanHold && slices.Equal(a.Values, b.Values)
}

// moved takes in how far one case lets a value go.
func (g *gatherer) moved(id string, was *search.Answer, r *search.Range) {
	s := g.byLabel[r.Name]
	reach := *s.reach
	if reach == nil {
		reach = &Reach{Inside: r.Inside, Stands: r.Stands, Falls: []string{}}
		*s.reach = reach
		g.reaches = append(g.reaches, reach)
		for i := range r.Others {
			reach.Others = append(reach.Others, Other{Value: r.Others[i].Value, Changes: []Change{}})
		}
	}
	reach.OnGrid = reach.OnGrid || r.OnGrid
	if v, ok := reach.Stands.Value.Clip(r.Stands.Value); ok && !r.Stands.IsZero() {
		reach.Stands.Value = v
	}
	for i := range r.Others {
		if o := &r.Others[i]; !o.Stands {
			reach.Others[i].Changes = append(reach.Others[i].Changes, Change{id, *was, o.Then})
		}
	}
	reach.Low = nearer(reach.Low, id, was, r.Low, 1)
	reach.High = nearer(reach.High, id, was, r.High, -1)
	if !r.Falls {
		return
	}
	if len(reach.Falls) == 0 || r.Margin < reach.Margin {
		reach.Margin = r.Margin
	}
	reach.Falls = append(reach.Falls, id)
	if p := s.parameter; len(p.Falls) == 0 || p.Falls[len(p.Falls)-1] != id {
		p.Falls = append(p.Falls, id)
	}
}

// nearer is the edge that is met first on the way from the value as it is: of the low
// ones (side 1) the highest, of the high ones (-1) the lowest; of equals the first case's.
func nearer(e *Edge, id string, was *search.Answer, end *search.End, side float64) *Edge {
	if end == nil || e != nil && side*place(end.First) <= side*place(e.First) {
		return e
	}
	return &Edge{First: end.First, Change: Change{id, *was, end.Then}}
}

// done sets the ends at which every answer stands still.
func (g *gatherer) done() {
	for _, r := range g.reaches {
		low, high := ends(r.Stands)
		if r.Low != nil {
			r.Low.Last = low
		}
		if r.High != nil {
			r.High.Last = high
		}
	}
}

// ends are the two ends of a value, as points.
func ends(v explain.Value) (low, high explain.Value) {
	low, high = v, v
	if v.Value.Kind() == facts.Number {
		lo, hi := v.Value.Bounds()
		low.Value, high.Value = facts.NumberOf(lo), facts.NumberOf(hi)
		return low, high
	}
	lo, hi := v.Value.Ends()
	low.Value, high.Value = facts.Between(v.Value.Kind(), lo, lo), facts.Between(v.Value.Kind(), hi, hi)
	return low, high
}

// place is where a point lies on the line of its kind.
func place(v explain.Value) float64 {
	if v.Value.Kind() == facts.Number {
		return v.Value.Number()
	}
	i, _ := v.Value.Ends()
	return math.Max(-math.MaxInt64, float64(i))
}
