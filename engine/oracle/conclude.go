package oracle

import (
	"strconv"

	"truce/engine/model"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules/eval"
)

// conclude computes the fields of a conclusion, finds or makes the fact, and
// records the instance.
func (m *match) conclude(in model.Instance) error {
	if err := m.bound(); err != nil {
		return err
	}
	c := m.rule.Then[in.Conclusion]
	values := make([]facts.Value, len(c.Fields))
	m.env.Facts, m.env.Values = m.facts, m.values
	for j, e := range c.Fields {
		v := eval.Fit(eval.Eval(e, m.env), c.Fact.Fields[j], e.Span())
		if v.Fault() != nil {
			// It matters only where the instance is certain; until that is known the
			// field is anything.
			if in.Failed.IsZero() {
				in.Failed = v
			}
			v = c.Fact.Fields[j].Type.Unknown()
		}
		values[j] = v
	}
	before := len(m.model.Facts)
	in.Fact = m.place(c.Fact, values)
	if m.work != nil {
		m.work.Held++
		m.work.New += len(m.model.Facts) - before
	}
	i := len(m.model.Instances)
	m.model.Instances = append(m.model.Instances, in)
	m.model.Facts[in.Fact].Instances = append(m.model.Facts[in.Fact].Instances, i)
	return nil
}

// place finds the fact with these values, or makes it. Facts of one known key with
// different values become alternatives.
func (r *run) place(t *facts.FactType, values []facts.Value) int {
	f := model.Fact{Type: t, Values: values, Status: trace.Possible, Copies: 1}
	key := make([]facts.Value, len(t.Key))
	for n, j := range t.Key {
		key[n] = values[j]
		f.Blurred = f.Blurred || !values[j].IsKnown()
	}
	if f.Blurred {
		key = values
	}
	name := strconv.Itoa(t.Index) + strconv.FormatBool(f.Blurred) + model.FormOf(key)
	form := model.FormOf(values)
	same := r.keys[name]
	for _, i := range same {
		if model.FormOf(r.model.Facts[i].Values) == form {
			return i
		}
	}
	if len(same) == 1 {
		r.groups++
		r.model.Facts[same[0]].Group = r.groups
	}
	if len(same) > 0 {
		f.Group = r.model.Facts[same[0]].Group
	}
	i := r.add(f)
	r.keys[name] = append(same, i)
	return i
}

// copies says of each blurred fact for how many real ones it may stand: the sum
// over its instances of the product over their premises; without end where a rule
// that concludes its type feeds itself. Types that only happen to be in the same
// stratum as such a one are as they would be without it.
func (r *run) copies(recursive bool) {
	endless := map[*facts.FactType]bool{}
	for _, rule := range r.pack.Rules {
		if recursive && r.feedsItself(rule) {
			for _, c := range rule.Then {
				endless[c.Fact] = true
			}
		}
	}
	for i := range r.model.Facts {
		f := &r.model.Facts[i]
		if !f.Blurred || !r.growing[f.Type] {
			continue
		}
		if endless[f.Type] {
			f.Copies = -1
			continue
		}
		f.Copies = 0
		for _, n := range f.Instances {
			f.Copies = plus(f.Copies, r.choices(&r.model.Instances[n]))
		}
	}
}

// most is where copies are counted as without end.
const most = 1 << 30

func (r *run) choices(in *model.Instance) int {
	n := 1
	for _, p := range in.Premises {
		c := r.model.Facts[p].Copies
		if c < 0 || n > most/c {
			return -1
		}
		n *= c
	}
	return n
}

func plus(a, b int) int {
	if a < 0 || b < 0 || a+b > most {
		return -1
	}
	return a + b
}

// certain finds the certain model of the stratum: a fact becomes certain when an
// instance of it is, and lets wait the instances that have it as a premise.
func (r *run) certain() error {
	instances := r.model.Instances[r.first:]
	missing := make([]int, len(instances))
	waiting := map[int][]int{}
	supported := map[int][]int{} // facts to certain instances of theirs
	var ready []int
	for n := range instances {
		in := &instances[n]
		if !in.Truth.True() {
			continue
		}
		for _, p := range in.Premises {
			if r.model.Facts[p].Status != trace.Certain {
				missing[n]++
				waiting[p] = append(waiting[p], n)
			}
		}
		if missing[n] == 0 {
			ready = append(ready, n)
		}
	}
	for len(ready) > 0 {
		n := ready[0]
		ready = ready[1:]
		in := &instances[n]
		supported[in.Fact] = append(supported[in.Fact], r.first+n)
		f := &r.model.Facts[in.Fact]
		if f.Status == trace.Certain {
			continue
		}
		f.Status = trace.Certain
		for _, w := range waiting[in.Fact] {
			if missing[w]--; missing[w] == 0 {
				ready = append(ready, w)
			}
		}
	}
	for n := range instances {
		r.settle(&instances[n])
	}
	if err := r.model.Failures(instances); err != nil {
		return err
	}
	return r.model.Conflicts(supported)
}

// settle gives an instance its status. A fault beside certain premises stays a
// fault, which failures reports; beside possible ones it counts as unknown.
func (r *run) settle(in *model.Instance) {
	in.Status = trace.Possible
	if in.Truth.True() && r.model.PremisesCertain(in) {
		in.Status = trace.Certain
	}
}
