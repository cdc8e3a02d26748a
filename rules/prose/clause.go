package prose

import (
	"strings"

	"truce/facts"
	"truce/rules/condition"
)

// clause is a true-or-false expression as a statement, or as its denial.
func (w *writer) clause(e condition.Expr, denied bool) string {
	switch e := e.(type) {
	case *condition.Unary:
		if e.Op == condition.Not {
			return w.clause(e.X, !denied)
		}
	case *condition.Binary:
		if e.Op == condition.And || e.Op == condition.Or {
			return w.joined(e, denied)
		}
		return w.value(e.X) + " " + comparison(e, denied) + " " + w.value(e.Y)
	case *condition.Member:
		return w.member(e, denied)
	case *condition.TextTest:
		return w.value(e.X) + " " + textTest(e.Test, denied) + ` "` + e.Pattern + `"`
	case *condition.Call:
		if e.Func == condition.Known {
			return w.value(e.Args[0]) + is(denied) + "known"
		}
	case *condition.Aggregate:
		return w.quantifier(e, denied)
	case *condition.Literal:
		if e.Value.True() != denied {
			return "always"
		}
		return "never"
	case *condition.FieldOf, *condition.ElementField:
		if denied {
			return w.value(e) + " is false"
		}
		return w.value(e) + " is true"
	case *condition.Conditional:
		return "(if " + w.clause(e.Cond, false) + ", then " + w.clause(e.Then, denied) + ", otherwise " + w.clause(e.Else, denied) + ")"
	}
	return w.value(e) + is(denied) + "true"
}

func is(denied bool) string {
	if denied {
		return " is not "
	}
	return " is "
}

// joined is "a and b" or "a or b", each denied where the whole is. A part that is
// joined by the other word stands in brackets.
func (w *writer) joined(e *condition.Binary, denied bool) string {
	op := e.Op
	word := joiner(op, denied)
	part := func(x condition.Expr) string {
		s := w.clause(x, denied)
		if inner, ok := plain(x).(*condition.Binary); ok && (inner.Op == condition.And || inner.Op == condition.Or) {
			if joiner(inner.Op, denied != flipped(x)) != word {
				return "(" + s + ")"
			}
		}
		return s
	}
	return part(e.X) + " " + word + " " + part(e.Y)
}

func joiner(op condition.Op, denied bool) string {
	if (op == condition.And) != denied {
		return "and"
	}
	return "or"
}

// plain is an expression without the denials around it; flipped reports whether
// they are odd in number.
func plain(e condition.Expr) condition.Expr {
	for {
		u, ok := e.(*condition.Unary)
		if !ok || u.Op != condition.Not {
			return e
		}
		e = u.X
	}
}

func flipped(e condition.Expr) bool {
	odd := false
	for {
		u, ok := e.(*condition.Unary)
		if !ok || u.Op != condition.Not {
			return odd
		}
		e, odd = u.X, !odd
	}
}

func comparison(e *condition.Binary, denied bool) string {
	op := e.Op
	if denied {
		op = op.Opposite()
	}
	less, atMost, more, atLeast := "is less than", "is at most", "is more than", "is at least"
	switch k := e.X.Type().Kind; {
	case k == facts.Date:
		less, atMost, more, atLeast = "is before", "is not after", "is after", "is not before"
	case k == facts.Scale:
		less, more = "is below", "is above"
	}
	switch op {
	case condition.Eq:
		return equal(e.Y, "is", "equals")
	case condition.Ne:
		return equal(e.Y, "is not", "differs from")
	case condition.Lt:
		return less
	case condition.Le:
		return atMost
	case condition.Gt:
		return more
	default:
		return atLeast
	}
}

// equal is one word before a constant and another before what varies.
func equal(e condition.Expr, constant, varying string) string {
	switch e.(type) {
	case *condition.Literal, *condition.Threshold:
		return constant
	}
	return varying
}

func textTest(test string, denied bool) string {
	verb, rest := "match", ""
	switch test {
	case "contains":
		verb = "contain"
	case "startsWith":
		verb, rest = "start", " with"
	case "endsWith":
		verb, rest = "end", " with"
	}
	switch {
	case denied:
		return "does not " + verb + rest
	case verb == "match":
		return "matches"
	}
	return verb + "s" + rest
}

func (w *writer) member(e *condition.Member, denied bool) string {
	names := make([]string, len(e.Set))
	for i, v := range e.Set {
		names[i] = literal(e.X.Type(), v)
	}
	x := w.value(e.X)
	if denied {
		return x + " is neither " + series(names, "nor")
	}
	return x + " is " + series(names, "or")
}

// article puts "a" or "an" before a name.
func article(name string) string {
	if name != "" && strings.ContainsRune("AEIOU", rune(name[0])) {
		return "an " + name
	}
	return "a " + name
}

// quantifier is a statement about the facts of a type. Its denial is another: "no"
// for "some", "not every" for "every".
func (w *writer) quantifier(e *condition.Aggregate, denied bool) string {
	such := ""
	if e.Where != nil {
		such = " for which " + w.clause(e.Where, false)
	}
	some, no := "there is "+article(e.Fact.Name)+such, "there is no "+e.Fact.Name+such
	switch e.Form {
	case condition.None:
		some, no = no, some
	case condition.All:
		some, no = "every "+e.Fact.Name+" is one"+such, "not every "+e.Fact.Name+" is one"+such
	case condition.One:
		some, no = "there is exactly one "+e.Fact.Name+such, "there is not exactly one "+e.Fact.Name+such
	case condition.Any, condition.Count, condition.Sum, condition.Least, condition.Most, condition.Mean:
	}
	if denied {
		return no
	}
	return some
}
