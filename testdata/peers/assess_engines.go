package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
	"github.com/google/cel-go/cel"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"truce/testdata/bench"
)

// reset makes the answer empty, its memory kept.
func reset(out *bench.Assessed) { *out = bench.Assessed{Fired: out.Fired[:0]} }

// expr has one program a rule and one machine for all.
func (s *spec) expr() (assessor, error) {
	programs := make([]*vm.Program, len(s.rules))
	for i, r := range s.rules {
		p, err := expr.Compile(r.conjunction(" and ", func(f string) string { return f }), expr.Env(s.inputs[0]), expr.AsBool())
		if err != nil {
			return nil, err
		}
		programs[i] = p
	}
	machine := &vm.VM{}
	return func(i int, out *bench.Assessed) error {
		reset(out)
		for n, p := range programs {
			v, err := machine.Run(p, s.inputs[i])
			if err != nil {
				return err
			}
			if v.(bool) {
				s.rules[n].fire(out)
			}
		}
		s.recommend(out)
		return nil
	}, nil
}

// cel has one program a rule.
func (s *spec) cel() (assessor, error) {
	kinds := map[string]*cel.Type{"num": cel.DoubleType, "int": cel.IntType, "str": cel.StringType, "bool": cel.BoolType}
	var options []cel.EnvOption
	for _, f := range s.fields {
		options = append(options, cel.Variable(f.name, kinds[f.kind]))
	}
	var texts []string
	for _, r := range s.rules {
		texts = append(texts, r.conjunction(" && ", func(f string) string { return f }))
	}
	programs, err := celPrograms(options, texts)
	if err != nil {
		return nil, err
	}
	return func(i int, out *bench.Assessed) error {
		reset(out)
		for n, p := range programs {
			v, _, err := p.Eval(s.inputs[i])
			if err != nil {
				return err
			}
			if v.Value().(bool) {
				s.rules[n].fire(out)
			}
		}
		s.recommend(out)
		return nil
	}, nil
}

func celPrograms(options []cel.EnvOption, texts []string) ([]cel.Program, error) {
	env, err := cel.NewEnv(options...)
	if err != nil {
		return nil, err
	}
	programs := make([]cel.Program, len(texts))
	for i, text := range texts {
		tree, issues := env.Compile(text)
		if issues.Err() != nil {
			return nil, issues.Err()
		}
		if programs[i], err = env.Program(tree, cel.EvalOptions(cel.OptOptimize)); err != nil {
			return nil, err
		}
	}
	return programs, nil
}

// opa is one policy; its input is made before.
func (s *spec) opa() (assessor, error) {
	var b strings.Builder
	b.WriteString("package b\n\n")
	for _, r := range s.rules {
		fmt.Fprintf(&b, "fired contains %q if { %s }\n", r.id, r.conjunction("; ", func(f string) string { return "input." + f }))
	}
	for g, name := range groups {
		fmt.Fprintf(&b, "%s_of := {", name)
		comma := ""
		for _, r := range s.rules {
			if r.group == g {
				fmt.Fprintf(&b, "%s%q: %d", comma, r.id, r.severity)
				comma = ", "
			}
		}
		fmt.Fprintf(&b, "}\n%s := sum([n | some id in fired; n := %s_of[id]])\n", name, name)
	}
	fmt.Fprintf(&b, `total := economy + proxies + deterrence
default recommendation := "hold"
strong if total >= %d
strong if { economy >= %d; proxies >= %d }
recommendation := "truce" if strong
recommendation := "reversion" if { not strong; total <= %d; deterrence <= %d }
answer := [fired, economy, proxies, deterrence, recommendation]
`, s.reco[0], s.reco[1], s.reco[2], s.reco[3], s.reco[4])
	query, err := rego.New(rego.Query("x = data.b.answer"), rego.Module("b.rego", b.String())).PrepareForEval(context.Background())
	if err != nil {
		return nil, err
	}
	inputs := make([]ast.Value, len(s.inputs))
	for i := range inputs {
		if inputs[i], err = ast.InterfaceToValue(s.inputs[i]); err != nil {
			return nil, err
		}
	}
	return func(i int, out *bench.Assessed) error {
		reset(out)
		set, err := query.Eval(context.Background(), rego.EvalParsedInput(inputs[i]))
		if err != nil {
			return err
		}
		answer := set[0].Bindings["x"].([]any)
		for _, id := range answer[0].([]any) {
			out.Fired = append(out.Fired, id.(string))
		}
		for n := range out.Sums {
			if _, err := fmt.Sscan(fmt.Sprint(answer[n+1]), &out.Sums[n]); err != nil {
				return err
			}
		}
		out.Recommendation = answer[4].(string)
		return nil
	}, nil
}
