package iran

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// outside is what the doc of a field, or of its type, says when no step of it moves
// the balance.
const outside = "Not in the balance"

// Each input that comes before the decision, moved one step either way from where
// it stands in some real case, moves one of the two costs, or its doc says that it
// is not in the balance and why. The golden lists those.
func TestInertInputsGolden(t *testing.T) {
	pack := load(t, rules.Options{})
	program := engine.Compile(pack)
	cases := shippedCases(t, pack)
	var out strings.Builder
	for _, typ := range pack.Schema.Types {
		if typ.Concluded || typ.After || typ.Context {
			continue
		}
		for _, field := range typ.Fields {
			moved := movesBalance(t, program, cases, typ, field)
			doc := field.Doc
			if !strings.Contains(doc, outside) {
				doc = typ.Doc
			}
			declared := strings.Contains(doc, outside)
			require.NotEqual(t, declared, moved, "%s.%s: moves the balance %t, declared outside it %t", typ.Name, field.Name, moved, declared)
			if declared {
				fmt.Fprintf(&out, "%s.%s: %s\n", typ.Name, field.Name, doc[strings.Index(doc, outside):])
			}
		}
	}
	golden(t, "inert.golden", out.String())
}

func movesBalance(t *testing.T, program *engine.Program, cases []*facts.Case, typ *facts.FactType, field *facts.Field) bool {
	if typ.Count != facts.One {
		return movesBalanceWhenListed(t, program, cases, typ, field)
	}
	for _, c := range cases {
		for _, pair := range steps(c, typ, field) {
			if costs(t, program, stating(c, typ, field, pair[0])) != costs(t, program, stating(c, typ, field, pair[1])) {
				return true
			}
		}
	}
	return false
}

// movesBalanceWhenListed moves the field of the first listed fact of a case.
func movesBalanceWhenListed(t *testing.T, program *engine.Program, cases []*facts.Case, typ *facts.FactType, field *facts.Field) bool {
	for _, c := range cases {
		for i, f := range c.Facts {
			if f.Type != typ {
				continue
			}
			g, d := *f, *c
			g.Data = append([]facts.Datum(nil), f.Data...)
			g.Data[field.Index] = facts.Datum{Value: field.Type.Unknown(), Given: true}
			d.Facts = append([]*facts.StatedFact(nil), c.Facts...)
			d.Facts[i] = &g
			if costs(t, program, c) != costs(t, program, &d) {
				return true
			}
		}
	}
	return false
}

// steps are pairs of neighbouring values: from where the case stands, or, where it
// does not know, all neighbours of an ordered or listed kind.
func steps(c *facts.Case, typ *facts.FactType, field *facts.Field) [][2]facts.Value {
	v := given(c, typ, field)
	switch field.Type.Kind {
	case facts.Number:
		if v.IsUnknown() {
			return nil
		}
		lo, hi := field.Type.Unknown().Bounds()
		low, high := v.Bounds()
		step := (hi - lo) / 1000
		return [][2]facts.Value{
			{v, facts.NumberBetween(min(hi, low+step), min(hi, high+step))},
			{v, facts.NumberBetween(max(lo, low-step), max(lo, high-step))},
		}
	case facts.Bool:
		return [][2]facts.Value{{facts.BoolOf(false), facts.BoolOf(true)}}
	case facts.Enum, facts.Scale:
		var pairs [][2]facts.Value
		for i := range field.Type.Names.List[1:] {
			pairs = append(pairs, [2]facts.Value{named(field, i), named(field, i+1)})
		}
		return pairs
	}
	return nil
}

func named(field *facts.Field, i int) facts.Value {
	if field.Type.Kind == facts.Scale {
		return facts.ScaleOf(i)
	}
	return facts.EnumOf(field.Type.Names.List[i])
}

func given(c *facts.Case, typ *facts.FactType, field *facts.Field) facts.Value {
	for _, f := range c.Facts {
		if f.Type == typ {
			return f.Data[field.Index].Value
		}
	}
	return field.Type.Unknown()
}

// stating is the case with another value of a field of a type of which there is one.
func stating(c *facts.Case, typ *facts.FactType, field *facts.Field, v facts.Value) *facts.Case {
	d := *c
	d.Facts = nil
	changed := &facts.StatedFact{Type: typ, Data: make([]facts.Datum, len(typ.Fields))}
	for i, f := range typ.Fields {
		changed.Data[i].Value = f.Type.Unknown()
	}
	for _, f := range c.Facts {
		if f.Type == typ {
			copy(changed.Data, f.Data)
			continue
		}
		d.Facts = append(d.Facts, f)
	}
	changed.Data[field.Index] = facts.Datum{Value: v, Given: true}
	d.Facts = append(d.Facts, changed)
	return &d
}

// the is the one fact of a concluded type that a case leads to.
func the(t require.TestingT, program *engine.Program, c *facts.Case, typ string) *trace.Fact {
	s := program.NewSession(engine.Options{})
	require.NoError(t, s.Load(c))
	require.NoError(t, s.Run(context.Background()))
	fs, err := s.Facts(program.Pack().Schema.Type(typ))
	require.NoError(t, err)
	require.Len(t, fs, 1)
	return &fs[0]
}

// costs are both sides of the balance, as text.
func costs(t require.TestingT, program *engine.Program, c *facts.Case) string {
	f := the(t, program, c, "Balance")
	return f.Type.Fields[0].Type.Format(f.Fields[0].Value) + " | " + f.Type.Fields[1].Type.Format(f.Fields[1].Value)
}

// More pressure never lowers the cost of resistance.
func TestPressureNeverLowersTheCostOfResistance(t *testing.T) {
	pack := load(t, rules.Options{})
	program := engine.Compile(pack)
	cases := shippedCases(t, pack)
	rises := map[string]bool{
		"Economy.inflation": true, "Economy.dollar_dearer_year": true, "Economy.oil_exports": false,
		"Society.unrest": true, "Network.attrition": true, "Threat.military": true,
		"Threat.strike_threshold": true, "Deterrent.strength": false,
	}
	var names []string
	for _, typ := range pack.Schema.Types {
		for _, f := range typ.Fields {
			if _, ok := rises[typ.Name+"."+f.Name]; ok {
				names = append(names, typ.Name+"."+f.Name)
			}
		}
	}
	require.Len(t, names, len(rises))
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(cases).Draw(t, "case")
		name := rapid.SampledFrom(names).Draw(t, "input")
		typName, fieldName, _ := strings.Cut(name, ".")
		typ := pack.Schema.Type(typName)
		field := typ.Field(fieldName)
		less, more := drawPair(t, field)
		if !rises[name] {
			less, more = more, less
		}
		a := the(t, program, stating(c, typ, field, less), "Resistance").Fields[0].Value
		b := the(t, program, stating(c, typ, field, more), "Resistance").Fields[0].Value
		alo, ahi := a.Bounds()
		blo, bhi := b.Bounds()
		require.LessOrEqual(t, alo, blo, name)
		require.LessOrEqual(t, ahi, bhi, name)
	})
}

// drawPair draws two known values of a field, the lower first.
func drawPair(t *rapid.T, field *facts.Field) (lower, higher facts.Value) {
	if field.Type.Kind == facts.Scale {
		n := len(field.Type.Names.List)
		i, j := rapid.IntRange(0, n-1).Draw(t, "level"), rapid.IntRange(0, n-1).Draw(t, "level")
		return facts.ScaleOf(min(i, j)), facts.ScaleOf(max(i, j))
	}
	lo, hi := field.Type.Unknown().Bounds()
	x, y := rapid.Float64Range(lo, hi).Draw(t, "value"), rapid.Float64Range(lo, hi).Draw(t, "value")
	return facts.NumberOf(min(x, y)), facts.NumberOf(max(x, y))
}
