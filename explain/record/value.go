package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"

	"truce/facts"
)

// Value is a value as records hold it; see the package's doc. None at all is no value.
type Value = json.RawMessage

// mostExact is the largest integer up to which a reader of JSON numbers loses nothing.
const mostExact = 1 << 53

var unknown = Value("null")

// ends is an interval.
type ends struct {
	Low  any `json:"low,omitempty"`
	High any `json:"high,omitempty"`
}

// Encode is a value of a type. The zero facts.Value is none.
func Encode(v facts.Value, t facts.Type) Value {
	var plain any
	switch {
	case v.IsZero():
		return nil
	case v.Fault() != nil:
		plain = map[string]string{"error": v.Fault().Code.ID}
	case v.IsUnknown():
		return unknown
	case v.IsInterval():
		plain = endsOf(v, t)
	case v.Kind() == facts.Number:
		plain = v.Number()
	case v.Kind() == facts.Text || v.Kind() == facts.Enum:
		plain = v.Text()
	case v.Kind() == facts.Bool:
		plain = v.True()
	default:
		plain = encodeEnd(v.Integer(), v.Kind(), t)
	}
	text, err := Canonical(plain)
	if err != nil { // a text that is no UTF-8: cases and packs hold none
		panic(fmt.Sprintf("value %#v of a run has no JSON: %v", v, err))
	}
	return text
}

func endsOf(v facts.Value, t facts.Type) ends {
	var e ends
	if v.Kind() == facts.Number {
		lo, hi := v.Bounds()
		if !math.IsInf(lo, 0) {
			e.Low = lo
		}
		if !math.IsInf(hi, 0) {
			e.High = hi
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
	var interval struct{ Low, High json.RawMessage }
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
	case !t.Kind.Ordered() || lo > hi || ilo > ihi:
		return facts.Value{}, fmt.Errorf("%s to %s is no interval of a %s", low, high, t.Kind)
	case t.Kind == facts.Number:
		return facts.NumberBetween(lo, hi), nil
	}
	return facts.Between(t.Kind, ilo, ihi), nil
}

// point reads a known value.
func point(text Value, t facts.Type) (facts.Value, error) {
	var raw any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&raw); err != nil {
		return facts.Value{}, fmt.Errorf("%q is no value", text)
	}
	none := fmt.Errorf("%s is no %s", text, t.Describe())
	switch raw := raw.(type) {
	case bool:
		if t.Kind == facts.Bool {
			return facts.BoolOf(raw), nil
		}
	case json.Number:
		switch t.Kind {
		case facts.Number:
			if x, err := raw.Float64(); err == nil {
				return facts.NumberOf(x), nil
			}
		case facts.Integer:
			if i, err := raw.Int64(); err == nil {
				return facts.IntegerOf(i), nil
			}
		}
	case string:
		return named(raw, t, none)
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
