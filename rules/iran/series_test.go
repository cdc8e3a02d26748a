package iran_test

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
)

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

// A derived value is what a law gives for a case.
type derived struct {
	low, high float64
	from, to  int64  // the period; zero: the law gives none
	knownOn   int64  // zero: the law gives none
	inside    bool   // the law gives a point that the case's range must hold
	bounds    bool   // the law gives bounds that the case's value must keep
	of        string // the row or rows it is from
}

// A law derives an indicator. It gives nothing where the series have nothing, and a
// reason where it cannot be applied.
type law struct {
	field  string
	file   string // the series that a source must name for the law to be applied
	says   string
	derive func(s *series, c *facts.Case, d *facts.Datum) (got *derived, why string)
}

var laws = []law{
	{"Economy.inflation", "series/cpi_monthly.csv",
		"the last Solar Hijri month that ended ten days before the case's date; known on the tenth day; in 1401 the high end is 3.2 above the index",
		inflationOfMonth},
	{"Economy.inflation", "series/macro_annual.csv",
		"the calendar year in which the value's period begins",
		inflationOfYear},
	{"Economy.growth_last_year", "series/macro_annual.csv",
		"the calendar year before the case's date",
		growth},
	{"Economy.dollar_dearer_year", "series/fx_parallel_monthly.csv",
		"mean of the 30 daily quotes before the case's date against the same 365 days earlier; of the months touched the file bounds it",
		func(s *series, c *facts.Case, _ *facts.Datum) (*derived, string) {
			return s.rialChange(c.AsOf-30, c.AsOf-1, 365)
		}},
	{"Economy.dollar_dearer_90d", "series/fx_parallel_monthly.csv",
		"mean of the 7 daily quotes before the case's date against the same 90 days earlier; of the months touched the file bounds it",
		func(s *series, c *facts.Case, _ *facts.Datum) (*derived, string) {
			return s.rialChange(c.AsOf-7, c.AsOf-1, 90)
		}},
	{"Economy.oil_exports", "series/oil_exports_estimates.csv",
		"none: a range by judgement, mostly that of a row; rows that have both ends are named",
		exports},
	{"Nuclear.max_enrichment", "series/iaea_enrichment.csv",
		"the last row measured 24 days before the case's date, a month counted from its end",
		func(s *series, c *facts.Case, _ *facts.Datum) (*derived, string) {
			return s.inspected(c, "max_enrichment_pct")
		}},
	{"Nuclear.u60", "series/iaea_enrichment.csv",
		"the same row",
		func(s *series, c *facts.Case, _ *facts.Datum) (*derived, string) { return s.inspected(c, "u60_kg") }},
	{"Context.brent", "series/brent_monthly.csv",
		"the calendar month before that of the case's date",
		brent},
	{"Context.rial_rate", "series/fx_parallel_monthly.csv",
		"mean of the 7 daily quotes before the case's date; the months touched bound it",
		func(s *series, c *facts.Case, _ *facts.Datum) (*derived, string) {
			return s.rialRate(c.AsOf-7, c.AsOf-1)
		}},
	{"Context.oil_production", "series/oil_production_annual.csv",
		"the year of the value's period, else that of the case, lies in the range",
		production},
}

func inflationOfMonth(s *series, c *facts.Case, _ *facts.Datum) (*derived, string) {
	var last row
	for _, r := range s.cpi {
		if day(r["period_end"])+10 <= c.AsOf {
			last = r
		}
	}
	x, ok := last.number("cpi_yoy_pct", 1)
	if !ok {
		return nil, ""
	}
	got := &derived{low: x, high: x, of: last["solar_hijri_month"],
		from: day(last["period_start"]), to: day(last["period_end"]), knownOn: day(last["period_end"]) + 10}
	if strings.HasPrefix(last["solar_hijri_month"], "1401-") {
		got.high = math.Round((x+3.2)*10) / 10
	}
	return got, ""
}

func inflationOfYear(s *series, _ *facts.Case, d *facts.Datum) (*derived, string) {
	if d.Period == nil {
		return nil, "the value has no period"
	}
	return s.year("inflation_cpi_annual_pct", dayTime(d.Period.From).Year())
}

func growth(s *series, c *facts.Case, _ *facts.Datum) (*derived, string) {
	y := dayTime(c.AsOf).Year() - 1
	got, why := s.year("gdp_growth_pct", y)
	if got != nil {
		got.from, got.to = firstDay(strconv.Itoa(y)), day(strconv.Itoa(y))
	}
	return got, why
}

func (s *series) year(column string, y int) (*derived, string) {
	for _, r := range s.annual {
		if r["year"] == strconv.Itoa(y) {
			x, ok := r.number(column, 1)
			if ok {
				return &derived{low: x, high: x, of: r["year"]}, ""
			}
		}
	}
	return nil, ""
}

func brent(s *series, c *facts.Case, _ *facts.Datum) (*derived, string) {
	month := dayTime(c.AsOf).AddDate(0, 0, -dayTime(c.AsOf).Day()).Format("2006-01")
	for _, r := range s.brent {
		if strings.HasPrefix(r["Date"], month) {
			x, _ := r.number("Price", 2)
			return &derived{low: x, high: x, of: month, from: firstDay(month), to: day(month)}, ""
		}
	}
	return nil, ""
}

func (s *series) inspected(c *facts.Case, column string) (*derived, string) {
	var last row
	for _, r := range s.iaea {
		if day(r["as_of"])+24 <= c.AsOf {
			last = r
		}
	}
	x, ok := last.number(column, 2)
	if !ok {
		return nil, ""
	}
	return &derived{low: x, high: x, of: last["as_of"], from: firstDay(last["as_of"]), to: day(last["as_of"])}, ""
}

func exports(s *series, c *facts.Case, d *facts.Datum) (*derived, string) {
	low, high := d.Value.Bounds()
	var same []string
	for _, r := range s.exports {
		l, _ := r.number("mbd_low", 3)
		h, _ := r.number("mbd_high", 3)
		if l == low && h == high {
			same = append(same, r["period"])
		}
	}
	if len(same) == 0 {
		return nil, "no row has both ends"
	}
	return &derived{low: low, high: high, of: strings.Join(same, ", ")}, ""
}

func production(s *series, c *facts.Case, d *facts.Datum) (*derived, string) {
	y := dayTime(c.AsOf).Year()
	if d.Period != nil {
		y = dayTime(d.Period.From).Year()
	}
	for _, r := range s.production {
		if r["year"] == strconv.Itoa(y) {
			x, _ := r.number("oil_production_mbd_approx", 2)
			return &derived{low: x, high: x, inside: true, of: r["year"]}, ""
		}
	}
	return nil, ""
}

// rialRate bounds the mean of the quotes from one day to another.
func (s *series) rialRate(from, to int64) (*derived, string) {
	got := &derived{low: math.Inf(1), high: math.Inf(-1), bounds: true}
	var months []string
	for d := from; d <= to; d++ {
		if m := dayTime(d).Format("2006-01"); !slices.Contains(months, m) {
			months = append(months, m)
		}
	}
	for _, m := range months {
		i := slices.IndexFunc(s.rial, func(r row) bool { return r["month"] == m })
		if i < 0 {
			return nil, "the file has no " + m
		}
		low, _ := s.rial[i].number("usd_toman_min", 0)
		high, _ := s.rial[i].number("usd_toman_max", 0)
		got.low, got.high = min(got.low, low), max(got.high, high)
	}
	got.of = strings.Join(months, ", ")
	return got, ""
}

// rialChange bounds the change, in percent, of that mean over some days.
func (s *series) rialChange(from, to, days int64) (*derived, string) {
	now, why := s.rialRate(from, to)
	if why != "" {
		return nil, why
	}
	before, why := s.rialRate(from-days, to-days)
	if why != "" {
		return nil, why
	}
	percent := func(x, y float64) float64 { return 100 * (x/y - 1) }
	return &derived{low: percent(now.low, before.high), high: percent(now.high, before.low), bounds: true,
		of: now.of + " against " + before.of}, ""
}

// Each indicator of the shipped cases that has a series is derived again. The
// golden counts those that come out and lists every other with the reason.
func TestSeriesGolden(t *testing.T) {
	pack, s := shippedPack(t), shippedSeries(t)
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
	pack, s := shippedPack(t), shippedSeries(t)
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
	pack := shippedPack(t)
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
