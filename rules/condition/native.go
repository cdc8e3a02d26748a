package condition

import (
	"fmt"
	"reflect"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/types"

	"truce/facts"
)

// expr has no days and no levels: to it both are integers, and so are the literals
// of them. Names of functions and of collections are given a mark that no name can
// have, so that a rule may call a bound name what it likes.
const (
	functionMark   = "()"
	collectionMark = "[]"
)

// Native is a known value as RunNative and expr hold it: float64, int, string, bool;
// days as int from 1970-01-01, levels as int from 0.
func Native(v facts.Value) any { return nativeAs(v, v.Kind()) }

func nativeAs(v facts.Value, k facts.Kind) any {
	switch k {
	case facts.Number:
		return v.Number()
	case facts.Bool:
		return v.True()
	case facts.Text, facts.Enum:
		return v.Text()
	default:
		return int(v.Integer())
	}
}

func nativeType(k facts.Kind) types.Type {
	switch k {
	case facts.Number:
		return types.Float64
	case facts.Bool:
		return types.Bool
	case facts.Text, facts.Enum:
		return types.String
	default:
		return types.Int
	}
}

// secondOpinion lets expr's own checker look at an expression that ours has passed,
// with no more names in its environment than the expression has.
func secondOpinion(e Expr, tree ast.Node, want Want) error {
	// Builtins are part of the tree by now, so that the table of them, which costs
	// more than the check itself, can stay empty.
	config := &conf.Config{Functions: conf.FunctionsTable{}}
	config.WithEnv(environment(e))
	functions(config)
	if want.kind == wantCondition {
		expr.AsBool()(config)
	}
	_, err := checker.Check(&parser.Tree{Node: nativeTree(e, tree, 0), Source: file.NewSource(e.Text())}, config)
	return err
}

// environment is the shape of all that the expression names.
func environment(e Expr) types.Map {
	env := types.Map{}
	within := func(name, field string, t types.Type) {
		m, ok := env[name].(types.Map)
		if !ok {
			m = types.Map{}
			env[name] = m
		}
		m[field] = t
	}
	elements := map[string]types.Map{}
	Walk(e, func(e Expr) bool {
		switch e := e.(type) {
		case *Variable:
			env[e.Name] = nativeType(e.typ.Kind)
		case *FieldOf:
			within(e.Name, e.Field.Name, nativeType(e.typ.Kind))
		case *Threshold:
			within("threshold", e.Name, nativeType(e.typ.Kind))
		case *AsOf:
			within("case", "as_of", types.Int)
		case *Aggregate:
			if elements[e.Fact.Name] == nil {
				elements[e.Fact.Name] = types.Map{}
			}
		case *ElementField:
			elements[e.Fact.Name][e.Field.Name] = nativeType(e.typ.Kind)
		}
		return true
	})
	for name, m := range elements {
		env[collectionMark+name] = types.Array(m)
	}
	return env
}

// functions declares what the language has beyond expr.
func functions(config *conf.Config) {
	expr.Function(functionMark+"known", func(args ...any) (any, error) { return args[0] != nil, nil },
		new(func(any) bool))(config)
	expr.Function(functionMark+"ramp", func(args ...any) (any, error) {
		x, a, b := nativeNumber(args[0]), nativeNumber(args[1]), nativeNumber(args[2])
		switch {
		case x <= a:
			return 0.0, nil
		case x >= b:
			return 1.0, nil
		}
		return (x - a) / (b - a), nil
	}, new(func(float64, float64, float64) float64))(config)
	expr.Function(functionMark+"points", func(args ...any) (any, error) {
		level, table := args[0].(int), reflect.ValueOf(args[1])
		if table.Kind() != reflect.Slice || level < 0 || level >= table.Len() {
			return nil, fmt.Errorf("no points for level %d", level)
		}
		return table.Index(level).Interface(), nil
	}, new(func(int, any) any))(config)
}

func nativeNumber(x any) float64 {
	if i, ok := x.(int); ok {
		return float64(i)
	}
	f, _ := x.(float64)
	return f
}

// RunNative runs the source text of an expression in expr's own machine, as a third
// opinion for tests of evaluators. It shares the parser with Parse and nothing else
// but the reading of literals as levels and days. env holds known values as Native
// gives them: a map of fields by the name of each pattern, a value by the name of
// each bound value, a []map[string]any by the name of each fact type, and under
// "threshold" and "case" the thresholds (of a table: a slice by level) and as_of.
//
// Where expr differs from the language, so does the outcome: 1/0 is infinite,
// integers wrap, the mean of nothing is 0 and the least of nothing nil, sums are
// rounded at each step, integers and numbers are compared as numbers.
func RunNative(e Expr, env map[string]any) (any, error) {
	base, ok := e.(interface{ core() *node })
	if !ok || base.core().from < 0 {
		return nil, fmt.Errorf("%s has no source text", e.Text())
	}
	tree, err := parser.Parse(e.Text())
	if err != nil {
		return nil, err
	}
	own := make(map[string]any, 2*len(env))
	for name, v := range env {
		own[name], own[collectionMark+name] = v, v
	}
	config := conf.New(own)
	config.Optimize = false
	functions(config)
	tree.Node = nativeTree(e, tree.Node, base.core().from)
	if _, err := checker.Check(tree, config); err != nil {
		return nil, err
	}
	program, err := compiler.Compile(tree, config)
	if err != nil {
		return nil, err
	}
	return expr.Run(program, own)
}
