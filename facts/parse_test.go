package facts_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts"
	"truce/facts/doc"
)

var (
	share  = facts.NumberBetween(-10, 500)
	rate   = facts.Type{Kind: facts.Number, Unit: "percent/year", Range: &share}
	bare   = facts.Type{Kind: facts.Number}
	flowed = facts.Type{Kind: facts.Number, Unit: "mb/d"}
	whole  = facts.Type{Kind: facts.Integer}
	truth  = facts.Type{Kind: facts.Bool}
	day    = facts.Type{Kind: facts.Date}
	levels = facts.Type{Kind: facts.Scale, Names: &facts.Names{List: []string{"low", "raised", "mass_protest", "crackdown"}}}
	sides  = facts.Type{Kind: facts.Enum, Names: &facts.Names{List: []string{"us", "iraq", "europe", "israel"}}}
)

func date(s string) facts.Value {
	d, _ := facts.ParseDate(s)
	return facts.DateOf(d)
}

func TestParseText(t *testing.T) {
	for _, c := range []struct {
		y    facts.Type
		text string
		want facts.Value
	}{
		{rate, "36.5", facts.NumberOf(36.5)},
		{rate, "+36.5", facts.NumberOf(36.5)},
		{rate, "-3", facts.NumberOf(-3)},
		{rate, "-0", facts.NumberOf(0)},
		{rate, "010", facts.NumberOf(10)},
		{rate, " 36.5 ", facts.NumberOf(36.5)},
		{rate, "500", facts.NumberOf(500)},
		{rate, "unknown", rate.Unknown()},
		{rate, "Unknown", rate.Unknown()},
		{bare, "1e3", facts.NumberOf(1000)},
		{bare, "1.5E-3", facts.NumberOf(0.0015)},
		{bare, "1e-400", facts.NumberOf(0)},
		{whole, "42", facts.IntegerOf(42)},
		{whole, "007", facts.IntegerOf(7)},
		{whole, "010", facts.IntegerOf(10)},
		{whole, "9223372036854775807", facts.IntegerOf(facts.MaxInteger)},
		{whole, "-9223372036854775808", facts.IntegerOf(facts.MinInteger)},
		{whole, "9007199254740993", facts.IntegerOf(9007199254740993)},
		{truth, "true", facts.BoolOf(true)},
		{truth, "yes", facts.BoolOf(true)},
		{truth, "No", facts.BoolOf(false)},
		{truth, "FALSE", facts.BoolOf(false)},
		{truth, "unknown", facts.UnknownBool()},
		{day, "2013-11-24", date("2013-11-24")},
		{day, "1299-12-31", date("1299-12-31")},
		{day, "1500-01-01", date("1500-01-01")},
		{levels, "mass_protest", facts.ScaleOf(2)},
		{sides, "iraq", facts.EnumOf("iraq")},
		{sides, "unknown", sides.Unknown()},
		{facts.Type{Kind: facts.Text}, "", facts.TextOf("")},
		{facts.Type{Kind: facts.Text}, " no ", facts.TextOf(" no ")},
		{facts.Type{Kind: facts.Text}, "36,5", facts.TextOf("36,5")},
		{facts.Type{Kind: facts.Enum, Names: &facts.Names{List: []string{"no", "010"}}}, "no", facts.EnumOf("no")},
	} {
		got, bad := c.y.ParseText(c.text)
		require.Nil(t, bad, "%s", c.text)
		require.True(t, c.want.Same(got), "%q: %#v", c.text, got)
		require.Equal(t, c.want.IsUnknown(), got.IsUnknown(), c.text)
	}
}

// refusal is a text that is no value of a type, with the code of the finding and
// what to type instead.
type refusal struct {
	y                facts.Type
	text, code, hint string
}

func requireRefused(t *testing.T, cases []refusal) {
	t.Helper()
	for _, c := range cases {
		v, bad := c.y.ParseText(c.text)
		require.NotNil(t, bad, c.text)
		require.Equal(t, c.code, bad.Code, "%s: %s", c.text, bad.Message)
		require.Equal(t, c.hint, bad.Hint, c.text)
		require.NotEmpty(t, bad.Message)
		require.Equal(t, c.y.Describe(), bad.Expected, c.text)
		require.True(t, v.IsUnknown())
	}
}

func TestParseTextRefusesMisspelt(t *testing.T) {
	requireRefused(t, []refusal{
		{rate, "", "F001", "write unknown if it is not known"},
		{rate, "high", "F010", "write unknown if it is not known"},
		{rate, ".5", "F010", "write 0.5"},
		{rate, "-.5", "F010", "write -0.5"},
		{rate, "5.", "F010", "write 5"},
		{rate, ".", "F010", "write unknown if it is not known"},
		{bare, "0x10", "F010", "write 16, with decimal digits"},
		{bare, "1.2.3", "F010", "write unknown if it is not known"},
		{rate, "501", "F017", ""},
		{rate, "-10.5", "F017", ""},
	})
}

func TestParseTextRefusesSeparators(t *testing.T) {
	requireRefused(t, []refusal{
		{rate, "36,5", "F021", "write 36.5"},
		{rate, "-36,55", "F021", "write -36.55"},
		{whole, "36,5", "F021", "write a whole number, or {low: 36, high: 37}"},
		{bare, "1,234", "F022", "write 1234, or 1.234 if the comma is a decimal comma"},
		{whole, "1,234", "F022", "write 1234"},
		{bare, "0,234", "F021", "write 0.234"},
		{bare, "1,234,567", "F022", "write 1234567"},
		{bare, "12,34,567", "F022", "write 1234567"},
		{bare, "1,234.5", "F022", "write 1234.5"},
		{bare, "1.234,5", "F022", "write 1234.5"},
		{bare, "1.234.567", "F022", "write 1234567"},
		{bare, "1 234 567", "F022", "write 1234567"},
		{bare, "1 234,5", "F022", "write 1234.5"},
		{bare, "1'234", "F022", "write 1234"},
		{bare, "1_000", "F022", "write 1000"},
		{bare, "1_0000_000", "F022", "write 10000000"},
	})
}

func TestParseTextRefusesUnits(t *testing.T) {
	requireRefused(t, []refusal{
		{rate, "36.5%", "F023", "write 36.5: the field is in percent/year"},
		{rate, "36.5 percent", "F023", "write 36.5: the field is in percent/year"},
		{rate, "36.5 percent/year", "F023", "write 36.5: the field is in percent/year"},
		{rate, "36,5 %", "F023", "write 36.5: the field is in percent/year"},
		{flowed, "35 kg", "F023", "write the number alone, in mb/d"},
		{bare, "35 kg", "F023", "write 35: the field has no unit"},
		{bare, "$35", "F023", "write 35: the field has no unit"},
		{bare, "3 million", "F023", "write 3000000"},
		{bare, "1.1 million", "F023", "write 1100000"},
		{whole, "1.5 thousand", "F023", "write 1500"},
		{bare, "1,234 kg", "F023", "write the number alone, with a decimal point and without separators"},
	})
}

func TestParseTextRefusesScripts(t *testing.T) {
	requireRefused(t, []refusal{
		{rate, "۳۶٫۵", "F024", "write 36.5"},
		{rate, "٣٦٫٥", "F024", "write 36.5"},
		{rate, "３６．５", "F024", "write 36.5"},
		{rate, "\u200f36.5", "F024", "write 36.5"},
		{rate, "−3", "F024", "write -3"},
		{whole, "۱۳۹۲", "F024", "write 1392"},
		{rate, "۳۶،۵", "F021", "write 36.5"},
		{rate, "۳۶٪", "F023", "write 36: the field is in percent/year"},
		{rate, "۱ تا ۲", "F023", "write the number alone, in percent/year"},
	})
}

func TestParseTextRefusesNotFinite(t *testing.T) {
	requireRefused(t, []refusal{
		{bare, "NaN", "F025", "write unknown, or the ends that are known: {low: 1, high: unknown}"},
		{bare, ".nan", "F025", "write unknown, or the ends that are known: {low: 1, high: unknown}"},
		{bare, "-.inf", "F025", "write unknown, or the ends that are known: {low: 1, high: unknown}"},
		{bare, "Infinity", "F025", "write unknown, or the ends that are known: {low: 1, high: unknown}"},
		{bare, "1e999", "F025", ""},
		{whole, "inf", "F025", "write unknown, or the ends that are known: {low: 1, high: unknown}"},
	})
}

func TestParseTextRefusesIntervals(t *testing.T) {
	requireRefused(t, []refusal{
		{bare, "1..2", "F026", "write {low: 1, high: 2}"},
		{bare, "1-2", "F026", "write {low: 1, high: 2}"},
		{bare, "1 – 2", "F026", "write {low: 1, high: 2}"},
		{bare, "-3--1", "F026", "write {low: -3, high: -1}"},
		{bare, "2 to 1", "F026", "write {low: 1, high: 2}"},
		{bare, "between 1.5 and 2", "F026", "write {low: 1.5, high: 2}"},
		{bare, ">= 3", "F026", "write {low: 3, high: unknown}"},
		{bare, "at least 3", "F026", "write {low: 3, high: unknown}"},
		{bare, "<3", "F026", "write {low: unknown, high: 3}"},
		{bare, "about 3", "F026", "write 3, or the ends between which it lies: {low: ..., high: ...}"},
	})
}

func TestParseTextRefusesIntegers(t *testing.T) {
	requireRefused(t, []refusal{
		{whole, "1e3", "F011", "write 1000"},
		{whole, "1.0", "F011", "write 1"},
		{whole, "1.5", "F011", "write a whole number, or {low: 1, high: 2}"},
		{whole, "1e30", "F011", "write it with digits alone"},
		{whole, "many", "F011", "write unknown if it is not known"},
		{whole, "9223372036854775808", "F012", ""},
		{whole, "-99999999999999999999", "F012", ""},
	})
}

func TestParseTextRefusesBools(t *testing.T) {
	requireRefused(t, []refusal{
		{truth, "maybe", "F013", "write true or false, or unknown"},
		{truth, "on", "F013", "write true"},
		{truth, "0", "F013", "write false"},
	})
}

func TestParseTextRefusesNames(t *testing.T) {
	requireRefused(t, []refusal{
		{sides, "irak", "F015", "did you mean iraq?"},
		{sides, "US", "F015", "did you mean us?"},
		{sides, "nobody", "F015", "write unknown if it is not known"},
		{levels, "mass protest", "F016", "did you mean mass_protest?"},
		{levels, "2", "F016", "levels are written by name, never by number"},
		{levels, "۲", "F016", "levels are written by name, never by number"},
		{levels, "low to raised", "F026", "write {low: low, high: raised}"},
		{levels, "raised..low", "F026", "write {low: low, high: raised}"},
	})
}

func TestParseTextRefusesDates(t *testing.T) {
	requireRefused(t, []refusal{
		{day, "2013/11/24", "F014", "write 2013-11-24"},
		{day, "2013-7-1", "F014", "write 2013-07-01"},
		{day, "20131124", "F014", "write 2013-11-24"},
		{day, "2013-11", "F014", "write {low: 2013-11-01, high: 2013-11-30}, or the day"},
		{day, "2013", "F014", "write {low: 2013-01-01, high: 2013-12-31}, or the day"},
		{day, "2013-11-24T10:00:00Z", "F014", "write the day alone: 2013-11-24"},
		{day, "24 November 2013", "F014", "write 2013-11-24"},
		{day, "Nov 24, 2013", "F014", "write 2013-11-24"},
		{day, "yesterday", "F014", "write year-month-day, such as 2024-01-31"},
		{day, "24-11-2013", "F028", "write 2013-11-24"},
		{day, "11/24/2013", "F028", "write 2013-11-24"},
		{day, "3/4/2013", "F028", "write 2013-04-03 or 2013-03-04, whichever is meant"},
		{day, "4.4.2013", "F028", "write 2013-04-04"},
		{day, "99/99/2013", "F028", "write year-month-day; there is no day 99/99/2013"},
		{day, "24-11-13", "F028", "write the year first, with four digits, then month and day"},
		{day, "2013-02-30", "F029", "February 2013 has 28 days"},
		{day, "2013-24-11", "F029", "the month comes before the day: 2013-11-24"},
		{day, "2013-13-45", "F029", "months go from 01 to 12"},
		{day, "1392-09-03", "F027", "write 2013-11-24"},
		{day, "1392/9/3", "F027", "write 2013-11-24"},
		{day, "3/9/1392", "F027", "write 2013-11-24"},
		{day, "13920903", "F027", "write 2013-11-24"},
		{day, "1392-07", "F027", "write {low: 2013-09-23, high: 2013-10-22}, or the day"},
		{day, "1392", "F027", "write {low: 2013-03-21, high: 2014-03-20}, or the day"},
		{day, "1392-13-01", "F027", "write the Gregorian day; that calendar has no such day either"},
		{day, "۱۳۹۲-۰۹-۰۳", "F027", "write 2013-11-24"},
		{day, "٢٠١٣-١١-٢٤", "F024", "write 2013-11-24"},
		{day, "2013-01-01..2013-02-01", "F026", "write {low: 2013-01-01, high: 2013-02-01}, or the day"},
	})
}

func TestDescribe(t *testing.T) {
	from := facts.NumberBetween(0, facts.NumberOf(0).Number()+1)
	many := &facts.Names{List: []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n"}}
	upper := facts.Between(facts.Scale, 1, 3)
	for want, y := range map[string]facts.Type{
		"a number in percent/year, -10 to 500":          rate,
		"a number":                                      bare,
		"a number, 0 to 1":                              {Kind: facts.Number, Range: &from},
		"a whole number":                                whole,
		"true or false":                                 truth,
		"a date (year-month-day)":                       day,
		"one of us, iraq, europe, israel":               sides,
		"a level: low, raised, mass_protest, crackdown": levels,
		"a level: low, raised, mass_protest, crackdown, raised to crackdown": {Kind: facts.Scale, Names: levels.Names, Range: &upper},
		"one of a, b, c, d, e, f, g, h, i, j, k, l and 2 more":               {Kind: facts.Enum, Names: many},
		"a text": {Kind: facts.Text},
	} {
		require.Equal(t, want, y.Describe())
	}
}

// The finding points at what is wrong, inside quotes too.
func TestParsePlaces(t *testing.T) {
	for text, want := range map[string]string{
		`v: 36,5`:              "1:6 1:7",
		`v: "36,5"`:            "1:7 1:8",
		`v: " 36.5 percent"`:   "1:11 1:18",
		`v: 36.5 percent # no`: "1:9 1:16",
		`v: high`:              "1:4 1:8",
		`v: "\u06f3\u06f6"`:    "1:5 1:17",
	} {
		root, ds := doc.Read("a.yaml", []byte(text), doc.Limits{})
		require.Empty(t, ds, text)
		v, ds := rate.Parse(root.Get("v"))
		require.Len(t, ds, 1, text)
		require.True(t, v.IsUnknown())
		at := ds[0].Span
		at.File = ""
		end := at
		end.Start = end.End
		require.Equal(t, want, at.String()+" "+end.String(), text)
	}
}

func TestParseInterval(t *testing.T) {
	node := func(s string) *doc.Node {
		root, ds := doc.Read("a.yaml", []byte("v: "+s), doc.Limits{})
		require.Empty(t, ds)
		return root.Get("v")
	}
	for _, c := range []struct {
		y         facts.Type
		low, high string
		want      facts.Value
	}{
		{rate, "1", "2", facts.NumberBetween(1, 2)},
		{rate, "2", "2", facts.NumberOf(2)},
		{rate, "unknown", "2", facts.NumberBetween(-10, 2)},
		{bare, "1", "unknown", facts.NumberBetween(1, posInf)},
		{whole, "1", "unknown", facts.Between(facts.Integer, 1, facts.MaxInteger)},
		{bare, "unknown", "unknown", bare.Unknown()},
		{levels, "low", "raised", facts.Between(facts.Scale, 0, 1)},
		{levels, "unknown", "raised", facts.Between(facts.Scale, 0, 1)},
		{day, "2013-11-01", "2013-11-30", date("2013-11-01").Hull(date("2013-11-30"))},
	} {
		got, ds := c.y.ParseInterval(node(c.low), node(c.high))
		require.Empty(t, ds)
		require.True(t, c.want.Same(got), "%s to %s: %#v", c.low, c.high, got)
		require.Equal(t, c.want.IsUnknown(), got.IsUnknown())
	}
	for _, c := range []struct {
		y         facts.Type
		low, high string
		codes     []string
	}{
		{rate, "2", "1", []string{"F018"}},
		{levels, "raised", "low", []string{"F018"}},
		{rate, "-20", "600", []string{"F017", "F017"}},
		{rate, "a", "2", []string{"F010"}},
		{sides, "us", "iraq", []string{"F020"}},
		{truth, "true", "false", []string{"F020"}},
		{facts.Type{Kind: facts.Text}, "a", "b", []string{"F020"}},
		{rate, "[1]", "2", []string{"F002"}},
	} {
		v, ds := c.y.ParseInterval(node(c.low), node(c.high))
		var codes []string
		for _, d := range ds {
			codes = append(codes, d.Code)
		}
		require.Equal(t, c.codes, codes, "%s to %s", c.low, c.high)
		require.True(t, v.IsUnknown())
	}
}

// No text makes a panic, and every finding is whole: a declared code, a message,
// and what was expected.
func TestParseTextOfAnything(t *testing.T) {
	known := map[string]bool{}
	for _, c := range facts.Codes() {
		known[c.ID] = true
	}
	rapid.Check(t, func(t *rapid.T) {
		y := someType(allKinds...).Draw(t, "type")
		s := rapid.OneOf(someText(), rapid.StringMatching(`[-+0-9۰-۹.,٫ /e%:]{0,14}`)).Draw(t, "text")
		v, bad := y.ParseText(s)
		if bad == nil {
			require.True(t, v.Within(y.Unknown()))
			return
		}
		require.True(t, known[bad.Code])
		require.NotEmpty(t, bad.Message)
		require.Equal(t, y.Describe(), bad.Expected)
		require.True(t, 0 <= bad.From && bad.From <= bad.To && bad.To <= len([]rune(s)), "%d to %d of %q", bad.From, bad.To, s)
	})
}

func TestCodes(t *testing.T) {
	seen := map[string]bool{}
	last := ""
	for _, c := range facts.Codes() {
		require.Regexp(t, `^F[01]\d\d$`, c.ID)
		require.False(t, seen[c.ID], c.ID)
		require.Less(t, last, c.ID, "codes come in order")
		require.NotEmpty(t, c.Title)
		require.NotEmpty(t, c.Doc)
		seen[c.ID], last = true, c.ID
	}
}
