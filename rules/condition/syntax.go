package condition

import (
	"errors"
	"strings"

	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/parser/lexer"

	"truce/facts/source"
)

// whole parses the repaired text, lowers it and holds it against what is wanted.
// Where it cannot be parsed, the parts that "and" and "or" join are looked at one
// by one, so that one slip does not hide the errors of the others.
func (f *front) whole() Expr {
	list := f.tokens.list
	if len(list) == 0 {
		return nil // all of it has been refused
	}
	tree, err := parser.Parse(f.text.string(f.src.Text))
	if err != nil {
		f.parts(err)
		return nil
	}
	l := f.lowerer(0)
	if !l.within(tree.Node) {
		return nil
	}
	t, ok := l.lower(tree.Node, f.want.hint())
	if !ok {
		return nil
	}
	e, ok := l.conform(t, f.want)
	if !ok || f.found.HasErrors() {
		return nil
	}
	if err := f.opinion(e, tree.Node); err != nil {
		f.report(codeSecondOpinion.At(e.Span(), "expr's own checker refuses this: %s", err).
			Suggest("this is a fault of truce; please report it with the expression"))
		return nil
	}
	return e
}

// parts looks at the operands of the outermost "and" and "or".
func (f *front) parts(err error) {
	cuts := f.cuts()
	if len(cuts) == 2 {
		f.syntaxError(err, 0, 0, len(f.text.runes))
		return
	}
	for i := 0; i+1 < len(cuts) && !f.full(); i++ {
		from := cuts[i]
		if i > 0 { // the operator itself
			from = f.tokens.list[f.tokens.index(from)].To
		}
		f.part(from, cuts[i+1], cuts[max(1, i)])
	}
}

// cuts are the ends of the parts: 0, the operators between, and the end.
func (f *front) cuts() []int {
	cuts := []int{0}
	list := f.tokens.list
	for i := 0; i < len(list); i++ {
		switch p := f.tokens.partner[i]; {
		case p > i:
			i = p
		case list[i].Is(lexer.Operator, "?"), list[i].Is(lexer.Operator, "let"), list[i].Is(lexer.Operator, "if"):
			return []int{0, len(f.text.runes)}
		case list[i].Is(lexer.Operator, "and", "or"):
			cuts = append(cuts, list[i].From)
		}
	}
	return append(cuts, len(f.text.runes))
}

// part checks one operand of the operator that stands at op.
func (f *front) part(from, to, op int) {
	text := string(f.text.runes[from:to])
	if strings.TrimSpace(text) == "" {
		if tok := f.tokens.list[f.tokens.index(op)]; !f.bannedIn(from, to) {
			hint := "write the condition behind it, or leave " + tok.Value + " out"
			if f.tokens.index(op) == 0 {
				hint = "join this line with the one above; lines that must all hold need no and between them"
			}
			f.report(codeMissing.At(f.spanIn(tok.From, tok.To), "%s needs a condition on each side", tok.Value).Suggest("%s", hint))
		}
		return
	}
	tree, err := parser.Parse(text)
	if err != nil {
		f.syntaxError(err, from, from, to)
		return
	}
	if l := f.lowerer(from); l.within(tree.Node) {
		l.lower(tree.Node, nil)
	}
}

// syntaxError says what expr's parser tripped over, in the stretch from..to whose
// text began at base.
func (f *front) syntaxError(err error, base, from, to int) {
	if f.bannedIn(from, to) {
		return
	}
	var at *file.Error
	if !errors.As(err, &at) {
		f.report(codeSyntax.At(f.spanIn(from, to), "%s", err))
		return
	}
	if strings.Contains(at.Message, "maximum allowed nodes") {
		f.report(codeTooManyNodes.At(f.spanIn(from, to), "the expression has too many parts").Expect("at most %d", MaxNodes))
		return
	}
	i := f.tokens.index(base + at.From)
	if strings.Contains(at.Message, "end of expression") || strings.Contains(at.Message, "EOF") || i >= len(f.tokens.list) || f.tokens.list[i].From >= to {
		f.endError(to)
		return
	}
	f.tokenError(i, at.Message)
}

// endError reports a text that stops where an operand is due.
func (f *front) endError(to int) {
	last := f.tokens.index(to) - 1
	tok := f.tokens.list[max(last, 0)]
	f.report(codeMissing.At(f.spanIn(tok.From, tok.To), "a value is missing behind %s", tok.Value).
		Suggest("write what belongs there: a number, a field such as x.field, or threshold.name"))
}

func (f *front) tokenError(i int, message string) {
	tok := f.tokens.list[i]
	at := f.spanIn(tok.From, tok.To)
	name, first := f.callAround(i)
	switch {
	case tok.Is(lexer.Operator, "."):
		f.report(f.strayField(i, name, first))
	case strings.Contains(message, "arguments") && usage(name) != "":
		f.report(codeArguments.At(at, "%s lacks an argument", name).Suggest("write %s", usage(name)))
	case tok.Is(lexer.Operator, ",") && name == "":
		f.report(codeSyntax.At(at, "a comma can only stand in a list or between arguments").
			Suggest("write each condition on a line of its own, or join them with and"))
	case tok.Is(lexer.Operator, ",") || tok.Is(lexer.Bracket, ")"):
		d := codeMissing.At(at, "a value is missing before %s", tok.Value)
		if u := usage(name); u != "" {
			d = d.Suggest("write %s", u)
		}
		f.report(d)
	case operand(tok) && i > 0 && (operand(f.tokens.list[i-1]) || f.tokens.partner[i-1] >= 0 && f.tokens.partner[i-1] < i-1):
		before := f.tokens.list[i-1]
		d := codeSyntax.At(at, "%s follows %s without an operator between them", tok.Value, f.written(before.From, before.To))
		f.report(f.dashed(d.Expect("and, or, a comparison or arithmetic"), i))
	default:
		f.report(f.dashed(codeSyntax.At(at, "%s cannot stand here", f.written(tok.From, tok.To)), i))
	}
}

// dashed adds the advice for a line without its dash where the token is the first
// of a line and could start an expression.
func (f *front) dashed(d source.Diagnostic, i int) source.Diagnostic {
	list := f.tokens.list
	if i > 0 && list[i-1].Is(lexer.Operator, "not") {
		i-- // expr goes past it before it gives up
	}
	if i == 0 || !operand(list[i]) && !list[i].Is(lexer.Operator, "not") && !list[i].Is(lexer.Bracket, "(") {
		return d
	}
	before, tok := list[i-1], list[i]
	if f.spanIn(before.From, before.To).End.Line == f.spanIn(tok.From, tok.To).Start.Line {
		return d
	}
	return d.Suggest("start the line with a dash if it stands for itself: - %s ...", f.written(tok.From, tok.To))
}

func operand(t lexer.Token) bool {
	return t.Kind == lexer.Identifier || t.Kind == lexer.Number || t.Kind == lexer.String
}

// callAround is the function whose argument list holds the token, and its first
// argument where that is a name.
func (f *front) callAround(i int) (name, first string) {
	list := f.tokens.list
	for j := i - 1; j > 0; j-- {
		p := f.tokens.partner[j]
		if p > j && p >= i && list[j].Value == "(" && list[j-1].Kind == lexer.Identifier {
			if j+1 < len(list) && list[j+1].Kind == lexer.Identifier {
				first = list[j+1].Value
			}
			return list[j-1].Value, first
		}
	}
	return "", ""
}
