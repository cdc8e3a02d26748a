package record_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/explain/record"
	"truce/facts"
)

// aType draws a type, with names where its kind has them.
func aType(t *rapid.T) facts.Type {
	names := &facts.Names{List: []string{"low", "middle", "high"}}
	switch k := rapid.SampledFrom([]facts.Kind{facts.Bool, facts.Number, facts.Integer, facts.Date, facts.Text, facts.Enum, facts.Scale}).Draw(t, "kind"); k {
	case facts.Enum, facts.Scale:
		return facts.Type{Kind: k, Names: names}
	default:
		return facts.Type{Kind: k}
	}
}

// aValue draws a value of a type: known, an interval, half of one, or unknown.
func aValue(t *rapid.T, typ facts.Type) facts.Value {
	form := rapid.SampledFrom([]string{"known", "between", "from", "to", "unknown"}).Draw(t, "form")
	if form == "unknown" {
		return typ.Unknown()
	}
	whole := func(lo, hi int64) facts.Value {
		a := rapid.Int64Range(lo, hi).Draw(t, "a")
		b := rapid.Int64Range(a, hi).Draw(t, "b")
		switch form {
		case "between":
			return facts.Between(typ.Kind, a, b)
		case "from":
			return facts.Between(typ.Kind, a, facts.MaxInteger)
		case "to":
			return facts.Between(typ.Kind, facts.MinInteger, b)
		}
		return facts.Between(typ.Kind, a, a)
	}
	switch typ.Kind {
	case facts.Bool:
		return facts.BoolOf(rapid.Bool().Draw(t, "bool"))
	case facts.Text:
		return facts.TextOf(rapid.String().Draw(t, "text"))
	case facts.Enum:
		return facts.EnumOf(rapid.SampledFrom(typ.Names.List).Draw(t, "name"))
	case facts.Scale:
		a := rapid.Int64Range(0, 2).Draw(t, "level")
		return facts.Between(facts.Scale, a, rapid.Int64Range(a, 2).Draw(t, "to level"))
	case facts.Integer:
		return whole(-1<<60, 1<<60)
	case facts.Date:
		return whole(-700_000, 2_900_000) // the years 1 to 9999
	}
	a, b := rapid.Float64Range(-1e300, 1e300).Draw(t, "low"), rapid.Float64Range(0, 1e300).Draw(t, "wide")
	switch form {
	case "between":
		return facts.NumberBetween(a, a+b)
	case "from":
		return facts.NumberBetween(a, math.Inf(1))
	case "to":
		return facts.NumberBetween(math.Inf(-1), a)
	}
	return facts.NumberOf(a)
}

// A value that is written reads back as it was, and is written in the canonical form.
func TestValuesThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typ := aType(t)
		v := aValue(t, typ)
		text := record.Encode(v, typ)
		canonical := text.Clone()
		require.NoError(t, canonical.Canonicalize())
		require.Equal(t, string(canonical), string(text))
		back, err := record.Decode(text, typ)
		require.NoError(t, err, "%s", text)
		require.True(t, back.Same(v), "%s", text)
	})
}

func TestValuesAsTheyAreWritten(t *testing.T) {
	scale := facts.Type{Kind: facts.Scale, Names: &facts.Names{List: []string{"low", "high"}}}
	for _, c := range []struct {
		typ  facts.Type
		v    facts.Value
		text string
	}{
		{facts.Type{Kind: facts.Integer}, facts.IntegerOf(1 << 53), "9007199254740992"},
		{facts.Type{Kind: facts.Integer}, facts.IntegerOf(1<<53 + 1), `"9007199254740993"`},
		{facts.Type{Kind: facts.Number}, facts.NumberOf(math.Copysign(0, -1)), "0"},
		{facts.Type{Kind: facts.Number}, facts.NumberOf(1e21), "1e+21"},
		{facts.Type{Kind: facts.Number}, facts.NumberOf(0.1), "0.1"},
		{facts.Type{Kind: facts.Number}, facts.NumberBetween(1, math.Inf(1)), `{"low":1}`},
		{facts.Type{Kind: facts.Text}, facts.TextOf("<é\u2028\x01>"), "\"<é\u2028\\u0001>\""},
		{scale, facts.ScaleOf(1), `"high"`},
		{facts.Type{Kind: facts.Date}, facts.DateOf(0), `"1970-01-01"`},
		{facts.Type{Kind: facts.Bool}, facts.UnknownBool(), "null"},
	} {
		require.Equal(t, c.text, string(record.Encode(c.v, c.typ)))
	}
	for text, typ := range map[string]facts.Type{
		`"middle"`: scale, `1`: scale, `1.0`: {Kind: facts.Integer}, `"12"`: {Kind: facts.Integer}, `-0`: {Kind: facts.Number},
		`{"low":2,"high":1}`: {Kind: facts.Number}, `{"high":1,"low":2}`: {Kind: facts.Number}, `{}`: {Kind: facts.Number}, `1 2`: {Kind: facts.Number},
		`"x`: {Kind: facts.Text}, `true`: {Kind: facts.Text}, `"2024-13-01"`: {Kind: facts.Date}, `{"low":1,"mid":1}`: {Kind: facts.Number}, ``: {Kind: facts.Number},
	} {
		_, err := record.Decode(record.Value(text), typ)
		require.Error(t, err, text)
	}
}

// aRecord is the bytes of the record of a real case.
func aRecord(t testing.TB) string {
	r, err := record.Of(aRun(t), record.Asked{Engine: "test", At: at, By: "analyst"})
	require.NoError(t, err)
	text, err := r.Bytes()
	require.NoError(t, err)
	return string(text)
}

func TestWhatIsNoRecord(t *testing.T) {
	text := aRecord(t)
	_, err := record.Read("r.json", []byte(text))
	require.NoError(t, err)
	change := func(old, now string) string {
		require.Contains(t, text, old)
		return strings.Replace(text, old, now, 1)
	}
	for bad, said := range map[string]string{
		"":                                      "it is not JSON",
		"[]":                                    "its format is",
		text + "\n":                             "not in canonical form",
		text[:len(text)/2]:                      "it is not JSON",
		change(`"at":`, `"at": `):               "not in canonical form",
		change(`"by":`, `"bye":`):               "unknown object member name",
		change(`"by":"`, `"by":"x","by":"`):     "it is not JSON",
		change(record.Format, "truce.record/2"): `its format is "truce.record/2"`,
		change(`"case_digest":"`, `"case_digest":"0`):                         "the digest of its case is",
		change(`"settled":`, `"settlED":`):                                    "",
		strings.Replace(text, `"source_only":false`, `"source_only":null`, 1): "",
	} {
		_, err := record.Read("r.json", []byte(bad))
		require.ErrorContains(t, err, "V001", bad[:min(40, len(bad))])
		require.ErrorContains(t, err, said)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(aRecord(f)))
	f.Add([]byte(`{"at":"","by":"","case":{},"case_digest":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","engine":"","format":"truce.record/1",` +
		`"grounds":{"rules":[],"thresholds":[]},"pack":{"digest":"","extensions":[],"files":[],"name":"","source_only":false,"version":""},` +
		`"run":{"answer":{"none_can_hold":true,"settled":false,"values":[]},"facts":[],"justifications":[],"lines":[]}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := record.Read("r.json", text)
		if err != nil {
			return
		}
		back, err := r.Bytes()
		require.NoError(t, err)
		require.True(t, bytes.Equal(text, back))
		head, err := record.ReadHead(text)
		own, bad := r.Head()
		require.Equal(t, err == nil, bad == nil)
		if err == nil {
			require.Equal(t, own, head)
		}
	})
}
