package whynot

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
)

// Target is what is asked for: a fact of a type with what its fields would have to
// be.
type Target struct {
	Type  *facts.FactType
	id    string // of a stated fact
	wants []want // by field index
}

// GoalValue is the target of a value of the pack's goal.
func GoalValue(t *trace.Trace, value string) Target {
	goal := t.Pack.Goal
	return Target{Type: goal.Type, wants: []want{{goal.Field, only(goal.Field.Type, facts.EnumOf(value))}}}
}

// Parse reads what a person asks for: a value of the pack's goal, the name of a fact
// of the run, a type, or a type with conditions on its fields in brackets.
func Parse(t *trace.Trace, text string) (Target, error) {
	text = strings.TrimSpace(text)
	if i, ok := t.Find(text); ok && t.Facts[i].Type.Concluded {
		return named(&t.Facts[i]), nil
	}
	for _, v := range t.Pack.Goal.Field.Type.Names.List {
		if strings.EqualFold(v, text) {
			return GoalValue(t, v), nil
		}
	}
	name, rest, _ := strings.Cut(text, "(")
	ft := typeNamed(t.Pack.Schema, strings.TrimSpace(name))
	if ft == nil {
		return Target{}, unknownGoal(t, strings.TrimSpace(name))
	}
	p := parser{Target: Target{Type: ft}}
	inside := strings.TrimSpace(rest)
	if strings.Contains(text, "(") {
		if !strings.HasSuffix(inside, ")") {
			return Target{}, CodeGoal.At(source.Span{}, "%s has no closing bracket", text).Expect("Type(field = value)")
		}
		for _, part := range split(strings.TrimSuffix(inside, ")")) {
			if err := p.part(part); err != nil {
				return Target{}, err
			}
		}
	}
	return p.Target, nil
}

// Named is the target of a fact of a run, by its position.
func Named(t *trace.Trace, fact int) Target { return named(&t.Facts[fact]) }

// named is the target of a fact of the run: its key, and where that does not tell it
// from its alternatives all that is known of it.
func named(f *trace.Fact) Target {
	t := Target{Type: f.Type}
	for i, field := range f.Type.Fields {
		v := f.Fields[i].Value
		key := false
		for _, k := range f.Type.Key {
			key = key || k == i
		}
		if v.IsKnown() && (key || len(f.Alternatives) > 0) {
			t.wants = append(t.wants, want{field, only(field.Type, v)})
		}
	}
	return t
}

func typeNamed(s *facts.Schema, name string) *facts.FactType {
	for _, ft := range s.Types {
		if strings.EqualFold(ft.Name, name) {
			return ft
		}
	}
	return nil
}

func unknownGoal(t *trace.Trace, name string) error {
	names := append(t.Pack.Schema.TypeNames(), t.Pack.Goal.Field.Type.Names.List...)
	d := CodeGoal.At(source.Span{}, "%s is neither a fact type nor a value of %s.%s", name, t.Pack.Goal.Type.Name, t.Pack.Goal.Field.Name)
	if near := source.Nearest(name, names); near != "" {
		return d.Suggest("did you mean %s?", near)
	}
	return d.Expect("one of %s, or a fact type", strings.Join(t.Pack.Goal.Field.Type.Names.List, ", "))
}

// split cuts at commas outside quotes and square brackets.
func split(s string) []string {
	var parts []string
	depth, from := 0, 0
	quoted := false
	for i, c := range s {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[':
			depth++
		case c == ']':
			depth--
		case c == ',' && depth == 0:
			parts = append(parts, s[from:i])
			from = i + 1
		}
	}
	if last := strings.TrimSpace(s[from:]); last != "" || len(parts) > 0 {
		parts = append(parts, last)
	}
	return parts
}

// parser reads the conditions of a target.
type parser struct {
	Target
	keys int // keys given without their field
}

var (
	comparison = regexp.MustCompile(`^([A-Za-z_]\w*)\s*(==|!=|>=|<=|=|>|<)\s*(.*)$`)
	oneOf      = regexp.MustCompile(`^([A-Za-z_]\w*)\s+(not\s+)?in\s+\[(.*)\]$`)
	likeText   = regexp.MustCompile(`^([A-Za-z_]\w*)\s+((?:not )?(?:containing|starting with|ending with|matching) .*)$`)
	isKnown    = regexp.MustCompile(`^known\(\s*([A-Za-z_]\w*)\s*\)$`)
)

func (p *parser) part(text string) error {
	text = strings.TrimSpace(text)
	if m := isKnown.FindStringSubmatch(text); m != nil {
		f, err := p.field(m[1])
		if err != nil {
			return err
		}
		set := anything(f.Type)
		set.Known = true
		return p.add(f, set)
	}
	if m := oneOf.FindStringSubmatch(text); m != nil {
		return p.list(m[1], m[2] != "", m[3])
	}
	if m := likeText.FindStringSubmatch(text); m != nil {
		f, err := p.field(m[1])
		if err != nil {
			return err
		}
		if f.Type.Kind != facts.Text {
			return CodeValue.At(source.Span{}, "%s.%s is no text", p.Type.Name, f.Name).Expect("%s", f.Type.Describe())
		}
		set := anything(f.Type)
		set.Says = m[2]
		return p.add(f, set)
	}
	if m := comparison.FindStringSubmatch(text); m != nil {
		return p.compare(m[1], m[2], m[3])
	}
	return p.keyed(text)
}

func (p *parser) field(name string) (*facts.Field, error) {
	if f := p.Type.Field(name); f != nil {
		return f, nil
	}
	return nil, CodeGoal.At(source.Span{}, "%s has no field %s", p.Type.Name, name).
		Suggest("%s", source.DidYouMean(name, p.Type.FieldNames()))
}

// keyed reads a value that stands without its field: that of the next field of the
// key, or a stated fact's id.
func (p *parser) keyed(text string) error {
	if !p.Type.Concluded && p.Type.Count != facts.One && p.id == "" && text != "" {
		p.id = text
		return nil
	}
	if p.keys >= len(p.Type.Key) || !p.Type.Concluded {
		return CodeGoal.At(source.Span{}, "%q says nothing of a field of %s", text, p.Type.Name).
			Expect("a condition such as %s = value", p.Type.Fields[0].Name)
	}
	f := p.Type.Fields[p.Type.Key[p.keys]]
	p.keys++
	return p.compare(f.Name, "=", text)
}

func (p *parser) value(f *facts.Field, text string) (facts.Value, error) {
	text = strings.TrimSpace(text)
	if unquoted, err := strconv.Unquote(text); err == nil && strings.HasPrefix(text, `"`) {
		text = unquoted
	}
	if f.Type.Unit != "" {
		text = strings.TrimSpace(strings.TrimSuffix(text, " "+string(f.Type.Unit)))
	}
	v, bad := f.Type.ParseText(text)
	if bad != nil {
		d := CodeValue.At(source.Span{}, "%s.%s cannot be %q: %s", p.Type.Name, f.Name, text, bad.Message).Expect("%s", bad.Expected)
		if bad.Hint != "" {
			d = d.Suggest("%s", bad.Hint)
		}
		return v, d
	}
	if !v.IsKnown() {
		return v, CodeValue.At(source.Span{}, "%s.%s = unknown is not a value to conclude", p.Type.Name, f.Name).Suggest("known(%s) asks why it is not known", f.Name)
	}
	return v, nil
}

func (p *parser) compare(name, op, text string) error {
	f, err := p.field(name)
	if err != nil {
		return err
	}
	v, err := p.value(f, text)
	if err != nil {
		return err
	}
	if op != "=" && op != "==" && op != "!=" && !f.Type.Kind.Ordered() {
		return CodeValue.At(source.Span{}, "%s.%s has no order", p.Type.Name, f.Name).Expect("= or !=")
	}
	switch op {
	case "=", "==":
		return p.add(f, only(f.Type, v))
	case "!=":
		return p.add(f, other(f.Type, v))
	}
	x, _ := ends(v)
	open := op == ">" || op == "<"
	if strings.HasPrefix(op, ">") {
		return p.add(f, between(f.Type, x, open, math.Inf(1), false))
	}
	return p.add(f, between(f.Type, math.Inf(-1), false, x, open))
}

func (p *parser) list(name string, except bool, text string) error {
	f, err := p.field(name)
	if err != nil {
		return err
	}
	set := anything(f.Type)
	set.Except = except
	for _, part := range split(text) {
		v, err := p.value(f, part)
		if err != nil {
			return err
		}
		if ordered(f.Type.Kind) && !except {
			return CodeValue.At(source.Span{}, "%s.%s is one of a list, and its values have an order", p.Type.Name, f.Name).Expect("two ends, such as %s >= 1, %s <= 3", name, name)
		}
		set.Points = append(set.Points, v)
	}
	return p.add(f, set)
}

func (p *parser) add(f *facts.Field, set Set) error {
	ws, ok := joinWants(p.wants, want{f, set})
	if !ok || set.empty() {
		return CodeValue.At(source.Span{}, "no value of %s.%s is as asked", p.Type.Name, f.Name).Expect("%s", f.Type.Describe())
	}
	p.wants = ws
	return nil
}

// texts are the conditions that ask for a want, as Parse reads them.
func (w want) texts() []string {
	s, name := w.set, w.field.Name
	format := func(v facts.Value) string {
		text := w.field.Type.Format(v)
		if v.Kind() == facts.Text {
			return strconv.Quote(text)
		}
		return text
	}
	end := func(x float64) string { return format(point(s.Type.Kind, x)) }
	var out []string
	switch {
	case s.Known:
		return []string{"known(" + name + ")"}
	case s.Says != "":
		return []string{name + " " + s.Says}
	case ordered(s.Type.Kind) && s.Low == s.High:
		return []string{name + " = " + end(s.Low)}
	case !s.Except && len(s.Points) == 1:
		return []string{name + " = " + format(s.Points[0])}
	case !s.Except:
		texts := make([]string, len(s.Points))
		for i, v := range s.Points {
			texts[i] = format(v)
		}
		return []string{name + " in [" + strings.Join(texts, ", ") + "]"}
	}
	if !math.IsInf(s.Low, 0) {
		out = append(out, name+word(s.LowOpen, " > ", " >= ")+end(s.Low))
	}
	if !math.IsInf(s.High, 0) {
		out = append(out, name+word(s.HighOpen, " < ", " <= ")+end(s.High))
	}
	for _, v := range s.Points {
		out = append(out, name+" != "+format(v))
	}
	return out
}
