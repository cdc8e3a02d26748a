package enginetest

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"truce/engine/trace"
	"truce/facts"
)

// subject is what an expectation speaks of: the command from behind its first word.
type subject struct {
	*runner
	command
	from int // where the rest of the command begins, behind the first word
}

// expectations by their first word.
var expectations = map[string]func(subject) error{
	"holds": func(s subject) error { return s.present(trace.Certain) },
	"can":   func(s subject) error { return s.present(trace.Possible) },
	"no":    subject.absent, "count": subject.count, "origin": subject.origin, "height": subject.height,
	"alternatives": subject.alternatives, "because": subject.because, "justifications": subject.justifications,
	"trace": subject.lines,
}

func (r *runner) expect(c command) error {
	word := strings.Fields(c.rest + " ?")[0]
	switch word {
	case "answer":
		return r.answer(c)
	case "unread":
		if got := codes(r.unread()); got != "N106" {
			return miss("conclusions can be read, or fail with %s", got)
		}
		return nil
	case "counters":
		return r.counted(c)
	}
	f := expectations[word]
	switch {
	case f == nil:
		return fmt.Errorf("there is nothing to expect called %q", word)
	case r.trace == nil:
		return fmt.Errorf("conclusions cannot be read: %w", r.failed)
	}
	return f(subject{r, c, strings.Index(c.rest, word) + len(word)})
}

// unread is why conclusions cannot be read; a Broken where they can.
func (r *runner) unread() error {
	if _, err := r.driver.Session.Trace(); err != nil {
		return err
	}
	return &Broken{"no error"}
}

// fact reads a fact's name and returns those facts of the trace that it may mean.
func (s subject) fact() (name string, list []int, end int, err error) {
	name, end = factName(s.rest, s.from)
	if i, ok := s.trace.Find(name); ok {
		return name, []int{i}, end, nil
	}
	typeName := strings.TrimSpace(typeForm.FindString(name))
	t := s.pack.Schema.Type(typeName)
	if t == nil {
		return name, nil, end, fmt.Errorf("%q is no fact type of the pack", typeName)
	}
	if name == typeName {
		for i := range s.trace.Facts {
			if s.trace.Facts[i].Type == t {
				list = append(list, i)
			}
		}
	}
	return name, list, end, nil
}

// single is the one fact that a name means.
func (s subject) single() (*trace.Fact, int, error) {
	name, list, end, err := s.fact()
	switch {
	case err != nil:
		return nil, end, err
	case len(list) != 1:
		return nil, end, miss("%d facts are %s; there are %s", len(list), name, s.listed(name))
	}
	return &s.trace.Facts[list[0]], end, nil
}

// listed shows the facts of a name's type with their values.
func (s subject) listed(name string) string {
	t := s.pack.Schema.Type(strings.TrimSpace(typeForm.FindString(name)))
	var parts []string
	for i := range s.trace.Facts {
		f := &s.trace.Facts[i]
		if f.Type != t {
			continue
		}
		var values []string
		for k, field := range f.Fields {
			values = append(values, t.Fields[k].Name+": "+shown(t.Fields[k].Type, field.Value))
		}
		parts = append(parts, fmt.Sprintf("\n  %s %s {%s}", f.Status, f.Name, strings.Join(values, ", ")))
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, "")
}

// shown prints a value, and one of which nothing is known by its ends where those
// are not its type's.
func shown(t facts.Type, v facts.Value) string {
	if !v.IsUnknown() || v.Same(t.Unknown()) {
		return t.Format(v)
	}
	if t.Kind == facts.Number {
		return t.Format(facts.NumberBetween(v.Bounds()))
	}
	first, last := v.Ends()
	return t.Format(facts.Between(t.Kind, first, last))
}

// matching are the facts of a name with the values in braces behind it.
func (s subject) matching() (name string, list []int, err error) {
	name, all, end, err := s.fact()
	if err != nil {
		return name, nil, err
	}
	t := s.pack.Schema.Type(strings.TrimSpace(typeForm.FindString(name)))
	want, err := s.runner.fact(t, s.command, end)
	if err != nil {
		return name, nil, err
	}
	for _, i := range all {
		if agrees(&s.trace.Facts[i], want) {
			list = append(list, i)
		}
	}
	return name, list, nil
}

func agrees(f *trace.Fact, want *facts.StatedFact) bool {
	for k := range f.Fields {
		if want.Data[k].Given && !want.Data[k].Value.Same(f.Fields[k].Value) {
			return false
		}
	}
	return true
}

func (s subject) present(status trace.Status) error {
	name, list, err := s.matching()
	if err != nil {
		return err
	}
	for _, i := range list {
		if s.trace.Facts[i].Status == status {
			return nil
		}
	}
	return miss("no such %s %s; there are %s", name, status, s.listed(name))
}

func (s subject) absent() error {
	name, list, err := s.matching()
	if err != nil || len(list) == 0 {
		return err
	}
	return miss("%s is there: %s", name, s.listed(name))
}

// words are the fields of the command from an offset on.
func (s subject) words(from int) []string { return strings.Fields(s.rest[from:]) }

func (s subject) count() error {
	name, end := factName(s.rest, s.from)
	words := s.words(end)
	t := s.pack.Schema.Type(name)
	if t == nil || len(words) == 0 || len(words) == 2 && words[1] != "certain" || len(words) > 2 {
		return errors.New("write expect count Type N, or expect count Type N certain")
	}
	n := 0
	for i := range s.trace.Facts {
		if f := &s.trace.Facts[i]; f.Type == t && (len(words) == 1 || f.Status == trace.Certain) {
			n++
		}
	}
	return s.number(words[0], n, name)
}

// number holds a number of the command against what there is.
func (s subject) number(text string, got int, of string) error {
	want, err := strconv.Atoi(text)
	switch {
	case err != nil:
		return fmt.Errorf("%q is no number", text)
	case want != got:
		return miss("%d of %s, not %d: %s", got, of, want, s.listed(of))
	}
	return nil
}

func (s subject) origin() error {
	f, end, err := s.single()
	if err != nil {
		return err
	}
	words := s.words(end)
	if len(words) < 2 || f.Type.Field(words[0]) == nil {
		return errors.New("write expect origin FACT field given, absent, assumed, known later or concluded")
	}
	if got, want := f.Fields[f.Type.Field(words[0]).Index].Origin.String(), strings.Join(words[1:], " "); got != want {
		return miss("%s.%s is %s", f.Name, words[0], got)
	}
	return nil
}

func (s subject) height() error {
	return s.numbered(func(f *trace.Fact) int { return f.Height })
}

func (s subject) alternatives() error {
	return s.numbered(func(f *trace.Fact) int { return len(f.Alternatives) })
}

func (s subject) justifications() error {
	return s.numbered(func(f *trace.Fact) int { return len(f.Justifications) })
}

// numbered holds a number that a fact has against the one behind its name.
func (s subject) numbered(of func(*trace.Fact) int) error {
	f, end, err := s.single()
	if err != nil {
		return err
	}
	return s.number(strings.TrimSpace(s.rest[end:]), of(f), f.Name)
}

func (s subject) because() error {
	f, end, err := s.single()
	if err != nil {
		return err
	}
	words := strings.SplitN(strings.TrimSpace(s.rest[end:]), " ", 3)
	if len(words) < 2 || words[0] != "rule" {
		return errors.New("write expect because FACT rule NAME, and its premises with ; between")
	}
	if s.pack.Rule(words[1]) == nil {
		return fmt.Errorf("there is no rule %s", words[1])
	}
	var there []string
	for _, n := range f.Justifications {
		j := &s.trace.Justifications[n]
		var premises []string
		for _, p := range j.Premises {
			premises = append(premises, s.trace.Facts[p].Name)
		}
		line := j.Rule.Name + " " + strings.Join(premises, "; ")
		if j.Rule.Name == words[1] && (len(words) == 2 || slices.Equal(premises, splitPremises(words[2]))) {
			return nil
		}
		there = append(there, "\n  "+line)
	}
	return miss("%s is because of %s", f.Name, strings.Join(there, ""))
}

func splitPremises(text string) []string {
	parts := strings.Split(text, ";")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// below are the continuation lines of a command, trimmed.
func (c command) below() []string {
	var list []string
	for _, line := range strings.Split(c.rest, "\n")[1:] {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// lines looks for the lines below in the canonical trace, in order.
func (s subject) lines() error {
	text := read(s.driver.Session, nil).Trace
	have := strings.Split(text, "\n")
	if len(s.below()) == 0 {
		return errors.New("write the lines to look for below, indented")
	}
	for _, want := range s.below() {
		i := slices.IndexFunc(have, func(line string) bool { return strings.TrimSpace(line) == want })
		if i < 0 {
			return miss("the trace has no line %q (here, in this order):\n%s", want, text)
		}
		have = have[i+1:]
	}
	return nil
}

// counted compares the work of the last run.
func (r *runner) counted(c command) error {
	words := strings.Fields(strings.SplitN(c.rest, "\n", 2)[0])
	if len(words) != 2 {
		return errors.New("write expect counters MATCHER")
	}
	if r.permuted || words[1] != r.options.Matcher {
		return nil
	}
	var got []string
	for _, name := range r.counters.Rules() {
		w := r.counters.Of(name)
		got = append(got, fmt.Sprintf("%s: tried %d, tested %d, held %d, new %d", name, w.Tried, w.Tested, w.Held, w.New))
	}
	if !slices.Equal(got, c.below()) {
		return miss("the work is\n  %s", strings.Join(got, "\n  "))
	}
	return nil
}
