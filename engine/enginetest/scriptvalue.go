package enginetest

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"truce/facts"
	"truce/facts/doc"
)

// change reads a command that changes the session.
func (r *runner) change(c command) (Change, error) {
	rest := strings.TrimSpace(c.rest)
	switch c.verb {
	case "assert", "modify":
		f, err := r.stated(c)
		if c.verb == "modify" {
			return Change{Op: Modify, Fact: f}, err
		}
		return Change{Op: Assert, Fact: f}, err
	case "retract":
		return named(Retract, rest)
	case "complete":
		return named(Complete, rest)
	case "mark":
		return named(Mark, rest)
	case "rollback":
		return named(Rollback, rest)
	case "threshold":
		return r.threshold(c)
	case "date":
		day, ok := facts.ParseDate(rest)
		if !ok {
			return Change{}, fmt.Errorf("%q is no date: write year-month-day", rest)
		}
		return Change{Op: Date, Day: day}, nil
	}
	return Change{}, fmt.Errorf("there is no command %q", c.verb)
}

func named(op Op, name string) (Change, error) {
	if name == "" {
		return Change{}, fmt.Errorf("%s what?", op)
	}
	return Change{Op: op, Name: name}, nil
}

// stated reads Type(id) {field: value}.
func (r *runner) stated(c command) (*facts.StatedFact, error) {
	name, at := factName(c.rest, 0)
	typeName, id, isKeyed := strings.Cut(name, "(")
	t := r.pack.Schema.Type(typeName)
	switch {
	case t == nil:
		return nil, fmt.Errorf("%q is no fact type of the pack", typeName)
	case isKeyed == (t.Count == facts.One):
		return nil, fmt.Errorf("write %s(id) for a type of which there may be several, %s for the one of its type", typeName, typeName)
	}
	f, err := r.fact(t, c, at)
	if err != nil {
		return nil, err
	}
	f.ID = strings.TrimSuffix(id, ")")
	return f, nil
}

// fact reads the braces that stand at an offset of the command as a case has them
// below a fact; with none, nothing is given.
func (r *runner) fact(t *facts.FactType, c command, at int) (*facts.StatedFact, error) {
	n := &doc.Node{Kind: doc.Map}
	if strings.TrimSpace(c.rest[at:]) != "" {
		var err error
		if n, err = r.node(c, at); err != nil {
			return nil, err
		}
	}
	f, err := r.read(t, n)
	if err != nil {
		return nil, err
	}
	f.Type = t
	return f, nil
}

// read reads a map of fields by a copy of the type of which there is one, and which
// asks for no field: what must be given is the session's to say.
func (r *runner) read(t *facts.FactType, n *doc.Node) (*facts.StatedFact, error) {
	one := &facts.FactType{Name: t.Name}
	for _, f := range t.Fields {
		g := *f
		g.Exact = false
		one.AddField(&g)
	}
	schema := &facts.Schema{Units: r.pack.Schema.Units, Qualities: r.pack.Schema.Qualities}
	schema.AddType(one)
	c, ds := facts.ReadCaseNode(mapOf("case", scalar("script"), "title", scalar("A script."),
		"as_of", scalar("2000-01-01"), "facts", mapOf(t.Name, n)), schema, facts.ReadOptions{})
	if err := ds.Err(); err != nil {
		return nil, err
	}
	return c.Facts[0], nil
}

func scalar(s string) *doc.Node { return &doc.Node{Kind: doc.Scalar, Value: s} }

func mapOf(pairs ...any) *doc.Node {
	m := &doc.Node{Kind: doc.Map}
	for i := 0; i < len(pairs); i += 2 {
		m.Entries = append(m.Entries, doc.Entry{Key: scalar(pairs[i].(string)), Value: pairs[i+1].(*doc.Node)})
	}
	return m
}

// node reads the rest of a command as YAML. Blank lines and columns before it give
// findings their place in the script.
func (r *runner) node(c command, at int) (*doc.Node, error) {
	before := c.rest[:at]
	column := c.at - 1 + at
	if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		column = at - i - 1
	}
	text := strings.Repeat("\n", c.line-1+strings.Count(before, "\n")) + strings.Repeat(" ", column) + c.rest[at:]
	n, ds := doc.Read(r.name, []byte(text), doc.Limits{})
	return n, ds.Err()
}

// threshold reads a threshold's name and its value, a scalar or {low, high}.
func (r *runner) threshold(c command) (Change, error) {
	name, _, found := strings.Cut(strings.TrimLeft(c.rest, " "), " ")
	if !found {
		return Change{}, errors.New("write threshold NAME VALUE")
	}
	t := facts.Type{Kind: facts.Number}
	if th := r.pack.Threshold(name); th != nil {
		t = th.Type
	}
	n, err := r.node(c, strings.Index(c.rest, name)+len(name)+1)
	if err != nil {
		return Change{}, err
	}
	holder := &facts.FactType{Name: "Threshold"}
	holder.AddField(&facts.Field{Name: name, Type: t})
	f, err := r.read(holder, mapOf(name, n))
	if err != nil {
		return Change{}, err
	}
	return Change{Op: Threshold, Name: name, Value: f.Data[0].Value}, nil
}

var typeForm = regexp.MustCompile(`^\s*[A-Za-z][A-Za-z0-9_]*`)

// factName takes a fact's name from a text: a type, and what follows it at once in
// parentheses and brackets, in which quotes hide them. It returns the offset behind.
func factName(text string, from int) (name string, end int) {
	m := typeForm.FindString(text[from:])
	end = from + len(m)
	depth, inQuotes := 0, false
	for m != "" && end < len(text) {
		ch := text[end]
		switch {
		case inQuotes && ch == '\\':
			end++
		case ch == '"' && depth > 0:
			inQuotes = !inQuotes
		case inQuotes:
		case ch == '(' || ch == '[':
			depth++
		case depth > 0 && (ch == ')' || ch == ']'):
			depth--
		case depth == 0:
			return strings.TrimSpace(text[from:end]), end
		}
		end++
	}
	end = min(end, len(text))
	return strings.TrimSpace(text[from:end]), end
}
