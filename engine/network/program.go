package network

import (
	"slices"

	"truce/engine/network/code"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/condition"
)

// Program is a pack compiled for matching. It never changes and is shared by
// matchers.
type Program struct {
	pack        *rules.Pack
	texts       *code.Texts
	layouts     []*code.Layout // by type
	types       []*typ         // by type
	rules       []*rule        // by rules.Rule.Index: the pack's, then the lines of the report
	strata      []*stratum
	aggregates  []*aggregate
	conclusions []*conclusion
	readers     [][]*rule // by threshold: the rules that read it, aggregates of theirs included
	slots       int       // the most fact slots of a rule, and one for what a plan starts from
	lets        int       // the most value slots of a rule
	own         setting   // the thresholds as the pack has them
	constants   []uint64  // rows of the constant facts of all types
}

// typ is what matching knows of a fact type.
type typ struct {
	*facts.FactType
	layout *code.Layout
	width  int
	// keyed says that the key is only a part of the fields, so that facts of one key
	// may be alternatives.
	keyed bool
	// keyExact says that the key is always known.
	keyExact bool
	// sure says that no fact of it is merely possible.
	sure bool
	// recursive says that it is concluded in a stratum whose rules feed themselves,
	// endless that one of those rules concludes it.
	recursive, endless bool
	slots              int   // the most fact slots of a rule that concludes it
	stratum            int   // that concludes it; -1 for a stated type
	readers            []int // places of strata that a change of it matters to
	indexes            []*index
	constants          []constant
	concluded          []*conclusion // by what
	together           []*aggregate  // aggregates over it that are added up together
	shares             [][]share     // by constant fact: what it adds to those
}

// alone reports whether there is one fact of the type, or alternatives of one.
func (t *typ) alone() bool {
	return !t.Concluded && t.Count == facts.One || t.Concluded && len(t.Key) == 0
}

// constant is a fact that some rule concludes whatever it was matched with. Its row is
// made once, when the program is.
type constant struct {
	row  int // where it begins in Program.constants
	hash uint32
}

// index finds the facts of a type by the values of some fields.
type index struct {
	number int // among those of its type
	fields []int
}

// stratum is what is concluded together.
type stratum struct {
	number int
	place  int // in Program.strata
	rules  []*rule
	types  []*typ
	// recursive says that some rule matches a type of the stratum itself.
	recursive bool
	all       *node        // every rule, from nothing
	seeds     [][]*seed    // by type: where a fact of it may stand
	growth    [][]*seed    // by type of the stratum itself: the same, while it grows
	over      [][]*rereads // by type: the aggregates over it, with the rules that read them
}

// seed is a slot that a changed fact may stand in.
type seed struct {
	slot int
	root *node
}

// rereads is a rule that reads an aggregate.
type rereads struct {
	rule      *rule
	aggregate *aggregate
	position  int   // of the aggregate among those of the rule
	whole     *node // every binding without a changed fact
	keyed     *node // those with the key of a changed fact, which stands in the last slot; nil: there is no such way
}

// rule is a compiled rule or line.
type rule struct {
	*rules.Rule
	stratum     *stratum
	conclusions []*conclusion
	aggregates  []*aggregate
	line        bool
	// mayFail says that its conditions may be in fault.
	mayFail bool
	feeds   bool // it matches a type of its own stratum
	total   bool
	full    *node // all its instances
	size    int   // steps of evaluation for one
	types   []*typ
}

// conclusion is one fact that a rule concludes.
type conclusion struct {
	id       int32 // its place in Program.conclusions, from 1
	rule     *rule
	number   int // in Rule.Then
	typ      *typ
	fields   []func(*code.Frame) code.Value
	unknown  []code.Value // by field: of its type
	constant int32        // the number of the fact, where it is always the same; otherwise -1
	mayFail  bool         // a field may have no value
	backward *node        // the instances that may conclude the fact in the last slot
	scans    bool         // backward looks at all instances: no index narrows it
}

// conclusion is the conclusion with an id.
func (p *Program) conclusion(id int32) *conclusion { return p.conclusions[id-1] }

// Compile makes a program of a checked pack.
func Compile(pack *rules.Pack) *Program {
	p := &Program{pack: pack, texts: code.NewTexts(nil), readers: make([][]*rule, len(pack.Thresholds))}
	c := newCompiler(p)
	c.types()
	c.exactness()
	c.parameters()
	for _, r := range pack.Rules {
		c.rule(r, false)
	}
	for _, l := range pack.Lines() {
		c.rule(l.Rule, true)
	}
	c.strata()
	return p
}

// types lays out the facts of each type.
func (c *compiler) types() {
	for _, t := range c.pack.Schema.Types {
		l := &code.Layout{Fields: len(t.Fields), Exact: make([]bool, len(t.Fields)), Masked: true}
		c.program.layouts = append(c.program.layouts, l)
		c.program.types = append(c.program.types, &typ{FactType: t, layout: l, stratum: -1, sure: t.Concluded || t.Count != facts.Open,
			keyed: t.Concluded && len(t.Key) < len(t.Fields)})
		for i, f := range t.Fields {
			l.Exact[i] = t.Concluded || f.Exact && t.Count != facts.Open
			// Symbols have their numbers before any session does.
			if f.Type.Kind == facts.Enum {
				for _, name := range f.Type.Names.List {
					c.program.texts.Number(name)
				}
			}
		}
	}
	c.code.Layouts = c.program.layouts
	for _, r := range c.pack.Rules {
		for _, then := range r.Then {
			c.program.types[then.Fact.Index].stratum = r.Stratum
		}
	}
}

// exactness finds which fields of concluded types are always points, and which types
// have no merely possible facts: all of them, less what some rule may make otherwise,
// until nothing is taken away.
func (c *compiler) exactness() {
	for changed := true; changed; {
		changed = false
		for _, r := range c.pack.Rules {
			changed = c.weaken(r) || changed
		}
	}
	for _, t := range c.program.types {
		t.layout.Masked = slices.Contains(t.layout.Exact, false)
		t.width = t.layout.Width()
		t.keyExact = true
		for _, k := range t.Key {
			t.keyExact = t.keyExact && t.layout.Exact[k]
		}
	}
}

// weaken takes away what a rule does not keep, and reports whether it did.
func (c *compiler) weaken(r *rules.Rule) bool {
	sure, changed := true, false
	c.lets(r)
	for _, s := range r.When {
		switch s.Kind {
		case rules.Pattern:
			sure = sure && c.program.types[s.Fact.Index].sure
		case rules.Let:
		case rules.Condition:
			sure = sure && c.exact(s.Expr)
		}
	}
	for _, then := range r.Then {
		t := c.program.types[then.Fact.Index]
		changed = changed || t.sure && !sure
		t.sure = t.sure && sure
		for j, e := range then.Fields {
			if t.layout.Exact[j] && !(c.exact(e) && !code.FitMayFail(e, then.Fact.Fields[j], c.given())) {
				t.layout.Exact[j], changed = false, true
			}
		}
	}
	return changed
}

// lets finds which bound values of a rule are always points, and which are never faults.
func (c *compiler) lets(r *rules.Rule) {
	c.exactLets, c.safeLets = make([]bool, r.ValueSlots), make([]bool, r.ValueSlots)
	for _, s := range r.When {
		if s.Kind == rules.Let {
			c.safeLets[s.Slot], c.exactLets[s.Slot] = !c.mayFail(s.Expr), c.exact(s.Expr)
		}
	}
}

// exact reports whether an expression of the rule at hand is always a point.
func (c *compiler) exact(e condition.Expr) bool {
	return !c.mayFail(e) && c.code.Exact(e, c.exactAggregate, c.exactThreshold, c.exactLet)
}

func (c *compiler) mayFail(e condition.Expr) bool { return code.MayFail(e, c.given()) }

func (c *compiler) given() code.Given {
	return code.Given{LetFails: func(slot int) bool { return !c.safeLets[slot] }}
}

func (c *compiler) exactLet(slot int) bool { return c.exactLets[slot] }

func (c *compiler) exactAggregate(a *condition.Aggregate) bool {
	return c.program.types[a.Fact.Index].sure && (a.Where == nil || c.exact(a.Where)) && (a.Of == nil || c.exact(a.Of))
}

// exactThreshold: a session may set a threshold to an interval.
func (c *compiler) exactThreshold(int) bool { return false }

// parameters are the thresholds as the pack has them.
func (c *compiler) parameters() {
	c.program.own.parameters = trace.NewParameters(c.pack)
	for _, t := range c.pack.Thresholds {
		if t.Type.Names != nil && t.Type.Kind == facts.Enum {
			for _, name := range t.Type.Names.List {
				c.program.texts.Number(name)
			}
		}
		v, points := code.Value{}, []code.Value(nil)
		if t.Table == nil {
			v = code.FromFact(t.Value, c.program.texts)
		}
		for _, p := range t.Points {
			points = append(points, code.FromFact(p, c.program.texts))
		}
		c.program.own.values = append(c.program.own.values, v)
		c.program.own.points = append(c.program.own.points, points)
	}
}
