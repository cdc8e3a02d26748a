package iran

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"truce/facts"
)

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
