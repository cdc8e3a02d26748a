package packtest

import (
	"context"

	"truce/explain/cover"
	"truce/rules"
)

// reach is which tests come to which lines of which rules: those for which all that
// stands before the line holds, and those for which it only can hold. A change of a line
// to which a test does not come changes nothing for the test: an instance with a line that
// is false stays out, whatever the later lines say.
type reach struct {
	sure, possible [][][]int // by rule and line: positions of tests, in their order
}

func reachOf(ctx context.Context, p *rules.Pack, tests []*rules.Test, compile Compile) (*reach, error) {
	r := &reach{make([][][]int, len(p.Rules)), make([][][]int, len(p.Rules))}
	for i, rule := range p.Rules {
		r.sure[i], r.possible[i] = make([][]int, len(rule.When)+1), make([][]int, len(rule.When)+1)
	}
	s := compile(p)()
	w := newWorld(p, s)
	for n, test := range tests {
		if _, err := ran(ctx, s, test); err != nil {
			return nil, err
		}
		w.begin(test.Case)
		for i, rule := range p.Rules {
			cover.Choices(rule, w.env, func(line int, sure bool) bool {
				r.possible[i][line] = with(r.possible[i][line], n)
				if sure {
					r.sure[i][line] = with(r.sure[i][line], n)
				}
				return true
			})
		}
	}
	return r, w.err
}

// with is a list with a position at its end.
func with(list []int, n int) []int {
	if len(list) > 0 && list[len(list)-1] == n {
		return list
	}
	return append(list, n)
}

// to lists the tests that come to one of some places, those first for which all before it
// holds; sure is how many these are.
func (r *reach) to(spots []spot, tests int) (list []int, sure int) {
	seen := make([]bool, tests)
	for i, of := range [][][][]int{r.sure, r.possible} {
		come := make([]bool, tests)
		for _, s := range spots {
			for _, n := range of[s.rule][s.line] {
				come[n] = true
			}
		}
		for n, is := range come {
			if is && !seen[n] {
				seen[n] = true
				list = append(list, n)
			}
		}
		if i == 0 {
			sure = len(list)
		}
	}
	return list, sure
}
