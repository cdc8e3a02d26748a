package check

import (
	"slices"
	"strings"

	"truce/engine/trace"
	"truce/explain/record"
	"truce/facts"
	"truce/facts/source"
)

// fact is a fact as it follows, or, of one that is concluded, first as it is recorded.
type fact struct {
	record.Fact
	typ     *facts.FactType
	values  []facts.Value
	certain bool
	blurred bool // it stands for one or several: its key is not known, or it is not listed
	group   int  // the first fact of its key, plus one; 0 where it is alone
}

// facts lists the stated facts as the case gives them and the concluded ones as the
// record has them. All must stand where the record has facts of their names.
func (c *checker) facts() {
	c.byType = make([][]int, len(c.pack.Schema.Types))
	recorded := c.record.Run.Facts
	for _, t := range c.pack.Schema.Types {
		if !t.Concluded {
			for _, f := range c.stated(t) {
				c.enter(f)
			}
			continue
		}
		for i := len(c.list); i < len(recorded) && recorded[i].Type == t.Name; i++ {
			c.concluded(t, &recorded[i])
		}
	}
	called := func(f *record.Fact, g fact) bool { return f.Name == g.Name && f.Type == g.Type }
	if len(c.found) == 0 && !slices.EqualFunc(pointers(recorded), c.list, called) {
		c.fault(ErrStated, source.Span{}, "the facts of the record are not those of the case and the concluded ones, by type and key")
	}
}

func pointers[T any](list []T) []*T {
	ps := make([]*T, len(list))
	for i := range list {
		ps[i] = &list[i]
	}
	return ps
}

func (c *checker) enter(f fact) {
	c.byType[f.typ.Index] = append(c.byType[f.typ.Index], len(c.list))
	c.list = append(c.list, f)
}

// newFact is a fact with its values, from where they come.
func newFact(t *facts.FactType, name string, s trace.Status, see func(*facts.Field) (facts.Value, trace.Origin)) fact {
	f := fact{typ: t, certain: s == trace.Certain,
		Fact: record.Fact{Name: name, Type: t.Name, Status: s.String(), Copies: 1, Fields: map[string]record.Field{}}}
	for _, field := range t.Fields {
		v, origin := see(field)
		f.values = append(f.values, v)
		f.Fields[field.Name] = record.FieldOf(field, v, origin)
	}
	return f
}

// stated are the facts of a type that the rules saw: those of the case of which
// something could be known on its date; of a type of which there is one, always one;
// and one more that stands for what an open type may have beyond them.
func (c *checker) stated(t *facts.FactType) []fact {
	var list []fact
	for _, f := range c.kase.Facts {
		switch {
		case f.Type != t:
		case c.hidden(f):
			c.run.Withheld = append(c.run.Withheld, f.Name())
		default:
			list = append(list, c.see(t, f, f.Name()))
		}
	}
	slices.Sort(c.run.Withheld)
	slices.SortFunc(list, func(f, g fact) int { return strings.Compare(f.Name, g.Name) })
	switch {
	case t.Count == facts.One && len(list) == 0:
		list = append(list, c.see(t, nil, t.Name))
	case t.Count == facts.Open && !slices.Contains(c.kase.Complete, t.Name):
		f := newFact(t, t.Name+"(*)", trace.Possible, func(f *facts.Field) (facts.Value, trace.Origin) { return f.Type.Unknown(), trace.Absent })
		f.Copies, f.blurred = -1, true
		list = append(list, f)
	}
	return list
}

// see is a fact (nil: the case has none) as the rules see it. A value that could not be
// known on the case's date is as good as not given, except where the type comes after
// the decision anyway; where the case is silent, an assumption stands in.
func (c *checker) see(t *facts.FactType, stated *facts.StatedFact, name string) fact {
	return newFact(t, name, trace.Certain, func(f *facts.Field) (facts.Value, trace.Origin) {
		origin := trace.Absent
		if stated != nil && stated.Data[f.Index].Given {
			d := &stated.Data[f.Index]
			if t.After || !d.Later(c.kase.AsOf) {
				return d.Value, trace.Given
			}
			origin = trace.KnownLater
		}
		if a := c.pack.Assumption(f); a != nil {
			return a.Value, trace.Assumed
		}
		return f.Type.Unknown(), origin
	})
}

// hidden reports whether nothing of a fact could be known on the case's date.
func (c *checker) hidden(f *facts.StatedFact) bool {
	given := slices.DeleteFunc(pointers(f.Data), func(d *facts.Datum) bool { return !d.Given })
	early := slices.ContainsFunc(given, func(d *facts.Datum) bool { return !d.Later(c.kase.AsOf) })
	return f.Type.Count != facts.One && !f.Type.After && len(given) > 0 && !early
}

// concluded takes a fact from the record. What it holds besides its values, status,
// height and copies is written anew.
func (c *checker) concluded(t *facts.FactType, r *record.Fact) {
	status := trace.Possible
	if r.Status == trace.Certain.String() {
		status = trace.Certain
	}
	f := newFact(t, r.Name, status, func(field *facts.Field) (facts.Value, trace.Origin) {
		v, err := record.Decode(r.Fields[field.Name].Value, field.Type)
		if err != nil {
			c.fault(ErrFact, field.Span, "%s.%s: %v", r.Name, field.Name, err)
			return field.Type.Unknown(), trace.Concluded
		}
		return v, trace.Concluded
	})
	for _, k := range t.Key {
		f.blurred = f.blurred || !f.values[k].IsKnown()
	}
	f.Height, f.Copies = r.Height, r.Copies
	form := formOf(t, f.values)
	if _, twice := c.forms[form]; twice {
		c.fault(ErrFact, t.Span, "%s stands in the record twice", r.Name)
	}
	c.forms[form] = len(c.list)
	if of := c.byType[t.Index]; len(of) > 0 && f.before(&c.list[of[len(of)-1]]) {
		c.fault(ErrFact, t.Span, "%s does not stand where the order of keys puts it", r.Name)
	}
	c.enter(f)
}

// before reports whether a fact comes before another of its type: those whose key is
// known first, then by key, then by all values.
func (f *fact) before(g *fact) bool {
	if f.blurred != g.blurred {
		return g.blurred
	}
	for _, k := range f.typ.Key {
		if n := f.values[k].Compare(g.values[k]); n != 0 {
			return n < 0
		}
	}
	return slices.CompareFunc(f.values, g.values, facts.Value.Compare) < 0
}

// groups finds the alternatives: concluded facts of one key.
func (c *checker) groups() {
	keys := map[string][]int{}
	for i := range c.list {
		f := &c.list[i]
		var key []facts.Value
		for _, k := range f.typ.Key {
			key = append(key, f.values[k])
		}
		if f.blurred {
			key = f.values
		}
		if f.typ.Concluded {
			form := formOf(f.typ, key)
			keys[form] = append(keys[form], i)
		}
	}
	for _, list := range keys {
		for _, i := range list {
			f := &c.list[i]
			if len(list) > 1 {
				f.group = list[0] + 1
			}
			f.Name = trace.Name(f.typ, f.values, f.group != 0 || f.blurred)
			f.Alternatives = slices.DeleteFunc(slices.Clone(list), func(j int) bool { return j == i })
			for _, j := range f.Alternatives {
				if g := &c.list[j]; f.certain && g.certain && f.excludes(g) {
					c.fault(ErrRun, f.typ.Span, "%s and %s cannot both be, and are both recorded as certain", f.Name, g.Name)
				}
			}
		}
	}
}

// excludes reports whether two facts of one key cannot be the same.
func (f *fact) excludes(g *fact) bool {
	return !slices.EqualFunc(f.values, g.values, facts.Value.MayEqual)
}

// formOf is the same for facts of a type with the same values.
func formOf(t *facts.FactType, values []facts.Value) string {
	b := []byte(t.Name)
	for _, v := range values {
		b = append(append(b, 0), record.Encode(v, facts.Type{Kind: v.Kind()})...)
	}
	return string(b)
}
