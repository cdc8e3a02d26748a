package report

import (
	"strings"

	"truce/explain"
)

// What proofs and refusals say is made once, as lines of runs, and written by
// whoever lays it out: as a tree for a terminal here, as a page elsewhere.

// Tone is what a run is for.
type Tone uint8

// The tones.
const (
	Plain  Tone = iota
	Strong      // a name that a reader looks for
	Aside       // where it comes from, and what may be skipped
)

// Run is a stretch of a line in one tone, or the mark of what stands before it.
type Run struct {
	Text string
	Tone Tone
	Mark explain.Mark
}

// Said is one line.
type Said struct {
	Level  int  // how deep it stands under its heading, from 0
	Bullet bool // it begins a list's item
	Runs   []Run
	At     string   // the place that the line speaks of
	Goals  []string // of a refusal: the goals that say more
}

func say(text string) Run    { return Run{Text: text} }
func strong(text string) Run { return Run{Text: text, Tone: Strong} }
func aside(text string) Run  { return Run{Text: text, Tone: Aside} }

func marked(m explain.Mark) Run { return Run{Text: "[" + m.String() + "]", Mark: m} }

// printed is a run as a terminal has it.
func printed(r Run) run {
	switch {
	case r.Mark != 0:
		return run{markHues[r.Mark], r.Text}
	case r.Tone == Strong:
		return run{bold, r.Text}
	case r.Tone == Aside:
		return run{faint, r.Text}
	}
	return run{"", r.Text}
}

// said writes lines whose heading stands behind a number of columns.
func (p *printer) said(lines []Said, columns int) {
	for i := range lines {
		l := &lines[i]
		margin := run{}
		if l.Bullet {
			margin.text = "- "
		}
		p.runs(margin, columns+l.Level*deeper, l.Runs)
	}
}

func (p *printer) runs(margin run, columns int, list []Run) {
	var runs []run
	for _, r := range list {
		if r.Text != "" {
			runs = append(runs, printed(r))
		}
	}
	p.line(margin, columns, runs...)
}

// sayer gathers lines.
type sayer struct{ lines []Said }

func (s *sayer) add(level int, at string, runs ...Run) {
	s.lines = append(s.lines, Said{Level: level, Runs: runs, At: at})
}

// take hands out what was gathered, and begins anew.
func (s *sayer) take() []Said {
	lines := s.lines
	s.lines = nil
	return lines
}

func trimmed(parts ...string) string { return strings.TrimSpace(strings.Join(parts, " ")) }
