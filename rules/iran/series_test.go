package iran

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"truce/facts"
	"truce/rules"
)

// The series from which the cases' figures were taken.
const seriesDir = "../../testdata/series"

// A row is one line of a series, by column.
type row map[string]string

func readSeries(t *testing.T, name string) []row {
	t.Helper()
	f, err := os.Open(filepath.Join(seriesDir, name))
	require.NoError(t, err)
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Greater(t, len(lines), 1)
	rows := make([]row, len(lines)-1)
	for i, line := range lines[1:] {
		rows[i] = row{}
		for j, column := range lines[0] {
			rows[i][column] = line[j]
			if slices.Contains([]string{"as_of", "date", "Date", "month", "period", "period_start", "period_end", "year"}, column) {
				_, ok := facts.ParseDate(lastDay(line[j]))
				require.True(t, ok, "%s:%d: %s", name, i+2, line[j])
			}
		}
	}
	return rows
}

// number is a column rounded to a number of decimals; ok is false where it is empty.
func (r row) number(column string, decimals int) (x float64, ok bool) {
	x, err := strconv.ParseFloat(r[column], 64)
	scale := math.Pow10(decimals)
	return math.Round(x*scale) / scale, err == nil
}

// lastDay is the last day of what a series dates by a day, a month, half a year or
// a year.
func lastDay(s string) string {
	s = strings.NewReplacer("-H1", "-06", "-H2", "-12").Replace(s)
	switch len(s) {
	case len("2013"):
		return s + "-12-31"
	case len("2013-08"):
		first, err := time.Parse("2006-01", s)
		if err == nil {
			return first.AddDate(0, 1, -1).Format(time.DateOnly)
		}
	}
	return s
}

// day is that last day. readSeries has seen to it that there is one.
func day(s string) int64 {
	d, _ := facts.ParseDate(lastDay(s))
	return d
}

// firstDay is the first day of a month, a year, or the day itself.
func firstDay(s string) int64 {
	return day(s + map[int]string{4: "-01-01", 7: "-01"}[len(s)])
}

func dayTime(d int64) time.Time { return time.Unix(d*86400, 0).UTC() }

// What a case's indicators are derived from.
type series struct {
	cpi, annual, brent, rial, iaea, exports, production, events []row
}

func shippedSeries(t *testing.T) *series {
	return &series{
		cpi:        readSeries(t, "cpi_monthly.csv"),
		annual:     readSeries(t, "macro_annual.csv"),
		brent:      readSeries(t, "brent_monthly.csv"),
		rial:       readSeries(t, "fx_parallel_monthly.csv"),
		iaea:       readSeries(t, "iaea_enrichment.csv"),
		exports:    readSeries(t, "oil_exports_estimates.csv"),
		production: readSeries(t, "oil_production_annual.csv"),
		events:     readSeries(t, "proxy_events.csv"),
	}
}

// Each indicator of the shipped cases that has a series is derived again. The
// golden counts those that come out and lists every other with the reason.
func TestSeriesGolden(t *testing.T) {
	pack, s := load(t, rules.Options{}), shippedSeries(t)
	cases := shippedCases(t, pack)
	var out strings.Builder
	for _, l := range laws {
		fmt.Fprintf(&out, "%s from %s: %s\n", l.field, l.file, l.says)
		counts := map[string]int{}
		var lines strings.Builder
		for _, c := range cases {
			field, d := datum(c, l.field)
			if d == nil || !appliesTo(l, c, d) {
				continue
			}
			verdict, why := judge(l, s, c, field, d)
			counts[verdict]++
			if why != "" {
				fmt.Fprintf(&lines, "  %-28s %s: %s\n", c.ID, verdict, why)
			}
		}
		for _, verdict := range verdicts {
			if counts[verdict] > 0 {
				fmt.Fprintf(&out, "  %-28s %d\n", verdict, counts[verdict])
			}
		}
		fmt.Fprintf(&out, "%s\n", &lines)
	}
	golden(t, "series.golden", out.String())
}

var verdicts = []string{"same", "inside", "within bounds", "on a row", "one end", "differs", "no law", "not derived", "unknown"}

// appliesTo says which of two laws for a field a case falls under: the one whose
// series its source names. Where it names none, the first law speaks of it.
func appliesTo(l law, c *facts.Case, d *facts.Datum) bool {
	if strings.Contains(d.Source, l.file) {
		return true
	}
	named := slices.ContainsFunc(laws, func(m law) bool { return m.field == l.field && strings.Contains(d.Source, m.file) })
	first := slices.IndexFunc(laws, func(m law) bool { return m.field == l.field })
	return !named && laws[first].file == l.file
}

// judge compares a value with what the law gives for it. The reason is empty where
// the two agree in everything.
func judge(l law, s *series, c *facts.Case, field *facts.Field, d *facts.Datum) (verdict, why string) {
	given := field.Type.Format(d.Value)
	if d.Value.IsUnknown() {
		if got, _ := l.derive(s, c, d); got != nil && !got.bounds {
			return "differs", fmt.Sprintf("unknown; the series has %s (%s)", got, got.of)
		}
		return "unknown", ""
	}
	if !strings.Contains(d.Source, l.file) {
		if strings.Contains(d.Source, "not shipped") {
			return "not derived", given + ", " + d.Source
		}
		return "not derived", given + ", of quality " + d.Quality + " and with no source"
	}
	got, cannot := l.derive(s, c, d)
	low, high := d.Value.Bounds()
	switch {
	case got == nil && l.field == "Economy.oil_exports":
		return "no law", given + ", " + cannot
	case got == nil && strings.Contains(d.Source, "not shipped"):
		return "not derived", given + ", " + d.Source + "; " + cannot
	case got == nil:
		return "differs", given + "; the series has nothing: " + cannot
	case got.inside && low <= got.low && got.high <= high:
		return "inside", ""
	case got.bounds && got.low <= low && high <= got.high:
		return "within bounds", ""
	case l.field == "Economy.oil_exports":
		return "on a row", later(c, given, got.of)
	case low < got.low && got.high < high:
		return "inside", fmt.Sprintf("%s; the series has %s (%s)", given, got, got.of)
	case low != got.low && high != got.high || got.inside || got.bounds:
		return "differs", fmt.Sprintf("%s; the series has %s (%s)", given, got, got.of)
	case low != got.low || high != got.high:
		return "one end", fmt.Sprintf("%s; the series has %s (%s)", given, got, got.of)
	}
	return "same", periodDiffers(got, d)
}

// later names the rows of a range, and says of each whether it ends after the date.
func later(c *facts.Case, given, rows string) string {
	var said []string
	for r := range strings.SplitSeq(rows, ", ") {
		if day(r) > c.AsOf {
			r += " (ends after the date)"
		}
		said = append(said, r)
	}
	return given + ", " + strings.Join(said, ", ")
}

func (d *derived) String() string {
	n := facts.FormatNumber
	if d.bounds {
		return fmt.Sprintf("bounds %s to %s", n(math.Round(d.low*10)/10), n(math.Round(d.high*10)/10))
	}
	if d.low == d.high {
		return n(d.low)
	}
	return n(d.low) + " to " + n(d.high)
}

func periodDiffers(got *derived, d *facts.Datum) string {
	switch {
	case got.from == 0:
		return ""
	case d.Period == nil || d.Period.From != got.from || d.Period.To != got.to:
		return fmt.Sprintf("the period is %s to %s", facts.FormatDate(got.from), facts.FormatDate(got.to))
	case got.knownOn != 0 && (d.KnownOn == nil || *d.KnownOn != got.knownOn):
		return "known on " + facts.FormatDate(got.knownOn)
	}
	return ""
}

// datum is a field's value in a case, or nil where the case is silent.
func datum(c *facts.Case, path string) (*facts.Field, *facts.Datum) {
	typ, name, _ := strings.Cut(path, ".")
	for _, f := range c.Facts {
		for i, field := range f.Type.Fields {
			if f.Type.Name == typ && field.Name == name && f.Data[i].Given {
				return field, &f.Data[i]
			}
		}
	}
	return nil, nil
}

// The events of a case are the rows of the series before its date, all of them and
// no others.
func TestEventsAreThoseOfTheSeries(t *testing.T) {
	pack, s := load(t, rules.Options{}), shippedSeries(t)
	for _, c := range shippedCases(t, pack) {
		var want, got []string
		for _, r := range s.events {
			if day(r["date"]) < c.AsOf {
				want = append(want, strings.Join([]string{r["date"], r["network_part"], r["effect_on_network"], r["event"]}, "; "))
			}
		}
		for _, f := range c.Facts {
			if f.Type.Name == "NetworkEvent" {
				var fields []string
				for _, name := range []string{"date", "part", "effect", "event"} {
					i := slices.IndexFunc(f.Type.Fields, func(x *facts.Field) bool { return x.Name == name })
					fields = append(fields, f.Type.Fields[i].Type.Format(f.Data[i].Value))
				}
				got = append(got, strings.Join(fields, "; "))
			}
		}
		require.Equal(t, want, got, c.ID)
		require.NotContains(t, c.Complete, "NetworkEvent", c.ID)
	}
}

// A source can be followed, or says that it cannot.
func TestSourcesCanBeFollowed(t *testing.T) {
	pack := load(t, rules.Options{})
	followed := 0
	for _, c := range shippedCases(t, pack) {
		sources := slices.Clone(c.Sources)
		for _, f := range c.Facts {
			for i := range f.Data {
				sources = append(sources, f.Data[i].Source)
			}
		}
		for _, s := range sources {
			named := 0
			for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(" ;,()", r) }) {
				if file, ok := strings.CutPrefix(part, "series/"); ok {
					require.FileExists(t, filepath.Join(seriesDir, file), c.ID)
					named++
				}
			}
			followed += named
			require.True(t, s == "" || named > 0 || strings.Contains(s, "not shipped"), "%s: %q names no series and does not say that it is not shipped", c.ID, s)
		}
	}
	require.Greater(t, followed, 100)
}
