package sheet

import (
	"encoding/csv"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var pointNumber = regexp.MustCompile(`^-?[0-9]+\.[0-9]+$`)

// spreadsheets save sheets in ways of their own that mean the same.
func spreadsheets() map[string]func(testing.TB, Sheet) Sheet {
	return map[string]func(testing.TB, Sheet) Sheet{
		"mark, Windows and quotes everywhere": func(t testing.TB, s Sheet) Sheet {
			return saved(t, s, func(rows [][]string) string {
				var b strings.Builder
				b.WriteString("\ufeff")
				for _, r := range rows {
					for i, c := range r {
						if i > 0 {
							b.WriteByte(',')
						}
						b.WriteString(`"` + strings.ReplaceAll(c, `"`, `""`) + `"`)
					}
					b.WriteString("\r\n")
				}
				return b.String()
			})
		},
		"semicolons and decimal commas": func(t testing.TB, s Sheet) Sheet {
			return saved(t, s, func(rows [][]string) string {
				for _, r := range rows {
					for i, c := range r {
						if pointNumber.MatchString(c) {
							r[i] = strings.Replace(c, ".", ",", 1)
						}
					}
				}
				return written(t, rows, ';')
			})
		},
		"tabs, empty columns and rows, TRUE": func(t testing.TB, s Sheet) Sheet {
			return saved(t, s, func(rows [][]string) string {
				for n, r := range rows {
					for i, c := range r {
						if c == "true" || c == "false" {
							r[i] = strings.ToUpper(c)
						}
					}
					rows[n] = append(r, "", "")
				}
				empty := make([]string, len(rows[0]))
				return written(t, append(rows, empty, empty), '\t')
			})
		},
		"numbers as they like": func(t testing.TB, s Sheet) Sheet {
			return saved(t, s, func(rows [][]string) string {
				for _, r := range rows[1:] {
					for i, c := range r {
						if pointNumber.MatchString(c) {
							r[i] = c + "0"
						}
					}
				}
				return written(t, rows, ',')
			})
		},
	}
}

func saved(t testing.TB, s Sheet, save func([][]string) string) Sheet {
	rows, err := csv.NewReader(strings.NewReader(s.Text)).ReadAll()
	require.NoError(t, err)
	return Sheet{s.Name, save(rows)}
}

func written(t testing.TB, rows [][]string, separator rune) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = separator
	require.NoError(t, w.WriteAll(rows))
	return b.String()
}
