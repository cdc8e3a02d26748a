package record

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"truce/facts"
)

// Value is a value as records hold it; see the package's doc. None at all is no value.
type Value = jsontext.Value

// mostExact is the largest integer up to which a reader of JSON numbers loses nothing.
const mostExact = 1 << 53

// The values that many have. Nobody changes them.
var unknown, yes, no = Value("null"), Value("true"), Value("false")

// ends is an interval.
type ends struct {
	High any `json:"high,omitzero"`
	Low  any `json:"low,omitzero"`
}

// Encode is a value of a type. The zero facts.Value is none.
func Encode(v facts.Value, t facts.Type) Value {
	switch {
	case v.IsZero():
		return nil
	case v.Fault() != nil:
		return written(map[string]string{"error": v.Fault().Code.ID})
	case v.IsUnknown():
		return unknown
	case v.IsInterval():
		return written(endsOf(v, t))
	}
	switch v.Kind() {
	case facts.Number:
		return written(v.Number() + 0) // which makes 0 of -0
	case facts.Text, facts.Enum:
		return written(v.Text())
	case facts.Bool:
		if v.True() {
			return yes
		}
		return no
	}
	return written(encodeEnd(v.Integer(), v.Kind(), t))
}

// written is how a plain value is written.
func written(plain any) Value {
	if s, ok := plain.(string); ok {
		if quoted, err := jsontext.AppendQuote(nil, s); err == nil {
			return quoted
		}
	}
	b, err := marshal(plain)
	if err != nil { // a text that is no UTF-8: cases and packs hold none
		panic(fmt.Sprintf("value %#v of a run has no JSON: %v", plain, err))
	}
	return b
}

func endsOf(v facts.Value, t facts.Type) ends {
	var e ends
	if v.Kind() == facts.Number {
		lo, hi := v.Bounds()
		if !math.IsInf(lo, 0) {
			e.Low = lo + 0
		}
		if !math.IsInf(hi, 0) {
			e.High = hi + 0
		}
		return e
	}
	lo, hi := v.Ends()
	if lo != facts.MinInteger {
		e.Low = encodeEnd(lo, v.Kind(), t)
	}
	if hi != facts.MaxInteger {
		e.High = encodeEnd(hi, v.Kind(), t)
	}
	return e
}

// encodeEnd is an integer, a day or a level. A way between levels, as margins are, has
// a number: its type has no names.
func encodeEnd(i int64, k facts.Kind, t facts.Type) any {
	switch {
	case k == facts.Date:
		return facts.FormatDate(i)
	case k == facts.Scale && t.Names != nil && i >= 0 && int(i) < len(t.Names.List):
		return t.Names.List[i]
	case i > mostExact || i < -mostExact:
		return strconv.FormatInt(i, 10)
	}
	return i
}

// Decode reads a value of a type back, faults aside. What it reads, Encode writes as it
// was.
func Decode(text Value, t facts.Type) (facts.Value, error) {
	v, err := decode(text, t)
	if err == nil && !bytes.Equal(Encode(v, t), text) {
		err = fmt.Errorf("%s is not how %s is written", text, t.Format(v))
	}
	return v, err
}

func decode(text Value, t facts.Type) (facts.Value, error) {
	if bytes.Equal(text, unknown) {
		return t.Unknown(), nil
	}
	var interval struct {
		Low  Value `json:"low"`
		High Value `json:"high"`
	}
	if len(text) > 0 && text[0] == '{' {
		if err := json.Unmarshal(text, &interval); err != nil {
			return facts.Value{}, err
		}
		return between(interval.Low, interval.High, t)
	}
	return point(text, t)
}

func between(low, high Value, t facts.Type) (facts.Value, error) {
	open := facts.Type{Kind: t.Kind, Names: t.Names}.Unknown()
	a, b := open, open
	var err error
	if low != nil {
		if a, err = point(low, t); err != nil {
			return a, err
		}
	}
	if high != nil {
		if b, err = point(high, t); err != nil {
			return b, err
		}
	}
	lo, _ := a.Bounds()
	_, hi := b.Bounds()
	ilo, _ := a.Ends()
	_, ihi := b.Ends()
	switch {
	case !t.Kind.Ordered() || low == nil && high == nil || lo > hi || ilo > ihi:
		return facts.Value{}, fmt.Errorf("%q to %q is no interval of a %s", low, high, t.Kind)
	case t.Kind == facts.Number:
		return facts.NumberBetween(lo, hi), nil
	}
	return facts.Between(t.Kind, ilo, ihi), nil
}

// point reads a known value.
func point(text Value, t facts.Type) (facts.Value, error) {
	none := fmt.Errorf("%s is no %s", text, t.Describe())
	switch kind := text.Kind(); {
	case kind == '"':
		s, err := jsontext.AppendUnquote(nil, text)
		if err != nil {
			return facts.Value{}, fmt.Errorf("%q is no value", text)
		}
		return named(string(s), t, none)
	case (kind == 't' || kind == 'f') && t.Kind == facts.Bool:
		return facts.BoolOf(kind == 't'), nil
	case kind == '0' && t.Kind == facts.Number:
		if x, err := strconv.ParseFloat(string(text), 64); err == nil {
			return facts.NumberOf(x), nil
		}
	case kind == '0' && t.Kind == facts.Integer:
		if i, err := strconv.ParseInt(string(text), 10, 64); err == nil {
			return facts.IntegerOf(i), nil
		}
	}
	return facts.Value{}, none
}

func named(s string, t facts.Type, none error) (facts.Value, error) {
	switch t.Kind {
	case facts.Text:
		return facts.TextOf(s), nil
	case facts.Enum:
		if slices.Contains(t.Names.List, s) {
			return facts.EnumOf(s), nil
		}
	case facts.Scale:
		if i := t.Names.Index(s); i >= 0 {
			return facts.ScaleOf(i), nil
		}
	case facts.Date:
		if day, ok := facts.ParseDate(s); ok {
			return facts.DateOf(day), nil
		}
	case facts.Integer:
		if i, err := strconv.ParseInt(s, 10, 64); err == nil {
			return facts.IntegerOf(i), nil
		}
	}
	return facts.Value{}, none
}
