package facts

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"truce/facts/doc"
	"truce/facts/source"
)

// unknownWord is how files say that nothing is known of a value.
const unknownWord = "unknown"

// Misread says why a text is no value of a type, and at which of its runes.
type Misread struct {
	source.Diagnostic     // without a place
	From, To          int // runes of the text; To is just past the last

	offersUnknown bool   // the advice is to say that the value is unknown
	plain         string // the same in plain digits and signs; "" where that is not all that is wrong
}

// Parse reads a scalar by the type, whatever YAML or JSON would take it for, and
// "unknown" as the whole range of the type. Quotes carry no meaning. With
// findings, the value is unknown.
func (t Type) Parse(n *doc.Node) (Value, source.Diagnostics) { return t.parse(n, true) }

// ParseGiven is Parse where a value cannot be unknown: nobody is told to write
// so. It reads "unknown" all the same, for the caller to refuse.
func (t Type) ParseGiven(n *doc.Node) (Value, source.Diagnostics) { return t.parse(n, false) }

func (t Type) parse(n *doc.Node, unknown bool) (Value, source.Diagnostics) {
	s, ds := scalar(n, t.Describe())
	if ds != nil {
		if ends := n.Items; unknown && len(ends) == 2 && t.Kind.Ordered() && ends[0].Value != "" && ends[1].Value != "" {
			ds[0] = ds[0].Suggest("write {low: %s, high: %s} for an interval", clip(ends[0].Value), clip(ends[1].Value))
		}
		return t.Unknown(), ds
	}
	v, bad := t.ParseText(s)
	if bad != nil {
		if !unknown && (bad.offersUnknown || bad.Code == codeRangeText.ID) {
			bad.Hint = "" // nor is an interval of any use there
		}
		return t.Unknown(), source.Diagnostics{bad.at(n)}
	}
	return v, nil
}

// ParseInterval reads the two ends of an interval, both included. An end that is
// unknown is that end of the type's range.
func (t Type) ParseInterval(low, high *doc.Node) (Value, source.Diagnostics) {
	if !t.Kind.Ordered() {
		d := codeNoOrder.At(low.Span, "a value of kind %s cannot be an interval", t.Kind)
		return t.Unknown(), source.Diagnostics{d.Expect("%s", t.Describe()).Suggest("write the value, or unknown")}
	}
	a, ds := t.Parse(low)
	b, more := t.Parse(high)
	if ds = append(ds, more...); len(ds) > 0 {
		return t.Unknown(), ds
	}
	if a.lo > b.hi || a.ilo > b.ihi {
		d := codeLowHigh.At(low.Span, "low is %s and high is %s", t.Format(a), t.Format(b)).
			Expect("low no higher than high").
			Suggest("write {low: %s, high: %s} if they are swapped", t.Format(b), t.Format(a)).
			See(high.Span, "high is here")
		return t.Unknown(), source.Diagnostics{d}
	}
	if a.IsUnknown() && b.IsUnknown() {
		return t.Unknown(), nil
	}
	if t.Kind == Number {
		return NumberBetween(a.lo, b.hi), nil
	}
	return Between(t.Kind, a.ilo, b.ihi), nil
}

// ParseText reads a text by the type. With a Misread, the value is unknown.
func (t Type) ParseText(s string) (Value, *Misread) {
	text := strings.TrimSpace(s)
	if strings.EqualFold(text, unknownWord) {
		return t.Unknown(), nil
	}
	if t.Kind == Text {
		return TextOf(s), nil
	}
	v, bad := t.parsePoint(text)
	if bad == nil && t.Range != nil && !v.Within(*t.Range) {
		bad = t.misread(codeRange, text, "%s is outside the range", clip(text)).hint("%s", t.Scaled(v, *t.Range))
	}
	if bad != nil {
		if t.nearest(text) == "" && source.Nearest(text, []string{unknownWord}) != "" {
			bad.hint("did you mean %s?", unknownWord).offersUnknown = true
		}
		skipped := utf8.RuneCountInString(s[:strings.Index(s, text)])
		bad.From, bad.To = bad.From+skipped, bad.To+skipped
		return t.Unknown(), bad
	}
	return v, nil
}

func (t Type) parsePoint(s string) (Value, *Misread) {
	if s == "" {
		return Value{}, t.misread(codeNoValue, s, "there is no value here").orUnknown("")
	}
	switch t.Kind {
	case Number:
		return t.parseNumber(s)
	case Integer:
		return t.parseInteger(s)
	case Bool:
		return t.parseBool(s)
	case Date:
		return t.parseDate(s)
	case Enum:
		return t.parseSymbol(s)
	default:
		return t.parseLevel(s)
	}
}

func (t Type) parseBool(s string) (Value, *Misread) {
	advice := ""
	switch strings.ToLower(s) {
	case "true", "yes":
		return BoolOf(true), nil
	case "false", "no":
		return BoolOf(false), nil
	case "on", "y", "t", "1":
		advice = "write true"
	case "off", "n", "f", "0":
		advice = "write false"
	}
	bad := t.misread(codeBool, s, "%s is neither true nor false", quote(s))
	if advice == "" {
		advice, bad.offersUnknown = "write true or false, or unknown", true
	}
	return Value{}, bad.hint("%s", advice)
}

func (t Type) parseSymbol(s string) (Value, *Misread) {
	if t.Names.Index(s) >= 0 {
		return EnumOf(s), nil
	}
	return Value{}, t.misread(codeSymbol, s, "%s is not one of the symbols", quote(s)).orUnknown(t.nearest(s))
}

func (t Type) parseLevel(s string) (Value, *Misread) {
	if i := t.Names.Index(s); i >= 0 {
		return ScaleOf(i), nil
	}
	if low, high, ok := t.levelsBetween(s); ok {
		return Value{}, t.misread(codeRangeText, s, "%s is an interval written as a text", quote(s)).
			hint("write {low: %s, high: %s}", low, high)
	}
	bad := t.misread(codeLevel, s, "%s is not a level", quote(s))
	if numberForm.MatchString(latin(s)) {
		return Value{}, bad.hint("levels are written by name, never by number")
	}
	return Value{}, bad.orUnknown(t.nearest(s))
}

// levelsBetween takes a text such as "low to raised" apart, whatever joins the
// two levels.
func (t Type) levelsBetween(s string) (low, high string, ok bool) {
	if t.Names == nil {
		return "", "", false
	}
	for i, a := range t.Names.List {
		for _, b := range t.Names.List[i:] {
			for _, ends := range [...][2]string{{a, b}, {b, a}} {
				rest, first := strings.CutPrefix(s, ends[0])
				join, last := strings.CutSuffix(rest, ends[1])
				if first && last && joins(strings.TrimSpace(join)) {
					return a, b, true
				}
			}
		}
	}
	return "", "", false
}

func joins(s string) bool {
	switch s {
	case "..", "...", "…", "-", "–", "—", "/", "to", "or", "~":
		return true
	}
	return false
}

// nearest is the advice for a misspelt symbol or level, or "".
func (t Type) nearest(s string) string {
	if t.Names == nil {
		return ""
	}
	return nearest(s, t.Names.List)
}

// Describe says what a value of the type is, with unit, names and range: "a
// number in percent/year, -10 to 500".
func (t Type) Describe() string {
	what := [...]string{Number: "a number", Integer: "a whole number", Text: "a text", Bool: "true or false",
		Date: "a date (year-month-day)", Enum: "one of ", Scale: "a level: "}[t.Kind]
	if t.Names != nil {
		what += listed(t.Names.List)
	}
	if t.Unit != "" {
		what += " in " + string(t.Unit)
	}
	if t.Range != nil && !(Type{Kind: t.Kind, Names: t.Names}).Unknown().Same(*t.Range) {
		what += ", " + t.Format(*t.Range)
	}
	return what
}

// listed joins names, of long lists the first dozen.
func listed(names []string) string {
	const most = 12
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

// misread is a finding about the whole of a text.
func (t Type) misread(c source.Code, s, format string, args ...any) *Misread {
	d := c.At(Span{}, format, args...).Expect("%s", t.Describe())
	return &Misread{Diagnostic: d, To: utf8.RuneCountInString(s)}
}

func (m *Misread) hint(format string, args ...any) *Misread {
	m.Diagnostic = m.Suggest(format, args...)
	return m
}

// orUnknown gives the advice, and where there is none offers to say that the value
// is unknown.
func (m *Misread) orUnknown(advice string) *Misread {
	if advice != "" {
		return m.hint("%s", advice)
	}
	m.offersUnknown = true
	return m.hint("write %s if it is not known", unknownWord)
}

// at is the finding at its place in a scalar.
func (m *Misread) at(n *doc.Node) source.Diagnostic {
	d := m.Diagnostic
	d.Span = n.SpanOf(m.From, m.To)
	if m.plain != "" {
		d = d.Fixed("write "+m.plain, n.Ruler().Rewrite(m.From, m.To, m.plain)...)
	}
	return d
}

// scalar is the text of a node that should be one, or why it is none.
func scalar(n *doc.Node, expected string) (string, source.Diagnostics) {
	switch {
	case n.Kind != doc.Scalar:
		d := codeNotScalar.At(n.Span, "a %s stands where one value is expected", n.Kind)
		return "", source.Diagnostics{d.Expect("%s", expected)}
	case n.Null:
		d := codeNoValue.At(n.Span, "there is no value here")
		return "", source.Diagnostics{d.Expect("%s", expected).Suggest("write the value, or leave the key out")}
	}
	return n.Value, nil
}

// quote shows a text of a file in a message, cut where it is long.
func quote(s string) string { return strconv.Quote(clip(s)) }

func clip(s string) string {
	const most = 40
	if r := []rune(s[:min(len(s), most*utf8.UTFMax)]); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
