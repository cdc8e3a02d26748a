package doc

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCSV(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want [][]string
		sep  byte
	}{
		"plain":              {"a,b\n1,2\n", [][]string{{"a", "b"}, {"1", "2"}}, ','},
		"no line end":        {"a,b\n1,", [][]string{{"a", "b"}, {"1", ""}}, ','},
		"mark and Windows":   {"\ufeffa;b\r\n1,5;\"x\r\ny\"\r\n", [][]string{{"a", "b"}, {"1,5", "x\ny"}}, ';'},
		"tabs":               {"a\tb\n\"c\"\"d\"\t\n", [][]string{{"a", "b"}, {`c"d`, ""}}, '\t'},
		"quoted separators":  {"\"a;b;c\",d\n", [][]string{{"a;b;c", "d"}}, ','},
		"empty rows":         {"a,b\n\n,\n\"\",\n c,d\n\n", [][]string{{"a", "b"}, {" c", "d"}}, ','},
		"one column":         {"a\nb\n", [][]string{{"a"}, {"b"}}, ','},
		"empty line first":   {"\r\na;b\r\n", [][]string{{"a", "b"}}, ';'},
		"letters of scripts": {"é,日本\n", [][]string{{"é", "日本"}}, ','},
	} {
		t.Run(name, func(t *testing.T) {
			g, ds := ReadCSV("x.csv", []byte(c.text), Limits{})
			require.NoError(t, ds.Err())
			require.Equal(t, c.want, valuesOf(g))
			require.Equal(t, c.sep, g.Separator)
		})
	}
}

func TestBadCSV(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"quote inside":  {"a,5\" pipe\n", `x.csv:1:4: D030: a quote stands inside a cell that does not begin with one; put the cell in quotes, and write each quote inside it twice: "5"" pipe"`},
		"quote open":    {"a\n\"b,c\n", "x.csv:2:1: D030: the quote that begins this cell is never closed; close it; a quote inside a cell in quotes is written twice"},
		"behind quotes": {"\"a\"b,c\n", "x.csv:1:4: D030: something stands behind the quote that ends a cell; expected a comma or the end of the line; a quote inside a cell in quotes is written twice"},
		"not UTF-8":     {"a,caf\xe9\n", "x.csv:1:6: D003: byte 0xe9 is not UTF-8 here; save the file as UTF-8; in the encodings of Western Europe this byte is é"},
		"empty":         {",\n\n", "x.csv: D001: the file is empty"},
		"many cells":    {"a,b\nc,d,e\n", "x.csv:2:5: D008: the file has more than 4 cells"},
	} {
		t.Run(name, func(t *testing.T) {
			g, ds := ReadCSV("x.csv", []byte(c.text), Limits{Nodes: 4})
			require.Nil(t, g)
			require.Equal(t, c.want, ds.Error())
		})
	}
}

func TestCellNames(t *testing.T) {
	require.Equal(t, []string{"A1", "Z9", "AA10", "AZ2", "BA3", "ZZ4", "AAA5"}, []string{CellName(0, 1), CellName(25, 9),
		CellName(26, 10), CellName(51, 2), CellName(52, 3), CellName(701, 4), CellName(702, 5)})
	g, _ := ReadCSV("x.csv", []byte("a,b\n\n\"c\nd\",e\n"), Limits{})
	require.Equal(t, "A3", g.CellAt(g.Rows[1].Cells[0].Span.Start))
	require.Equal(t, "B3", g.CellAt(g.Rows[1].Cells[1].Span.Start))
	require.Equal(t, 4, g.Rows[1].Cells[1].Span.Start.Line)
	require.Equal(t, "B3", g.CellAt(g.Rows[1].Cell(7).Span.End))
}

func valuesOf(g *Grid) [][]string {
	var rows [][]string
	for _, r := range g.Rows {
		var row []string
		for _, c := range r.Cells {
			row = append(row, c.Value)
		}
		rows = append(rows, row)
	}
	return rows
}

// What the standard writer writes is read back, whatever stands in the cells.
func TestCSVReadsWhatIsWritten(t *testing.T) {
	cell := rapid.StringOfN(rapid.SampledFrom([]rune("ab,;\t\"\n =é#")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 4).Draw(t, "width")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 4).Draw(t, "rows")
		rows[0] = []string{"p", "q", "r", "s"}[:width]
		sep := rapid.SampledFrom([]rune(",;\t")).Draw(t, "separator")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma, w.UseCRLF = sep, rapid.Bool().Draw(t, "windows")
		require.NoError(t, w.WriteAll(rows))
		g, ds := ReadCSV("x.csv", b.Bytes(), Limits{})
		require.NoError(t, ds.Err())
		require.Equal(t, filled(rows), valuesOf(g))
	})
}

// filled are the rows that are not empty.
func filled(rows [][]string) [][]string {
	var some [][]string
	for _, r := range rows {
		if strings.TrimSpace(strings.Join(r, "")) != "" {
			some = append(some, r)
		}
	}
	return some
}

func FuzzReadCSV(f *testing.F) {
	for _, s := range []string{"", "a,b\n1,2\n", "\ufeffa;\"b\"\"c\"\r\n\"d\r\ne\";f", "a\tb\n\"", "a\"b", "\"a\"b", "\r", ",,\n;;\n", "é,\"日\n本\"\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		g, ds := ReadCSV("f.csv", text, Limits{Nodes: 60})
		body := strings.TrimPrefix(string(text), "\ufeff")
		checkFindings(t, ds, body)
		if g == nil {
			require.True(t, ds.HasErrors())
			return
		}
		for _, r := range g.Rows {
			for column, c := range r.Cells {
				checkScalar(t, c, body)
				checkSpan(t, c.Span, body)
				if c.Span.Start != c.Span.End {
					require.Equal(t, CellName(column, r.Number), g.CellAt(c.SpanOf(0, utf8.RuneCountInString(c.Value)).Start))
				}
			}
		}
		r := csv.NewReader(strings.NewReader(body))
		r.Comma, r.FieldsPerRecord = rune(g.Separator), -1
		theirs, err := r.ReadAll()
		require.NoError(t, err)
		require.Equal(t, filled(theirs), valuesOf(g))
	})
}
