package search

import (
	"sort"

	"truce/engine"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// dimension is one value that a search may change: a field of a stated fact, or a
// threshold.
type dimension struct {
	name      string
	label     string // with "threshold." before a threshold's name
	typ       *facts.FactType
	id        string // of the fact
	field     *facts.Field
	threshold *rules.Threshold
	level     string // of a table of points, the level whose number moves; "" of any other threshold
	as        facts.Type
	at        facts.Value // as the rules see it
	origin    trace.Origin
	cost      float64
	move      facts.Move
	exact     bool
	grid      grid
	from, to  int // the points that it may move to; to < from where it may not
}

// fact is the name of the fact of a field.
func (d *dimension) fact() string { return factName(d.typ, d.id) }

func factName(t *facts.FactType, id string) string {
	f := facts.StatedFact{Type: t, ID: id}
	return f.Name()
}

// way is the distance of a point.
func (d *dimension) way(i int) float64 { return d.cost * d.grid.way(i) }

// fieldDimension is the dimension of a field of a stated fact of a trace.
func fieldDimension(f *trace.Fact, id string, field *facts.Field) *dimension {
	v := &f.Fields[field.Index]
	name := f.Name + "." + field.Name
	d := &dimension{name: name, label: name, typ: f.Type, id: id, field: field, as: field.Type, at: v.Value,
		origin: v.Origin, cost: field.Cost, move: field.Move, exact: field.Exact}
	inside := field.Type.Unknown()
	if field.Plausible != nil {
		inside = *field.Plausible
	}
	d.lay(inside, field.Step)
	return d
}

// thresholdDimension is the dimension of a threshold; nil of a table of points.
func thresholdDimension(t *rules.Threshold) *dimension {
	if t.Table != nil {
		return nil
	}
	d := &dimension{name: t.Name, label: "threshold." + t.Name, threshold: t, as: t.Type, at: t.Value}
	inside := t.Type.Unknown()
	if t.Plausible != nil {
		inside = *t.Plausible
	}
	d.lay(inside, t.Step)
	return d
}

// pointDimensions are those of a table of points, one a level.
func pointDimensions(t *rules.Threshold) []*dimension {
	var list []*dimension
	for i, v := range t.Points {
		level := t.Table.List[i]
		d := &dimension{name: t.Name + "." + level, label: "threshold." + t.Name + "." + level, threshold: t, level: level, as: t.Type, at: v}
		inside := t.Type.Unknown()
		if t.Plausible != nil {
			inside = *t.Plausible
		}
		d.lay(inside, t.Step)
		list = append(list, d)
	}
	return list
}

// set gives the threshold of the dimension another value in a session.
func (d *dimension) set(session *engine.Session, v facts.Value) error {
	if d.level != "" {
		return session.SetPoint(d.threshold.Name, d.level, v)
	}
	return session.SetThreshold(d.threshold.Name, v)
}

// lay makes the grid, and keeps to the side that the dimension may move to.
func (d *dimension) lay(inside facts.Value, step float64) {
	if d.cost == 0 {
		d.cost = 1
	}
	d.grid = newGrid(d.as, inside, d.at, step)
	d.from, d.to = 0, d.grid.size()-1
	if d.as.Kind == facts.Enum || d.as.Kind == facts.Bool || d.to < 0 {
		return
	}
	lo, hi := place(d.at)
	switch n := d.grid.size(); d.move {
	case facts.Up:
		d.from = sort.Search(n, func(i int) bool { return d.grid.place(i) >= lo })
	case facts.Down:
		d.to = sort.Search(n, func(i int) bool { return d.grid.place(i) > hi }) - 1
	case facts.Free, facts.Fixed:
	}
}

// hasPoints reports whether there is any point to move to.
func (d *dimension) hasPoints() bool {
	return d.to >= d.from && (d.to > d.from || d.grid.home != d.from)
}

// dimensions are the fields of stated facts that lead to the goal in some rule, in
// the trace's order, then the thresholds that those rules read, in pack order. Types
// that come after the decision or are only shown have no place among them.
func dimensions(t *trace.Trace, r *reads) []*dimension {
	var list []*dimension
	for i := range t.Facts {
		f := &t.Facts[i]
		if f.Type.Concluded || f.Unlisted || f.Type.After || f.Type.Context {
			continue
		}
		for _, field := range f.Type.Fields {
			if r.fields[field] {
				list = append(list, fieldDimension(f, idOf(f), field))
			}
		}
	}
	for _, th := range t.Pack.Thresholds {
		if !r.thresholds[th.Index] {
			continue
		}
		if d := thresholdDimension(th); d != nil {
			list = append(list, d)
		}
	}
	return list
}

// idOf is the id of a stated fact: what stands in the brackets of its name.
func idOf(f *trace.Fact) string {
	if f.Type.Count == facts.One {
		return ""
	}
	return f.Name[len(f.Type.Name)+1 : len(f.Name)-1]
}
