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
	masked  []bool // by field
	rests   []bool // by field, of a concluded one: as it follows
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
	for i, field := range f.typ.Fields {
		c.somewhere[field] = c.somewhere[field] || f.masked[i]
	}
	c.byType[f.typ.Index] = append(c.byType[f.typ.Index], len(c.list))
	c.list = append(c.list, f)
}

// newFact is a fact with its values, from where they come, and which are masked.
func newFact(t *facts.FactType, name string, s trace.Status, see func(*facts.Field) (facts.Value, trace.Origin, bool)) fact {
	f := fact{typ: t, certain: s == trace.Certain,
		Fact: record.Fact{Name: name, Type: t.Name, Status: s.String(), Copies: 1, Fields: map[string]record.Field{}}}
	for _, field := range t.Fields {
		v, origin, masked := see(field)
		f.values, f.masked, f.rests = append(f.values, v), append(f.masked, masked), append(f.rests, false)
		f.Fields[field.Name] = record.FieldOf(field, v, origin)
		if masked {
			f.Fields[field.Name] = record.Field{Value: record.MaskedValue, Origin: origin.String()}
		}
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
		f := newFact(t, t.Name+"(*)", trace.Possible, func(f *facts.Field) (facts.Value, trace.Origin, bool) {
			return f.Type.Unknown(), trace.Absent, false
		})
		f.Copies, f.blurred = -1, true
		list = append(list, f)
	}
	return list
}

// see is a fact (nil: the case has none) as the rules see it. A value that could not be
// known on the case's date is as good as not given, except where the type comes after
// the decision anyway; where the case is silent, an assumption stands in.
func (c *checker) see(t *facts.FactType, stated *facts.StatedFact, name string) fact {
	return newFact(t, name, trace.Certain, func(f *facts.Field) (facts.Value, trace.Origin, bool) {
		origin := trace.Absent
		if stated != nil && stated.Data[f.Index].Given {
			d := &stated.Data[f.Index]
			if t.After || !d.Later(c.kase.AsOf) {
				return d.Value, trace.Given, d.Masked != ""
			}
			origin = trace.KnownLater
		}
		if a := c.pack.Assumption(f); a != nil {
			return a.Value, trace.Assumed, false
		}
		return f.Type.Unknown(), origin, false
	})
}

// hidden reports whether nothing of a fact could be known on the case's date.
func (c *checker) hidden(f *facts.StatedFact) bool {
	given := slices.DeleteFunc(pointers(f.Data), func(d *facts.Datum) bool { return !d.Given })
	early := slices.ContainsFunc(given, func(d *facts.Datum) bool { return !d.Later(c.kase.AsOf) })
	return f.Type.Count != facts.One && !f.Type.After && len(given) > 0 && !early
}

// concluded takes a fact from the record. What it holds besides its values, status,
// height, copies and which of its values are masked is written anew.
func (c *checker) concluded(t *facts.FactType, r *record.Fact) {
	status := trace.Possible
	if r.Status == trace.Certain.String() {
		status = trace.Certain
	}
	f := newFact(t, r.Name, status, func(field *facts.Field) (facts.Value, trace.Origin, bool) {
		recorded := r.Fields[field.Name].Value
		if c.reach.Has(field) && record.Same(recorded, record.MaskedValue) {
			return field.Type.Unknown(), trace.Concluded, true
		}
		v, err := record.Decode(recorded, field.Type)
		if err != nil {
			c.fault(ErrFact, field.Span, "%s.%s: %v", r.Name, field.Name, err)
			return field.Type.Unknown(), trace.Concluded, false
		}
		return v, trace.Concluded, false
	})
	for _, k := range t.Key {
		f.blurred = f.blurred || !f.values[k].IsKnown()
	}
	f.Height, f.Copies = r.Height, r.Copies
	form := c.formOf(t, f.values)
	for _, i := range c.forms[form] {
		switch g := &c.list[i]; {
		case !g.is(f.values) && !f.is(g.values):
		case slices.Contains(f.masked, true) || slices.Contains(g.masked, true):
			c.toldApart(t)
		default:
			c.fault(ErrFact, t.Span, "%s stands in the record twice", r.Name)
		}
	}
	c.forms[form] = append(c.forms[form], len(c.list))
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
			c.alternatives(i, list)
		}
	}
}

// alternatives says of a fact which are the others of its key.
func (c *checker) alternatives(i int, list []int) {
	f := &c.list[i]
	if len(list) > 1 {
		f.group = list[0] + 1
	}
	apart := f.group != 0 || f.blurred
	f.Name = trace.Name(f.typ, f.values, apart)
	if apart && slices.Contains(f.masked, true) {
		c.toldApart(f.typ)
	}
	f.Alternatives = slices.DeleteFunc(slices.Clone(list), func(j int) bool { return j == i })
	for _, j := range f.Alternatives {
		if g := &c.list[j]; f.certain && g.certain && f.excludes(g) {
			c.fault(ErrRun, f.typ.Span, "%s and %s cannot both be, and are both recorded as certain", f.Name, g.Name)
		}
	}
}

func (c *checker) toldApart(t *facts.FactType) {
	c.fault(record.ErrMask, t.Span, "facts of type %s may be one another, and masked values tell them apart", t.Name)
}

// excludes reports whether two facts of one key cannot be the same.
func (f *fact) excludes(g *fact) bool {
	return !slices.EqualFunc(f.values, g.values, facts.Value.MayEqual)
}

// concludes takes a fact's values from one that concludes it, where they are masked and
// nothing masks them there.
func (f *fact) concludes(values []facts.Value, rests func(field int) bool) {
	for i, field := range f.typ.Fields {
		switch {
		case rests(i):
			f.rests[i] = true
		case f.masked[i]:
			f.Fields[field.Name] = record.FieldOf(field, values[i], trace.Concluded)
		}
	}
}

// is reports whether a fact has values, as far as they are not masked.
func (f *fact) is(values []facts.Value) bool {
	for i, v := range values {
		if !f.masked[i] && !f.values[i].Same(v) {
			return false
		}
	}
	return true
}

// formOf is the same for facts of a type with the same values, those aside that can be
// masked.
func (c *checker) formOf(t *facts.FactType, values []facts.Value) string {
	values = slices.Clone(values)
	for i, f := range t.Fields {
		if c.reach.Has(f) {
			values[i] = f.Type.Unknown()
		}
	}
	return formOf(t, values)
}

// formOf is the same for facts of a type with the same values.
func formOf(t *facts.FactType, values []facts.Value) string {
	b := []byte(t.Name)
	for _, v := range values {
		b = append(append(b, 0), record.Encode(v, facts.Type{Kind: v.Kind()})...)
	}
	return string(b)
}
