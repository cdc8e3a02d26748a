package explain

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"truce/facts"
)

// Value is a value with its type, as documents hold it. In JSON it is an object:
//
//	{"kind": "number", "unit": "percent/year", "value": 33.3}
//	{"kind": "scale", "low": "none", "high": "raised"}
//	{"kind": "number", "unit": "kg", "unknown": true}
//	{"kind": "number", "error": "..."}
//
// Numbers and integers are exact. An open end of an interval is left out.
type Value struct {
	Type  facts.Type
	Value facts.Value
}

// IsZero reports whether there is no value at all.
func (v Value) IsZero() bool { return v.Value.IsZero() }

// MarshalJSON writes the object described above.
func (v Value) MarshalJSON() ([]byte, error) {
	doc := struct {
		Kind    string     `json:"kind"`
		Unit    facts.Unit `json:"unit,omitempty"`
		Value   any        `json:"value,omitempty"`
		Low     any        `json:"low,omitempty"`
		High    any        `json:"high,omitempty"`
		Unknown bool       `json:"unknown,omitempty"`
		Error   string     `json:"error,omitempty"`
	}{Kind: v.Value.Kind().String(), Unit: v.Type.Unit}
	switch {
	case v.Value.Fault() != nil:
		doc.Error = v.Value.Fault().Error()
	case v.Value.IsKnown():
		doc.Value, _ = v.ends()
	case v.Value.IsUnknown():
		doc.Unknown = true
	default:
		doc.Low, doc.High = v.ends()
	}
	return json.Marshal(doc)
}

// ends are the plain values at both ends; nil for an open one.
func (v Value) ends() (lo, hi any) {
	switch v.Value.Kind() {
	case facts.Number:
		l, h := v.Value.Bounds()
		if !math.IsInf(l, 0) {
			lo = l
		}
		if !math.IsInf(h, 0) {
			hi = h
		}
		return lo, hi
	case facts.Text, facts.Enum:
		return v.Value.Text(), nil
	case facts.Bool:
		return v.Value.True(), nil
	}
	l, h := v.Value.Ends()
	return v.end(l), v.end(h)
}

func (v Value) end(i int64) any {
	k := v.Value.Kind()
	switch {
	case k != facts.Scale && (i == facts.MinInteger || i == facts.MaxInteger):
		return nil
	case k == facts.Integer:
		return i
	case k == facts.Date:
		return facts.FormatDate(i)
	}
	return v.Type.Format(facts.ScaleOf(int(i)))
}

// Precision says how numbers are rounded for print: to that many significant
// digits, but never before the decimal point, so that 1234.5 with three digits is
// 1235; zeros at the end fall off. Two different ends of an interval stay
// different: they get as many digits as that takes. 0 prints numbers as shortly as
// they read back.
type Precision int

// The precisions of documents.
const (
	// Exact prints what was computed.
	Exact Precision = 0
	// Brief is for sentences.
	Brief Precision = 3
	// Close is for proofs.
	Close Precision = 6
)

// exactDigits is a precision at which two different numbers print differently.
const exactDigits = 17

// Number prints one number.
func (p Precision) Number(x float64) string {
	if p <= Exact || p >= exactDigits || x == 0 {
		return facts.FormatNumber(x)
	}
	_, power, _ := strings.Cut(strconv.FormatFloat(x, 'e', int(p)-1, 64), "e")
	exponent, err := strconv.Atoi(power)
	if err != nil || exponent < -6 || exponent >= 15 {
		return strconv.FormatFloat(x, 'g', int(p), 64)
	}
	decimals := max(0, int(p)-1-exponent)
	s := strconv.FormatFloat(x, 'f', decimals, 64)
	if decimals > 0 {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// Print is the value in words, with its unit: "33.3 percent/year", "between 0.9
// and 1.1 mb/d", "at least 3", "unknown".
func (p Precision) Print(v Value) string {
	x := v.Value
	switch {
	case x.IsZero():
		return ""
	case x.Fault() != nil:
		return "an error (" + x.Fault().Message + ")"
	case x.IsUnknown():
		return "unknown"
	case x.IsInterval():
		return p.interval(v)
	case x.Kind() == facts.Number:
		return withUnit(p.Number(x.Number()), v.Type.Unit)
	}
	return withUnit(v.Type.Format(x), v.Type.Unit)
}

// Bare is Print without the unit.
func (p Precision) Bare(v Value) string {
	v.Type.Unit = ""
	return p.Print(v)
}

func (p Precision) interval(v Value) string {
	lo, hi := p.endTexts(v)
	switch {
	case lo == "" && hi == "":
		return "unknown"
	case lo == "":
		return "at most " + withUnit(hi, v.Type.Unit)
	case hi == "":
		return "at least " + withUnit(lo, v.Type.Unit)
	}
	return "between " + lo + " and " + withUnit(hi, v.Type.Unit)
}

// endTexts are the printed ends of an interval; "" for an open one.
func (p Precision) endTexts(v Value) (lo, hi string) {
	if v.Value.Kind() != facts.Number {
		l, h := v.ends()
		return endText(l), endText(h)
	}
	l, h := v.Value.Bounds()
	if math.IsInf(l, 0) || math.IsInf(h, 0) || p <= Exact {
		return p.finite(l), p.finite(h)
	}
	for ; p < exactDigits && p.Number(l) == p.Number(h); p++ {
	}
	return p.Number(l), p.Number(h)
}

func (p Precision) finite(x float64) string {
	if math.IsInf(x, 0) {
		return ""
	}
	return p.Number(x)
}

func endText(end any) string {
	switch e := end.(type) {
	case int64:
		return strconv.FormatInt(e, 10)
	case string:
		return e
	}
	return ""
}

func withUnit(s string, u facts.Unit) string {
	if u == "" {
		return s
	}
	return s + " " + string(u)
}
