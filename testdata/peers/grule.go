package main

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/hyperjumptech/grule-rule-engine/ast"
	"github.com/hyperjumptech/grule-rule-engine/builder"
	"github.com/hyperjumptech/grule-rule-engine/engine"
	"github.com/hyperjumptech/grule-rule-engine/logger"
	"github.com/hyperjumptech/grule-rule-engine/pkg"

	"truce/testdata/bench"
)

// Outcome is what Grule's rules write to.
type Outcome struct {
	Economy, Proxies, Deterrence int64
	Recommendation               string
	Fired                        []string
	Hits                         int64
}

// Fire notes a rule of w1.
func (o *Outcome) Fire(id string) { o.Fired = append(o.Fired, id) }

// Hit notes a rule of w2.
func (o *Outcome) Hit(int64) { o.Hits++ }

// instance builds rules and makes the one instance that all evaluations share.
func instance(text string) (*ast.KnowledgeBase, error) {
	logger.SetLogLevel(logger.ErrorLevel)
	library := ast.NewKnowledgeLibrary()
	if err := builder.NewRuleBuilder(library).BuildRuleFromResource("peers", "1", pkg.NewBytesResource([]byte(text))); err != nil {
		return nil, err
	}
	return library.NewKnowledgeBaseInstance("peers", "1")
}

// goName is a field of a struct that reflection makes.
func goName(f string) string { return "F_" + f }

// pointer makes a struct of the values by name and gives a pointer to it.
func pointer(names []string, values map[string]any) any {
	fields := make([]reflect.StructField, len(names))
	for i, n := range names {
		fields[i] = reflect.StructField{Name: goName(n), Type: reflect.TypeOf(values[n])}
	}
	p := reflect.New(reflect.StructOf(fields))
	for i, n := range names {
		p.Elem().Field(i).Set(reflect.ValueOf(values[n]))
	}
	return p.Interface()
}

// execute runs the rules over one input.
func execute(g *engine.GruleEngine, kb *ast.KnowledgeBase, in any, out *Outcome) error {
	data := ast.NewDataContext()
	if err := data.Add("S", in); err != nil {
		return err
	}
	if err := data.Add("Out", out); err != nil {
		return err
	}
	return g.Execute(data, kb)
}

func (s *spec) grule() (assessor, error) {
	var b strings.Builder
	fields := [3]string{"Economy", "Proxies", "Deterrence"}
	for _, r := range s.rules {
		g := "Out." + fields[r.group]
		fmt.Fprintf(&b, "rule %s \"\" salience 10 { when %s then %s = %s + %d; Out.Fire(%q); Retract(%q); }\n",
			r.id, r.conjunction(" && ", func(f string) string { return "S." + goName(f) }), g, g, r.severity, r.id, r.id)
	}
	total := "Out.Economy + Out.Proxies + Out.Deterrence"
	fmt.Fprintf(&b, `rule truce "" salience 3 { when Out.Recommendation == "" && (%s >= %d || (Out.Economy >= %d && Out.Proxies >= %d)) then Out.Recommendation = "truce"; }
rule reversion "" salience 2 { when Out.Recommendation == "" && %s <= %d && Out.Deterrence <= %d then Out.Recommendation = "reversion"; }
rule hold "" salience 1 { when Out.Recommendation == "" then Out.Recommendation = "hold"; }
`, total, s.reco[0], s.reco[1], s.reco[2], total, s.reco[3], s.reco[4])
	kb, err := instance(b.String())
	if err != nil {
		return nil, err
	}
	names := make([]string, len(s.fields))
	for i, f := range s.fields {
		names[i] = f.name
	}
	inputs := make([]any, len(s.inputs))
	for i, m := range s.inputs {
		inputs[i] = pointer(names, m)
	}
	g := engine.NewGruleEngine()
	o := &Outcome{}
	return func(i int, out *bench.Assessed) error {
		*o = Outcome{Fired: out.Fired[:0]}
		if err := execute(g, kb, inputs[i], o); err != nil {
			return err
		}
		*out = bench.Assessed{Fired: o.Fired, Sums: [3]int64{o.Economy, o.Proxies, o.Deterrence}, Recommendation: o.Recommendation}
		return nil
	}, nil
}
