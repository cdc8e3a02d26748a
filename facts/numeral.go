package facts

import (
	"errors"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The forms of numbers, right and nearly so. What is nearly right is recognised
// to say what to type instead, never to be accepted: a guess at a figure is a
// figure that nobody gave.
const number = `[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`

var (
	numberForm  = regexp.MustCompile(`^` + number + `$`)
	integerForm = regexp.MustCompile(`^[+-]?\d+$`)

	notFiniteForm = regexp.MustCompile(`(?i)^[+-]?(\.?nan|\.?inf|infinity|∞)$`)
	betweenForm   = regexp.MustCompile(`^(?:between |from )?\s*(` + number + `)\s*(?:\.{2,3}|…|-|–|—|~|to|and|or)\s*(` + number + `)$`)
	atLeastForm   = regexp.MustCompile(`^(?:at least|over|above|more than|>=?|≥)\s*(` + number + `)$`)
	atMostForm    = regexp.MustCompile(`^(?:at most|under|below|less than|up to|<=?|≤)\s*(` + number + `)$`)
	aboutForm     = regexp.MustCompile(`^(?:about|around|circa|ca\.?|~|≈)\s*(` + number + `)$`)

	pointlessForm  = regexp.MustCompile(`^([+-]?)(\d*)\.(\d*)$`)
	commaForm      = regexp.MustCompile(`^([+-]?\d+),(\d+)$`)
	ambiguousForm  = regexp.MustCompile(`^[+-]?[1-9]\d{0,2},\d{3}$`)
	groupsForm     = regexp.MustCompile(`^[+-]?[1-9]\d{0,2}(?:[, '’_]\d{3})+(?:\.\d+)?$`)
	commasForm     = regexp.MustCompile(`^[+-]?\d+(?:[,_]\d+){2,}(?:\.\d+)?$`)
	underscoreForm = regexp.MustCompile(`^[+-]?\d+_\d+$`)
	pointsForm     = regexp.MustCompile(`^[+-]?\d{1,3}(?:\.\d{3})+,\d+$|^[+-]?\d{1,3}(?:\.\d{3}){2,}$|^[+-]?\d{1,3}(?: \d{3})+,\d+$`)

	baseForm = regexp.MustCompile(`(?i)^[+-]?0[box][0-9a-f]+$`) // binary, octal, hexadecimal
	tailForm = regexp.MustCompile(`^([+-]?\d[\d.,]*)\s*([\p{L}%‰°\p{Sc}].*)$`)
	headForm = regexp.MustCompile(`^(\p{Sc})\s*([+-]?\d[\d.,]*)$`)
)

func (t Type) parseNumber(s string) (Value, *Misread) {
	if !numberForm.MatchString(s) {
		return Value{}, t.misreadNumber(s)
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return Value{}, t.misread(codeNotFinite, s, "%s is beyond what a number can hold", clip(s))
	}
	return NumberOf(x), nil
}

func (t Type) parseInteger(s string) (Value, *Misread) {
	if integerForm.MatchString(s) {
		i, err := strconv.ParseInt(s, 10, 64)
		if errors.Is(err, strconv.ErrRange) {
			return Value{}, t.misread(codeIntegerSize, s, "%s is beyond what a whole number can hold", clip(s))
		}
		return IntegerOf(i), nil
	}
	if !numberForm.MatchString(s) {
		return Value{}, t.misreadNumber(s)
	}
	return Value{}, t.misread(codeInteger, s, "%s is not written as a whole number", clip(s)).hint("%s", t.write(s))
}

// misreadNumber says what is wrong with a text that is not a number.
func (t Type) misreadNumber(typed string) *Misread {
	s := latin(typed)
	if s == typed {
		return t.misreadLatin(typed, s)
	}
	if numberForm.MatchString(s) {
		bad := t.misread(codeDigits, typed, "%s is not written with the digits 0 to 9 and plain signs", quote(typed)).
			hint("%s", t.write(s))
		if _, also := t.parsePoint(s); also == nil {
			bad.plain = s
		}
		return bad
	}
	bad := t.misreadLatin(typed, s)
	bad.From, bad.To = 0, utf8.RuneCountInString(typed) // runes of s may have moved
	return bad
}

// misreadLatin is misreadNumber for s, which was typed so or in another script.
func (t Type) misreadLatin(typed, s string) *Misread {
	if notFiniteForm.MatchString(s) {
		bad := t.misread(codeNotFinite, typed, "%s is not a finite number", quote(typed)).
			hint("write unknown, or the ends that are known: {low: 1, high: unknown}")
		bad.offersUnknown = true
		return bad
	}
	for _, find := range [...]func(Type, string, string) *Misread{
		Type.misreadInterval, Type.misreadGroups, Type.misreadComma, Type.misreadUnit,
	} {
		if bad := find(t, typed, s); bad != nil {
			return bad
		}
	}
	code, what := codeNumber, "number"
	if t.Kind == Integer {
		code, what = codeInteger, "whole number"
	}
	bad := t.misread(code, typed, "%s is not a %s", quote(typed), what)
	if m := pointlessForm.FindStringSubmatch(s); m != nil && m[2]+m[3] != "" {
		whole, part := m[2], m[3]
		if whole == "" {
			whole = "0"
		}
		if part != "" {
			part = "." + part
		}
		return bad.hint("%s", t.write(m[1]+whole+part))
	}
	if i, err := strconv.ParseInt(s, 0, 64); err == nil && baseForm.MatchString(s) {
		return bad.hint("%s, with decimal digits", t.write(strconv.FormatInt(i, 10)))
	}
	return bad.orUnknown("")
}

// misreadInterval knows "1-2", "1..2", "1 to 2", ">= 3" and "about 5".
func (t Type) misreadInterval(typed, s string) *Misread {
	bad := func() *Misread {
		return t.misread(codeRangeText, typed, "%s is an interval written as a text", quote(typed))
	}
	if m := betweenForm.FindStringSubmatch(s); m != nil {
		low, high := m[1], m[2]
		if a, b := finite(low), finite(high); a > b {
			low, high = high, low
		}
		return bad().hint("write {low: %s, high: %s}", low, high)
	}
	if m := atLeastForm.FindStringSubmatch(s); m != nil {
		return bad().hint("write {low: %s, high: unknown}", m[1])
	}
	if m := atMostForm.FindStringSubmatch(s); m != nil {
		return bad().hint("write {low: unknown, high: %s}", m[1])
	}
	if m := aboutForm.FindStringSubmatch(s); m != nil {
		return bad().hint("write %s, or the ends between which it lies: {low: ..., high: ...}", m[1])
	}
	return nil
}

// misreadGroups knows separators between thousands.
func (t Type) misreadGroups(typed, s string) *Misread {
	plain, or := "", ""
	switch {
	case t.Kind == Number && ambiguousForm.MatchString(s):
		plain, or = strings.Replace(s, ",", "", 1), ", or "+strings.Replace(s, ",", ".", 1)+" if the comma is a decimal comma"
	case groupsForm.MatchString(s), commasForm.MatchString(s), underscoreForm.MatchString(s):
		plain = strings.NewReplacer(",", "", " ", "", "'", "", "’", "", "_", "").Replace(s)
	case pointsForm.MatchString(s):
		plain = strings.NewReplacer(".", "", " ", "", ",", ".").Replace(s)
	default:
		return nil
	}
	return t.misread(codeThousands, typed, "%s has separators between its digits", quote(typed)).
		hint("%s%s", t.write(plain), or)
}

// misreadComma knows a decimal comma.
func (t Type) misreadComma(typed, s string) *Misread {
	m := commaForm.FindStringSubmatch(s)
	if m == nil {
		return nil
	}
	bad := t.misread(codeDecimalComma, typed, "%s has a decimal comma", quote(typed)).hint("%s", t.write(m[1]+"."+m[2]))
	bad.From, bad.To = len(m[1]), len(m[1])+1
	return bad
}

// misreadUnit knows a unit, a percent sign or a currency beside a number.
func (t Type) misreadUnit(typed, s string) *Misread {
	figure, unit := "", ""
	if m := tailForm.FindStringSubmatch(s); m != nil && !baseForm.MatchString(s) {
		figure, unit = m[1], m[2]
	} else if m := headForm.FindStringSubmatch(s); m != nil {
		figure, unit = m[2], m[1]
	}
	if figure == "" {
		return nil
	}
	bad := t.misread(codeUnitTyped, typed, "%s has %s beside the number", quote(typed), quote(unit))
	if strings.HasSuffix(s, unit) {
		bad.From = bad.To - utf8.RuneCountInString(unit)
	} else {
		bad.To = 1
	}
	return bad.hint("%s", t.writeWithout(figure, unit))
}

// writeWithout is the advice for a figure with a unit beside it.
func (t Type) writeWithout(figure, unit string) string {
	if m := commaForm.FindStringSubmatch(figure); m != nil && !ambiguousForm.MatchString(figure) {
		figure = m[1] + "." + m[2]
	}
	if !numberForm.MatchString(figure) {
		return "write the number alone, with a decimal point and without separators"
	}
	switch word := strings.ToLower(unit); {
	case word == "thousand":
		return t.write(FormatNumber(finite(figure + "e3")))
	case word == "million":
		return t.write(FormatNumber(finite(figure + "e6")))
	case word == "billion":
		return t.write(FormatNumber(finite(figure + "e9")))
	case t.Unit == "":
		return t.write(figure) + ": the field has no unit"
	case strings.EqualFold(unit, string(t.Unit)), sameUnit(unit, t.Unit):
		return t.write(figure) + ": the field is in " + string(t.Unit)
	}
	return "write the number alone, in " + string(t.Unit)
}

// sameUnit reports whether a unit as people type it speaks of the first name of
// a declared one: "percent" or "%" for percent/year.
func sameUnit(typed string, u Unit) bool {
	first, _, _ := strings.Cut(string(u), "/")
	return strings.EqualFold(typed, first) || typed == "%" && strings.EqualFold(first, "percent")
}

// write is the advice to type a figure, as far as the kind can hold it.
func (t Type) write(figure string) string {
	if t.Kind != Integer || integerForm.MatchString(figure) {
		return "write " + figure
	}
	x := finite(figure)
	const exact = 1 << 53
	switch {
	case math.Abs(x) > exact:
		return "write it with digits alone"
	case x == math.Trunc(x):
		return "write " + FormatNumber(x)
	}
	return "write a whole number, or {low: " + FormatNumber(math.Floor(x)) + ", high: " + FormatNumber(math.Ceil(x)) + "}"
}

// finite is the number that a well-formed figure stands for, ends at the largest.
func finite(figure string) float64 {
	x, err := strconv.ParseFloat(figure, 64)
	if err != nil {
		return math.Copysign(math.MaxFloat64, x)
	}
	return x + 0
}

// latin writes digits and signs of other scripts as plain ones and drops the
// invisible marks that come along when such texts are copied.
func latin(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		for _, zero := range [...]rune{'۰', '٠', '０'} {
			if zero <= r && r <= zero+9 {
				return '0' + r - zero
			}
		}
		switch r {
		case '٫', '．':
			return '.'
		case '٬', '،', '，':
			return ','
		case '٪', '％':
			return '%'
		case '−', '﹣', '－':
			return '-'
		case '\u00a0', '\u202f':
			return ' '
		case '\u200c', '\u200e', '\u200f', '\u061c',
			'\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069':
			return -1
		}
		return r
	}, s))
}
