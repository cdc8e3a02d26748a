package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
	"github.com/google/cel-go/cel"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	gruleengine "github.com/hyperjumptech/grule-rule-engine/engine"

	"truce/engine"
	"truce/testdata/bench"
)

// many is w2 as data.
type many struct {
	size     string
	rules    []atLeast
	names    []string
	records  []map[string]any
	vectors  [][]float64
	expected []int
}

// atLeast is f >= c. The constant has a point, so that no language takes it for an
// integer.
type atLeast struct {
	field    int
	constant string
	value    float64
}

// counter says how many rules hold for the record of that number.
type counter func(i int) (int, error)

func loadMany(n, percent int) (*many, error) {
	m := &many{size: fmt.Sprintf("%d_%d", n, percent)}
	var list [][2]json.Number
	if err := bench.ReadJSON("w2/rules_"+m.size+".json", &list); err != nil {
		return nil, err
	}
	if err := bench.ReadJSON("w2/records.json", &m.records); err != nil {
		return nil, err
	}
	for len(m.names) < len(m.records[0]) {
		m.names = append(m.names, fmt.Sprint("f", len(m.names)))
	}
	for _, r := range list {
		f, err := r[0].Int64()
		if err != nil {
			return nil, err
		}
		v, err := r[1].Float64()
		if err != nil {
			return nil, err
		}
		text := r[1].String()
		if !strings.Contains(text, ".") {
			text += ".0"
		}
		m.rules = append(m.rules, atLeast{int(f), text, v})
	}
	for _, r := range m.records {
		v := make([]float64, len(m.names))
		for i, n := range m.names {
			v[i] = r[n].(float64)
		}
		m.vectors = append(m.vectors, v)
	}
	var expected map[string][]int
	err := bench.ReadJSON("w2/expect.json", &expected)
	m.expected = expected[m.size]
	return m, err
}

// texts writes the rules as conditions.
func (m *many) texts() []string {
	list := make([]string, len(m.rules))
	for i, r := range m.rules {
		list[i] = fmt.Sprintf("f%d >= %s", r.field, r.constant)
	}
	return list
}

func manyRules(s settings, t *table, clips string) error {
	for _, n := range []int{100, 1000, 10_000} {
		for _, percent := range []int{1, 10} {
			if err := manySize(s, t, clips, n, percent); err != nil {
				return fmt.Errorf("%d rules, %d %%: %w", n, percent, err)
			}
		}
	}
	return nil
}

func manySize(s settings, t *table, clips string, n, percent int) error {
	m, err := loadMany(n, percent)
	if err != nil {
		return err
	}
	work := fmt.Sprintf("w2 %d rules, %d %%", n, percent)
	for _, e := range []struct {
		name string
		make func() (counter, error)
	}{{ours, func() (counter, error) { return truceMany(n, percent) }}, {"by hand", m.byHand}, {"expr, bare loop", m.expr},
		{"cel-go, bare loop", m.cel}, {"OPA, prepared", m.opa}, {"Grule, one instance", m.grule}} {
		start := time.Now()
		f, err := e.make()
		took := time.Since(start)
		if err == nil {
			err = m.check(f)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		fig, err := measure(s, func(i int) error { _, err := f(i % len(m.records)); return err })
		if err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		t.add(work, e.name, fig)
		if percent == 1 && e.name != "by hand" {
			t.add(fmt.Sprintf("w2 %d rules, load", n), e.name, figure{took, -1, -1})
		}
	}
	if clips == "" {
		return nil
	}
	fig, load, err := m.clips(clips)
	if err != nil {
		return err
	}
	t.add(work, "CLIPS", fig)
	if percent == 1 {
		t.add(fmt.Sprintf("w2 %d rules, load", n), "CLIPS", load)
	}
	return nil
}

func (m *many) check(f counter) error {
	for i, want := range m.expected {
		n, err := f(i)
		if err != nil {
			return err
		}
		if n != want {
			return fmt.Errorf("%w: record %d: %d rules hold, expected %d", errAnswer, i, n, want)
		}
	}
	return nil
}

func truceMany(n, percent int) (counter, error) {
	w, err := bench.LoadManyRules(n, percent)
	if err != nil {
		return nil, err
	}
	session := w.Program.NewSession(engine.Options{})
	return func(i int) (int, error) {
		hits, _, err := w.Run(context.Background(), session, w.Cases[i])
		return hits, err
	}, nil
}

// byHand lists the rules that hold.
func (m *many) byHand() (counter, error) {
	hits := make([]int, 0, len(m.rules))
	return func(i int) (int, error) {
		hits = hits[:0]
		v := m.vectors[i]
		for n := range m.rules {
			if r := &m.rules[n]; v[r.field] >= r.value {
				hits = append(hits, n)
			}
		}
		return len(hits), nil
	}, nil
}

func (m *many) expr() (counter, error) {
	programs := make([]*vm.Program, len(m.rules))
	for i, text := range m.texts() {
		p, err := expr.Compile(text, expr.Env(m.records[0]), expr.AsBool())
		if err != nil {
			return nil, err
		}
		programs[i] = p
	}
	machine := &vm.VM{}
	return func(i int) (int, error) {
		hits := 0
		for _, p := range programs {
			v, err := machine.Run(p, m.records[i])
			if err != nil {
				return 0, err
			}
			if v.(bool) {
				hits++
			}
		}
		return hits, nil
	}, nil
}

func (m *many) cel() (counter, error) {
	var options []cel.EnvOption
	for _, n := range m.names {
		options = append(options, cel.Variable(n, cel.DoubleType))
	}
	programs, err := celPrograms(options, m.texts())
	if err != nil {
		return nil, err
	}
	return func(i int) (int, error) {
		hits := 0
		for _, p := range programs {
			v, _, err := p.Eval(m.records[i])
			if err != nil {
				return 0, err
			}
			if v.Value().(bool) {
				hits++
			}
		}
		return hits, nil
	}, nil
}

func (m *many) opa() (counter, error) {
	var b strings.Builder
	b.WriteString("package b\n\n")
	for i, text := range m.texts() {
		fmt.Fprintf(&b, "hit contains %d if input.%s\n", i, text)
	}
	query, err := rego.New(rego.Query("x = data.b.hit"), rego.Module("b.rego", b.String())).PrepareForEval(context.Background())
	if err != nil {
		return nil, err
	}
	inputs := make([]ast.Value, len(m.records))
	for i := range inputs {
		if inputs[i], err = ast.InterfaceToValue(m.records[i]); err != nil {
			return nil, err
		}
	}
	return func(i int) (int, error) {
		set, err := query.Eval(context.Background(), rego.EvalParsedInput(inputs[i]))
		if err != nil {
			return 0, err
		}
		return len(set[0].Bindings["x"].([]any)), nil
	}, nil
}

func (m *many) grule() (counter, error) {
	var b strings.Builder
	for i, r := range m.rules {
		fmt.Fprintf(&b, "rule r%d \"\" { when S.%s >= %s then Out.Hit(%d); Retract(\"r%d\"); }\n", i, goName(m.names[r.field]), r.constant, i, i)
	}
	kb, err := instance(b.String())
	if err != nil {
		return nil, err
	}
	inputs := make([]any, len(m.records))
	for i, r := range m.records {
		inputs[i] = pointer(m.names, r)
	}
	g := gruleengine.NewGruleEngine()
	out := &Outcome{}
	return func(i int) (int, error) {
		*out = Outcome{}
		err := execute(g, kb, inputs[i], out)
		return int(out.Hits), err
	}, nil
}
