package facts

import (
	"testing"

	"github.com/stretchr/testify/require"

	"truce/facts/doc"
	"truce/facts/source"
)

func TestScaled(t *testing.T) {
	percent := Type{Kind: Number, Unit: "percent/year"}
	for name, c := range map[string]struct {
		typ       Type
		v, within Value
		want      string
	}{
		"a part for percent":         {percent, NumberOf(0.35), NumberBetween(20, 60), "write 35 for 35 percent"},
		"too small a part":           {percent, NumberOf(0.1), NumberBetween(20, 60), ""},
		"nothing":                    {percent, NumberOf(0), NumberBetween(20, 60), ""},
		"whole percent":              {Type{Kind: Integer, Unit: "percent"}, IntegerOf(1), Between(Integer, 50, 100), "write 100 for 100 percent"},
		"percent for a part":         {Type{Kind: Number}, NumberOf(35), NumberBetween(0, 1), "write 0.35 for 35 percent"},
		"more than percent":          {Type{Kind: Number}, NumberOf(350), NumberBetween(0, 1), ""},
		"a part with a unit":         {Type{Kind: Number, Unit: "knot"}, NumberOf(35), NumberBetween(0, 1), ""},
		"a rise for a loss":          {percent, NumberOf(150), NumberBetween(0, 100), "write 60, which is 100 * 150 / (100 + 150)"},
		"a rise for a loss, rounded": {percent, NumberOf(220), NumberBetween(0, 100), "write 68.75, which is 100 * 220 / (100 + 220)"},
		"a rise where more may be":   {percent, NumberOf(550), NumberBetween(-10, 500), ""},
		"not a number":               {Type{Kind: Date}, DateOf(3), DateOf(4), ""},
		"nothing known":              {percent, NumberBetween(0, 1), NumberBetween(20, 60), ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.typ.Scaled(c.v, c.within)
			if c.want == "" {
				require.Empty(t, got)
			}
			require.Contains(t, got, c.want)
		})
	}
}

// Digits of other scripts have a fix where nothing else is wrong.
func TestDigitsFix(t *testing.T) {
	ranged := NumberBetween(0, 50)
	for written, want := range map[string]string{
		"a: ۳۶٫۵":          "a: 36.5",
		"a: -۳":            "a: -3",
		"a: '۳۶'":          "a: '36'",
		`a: "\u06f3"`:      `a: "3"`,
		"a: ３":             "a: 3",
		"a: \u200f۳۶":      "a: 36",
		"a: ۳۶ percent":    "",
		"a: ۳۶،۵":          "",
		"a: ۳–۵":           "",
		"a: |\n  ۳۶\nb: 1": "a: |\n  36\nb: 1",
	} {
		root, ds := doc.Read("x.yaml", []byte(written), doc.Limits{})
		require.Empty(t, ds, "%q", written)
		_, ds = Type{Kind: Number, Range: &ranged}.Parse(root.Get("a"))
		require.Len(t, ds, 1, "%q", written)
		got, done := source.ApplyFixes("x.yaml", written, ds)
		if want == "" {
			require.Empty(t, done, "%q", written)
			continue
		}
		require.Equal(t, want, got)
	}
	root, _ := doc.Read("x.yaml", []byte("a: ۲۰۱۳-۱۱-۲۴"), doc.Limits{})
	_, ds := Type{Kind: Date}.Parse(root.Get("a"))
	got, _ := source.ApplyFixes("x.yaml", "a: ۲۰۱۳-۱۱-۲۴", ds)
	require.Equal(t, "a: 2013-11-24", got)
	root, _ = doc.Read("x.yaml", []byte("a: ۱۳۹۲-۰۹-۰۳"), doc.Limits{})
	_, ds = Type{Kind: Date}.Parse(root.Get("a"))
	require.Nil(t, ds[0].Fix, "another calendar")
	root, _ = doc.Read("x.yaml", []byte("a: ۳٫۵"), doc.Limits{})
	_, ds = Type{Kind: Integer}.Parse(root.Get("a"))
	require.Nil(t, ds[0].Fix, "a whole number is due")
}
