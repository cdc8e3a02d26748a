package condition

import (
	"fmt"
	"math"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"

	"truce/facts"
)

// MaxTextArgument is how many bytes of text one call of an external function may
// be given.
const MaxTextArgument = 16 << 10

// signature is one of expr's own scalar functions as the language offers it: those
// that are deterministic and have neither lists nor a clock.
type signature struct {
	usage  string
	params []facts.Kind // 0 is a number, an integer or a text
	least  int          // arguments that must be given
	result facts.Kind
}

func signatureOf(name string) (signature, bool) {
	const text, integer = facts.Text, facts.Integer
	one := []facts.Kind{text}
	two := []facts.Kind{text, text}
	either := []facts.Kind{0}
	switch name {
	case "upper", "lower":
		return signature{name + "(text)", one, 1, text}, true
	case "trim":
		return signature{"trim(text)", two, 1, text}, true
	case "trimPrefix":
		return signature{"trimPrefix(text, prefix)", two, 1, text}, true
	case "trimSuffix":
		return signature{"trimSuffix(text, suffix)", two, 1, text}, true
	case "replace":
		return signature{"replace(text, old, new)", []facts.Kind{text, text, text, integer}, 3, text}, true
	case "indexOf", "lastIndexOf":
		return signature{name + "(text, part)", two, 2, integer}, true
	case "hasPrefix":
		return signature{"hasPrefix(text, prefix)", two, 2, facts.Bool}, true
	case "hasSuffix":
		return signature{"hasSuffix(text, suffix)", two, 2, facts.Bool}, true
	case "len":
		return signature{"len(T) or len(text)", one, 1, integer}, true
	case "int":
		return signature{"int(x)", either, 1, integer}, true
	case "float":
		return signature{"float(x)", either, 1, facts.Number}, true
	case "string":
		return signature{"string(x)", either, 1, text}, true
	}
	return signature{}, false
}

// external lowers a call of one of expr's own functions.
func (l *lowerer) external(n ast.Node, name string, s signature, args []ast.Node) (typed, bool) {
	ts, ok := l.values(args)
	if len(args) < s.least || len(args) > len(s.params) {
		return l.arity(n, name, s.usage, len(args))
	}
	if !ok {
		return typed{}, false
	}
	t := facts.Type{Kind: s.result}
	for i, x := range ts {
		switch k := s.params[i]; {
		case k == 0 && (x.kind().Numeric() || x.kind() == facts.Text):
			if s.result.Numeric() {
				t.Unit = x.typ().Unit
			}
		case k == 0:
			l.argument(name, x, "a number or a text")
			ok = false
		case k != x.kind():
			l.argument(name, x, article(k))
			ok = false
		}
	}
	if !ok {
		return typed{}, false
	}
	e := &External{node: l.node(n, t), Name: name, Args: exprs(ts)}
	run, err := compileExternal(e)
	if err != nil {
		l.add(codeSecondOpinion.At(e.span, "expr refuses this call: %s", err).Suggest("this is a fault of truce; please report it with the expression"))
		return typed{}, false
	}
	e.Run = run
	return typed{e, false}, true
}

// compileExternal compiles a call of the function with variables for arguments. A
// program is immutable; each run has a machine of its own.
func compileExternal(e *External) (func([]facts.Value) facts.Value, error) {
	env, names := types.Map{}, make([]string, len(e.Args))
	for i, a := range e.Args {
		names[i] = fmt.Sprintf("a%d", i)
		env[names[i]] = nativeType(a.Type().Kind)
	}
	program, err := expr.Compile(e.Name+"("+strings.Join(names, ", ")+")", expr.Env(env))
	if err != nil {
		return nil, err
	}
	return func(args []facts.Value) facts.Value { return runExternal(e, program, names, args) }, nil
}

func runExternal(e *External, program *vm.Program, names []string, args []facts.Value) facts.Value {
	env, size := make(map[string]any, len(args)), 0
	for i, a := range args {
		switch {
		case a.Fault() != nil:
			return facts.FaultValue(e.typ.Kind, a.Fault())
		case !a.IsKnown():
			return e.typ.Unknown()
		}
		size += len(a.Text())
		env[names[i]] = nativeAs(a, e.Args[i].Type().Kind)
	}
	if size > MaxTextArgument {
		return e.fault("its texts have %d bytes, more than %d", size, MaxTextArgument)
	}
	if e.Name == "int" && args[0].Kind() == facts.Number && math.Abs(args[0].Number()) >= 1<<63 {
		return e.fault("%s is more than an integer can hold", facts.FormatNumber(args[0].Number()))
	}
	out, err := expr.Run(program, env)
	if err != nil {
		message, _, _ := strings.Cut(err.Error(), "\n")
		return e.fault("%s", message)
	}
	return e.value(out)
}

func (e *External) fault(format string, args ...any) facts.Value {
	return facts.FaultValue(e.typ.Kind, &facts.Fault{Code: codeExternal, Span: e.span,
		Message: e.text + " failed: " + fmt.Sprintf(format, args...)})
}

// value is what expr gave, as a value of the call's type.
func (e *External) value(out any) facts.Value {
	switch x := out.(type) {
	case string:
		return facts.TextOf(x)
	case bool:
		return facts.BoolOf(x)
	case int:
		return facts.IntegerOf(int64(x))
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return e.fault("it gave %v", x)
		}
		return facts.NumberOf(x)
	}
	return e.fault("it gave a %T", out)
}
