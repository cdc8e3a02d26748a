package condition_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts/source"
	"truce/rules/condition"
)

// mended makes the fixes of an expression until there is none left.
func mended(t require.TestingT, text string, want condition.Want) (string, source.Diagnostics) {
	first := text
	for range 100 {
		src := condition.Source{Text: text}
		_, ds := condition.ParseAs(src, world(), want)
		next, done := source.ApplyFixes("", text, ds)
		if len(done) == 0 {
			return text, ds
		}
		text = next
	}
	require.Fail(t, "fixes without an end", "%q becomes %q", first, text)
	return text, nil
}

func TestSafeFixes(t *testing.T) {
	for text, want := range map[string]string{
		`e.kind = "storm"`:                 `e.kind == "storm"`,
		`= e.active`:                       ` e.active`,
		`e.kind == “storm”`:                `e.kind == "storm"`,
		`e.kind == „storm“`:                `e.kind == "storm"`,
		`e.kind == « storm »`:              `e.kind == "storm"`,
		`e.kind == "storm”`:                `e.kind == "storm"`,
		`e.wind > ۳۶٫۵`:                    `e.wind > 36.5`,
		`e.count > ٣`:                      `e.count > 3`,
		`e.active&&e.hot`:                  `e.active and e.hot`,
		`(e.active)||(e.hot)`:              `(e.active) or (e.hot)`,
		`e.active AND NOT e.hot`:           `e.active and not e.hot`,
		`e.kind is not "storm"`:            `e.kind != "storm"`,
		`e.kind is "storm"`:                `e.kind == "storm"`,
		`e.kind <> "storm"`:                `e.kind != "storm"`,
		`e.wind ≥ 3 and e.wind =< 5`:       `e.wind >= 3 and e.wind <= 5`,
		`e.wind – 3 × 2 > 0`:               `e.wind - 3 * 2 > 0`,
		`any(Item, #.points > 3)`:          `any(Item, .points > 3)`,
		`ｅ．wind ＞＝ ３`:                      `e.wind >= 3`,
		"e.\u200bactive":                   `e.active`,
		`e.wind > ۳۵ and e.kind = “frost”`: `e.wind > 35 and e.kind == "frost"`,
		`max(e.wind، 3) > 2`:               `max(e.wind, 3) > 2`,
		`(e.kind)is“storm”`:                `(e.kind)=="storm"`,
		`¬e.active`:                        `not e.active`,
	} {
		got, left := mended(t, text, condition.WantCondition())
		require.Equal(t, want, got)
		require.Empty(t, left, "%s", text)
	}
}

// What could be meant in another way is left to whoever wrote it.
func TestNotSafe(t *testing.T) {
	for _, text := range []string{
		`e.wind => 3`, `e.active => e.hot`, `e.wind > 36,5`, `e.count > 1,000,000`, `e.wind > 35%`, `e.wind > 35 percent/year`,
		`e.wnid > 3`, `e.kind == "strom"`, `e.active & e.hot`, `e.active; e.hot`, `e.wind == nil`, `20 < e.wind < 50`, `e.wind — 3 > 2`,
		`e.active and (e.hot`, `e.kind == "storm`, `e.wind == 3-5`, `e.since > 2013-11-24`, `e.wind > 3 // high`, `!e.active`,
	} {
		got, left := mended(t, text, condition.WantCondition())
		require.Equal(t, text, got)
		require.True(t, left.HasErrors(), text)
	}
	got, _ := mended(t, `e.wind = 3`, condition.WantValue())
	require.Equal(t, `e.wind = 3`, got, "a value may be meant to be named")
}

// Fixes end, leave what is right alone, and of what is wrong leave nothing that has one.
func TestFixesEnd(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"e", ".", "wind", "active", "=", "==", "＝", "&&", "&", "||", "and", "AND", "is", "not", "“", "”", "«", "»", `"`,
		"'", "storm", "۳", "3", "－", "–", "#", "(", ")", "[", "]", ",", "،", " ", "\u00a0", "\u200b", "any", "Item", "؟", "≥", "!", "¬", ";", "let", "ｅ"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(pieces, 1, 14).Draw(t, "text"), "")
		_, ds := condition.ParseAs(condition.Source{Text: text}, world(), condition.WantCondition())
		got, left := mended(t, text, condition.WantCondition())
		if !ds.HasErrors() {
			require.Equal(t, text, got)
		}
		for _, d := range left {
			require.Nil(t, d.Fix)
		}
	})
}
