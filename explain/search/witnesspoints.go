package search

import (
	"cmp"
	"slices"
	"sort"

	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// turning is where conditions of two packs turn: the values that fields are compared
// with, by Type.field, and which fields lead where.
type turning struct {
	reads  map[string]bool
	leads  map[string]bool // to a rule or a threshold that differs
	at     map[string][]facts.Value
	differ map[string]bool // compared with a threshold that differs
	// apart are the values between those of a threshold that differs.
	apart map[string]facts.Value // by threshold
	// exact are those of the thresholds that a field is compared with. They need not lie
	// on its grid.
	exact map[string][]facts.Value
	days  []facts.Value // thresholds in days, by which dates may be told apart
}

func turningPoints(older, newer *rules.Pack, o WitnessOptions) *turning {
	t := &turning{reads: map[string]bool{}, leads: map[string]bool{}, at: map[string][]facts.Value{}, differ: map[string]bool{},
		apart: map[string]facts.Value{}, exact: map[string][]facts.Value{}}
	changed := map[string]bool{}
	for _, name := range o.Thresholds {
		changed[name] = true
		if v, ok := amid(older.Threshold(name), newer.Threshold(name)); ok {
			t.apart[name] = v
		}
	}
	named := map[string]bool{}
	for _, name := range o.Rules {
		named[name] = true
	}
	for _, p := range []*rules.Pack{older, newer} {
		t.pack(p, named, changed)
	}
	return t
}

// pack notes what one pack reads, and where its conditions turn.
func (t *turning) pack(p *rules.Pack, named, thresholds map[string]bool) {
	owners := map[*facts.Field]string{}
	for _, ft := range p.Schema.Types {
		for _, f := range ft.Fields {
			owners[f] = ft.Name + "." + f.Name
		}
	}
	for _, th := range p.Thresholds {
		if th.Type.Unit == facts.Day && th.Table == nil {
			t.days = append(t.days, th.Value)
			if v, ok := t.apart[th.Name]; ok {
				t.days = append(t.days, v)
			}
		}
	}
	for f := range readsOf(slice(p, nil)).fields {
		t.reads[owners[f]] = true
	}
	further := map[*rules.Rule]bool{}
	for _, r := range p.Rules {
		r.Each(func(e condition.Expr) {
			t.compared(p, owners, e, thresholds)
			if th, is := e.(*condition.Threshold); is && thresholds[th.Name] {
				further[r] = true
			}
		})
		if named[r.Name] {
			further[r] = true
		}
	}
	for f := range upstream(p, further) {
		t.leads[owners[f]] = true
	}
}

// upstream are the fields that some rules stand on, through what others conclude.
func upstream(p *rules.Pack, of map[*rules.Rule]bool) map[*facts.Field]bool {
	needed := map[*facts.FactType]bool{}
	r := &reads{map[*facts.Field]bool{}, map[int]bool{}}
	for rule := range of {
		rule.ReadTypes(needed)
		rule.Each(r.expr)
	}
	for before := -1; before < len(needed); {
		before = len(needed)
		for _, rule := range p.Rules {
			if rule.Concludes(needed) {
				rule.ReadTypes(needed)
				rule.Each(r.expr)
			}
		}
	}
	return r.fields
}

// compared notes the constants that an expression compares a field with.
func (t *turning) compared(p *rules.Pack, owners map[*facts.Field]string, e condition.Expr, thresholds map[string]bool) {
	var sides []condition.Expr
	switch e := e.(type) {
	case *condition.Binary:
		if e.Op.Compares() {
			sides = []condition.Expr{e.X, e.Y}
		}
	case *condition.Call:
		if e.Func == condition.Ramp || e.Func == condition.Min || e.Func == condition.Max {
			sides = e.Args
		}
	case *condition.Member:
		if f := fieldIn(e.X); f != nil {
			t.at[owners[f]] = append(t.at[owners[f]], e.Set...)
		}
	}
	for _, x := range sides {
		f := fieldIn(x)
		if f == nil {
			continue
		}
		for _, y := range sides {
			switch y := y.(type) {
			case *condition.Literal:
				t.at[owners[f]] = append(t.at[owners[f]], y.Value)
			case *condition.Threshold:
				th := p.Thresholds[y.Index]
				t.at[owners[f]] = append(t.at[owners[f]], th.Value)
				t.differ[owners[f]] = t.differ[owners[f]] || thresholds[th.Name]
				if v, ok := t.apart[th.Name]; ok {
					t.exact[owners[f]] = append(t.exact[owners[f]], v)
				}
			}
		}
	}
}

// amid is a value between those of two thresholds.
func amid(a, b *rules.Threshold) (facts.Value, bool) {
	if a == nil || b == nil || a.Table != nil || b.Table != nil || a.Type.Kind != b.Type.Kind {
		return facts.Value{}, false
	}
	switch a.Type.Kind {
	case facts.Number:
		return facts.NumberOf((a.Value.Number() + b.Value.Number()) / 2), true
	case facts.Integer, facts.Date, facts.Scale:
		mid := (a.Value.Integer() + b.Value.Integer()) / 2
		return facts.Between(a.Type.Kind, mid, mid), true
	}
	return facts.Value{}, false
}

// fieldIn is the field that an expression is, or nil.
func fieldIn(e condition.Expr) *facts.Field {
	switch e := e.(type) {
	case *condition.FieldOf:
		return e.Field
	case *condition.ElementField:
		return e.Field
	}
	return nil
}

func (t *turning) rank(name string) int {
	switch {
	case t.differ[name]:
		return 0
	case t.leads[name]:
		return 1
	}
	return 2
}

// mostLevels is up to how many points of a grid all are tried.
const mostLevels = 12

// of sets the points that a value is moved to, in their order: all of a short grid; of a
// long one its ends, the middle, the value as it is, where conditions turn, and a point
// between each two of those. A point that either pack does not allow is left out.
func (t *turning) of(name string, r *rival, asOf int64) {
	d := r.sides[0]
	g := &d.grid
	if d.to < d.from {
		return
	}
	var at []int
	if g.size() <= mostLevels {
		for i := range g.size() {
			at = append(at, i)
		}
	} else {
		at = []int{0, g.size() - 1, g.size() / 2}
		if g.home >= 0 {
			at = append(at, g.home)
		}
		for _, v := range t.at[name] {
			if v.Kind() == d.as.Kind || v.Kind() == facts.Integer && d.as.Kind == facts.Number {
				at = append(at, g.around(v)...)
			}
		}
		at = withMiddles(at)
	}
	var list []facts.Value
	for _, i := range at {
		list = append(list, g.value(i, i))
	}
	if d.as.Kind == facts.Date {
		for _, v := range t.days {
			day := asOf - int64(v.Number())
			list = append(list, facts.Between(facts.Date, day, day), facts.Between(facts.Date, day-1, day-1))
		}
	}
	for _, v := range t.exact[name] {
		if v.Kind() == d.as.Kind && r.allows(v) {
			list, r.first = append(list, v), append(r.first, v)
		}
	}
	slices.SortFunc(list, facts.Value.Compare)
	list = slices.CompactFunc(list, facts.Value.Same)
	r.points = slices.DeleteFunc(list, func(v facts.Value) bool { return !r.allows(v) })
}

// allows reports whether both packs take a value.
func (r *rival) allows(v facts.Value) bool {
	if !v.Kind().Ordered() {
		return true
	}
	return v.Within(r.sides[0].as.Unknown()) && v.Within(r.sides[1].as.Unknown())
}

// withMiddles are positions in their order, each once, with one between each two.
func withMiddles(at []int) []int {
	slices.Sort(at)
	at = slices.Compact(at)
	for i := len(at) - 1; i > 0; i-- {
		if at[i]-at[i-1] > 1 {
			at = append(at, at[i-1]+(at[i]-at[i-1])/2)
		}
	}
	slices.SortFunc(at, cmp.Compare)
	return at
}

// first is the position of the first point that is not below a value.
func (g *grid) first(v facts.Value) int {
	x, _ := place(v)
	return sort.Search(g.size(), func(i int) bool { return g.place(i) >= x })
}

// around are the points at a value and beside it.
func (g *grid) around(v facts.Value) []int {
	var list []int
	for i := g.first(v) - 1; i <= g.first(v)+1; i++ {
		if i >= 0 && i < g.size() {
			list = append(list, i)
		}
	}
	return list
}
