package sheet

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/facts/doc"
	"truce/rules"
)

// choices are other values for the cells of a column of the harbour's sheets: what may
// be typed there without an error.
var choices = map[string][]string{
	"thresholds.csv/step":       {"", "0.25", "1", "2"},
	"thresholds.csv/basis":      {"cited", "derived", "judgement"},
	"thresholds.csv/cites":      {"", "C01", "C02", "C01 C02"},
	"thresholds.csv/because":    {"", "ropes part", "-5, = no", "it's \"so\": # 1", "{a}, [b]", "two\nlines", "null", "- a", "é ~ \\"},
	"thresholds.csv/doc":        {"", "Mean wind.", "'quoted'", "yes: no"},
	"points.csv/points":         {"0", "0.5", "1", "1.75"},
	"course.csv/w.wind":         {"", "> 20", "<= threshold.storm", "[1..2.5)", "(0..threshold.storm]", "not(3, 4)", "< 3, > 140"},
	"course.csv/w.sea":          {"", "calm", "rough, choppy", "not(calm, rough)", ">= choppy"},
	"course.csv/w.kind":         {"", "tug", "!= tug", "ferry, trawler"},
	"course.csv/w.warned":       {"", "true", "false"},
	"course.csv/Course.value":   {"sail", "wait", "turn-back"},
	"course.csv/Course.why":     {"a: b", "=w.note", "@x", "'y", "{b}", "- c", "null"},
	"course.csv/says":           {"", "It blows {w.wind}.", "so: {w.sea} # now", "-"},
	"course.csv/cites":          {"", "C01", "C02", "C02 C01"},
	"course.csv/doc":            {"", "Why."},
	"dangers.csv/w.crew":        {"", "3", "> 2", "not(1, 2)"},
	"dangers.csv/late":          {"", "true", "false"},
	"dangers.csv/Danger.points": {"0.25", "=threshold.full", "2"},
	"remark.csv/w.wind":         {"", "> 20", "[1..2.5)"},
	"remark.csv/Remark.call":    {"true", "false"},
	"remark.csv/says":           {"", "Now, {w.wind}.", "\"a\""},
}

// change is an edit of a cell of a sheet.
type change struct{ sheet, row, column, value string }

// edited draws changes of some cells, and makes them.
func edited(t *rapid.T, sheets []Sheet) (out []Sheet, made []change) {
	for _, s := range sheets {
		rows, err := csv.NewReader(strings.NewReader(s.Text)).ReadAll()
		require.NoError(t, err)
		for n, r := range rows {
			if n == 0 || strings.HasPrefix(r[0], "#") {
				continue
			}
			for i := range r {
				column := rows[0][i]
				values := choices[s.Name+"/"+column]
				bare := r[0] == "otherwise" || strings.HasPrefix(r[0], "sea_points") && column == "step"
				if values == nil || bare || rapid.IntRange(0, 5).Draw(t, "change") > 0 {
					continue
				}
				v := rapid.SampledFrom(values).Draw(t, "value")
				old := &cell{text: plainText(r[i])}
				if old.same(v) || allEmpty(rows[0], r, i, v) {
					continue
				}
				r[i] = shown(v)
				made = append(made, change{s.Name, r[0], column, v})
			}
		}
		var b strings.Builder
		require.NoError(t, csv.NewWriter(&b).WriteAll(rows))
		out = append(out, Sheet{s.Name, b.String()})
	}
	return out, made
}

func plainText(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsAny(s[1:2], "=+-@'") {
		return s[1:]
	}
	return s
}

// allEmpty reports whether a row of a table would be left without a condition, which
// the last alone may be.
func allEmpty(head, row []string, at int, value string) bool {
	if value != "" || !slices.Contains([]string{"first", "any", "collect"}, head[0]) {
		return false
	}
	for i := 1; i < len(head); i++ {
		input := !strings.Contains(head[i], "Course.") && !strings.Contains(head[i], "Danger.p") && !strings.Contains(head[i], "Danger.f") &&
			!strings.Contains(head[i], "Remark.") && !slices.Contains([]string{"says", "cites", "doc"}, head[i])
		if input && i != at && row[i] != "" {
			return false
		}
	}
	return true
}

// Whatever values are edited, the pack changes by exactly these: the changed pack
// exports what the sheets said, and comments and all else stay as they were.
func TestEditsAreMadeAndNothingElse(t *testing.T) {
	p := packs(t)["../../rules/sheet/testdata/harbour"]
	rapid.Check(t, func(t *rapid.T) {
		sheets, made := edited(t, Export(p))
		r, ds := Import(p, sheets)
		require.NoError(t, ds.Err(), "%v", made)
		var found []change
		for _, c := range r.Changes {
			row := strings.Fields(c.Row)[0]
			found = append(found, change{c.Sheet, row, c.Column, c.New})
		}
		require.ElementsMatch(t, made, found)
		said(t, r, made)
		for _, f := range r.Files {
			for _, comment := range []string{"# A pack that has", "# nobody stands", "# a remark of the author"} {
				require.Equal(t, strings.Contains(fileOf(p.Files, f.Name), comment), strings.Contains(f.Text, comment))
			}
		}
	})
}

// said requires that the changed pack exports what was typed, cell by cell. A column
// that no row uses any more is gone.
func said(t *rapid.T, r *Result, made []change) {
	now := map[string]*model{}
	for _, m := range open(r.Pack).models {
		now[m.name] = m
	}
	for _, c := range made {
		m := now[c.sheet]
		if m.raw != "" {
			g, ds := doc.ReadCSV(m.name, []byte(m.raw), doc.Limits{})
			require.NoError(t, ds.Err())
			require.True(t, slices.ContainsFunc(g.Rows, func(w doc.GridRow) bool {
				return w.Cells[0].Value == c.row && slices.ContainsFunc(w.Cells, func(n *doc.Node) bool { return value(n) == c.value })
			}), "%v", c)
			continue
		}
		require.True(t, slices.ContainsFunc(m.rows, func(w *row) bool {
			return w.cells[0].text == c.row && (c.value == "" || slices.ContainsFunc(w.cells, func(x *cell) bool {
				return x.same(c.value) || strings.Join(strings.Fields(x.text), " ") == strings.Join(strings.Fields(c.value), " ")
			}))
		}), "%v", c)
	}
}

func fileOf(files []rules.File, name string) string {
	for _, f := range files {
		if f.Name == name {
			return f.Text
		}
	}
	return ""
}
