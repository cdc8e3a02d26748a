package search

import (
	"fmt"
	"math"
	"strings"
)

// Chart is a robustness as a tornado: what is said of each value beside its picture,
// the nearest to fall first. Text and pictures are drawn from it.
type Chart struct {
	Bars    []Bar    // values on a line
	Choices []Choice // bools and enums
	Notes   []string // sentences on all that does not make the answer fall
}

// Bar is one value on a line that makes the answer fall somewhere.
type Bar struct {
	Name    string
	At      string // the value as it is
	Picture Picture
	Below   string // where it falls below, and the answer there
	Above   string
	Remarks string // which end of an interval decides, and what was not proved
}

// Choice is one bool or enum that makes the answer fall.
type Choice struct {
	Name  string
	At    string
	Falls string // as which other values, and the answers there
}

// Picture is how far a value may go either way.
type Picture struct{ Below, Above Side }

// Side is one side of a value: how much room there is in what is plausible, and how
// far into it the answer stands, both as shares of the whole width.
type Side struct {
	Room   float64
	Stands float64
	Falls  bool
}

// Chart is the tornado.
func (r *Robustness) Chart() *Chart {
	c := &Chart{}
	var never []string
	for i := range r.Ranges {
		x := &r.Ranges[i]
		switch {
		case !x.Falls:
			never = append(never, x.Name)
		case x.Others != nil:
			c.Choices = append(c.Choices, Choice{x.Name, show(x.At), x.falls()})
		default:
			c.Bars = append(c.Bars, Bar{Name: x.Name, At: shown(x.At), Picture: x.picture(),
				Below: x.end(x.Low, "below"), Above: x.end(x.High, "above"), Remarks: strings.TrimSpace(x.remarks())})
		}
	}
	c.note("The answer stands whatever one of these alone is", never)
	c.note("Unknown", r.Unknown)
	c.note("Without a range to move in", r.Fixed)
	return c
}

func (c *Chart) note(lead string, names []string) {
	if len(names) > 0 {
		c.Notes = append(c.Notes, lead+": "+strings.Join(names, ", ")+".")
	}
}

func (r *Range) picture() Picture {
	lo, hi := place(r.Inside.Value)
	from, to := place(r.At.Value)
	low, high := place(r.Stands.Value)
	width := hi - lo
	return Picture{
		Below: Side{(from - lo) / width, (from - low) / width, r.Low != nil},
		Above: Side{(hi - to) / width, (high - to) / width, r.High != nil},
	}
}

// barWidth is how wide the tornado is on either side, in letters.
const barWidth = 16

// text draws the picture in letters.
func (p Picture) text() string {
	below := []rune(p.Below.text())
	for i, j := 0, len(below)-1; i < j; i, j = i+1, j-1 {
		below[i], below[j] = below[j], below[i]
	}
	return fmt.Sprintf("%*s|%-*s", barWidth+1, string(below), barWidth+1, p.Above.text())
}

// text draws one side from the value outwards. Where the answer falls there is at
// least one letter of that.
func (s Side) text() string {
	n := int(math.Round(barWidth * s.Room))
	k := min(n, int(math.Round(barWidth*s.Stands)))
	if !s.Falls {
		return strings.Repeat("#", n)
	}
	if k == n && n > 0 {
		k--
	}
	return strings.Repeat("#", k) + strings.Repeat("x", max(1, n-k))
}
