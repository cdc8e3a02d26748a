package enginetest

import (
	"fmt"
	"strings"

	"truce/engine/trace"
)

// answer compares the answer with "VALUE, VALUE [open] [or none]". One value alone
// means settled on it.
func (r *runner) answer(c command) error {
	if r.failed != nil {
		return r.failed
	}
	if c.fails != nil {
		return nil // it does not fail: the one who asked says so
	}
	text := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(c.rest), "answer"))
	text, none := strings.CutSuffix(text, " or none")
	text, open := strings.CutSuffix(text, " open")
	want := strings.Split(text, ",")
	for i := range want {
		want[i] = strings.TrimSpace(want[i])
		if r.pack.Goal.Field.Type.Names.Index(want[i]) < 0 {
			return fmt.Errorf("%q is no value of the goal", want[i])
		}
	}
	wanted := spelt(want, len(want) == 1 && !open, none)
	if got := speltAnswer(&r.trace.Answer); got != wanted {
		return miss("the answer is %s", got)
	}
	return nil
}

// spelt is the one way to write an answer.
func spelt(values []string, settled, none bool) string {
	s := strings.Join(values, ", ")
	if len(values) == 1 && !settled {
		s += " open"
	}
	if none {
		s += " or none"
	}
	return s
}

func speltAnswer(a *trace.Answer) string {
	values := make([]string, len(a.Values))
	for i, v := range a.Values {
		values[i] = v.Value
	}
	return spelt(values, a.Settled, a.NoneCanHold)
}
