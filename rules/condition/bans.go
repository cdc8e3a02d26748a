package condition

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"truce/facts"
)

// bans finds, scrap by scrap, what the language leaves out and what people type
// by habit from elsewhere. Each finding says what to write instead; where that is
// beyond doubt it is also carried out, so that the rest can be checked.
type bans struct {
	f      *front
	scraps []scrap
	open   []bool // of the brackets around, whether each separates its items by commas
	hasLet bool
	hasIf  bool
}

func (f *front) findBans() {
	b := &bans{f: f, scraps: scan(f.src.Text, f.runes)}
	for _, s := range b.scraps {
		b.hasLet = b.hasLet || s.kind == scrapWord && s.text == "let"
		b.hasIf = b.hasIf || s.kind == scrapWord && s.text == "if"
	}
	for i := 0; i < len(b.scraps) && !f.full(); {
		i += b.one(i)
	}
}

// one looks at the scrap at i and returns how many scraps it has dealt with.
func (b *bans) one(i int) int {
	s := b.scraps[i]
	switch s.kind {
	case scrapComment:
		b.f.ban(s, codeComment, "%s starts a comment, which would hide the rest of the line", s.text[:2]).
			suggest("put a comment behind the condition with YAML's own #, or write the rule's doc").fix(" ")
	case scrapOpenText:
		b.f.ban(s, codeOpenText, "the text that starts here is not closed").suggest("write %s at its end", s.text[:1])
	case scrapSmartText:
		b.smart(s)
	case scrapNumber:
		return b.number(i)
	case scrapWord:
		return b.word(i)
	case scrapOperator:
		b.operator(i)
	default: // a text holds what it likes
	}
	return 1
}

func (b *bans) smart(s scrap) {
	rs := []rune(s.text)
	inner := string(rs[1 : len(rs)-1])
	if strings.ContainsRune("«‹", rs[0]) {
		inner = strings.TrimSpace(inner) // French sets blanks inside of them
	}
	plain := strconv.Quote(inner)
	f := b.f.ban(s, codeSmartQuote, "these are typographic quotes").suggest("write %s with straight quotes", plain)
	if plain == `"`+inner+`"` {
		f.safely(plain)
	} else {
		f.fix(plain)
	}
}

// number checks a number and what stands right behind it: a decimal comma, a
// percent sign, a unit.
func (b *bans) number(i int) int {
	s := b.scraps[i]
	if n := b.commas(i); n > 0 {
		return n
	}
	if n := b.dashes(i); n > 0 {
		return n
	}
	plain := s.text
	if hasForeign(s.text) {
		plain = asciiNumber(s.text)
		b.f.ban(s, codeDigits, "%s is not written in the digits 0 to 9", s.text).suggest("write %s", plain).safely(plain)
	} else {
		b.magnitude(s)
	}
	next := b.at(i + 1)
	switch {
	case next.is("%") && b.endsOperand(i+2):
		b.f.ban(next, codePercent, "a percent sign is not part of a number").
			suggest("write %s; the unit comes from the other side", plain).fix("")
		return 2
	case next.is("٪"):
		b.f.ban(next, codePercent, "a percent sign is not part of a number").
			suggest("write %s; the unit comes from the other side", plain).fix("")
		return 2
	case next.kind == scrapWord && !b.keyword(next):
		return 1 + b.unit(i+1, plain)
	}
	return 1
}

// commas deals with 36,5 and 1,000,000 where a comma cannot separate items.
func (b *bans) commas(i int) int {
	if len(b.open) > 0 && b.open[len(b.open)-1] {
		return 0
	}
	s := b.scraps[i]
	text, n := s.text, 1
	for {
		comma, digits := b.at(i+n), b.at(i+n+1)
		if !comma.is(",") && !comma.is("،") || digits.kind != scrapNumber || comma.from != b.scraps[i+n-1].to || digits.from != comma.to {
			break
		}
		text += "," + digits.text
		n += 2
	}
	if n == 1 {
		return 0
	}
	whole := scrap{scrapNumber, s.from, b.scraps[i+n-1].to, text}
	plain := asciiNumber(text)
	if thousands.MatchString(plain) {
		plain = strings.ReplaceAll(plain, ",", "")
		b.f.ban(whole, codeComma, "a number has no separators between its thousands").suggest("write %s", plain).fix(plain)
		return n
	}
	fixed := strings.Replace(plain, ",", ".", 1)
	found := b.f.ban(whole, codeComma, "a number has a decimal point, not a comma").suggest("write %s", fixed)
	if n == 3 && !strings.Contains(plain, ".") {
		found.fix(fixed)
	}
	return n
}

// dashes deals with 3-5 and 2020-01-31, in which a reader sees an interval and a day.
func (b *bans) dashes(i int) int {
	from, to := b.scraps[i].from, b.scraps[i].to
	n := 1
	for b.at(i+n).is("-") && b.at(i+n+1).kind == scrapNumber && b.at(i+n).from == to && b.at(i+n+1).from == to+1 {
		to = b.at(i + n + 1).to
		n += 2
	}
	text := string(b.f.runes[from:to])
	whole := scrap{scrapNumber, from, to, text}
	low, high, _ := strings.Cut(text, "-")
	switch _, isDay := facts.ParseDate(text); {
	case isDay:
		b.f.ban(whole, codeUnquoted, "%s is a difference of numbers as it stands", text).
			suggest("write date(%q) for the day", text).fix("date(" + strconv.Quote(text) + ")")
	case n == 3 && number(low) < number(high):
		b.f.ban(whole, codeRange, "%s is a difference as it stands, and looks like an interval", text).
			suggest("write x >= %s and x <= %s, or %s - %s with blanks for the difference", low, high, low, high)
	default:
		return 0
	}
	return n
}

// number is the value of a number as it is written, or 0.
func number(text string) float64 {
	x, _ := strconv.ParseFloat(text, 64)
	return x
}

var thousands = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)

// magnitude checks that a number can be held, and that it is written in decimal.
func (b *bans) magnitude(s scrap) {
	text := strings.ReplaceAll(s.text, "_", "")
	if len(text) > 2 && text[0] == '0' && strings.ContainsAny(text[1:2], "xXoObB") {
		n, err := strconv.ParseUint(text, 0, 63)
		if err != nil {
			n = 0
		}
		plain := strconv.FormatUint(n, 10)
		b.f.ban(s, codeNumber, "%s is not written in decimal", s.text).suggest("write %s", plain).fix(plain)
		return
	}
	if strings.ContainsAny(text, ".eE") {
		if x, err := strconv.ParseFloat(text, 64); err != nil || math.IsInf(x, 0) {
			b.f.ban(s, codeNumber, "%s is more than a number can hold", s.text).expect("at most 1.7976931348623157e308").fix("0.0")
		}
		return
	}
	if _, err := strconv.ParseInt(text, 10, 64); err != nil {
		b.f.ban(s, codeNumber, "%s is more than an integer can hold", s.text).
			expect("at most %d", int64(math.MaxInt64)).suggest("write it with a decimal point if it need not be exact").fix("0")
	}
}

// unit deals with the words of a unit behind a number.
func (b *bans) unit(i int, number string) int {
	n := 1
	for {
		next := b.at(i + n)
		if (next.is("/") || next.is("*")) && b.at(i+n+1).kind == scrapWord && !b.known(b.at(i+n+1)) && b.touching(i+n) {
			n += 2
			continue
		}
		break
	}
	from, to := b.scraps[i].from, b.scraps[i+n-1].to
	text := string(b.f.runes[from:to])
	b.f.ban(scrap{scrapWord, from, to, text}, codeUnitTyped, "a number is written without a unit, but %s follows it", text).
		suggest("write %s; the unit comes from the other side, and is checked there", number).fix("")
	return n
}

func (b *bans) touching(i int) bool {
	return b.scraps[i-1].to == b.scraps[i].from && b.scraps[i].to == b.scraps[i+1].from
}

// known reports whether the word can stand as an operand.
func (b *bans) known(s scrap) bool {
	if _, ok := b.f.scope.Bindings[s.text]; ok {
		return true
	}
	return s.text == "threshold" || s.text == "case" || usage(s.text) != ""
}

func (b *bans) keyword(s scrap) bool {
	switch s.text {
	case "and", "or", "not", "in", "matches", "contains", "startsWith", "endsWith", "if", "else", "let", "is":
		return true
	}
	return capitals(s.text) != ""
}

func (b *bans) at(i int) scrap {
	if i < 0 || i >= len(b.scraps) {
		return scrap{}
	}
	return b.scraps[i]
}

// endsOperand reports whether what stands at i cannot begin an operand, so that a
// "%" before it is no operator.
func (b *bans) endsOperand(i int) bool {
	s := b.at(i)
	switch s.kind {
	case 0, scrapComment:
		return true
	case scrapWord:
		return b.keyword(s) && s.text != "not"
	case scrapOperator:
		return !slices.Contains([]string{"(", "-", ".", "[", "+", "!", "#"}, s.text)
	default:
		return false
	}
}

func hasForeign(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// asciiNumber writes a number of any script in ASCII: its decimal separator as a
// point, without separators between thousands.
func asciiNumber(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch d, ok := digit(r); {
		case ok:
			b.WriteRune(d)
		case r == '٫':
			b.WriteByte('.')
		case r != '٬':
			b.WriteRune(r)
		}
	}
	return b.String()
}
