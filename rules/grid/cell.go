package grid

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"truce/facts"
	"truce/facts/source"
)

// The findings about the text of a cell.
var (
	BadCell = source.Code{ID: "R080", Title: "cell is no test",
		Doc:     "A cell of a decision table is a test of its column's input: a value, a comparison such as >= 20, an interval such as [20..40), several of them with a comma and a blank between, not(...) around them, or nothing for any value.",
		Example: "first,w.wind,Course.value\nwindy,> ,wait\n"}
	CellComma = source.Code{ID: "R081", Title: "comma inside a number",
		Doc:     "A comma parts the tests of a cell, and some spreadsheets write it as the decimal sign. Write a point for decimals, and a blank behind a comma that parts two numbers.",
		Example: "first,w.wind,Course.value\nwindy,\"> 20,5\",wait\n"}
)

// Problem is what is wrong with a cell, at runes of its text.
type Problem struct {
	source.Diagnostic // without a place
	From, To          int
}

// Composed is the condition that a cell stands for, as a text. It is empty where the
// cell takes anything.
type Composed struct {
	Text   string
	pieces []piece
	length int
}

// piece is a stretch of the text that was taken from somewhere, in runes.
type piece struct {
	at, end  int
	cell     bool // from the cell, else from the input
	from, to int
	exact    bool // rune by rune
}

// Origin is where runes of the text come from: runes of the cell, or, where cell is
// false, of the input. What is of both is the whole of the cell.
func (c *Composed) Origin(from, to int) (cell bool, start, end int) {
	first, last := c.piece(from), c.piece(max(from, to-1))
	if first.cell != last.cell {
		return true, 0, int(^uint(0) >> 1)
	}
	start, end = first.from, last.to
	if first.exact {
		start += min(max(from-first.at, 0), first.end-first.at)
	}
	if last.exact {
		end = max(start, last.from+min(max(to-last.at, 0), last.end-last.at))
	}
	return first.cell, start, end
}

// piece is the one that holds a rune, or the last before it; a comparison sign belongs
// to its cell.
func (c *Composed) piece(at int) piece {
	best := c.pieces[0] // there is one wherever there is text
	for _, p := range c.pieces {
		if p.at <= at {
			best = p
		}
	}
	return best
}

func (c *Composed) add(text string) {
	c.Text += text
	c.length += utf8.RuneCountInString(text)
}

func (c *Composed) take(text string, cell bool, from, to int, exact bool) {
	at := c.length
	c.add(text)
	c.pieces = append(c.pieces, piece{at, c.length, cell, from, to, exact})
}

// Compose reads a cell under an input of a type.
func Compose(input string, typ facts.Type, cell string) (*Composed, *Problem) {
	r := &reader{input: input, typ: typ, out: &Composed{}}
	s := part{cell, 0}.trimmed()
	if s.text == "" || s.text == "-" {
		return r.out, nil
	}
	if problem := r.cell(s); problem != nil {
		return nil, problem
	}
	return r.out, nil
}

// part is a stretch of a cell, from a rune of it.
type part struct {
	text string
	at   int
}

func (p part) end() int { return p.at + utf8.RuneCountInString(p.text) }

func (p part) trimmed() part {
	left := strings.TrimLeftFunc(p.text, unicode.IsSpace)
	at := p.at + utf8.RuneCountInString(p.text[:len(p.text)-len(left)])
	return part{strings.TrimRightFunc(left, unicode.IsSpace), at}
}

// cut is the part between two bytes of it.
func (p part) cut(from, to int) part {
	return part{p.text[from:to], p.at + utf8.RuneCountInString(p.text[:from])}.trimmed()
}

func (p part) bad(c source.Code, format string, args ...any) *Problem {
	return &Problem{c.At(source.Span{}, format, args...), p.at, p.end()}
}

type reader struct {
	input string
	typ   facts.Type
	out   *Composed
}

var negation = regexp.MustCompile(`^not\s*\(`)

func (r *reader) cell(s part) *Problem {
	if open := negation.FindString(s.text); open != "" && closing(s.text, len(open)-1) == len(s.text)-1 {
		r.out.take("not (", true, s.at, s.at+utf8.RuneCountInString(open), false)
		if problem := r.tests(s.cut(len(open), len(s.text)-1)); problem != nil {
			return problem
		}
		r.out.add(")")
		return nil
	}
	return r.tests(s)
}

// commaNumber is what may be one number with a decimal comma, or two numbers.
var commaNumber = regexp.MustCompile(`([0-9]+),([0-9]+)`)

// tests reads tests parted by commas: one of them must hold.
func (r *reader) tests(s part) *Problem {
	cuts := commas(s.text)
	if r.typ.Kind == facts.Number || r.typ.Kind == facts.Integer {
		for _, at := range commaNumber.FindAllStringSubmatchIndex(s.text, -1) {
			comma := at[3]
			if !slices.Contains(cuts, comma) {
				continue
			}
			p := s.cut(comma, comma+1).bad(CellComma, "a comma stands between two digits")
			p.Diagnostic = p.Expect("a decimal point").Suggest("write %s.%s, or a blank behind the comma if these are two numbers",
				s.text[at[2]:at[3]], s.text[at[4]:at[5]])
			return p
		}
	}
	from := 0
	for i, c := range append(cuts, len(s.text)) {
		if i > 0 {
			r.out.add(" or ")
		}
		if problem := r.test(s.cut(from, c), s); problem != nil {
			return problem
		}
		from = c + 1
	}
	return nil
}

// operators are the comparisons of cells, longer ones first.
var operators = []struct{ written, means string }{
	{"<=", "<="}, {">=", ">="}, {"!=", "!="}, {"==", "=="}, {"≤", "<="}, {"≥", ">="}, {"≠", "!="}, {"<", "<"}, {">", ">"}, {"=", "=="},
}

func (r *reader) test(s, all part) *Problem {
	if s.text == "" {
		p := all.bad(BadCell, "a test is missing beside a comma")
		p.Diagnostic = p.Expect("a test on each side of it")
		return p
	}
	for _, o := range operators {
		if rest, ok := strings.CutPrefix(s.text, o.written); ok {
			operand := s.cut(len(s.text)-len(rest), len(s.text))
			if operand.text == "" {
				p := s.bad(BadCell, "nothing stands behind %s", o.written)
				p.Diagnostic = p.Expect("%s", r.typ.Describe())
				return p
			}
			return r.compare(o.means, s, operand)
		}
	}
	if low, high, ok := strings.Cut(s.text, ".."); ok && strings.ContainsAny(s.text[:1], "[(]") && strings.ContainsAny(s.text[len(s.text)-1:], "[])") {
		return r.interval(s, len(low), len(s.text)-len(high))
	}
	if r.typ.Kind == facts.Bool {
		switch strings.ToLower(s.text) {
		case "true", "yes":
			r.takeInput()
			r.out.take("", true, s.at, s.end(), false)
			return nil
		case "false", "no":
			r.out.take("not (", true, s.at, s.end(), false)
			r.takeInput()
			r.out.add(")")
			return nil
		}
	}
	return r.compare("==", s, s)
}

func (r *reader) takeInput() {
	r.out.take(r.input, false, 0, utf8.RuneCountInString(r.input), true)
}

// takeOperand takes the input where something is compared with it, in brackets where it
// has parts that a comparison might part.
func (r *reader) takeOperand() {
	whole := true
	walk(r.input, 0, func(i, depth int) bool {
		whole = whole && (depth > 0 || !unicode.IsSpace(rune(r.input[i])))
		return whole
	})
	if whole {
		r.takeInput()
		return
	}
	r.out.add("(")
	r.takeInput()
	r.out.add(")")
}

// interval reads [low..high), whose two points stand between two bytes. Its two ends
// bind closer than "or".
func (r *reader) interval(s part, dots, behind int) *Problem {
	lower, upper := ">=", "<="
	if s.text[0] != '[' {
		lower = ">"
	}
	if s.text[len(s.text)-1] != ']' {
		upper = "<"
	}
	low, high := s.cut(1, dots), s.cut(behind, len(s.text)-1)
	if low.text == "" || high.text == "" {
		p := s.bad(BadCell, "an end of the interval is missing")
		p.Diagnostic = p.Expect("two ends, such as [20..40)").Suggest("write a comparison, such as >= 20, where there is no end")
		return p
	}
	if problem := r.compare(lower, low, low); problem != nil {
		return problem
	}
	r.out.add(" and ")
	return r.compare(upper, high, high)
}

func (r *reader) compare(op string, s, operand part) *Problem {
	r.takeOperand()
	r.out.take(" "+op+" ", true, s.at, s.end(), false)
	text, problem := r.operand(operand)
	if problem != nil {
		return problem
	}
	r.out.take(text, true, operand.at, operand.end(), text == operand.text)
	return nil
}

var (
	word    = regexp.MustCompile(`^[\p{L}\p{N}_][\p{L}\p{N}_-]*$`)
	dateish = regexp.MustCompile(`^[0-9]+[-./][0-9]+[-./][0-9]+$`)
	call    = regexp.MustCompile(`^(threshold|case)\.[a-z0-9_]+$`)
)

// operand is what a cell compares with, in the language of conditions.
func (r *reader) operand(s part) (string, *Problem) {
	switch r.typ.Kind {
	case facts.Enum, facts.Scale:
		if word.MatchString(s.text) {
			return strconv.Quote(s.text), nil
		}
	case facts.Date:
		if !dateish.MatchString(s.text) {
			return s.text, nil
		}
		plain := facts.Type{Kind: facts.Date}
		if _, bad := plain.ParseText(s.text); bad != nil {
			return "", &Problem{bad.Diagnostic, s.at + bad.From, s.at + bad.To}
		}
		return `date("` + s.text + `")`, nil
	case facts.Text:
		if !strings.ContainsAny(s.text[:1], "\"'`") && !call.MatchString(s.text) {
			return strconv.Quote(s.text), nil
		}
	}
	return s.text, nil
}

// commas are the bytes at which commas part a text, outside of quotes and brackets.
func commas(text string) []int {
	var at []int
	walk(text, 0, func(i, depth int) bool {
		if text[i] == ',' && depth == 0 {
			at = append(at, i)
		}
		return true
	})
	return at
}

// closing is the byte of the bracket that closes the one at open, or -1.
func closing(text string, open int) int {
	found := -1
	walk(text, open, func(i, depth int) bool {
		if depth == 0 && i > open {
			found = i
		}
		return found < 0
	})
	return found
}

// walk visits the bytes of a text from one on that stand outside of quotes, with how
// many brackets are open behind each. The brackets of an interval need not match in
// kind: [20..40) is whole.
func walk(text string, from int, visit func(i, depth int) bool) {
	depth, quote := 0, byte(0)
	for i := from; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
			continue
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case c == '(' || c == '[':
			depth++
		case (c == ')' || c == ']') && depth > 0:
			depth--
		}
		if !visit(i, depth) {
			return
		}
	}
}
