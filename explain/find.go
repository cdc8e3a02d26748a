package explain

import (
	"fmt"
	"slices"
	"strings"

	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// CodeFact and CodeAbsent are why a fact cannot be explained.
var (
	CodeFact = source.Code{ID: "N801", Title: "no fact of that name",
		Doc: "A fact is named by its type when there is one of it, and otherwise by its type with its id or key in " +
			"brackets. The names that a run has are listed by the name of their type alone.",
		Example: "Wether"}
	CodeAbsent = source.Code{ID: "N802", Title: "the fact cannot hold",
		Doc:     "No rule concludes the fact under these facts, not even as a possibility, so that there is no proof of it.",
		Example: "Alarm"}
)

// Codes lists the codes of the package.
func Codes() []source.Code { return []source.Code{CodeFact, CodeAbsent} }

// most is how many names a hint lists.
const most = 12

// Find is the fact that a person means, in the trace's facts: by its name, letter
// case aside, or by the name of a field of it ("Weather.wind"). By the name of a type
// it is all facts of that. The error is a source.Diagnostic that lists the facts of
// the type, or the nearest names.
func Find(t *trace.Trace, name string) ([]int, error) {
	name = strings.TrimSpace(name)
	if i, ok := t.Find(name); ok {
		return []int{i}, nil
	}
	if i, ok := folded(t, name); ok {
		return []int{i}, nil
	}
	if i, ok := fieldNamed(t, name); ok {
		return []int{i}, nil
	}
	kind, rest := name, ""
	if i := strings.IndexAny(name, "(["); i >= 0 {
		kind, rest = name[:i], name[i:]
	}
	if ft := typeNamed(t.Pack.Schema, kind); ft != nil {
		return ofType(t, ft, rest)
	}
	return nil, unknownName(t, name)
}

// folded is the only fact whose name is the same, letter case aside.
func folded(t *trace.Trace, name string) (int, bool) {
	found, n := 0, 0
	for i := range t.Facts {
		if strings.EqualFold(t.Facts[i].Name, name) {
			found, n = i, n+1
		}
	}
	return found, n == 1
}

func fieldNamed(t *trace.Trace, name string) (int, bool) {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return 0, false
	}
	i, ok := folded(t, name[:dot])
	if !ok {
		return 0, false
	}
	for _, f := range t.Facts[i].Type.Fields {
		if strings.EqualFold(f.Name, name[dot+1:]) {
			return i, true
		}
	}
	return 0, false
}

func typeNamed(s *facts.Schema, name string) *facts.FactType {
	for _, ft := range s.Types {
		if strings.EqualFold(ft.Name, strings.TrimSpace(name)) {
			return ft
		}
	}
	return nil
}

// NamesOf lists the facts of a type that hold or can hold, in the trace's order.
func NamesOf(t *trace.Trace, ft *facts.FactType) []string {
	var names []string
	for i := range t.Facts {
		if t.Facts[i].Type == ft {
			names = append(names, t.Facts[i].Name)
		}
	}
	return names
}

// ofType finds facts when the type is right and what stands behind it is not a
// name.
func ofType(t *trace.Trace, ft *facts.FactType, rest string) ([]int, error) {
	var list []int
	for i := range t.Facts {
		if t.Facts[i].Type == ft {
			list = append(list, i)
		}
	}
	bare := rest == "" || rest == "()"
	switch {
	case len(list) == 0:
		return nil, absent(t.Pack, ft)
	case bare:
		return list, nil
	}
	names := NamesOf(t, ft)
	d := CodeFact.At(source.Span{}, "%s%s is not a fact of this run", ft.Name, rest)
	if near := source.Nearest(ft.Name+rest, names); near != "" {
		d = d.Suggest("did you mean %s?", near)
	}
	return nil, d.Expect("%s", listed(names))
}

// Apart reports whether facts are several, and not the ways in which one may turn
// out: what is proved of one of them says nothing of the others.
func Apart(t *trace.Trace, list []int) bool {
	return len(list) > 1 && len(t.Facts[list[0]].Alternatives) != len(list)-1
}

func absent(p *rules.Pack, ft *facts.FactType) error {
	d := CodeAbsent.At(source.Span{}, "no %s holds or can hold in this run", ft.Name)
	if !ft.Concluded {
		return d.Suggest("the case states none")
	}
	for _, r := range p.Rules {
		if slices.ContainsFunc(r.Then, func(c *rules.Conclusion) bool { return c.Fact == ft }) {
			d = d.See(r.Span, "rule %s would conclude it", r.Name)
		}
	}
	return d
}

func unknownName(t *trace.Trace, name string) error {
	d := CodeFact.At(source.Span{}, "%s is not a fact of this run", name)
	candidates := t.Pack.Schema.TypeNames()
	for i := range t.Facts {
		candidates = append(candidates, t.Facts[i].Name)
	}
	if near := source.Nearest(name, candidates); near != "" {
		return d.Suggest("did you mean %s?", near)
	}
	var types []string
	for i := range t.Facts {
		types = append(types, t.Facts[i].Type.Name)
	}
	return d.Expect("the name of a fact, of one of the types %s", strings.Join(once(types), ", "))
}

func listed(names []string) string {
	if len(names) > most {
		return fmt.Sprintf("one of %s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return "one of " + strings.Join(names, ", ")
}
