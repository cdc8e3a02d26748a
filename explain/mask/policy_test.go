package mask_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/explain/mask"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
)

// packWith is a small pack with some rules of its own.
func packWith(t testing.TB, own string) *rules.Pack {
	const text = `
pack:
  name: harbour
  version: "1"
  doc: A pack for tests.
  goal: {type: Verdict, field: value}
  labels: {go: {values: [go], doc: ""}, stay: {values: [stay], doc: ""}}
facts:
  Sky:
    doc: d
    fields:
      wind: {type: number, range: [0, 100], doc: d}
      clear: {type: bool, doc: d}
      colour: {type: enum, values: {red: "", blue: ""}, doc: d}
      sea: {type: scale, levels: {calm: "", rough: ""}, doc: d}
      seen: {type: date, doc: d}
      said: {type: text, doc: d}
  Boat:
    doc: d
    count: many
    fields:
      length: {type: number, doc: d}
      leaks: {type: bool, doc: d}
  Copy:
    concluded: true
    key: [name]
    doc: d
    fields:
      name: {type: text, doc: d}
      clear: {type: bool, doc: d}
      wind: {type: number, doc: d}
  Total:
    concluded: true
    key: []
    doc: d
    fields:
      wind: {type: number, doc: d}
  Verdict:
    concluded: true
    key: []
    doc: d
    fields:
      value: {type: enum, values: {go: "", stay: ""}, doc: d}
      why: {type: number, doc: d}
rules:
  - rule: goes
    doc: d
    when: [s: Sky]
    then: [{conclude: Verdict, with: {value: go, why: 1}}]
`
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: text + own}}, rules.Options{})
	require.NoError(t, ds.Err())
	return p
}

// rule is a rule with lines of "when", each in quotes, and a conclusion.
func rule(when, with string) string {
	return fmt.Sprintf("  - rule: own\n    doc: d\n    when: [s: Sky, %s]\n    then: [{conclude: Copy, with: {%s}}]\n", when, with)
}

// What rules do with a field decides whether it can be masked.
func TestFieldsThatCanBeMasked(t *testing.T) {
	const plain = "name: a, clear: true, wind: 1"
	for _, c := range []struct{ field, own, code string }{
		{"Sky.wind", "", ""},
		{"Sky.wind", rule(`"s.wind > 3"`, plain), ""},
		{"Sky.wind", rule(`"s.wind == 3"`, plain), "V073"},
		{"Sky.wind", rule(`"s.wind > 3 or not (s.wind == 2)"`, plain), "V073"},
		{"Sky.wind", rule(`"known(s.wind)"`, plain), ""},
		{"Sky.wind", rule(`"s.wind > 3"`, "name: a, clear: true, wind: =s.wind"), ""},
		{"Sky.sea", rule(`"s.sea >= 'rough'"`, plain), ""},
		{"Sky.sea", rule(`"s.sea in ['rough']"`, plain), "V073"},
		{"Sky.seen", rule(`"s.seen < case.as_of"`, plain), ""},
		{"Sky.said", rule(`"s.said contains 'fog'"`, plain), "V073"},
		{"Sky.clear", rule(`"s.wind > 3"`, plain), ""},
		{"Sky.clear", rule(`"not s.clear"`, plain), "V073"},
		{"Sky.clear", rule(`fine: "s.clear", "fine"`, plain), "V073"},
		{"Sky.clear", rule(`fine: "s.clear ? 1 : 2", "fine > 1"`, plain), "V073"},
		{"Sky.clear", rule(`"s.wind > 3"`, "name: a, clear: =s.clear, wind: 1"), ""},
		{"Sky.clear", rule(`"s.wind > 3"`, "name: a, clear: =s.clear, wind: 1") +
			"  - rule: other\n    doc: d\n    when: [c: Copy, c.clear]\n    then: [{conclude: Verdict, with: {value: stay, why: 1}}]\n", "V073"},
		{"Sky.colour", rule(`"s.colour != 'red'"`, plain), "V073"},
		{"Boat.leaks", rule(`"count(Boat, .leaks) > 2"`, plain), "V073"},
		{"Boat.length", rule(`"count(Boat, .length > 5) > 2"`, plain), ""},
		{"Boat.length", rule(`"sum(map(Boat, .length)) > s.wind"`, plain), ""},
		{"Sky.said", rule(`"s.wind > 3"`, "name: =s.said, clear: true, wind: 1"), "V070"},
		{"Sky.wind", rule(`text: "s.wind > 3 ? 'a' : 'b'"`, "name: =text, clear: true, wind: 1"), "V070"},
		{"Sky.wind", "  - rule: own\n    doc: d\n    when: [s: Sky]\n    then: [{conclude: Verdict, with: {value: \"=s.wind > 3 ? 'go' : 'stay'\", why: 1}}]\n", "V070"},
		{"Sky.wind", "  - rule: own\n    doc: d\n    when: [s: Sky]\n    then: [{conclude: Verdict, with: {value: go, why: =s.wind}}]\n", ""},
	} {
		p := packWith(t, c.own)
		_, ds := mask.ReadPolicy("mask.yaml", []byte("mask: ["+c.field+"]"), p)
		if c.code == "" {
			require.NoError(t, ds.Err(), c.own)
			continue
		}
		require.Len(t, ds, 1, c.own)
		require.Equal(t, c.code, ds[0].Code, c.own)
		require.NotEmpty(t, ds[0].Hint)
		require.Contains(t, ds[0].Message, c.field)
		require.Equal(t, "mask.yaml", ds[0].Span.File)
		require.Equal(t, "pack.yaml", ds[0].Related[0].Span.File)
		_, ds = mask.ReadPolicy("mask.yaml", []byte("asked: ["+c.field+"]"), p)
		require.Equal(t, c.code == "V070", ds.HasErrors(), c.own)
	}
}

func TestBadPolicies(t *testing.T) {
	p := packWith(t, "")
	for _, c := range []struct{ text, want string }{
		{"mask: [Sky.wnid]", `mask.yaml:1:8: V072: cases have no field "Sky.wnid"; expected Type.field; did you mean Sky.wind?`},
		{"mask: [wind]", `mask.yaml:1:8: V072: cases have no field "wind"; expected Type.field`},
		{"mask: [Sky]", `mask.yaml:1:8: V072: cases have no field "Sky"; expected Type.field`},
		{"mask: [Verdict.value]", `mask.yaml:1:8: V072: Verdict is concluded by rules; expected a field that cases state; name what it is computed from: the rest is masked with that`},
		{"mask: [Sky.wind]\nasked: [Sky.wind]", `mask.yaml:2:9: V072: Sky.wind is named twice; leave it out here`},
		{"mask: Sky.wind", `mask.yaml:1:1: V071: mask is not a list of fields; put each field on its own line behind a dash, as - Type.field`},
		{"mask: [[Sky.wind]]", `mask.yaml:1:8: V071: this is no name of a field; expected Type.field`},
		{"mask: [~]", `mask.yaml:1:8: V071: this is no name of a field; expected Type.field`},
		{"mask: []", `mask.yaml:1:1: V071: the policy names no field; name one, or leave out the setting mask`},
		{"[Sky.wind]", `mask.yaml:1:1: V071: a list stands where a policy is expected; expected mask: and a list of fields, Type.field`},
		{"masks: [Sky.wind]", `mask.yaml:1:1: V071: "masks" is not a key of a policy of masks; expected mask or asked; did you mean mask?`},
		{"", `mask.yaml: D`},
		{"mask: [Sky.wind", `mask.yaml:1:7: D`},
		{"mask: [Sky.wind]\nmask: [Sky.sea]", `mask.yaml:2:1: D`},
	} {
		policy, ds := mask.ReadPolicy("mask.yaml", []byte(c.text), p)
		require.Nil(t, policy, c.text)
		require.True(t, ds.HasErrors())
		require.Contains(t, ds.Error(), c.want, c.text)
	}
}

// A value that the case spells elsewhere is found, and one that it does not is not.
func TestValuesToldElsewhere(t *testing.T) {
	p := packWith(t, "")
	policy := policyOf(t, p, []string{"Sky.wind", "Sky.said", "Sky.seen"})
	c := func(title, note, wind string) string {
		return fmt.Sprintf("case: a\ntitle: %s\nas_of: 2024-05-01\nfacts:\n  Sky: {wind: %s, said: fog bank, seen: 2024-04-30, sea: {value: calm, note: %s}}\n", title, wind, note)
	}
	for _, x := range []struct{ text, where string }{
		{c("Goes it?", "nothing", "12.5"), ""},
		{c("Goes it at 12.5 knots?", "nothing", "12.5"), "the title of the case"},
		{c("Goes it at 112.5 knots or 12.55?", "nothing", "12.5"), ""},
		{c("Goes it?", "calm at (12.5)", "12.5"), "what is said of Sky.sea"},
		{c("Goes it?", "a fog bank", "12.5"), "what is said of Sky.sea"},
		{c("Goes it?", "read on 2024-04-30", "12.5"), "what is said of Sky.sea"},
		{c("Goes it?", "between 10 and 12.5", "{low: 10, high: 12.5}"), "what is said of Sky.sea"},
		{c("Goes it?", "at 5 of them", "5"), ""}, // too short to look for
		{c("Goes it?", "nothing", "{value: 12.5, note: it is 12.5}"), ""},
	} {
		read, ds := facts.ReadCase("case.yaml", []byte(x.text), p.Schema, facts.ReadOptions{})
		require.NoError(t, ds.Err())
		_, err := mask.Apply(recorded(t, engine.Compile(p), read), p, policy, secretOf(t, "5"))
		if x.where == "" {
			require.NoError(t, err, x.text)
			continue
		}
		require.ErrorContains(t, err, "V074", x.text)
		require.ErrorContains(t, err, x.where)
		require.NotContains(t, err.Error(), "12.5")
	}
}

func TestCodesAreDocumented(t *testing.T) {
	for _, c := range mask.Codes() {
		require.Regexp(t, `^V07\d$`, c.ID)
		require.NotEmpty(t, c.Title, c.ID)
		require.NotEmpty(t, c.Doc, c.ID)
		require.NotEmpty(t, c.Example, c.ID)
	}
}

func TestSecrets(t *testing.T) {
	for _, text := range []string{"", "55", "x555555555555555555555555555555555555555555555555555555555555555"} {
		_, ok := mask.ReadSecret(text)
		require.False(t, ok, text)
	}
}

// Whatever a policy holds, it is read or refused with codes and places.
func FuzzReadPolicy(f *testing.F) {
	p := packWith(f, rule(`"s.clear"`, "name: =s.said, clear: true, wind: =s.wind"))
	for _, text := range []string{"mask: [Sky.wind]", "mask: [Sky.clear]\nasked: [Sky.said]", "asked: [Boat.length, ~]", "mask: {a: b}", "- x", "mask: [Sky.]", "\xff"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		policy, ds := mask.ReadPolicy("mask.yaml", text, p)
		require.Equal(t, policy == nil, ds.HasErrors())
		for _, d := range ds {
			require.Regexp(t, `^[A-Z]\d{3}$`, d.Code)
			require.NotEqual(t, source.Span{}, d.Span)
		}
	})
}
