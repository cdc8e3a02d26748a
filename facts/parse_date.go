package facts

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// The forms of dates, right and nearly so.
var (
	yearFirstForm = regexp.MustCompile(`^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$`)
	yearLastForm  = regexp.MustCompile(`^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$`)
	shortYearForm = regexp.MustCompile(`^\d{1,2}[-/.]\d{1,2}[-/.]\d{1,2}$`)
	monthForm     = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})$`)
	yearForm      = regexp.MustCompile(`^\d{4}$`)
	digitsForm    = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	instantForm   = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[Tt ]\d{2}:\S*$`)
	daysForm      = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})\s*(?:\.{2,3}|…|/|–|—|to|-|~)\s*(\d{4}-\d{2}-\d{2})$`)
)

// longDates are the ways of writing a date with the name of its month.
var longDates = [...]string{"2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "January 2 2006", "Jan 2 2006", "2-Jan-2006"}

func (t Type) parseDate(s string) (Value, *Misread) {
	day, bad := t.parseDay(s, true)
	if bad != nil {
		return Value{}, bad
	}
	return DateOf(day), nil
}

// parseDay reads a day. Where an interval would do as well, the advice for a
// month or a year is its ends.
func (t Type) parseDay(s string, intervals bool) (int64, *Misread) {
	if m := yearFirstForm.FindStringSubmatch(s); m != nil && isSolarYear(atoi(m[1])) {
		return 0, t.misreadSolar(s, atoi(m[1]), atoi(m[2]), atoi(m[3]))
	}
	if day, ok := ParseDate(s); ok {
		return day, nil
	}
	plain := strings.TrimSpace(latin(s))
	if plain == s {
		return 0, t.misreadDay(s, intervals)
	}
	day, bad := t.parseDay(plain, intervals)
	if bad == nil {
		bad = t.misread(codeDigits, s, "%s is not written with the digits 0 to 9 and plain signs", quote(s)).
			hint("write %s", FormatDate(day))
		bad.plain = FormatDate(day)
	}
	bad.From, bad.To = 0, utf8.RuneCountInString(s)
	return 0, bad
}

func (t Type) misreadDay(s string, intervals bool) *Misread {
	if m := yearFirstForm.FindStringSubmatch(s); m != nil {
		return t.misreadYearFirst(s, m[1:])
	}
	if m := digitsForm.FindStringSubmatch(s); m != nil {
		return t.misreadYearFirst(s, m[1:])
	}
	if m := yearLastForm.FindStringSubmatch(s); m != nil {
		return t.misreadYearLast(s, atoi(m[1]), atoi(m[2]), atoi(m[3]))
	}
	if shortYearForm.MatchString(s) {
		return t.misread(codeDateOrder, s, "%s has a year of two digits", quote(s)).
			hint("write the year first, with four digits, then month and day")
	}
	if first, last, ok := stretch(s); ok {
		return t.misreadStretch(s, first, last, intervals)
	}
	bad := t.misread(codeDate, s, "%s is not a date", quote(s)).hint("write year-month-day, such as 2024-01-31")
	if m := instantForm.FindStringSubmatch(s); m != nil {
		return bad.hint("write the day alone: %s", m[1])
	}
	for _, layout := range longDates {
		if day, err := time.Parse(layout, s); err == nil {
			return bad.hint("write %s", day.Format(time.DateOnly))
		}
	}
	return bad
}

// misreadYearFirst knows 2013/11/24, 2013-7-1 and 20131124.
func (t Type) misreadYearFirst(s string, parts []string) *Misread {
	year, month, day := atoi(parts[0]), atoi(parts[1]), atoi(parts[2])
	if isSolarYear(year) {
		return t.misreadSolar(s, year, month, day)
	}
	if d, ok := civil(year, month, day); ok {
		return t.misread(codeDate, s, "%s is not written as a date", quote(s)).hint("write %s", FormatDate(d))
	}
	bad := t.misread(codeNoSuchDay, s, "there is no day %s", clip(s))
	if 1 <= month && month <= 12 {
		last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC)
		return bad.hint("%s has %d days", last.Format("January 2006"), last.Day())
	}
	if d, ok := civil(year, day, month); ok {
		return bad.hint("the month comes before the day: %s", FormatDate(d))
	}
	return bad.hint("months go from 01 to 12")
}

// misreadYearLast knows 24-11-2013 and 11/24/2013.
func (t Type) misreadYearLast(s string, a, b, year int) *Misread {
	if isSolarYear(year) {
		return t.misreadSolar(s, year, b, a)
	}
	bad := t.misread(codeDateOrder, s, "%s does not start with the year", quote(s))
	dayFirst, ok := civil(year, b, a)
	monthFirst, also := civil(year, a, b)
	switch {
	case ok && also && dayFirst != monthFirst:
		return bad.hint("write %s or %s, whichever is meant", FormatDate(dayFirst), FormatDate(monthFirst))
	case ok:
		return bad.hint("write %s", FormatDate(dayFirst))
	case also:
		return bad.hint("write %s", FormatDate(monthFirst))
	}
	return bad.hint("write year-month-day; there is no day %s", clip(s))
}

func (t Type) misreadSolar(s string, year, month, day int) *Misread {
	bad := t.misread(codeSolarHijri, s, "%s looks like a date of the Solar Hijri calendar; dates are Gregorian", quote(s))
	if d, ok := solarDay(year, month, day); ok {
		return bad.hint("write %s", FormatDate(d))
	}
	return bad.hint("write the Gregorian day; that calendar has no such day either")
}

// stretch knows texts that mean several days: a month, a year, two days.
func stretch(s string) (first, last int64, ok bool) {
	year, month, months := 0, 1, 12
	if m := monthForm.FindStringSubmatch(s); m != nil {
		year, month, months = atoi(m[1]), atoi(m[2]), 1
	} else if yearForm.MatchString(s) {
		year = atoi(s)
	} else if m := daysForm.FindStringSubmatch(s); m != nil {
		first, from := ParseDate(m[1])
		last, to := ParseDate(m[2])
		return first, last, from && to && !isSolarYear(atoi(m[1][:4])) && !isSolarYear(atoi(m[2][:4]))
	} else {
		return 0, 0, false
	}
	end := month + months - 1
	if isSolarYear(year) && end <= 12 {
		first, ok = solarDay(year, month, 1)
		last, _ = solarDay(year, end, solarMonthDays(year, end))
		return first, last, ok
	}
	if first, ok = civil(year, month, 1); !ok {
		return 0, 0, false
	}
	return first, time.Date(year, time.Month(end)+1, 0, 0, 0, 0, 0, time.UTC).Unix() / secondsADay, true
}

func (t Type) misreadStretch(s string, first, last int64, intervals bool) *Misread {
	code, what := codeDate, "%s is not one day"
	if daysForm.MatchString(s) {
		code, what = codeRangeText, "%s is an interval written as a text"
	} else if isSolarYear(atoi(s[:4])) {
		code, what = codeSolarHijri, "%s looks like a year of the Solar Hijri calendar; dates are Gregorian, and one day is expected"
	}
	bad := t.misread(code, s, what, quote(s))
	if first > last {
		first, last = last, first
	}
	ends := fmt.Sprintf("%s to %s", FormatDate(first), FormatDate(last))
	if intervals {
		return bad.hint("write {low: %s, high: %s}, or the day", FormatDate(first), FormatDate(last))
	}
	return bad.hint("write one day of %s", ends)
}

// civil is a day of the Gregorian calendar, and false where it has none.
func civil(year, month, day int) (int64, bool) {
	return ParseDate(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
}

// atoi reads digits that a form has matched: few, so that it cannot fail.
func atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
