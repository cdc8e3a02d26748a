package consult

import (
	"fmt"
	"io"
	"strings"

	"truce/explain"
	"truce/explain/report"
	"truce/explain/search"
)

// Keys are the answers that steer a consultation and state nothing.
const Keys = "why, unknown or an empty line, back, stop, ? for help"

// Text writes a question: what the value means, what an answer may be, and what hangs
// on it. Number counts from 1.
func (q *Question) Text(to io.Writer, number int, style report.Style) error {
	w := &report.Writer{Style: style}
	if q.List {
		w.Bold("%d. Does the case list every %s?", number, q.Name)
	} else {
		w.Bold("%d. %s", number, q.Name)
	}
	q.says(w, q.Doc)
	q.says(w, lead("Window: ", q.Window))
	q.says(w, lead("Who would know: ", q.Asked))
	switch {
	case q.List:
		w.Line("  ", "Answer: yes, or no where there may be more.")
	case len(q.Levels) > 0:
		q.levels(w)
	default:
		q.says(w, lead("Answer: ", q.Takes+q.ends()))
	}
	if !q.List && q.Now.Value.IsInterval() {
		w.Line("  ", "The case says %s.", q.Now.Type.FormatUnit(q.Now.Value))
	}
	if q.Assumed != "" {
		w.Line("  ", "The pack assumes %s: %s", q.Now.Type.FormatUnit(q.Now.Value), q.Assumed)
	}
	if !q.Later.IsZero() {
		w.Line("  ", "The case gives %s, which could not be known on its date.", q.Later.Type.FormatUnit(q.Later.Value))
	}
	w.Line("  ", "%s", q.hangs())
	return w.Flush(to)
}

func (q *Question) says(w *report.Writer, text string) {
	if text != "" {
		w.Line("  ", "%s", text)
	}
}

func lead(words, text string) string {
	if text == "" {
		return ""
	}
	return words + text
}

// ends says how an interval is typed.
func (q *Question) ends() string {
	if q.Must || !q.field.Type.Kind.Ordered() {
		return ""
	}
	return "; low..high for an interval"
}

func (q *Question) levels(w *report.Writer) {
	what := "Answer, one of:"
	if q.field.Type.Kind.Ordered() {
		what = "Answer, lowest first" + q.ends() + ":"
	}
	w.Line("  ", "%s", what)
	rows := make([][]string, len(q.Levels))
	for i, l := range q.Levels {
		rows[i] = []string{"  " + l.Name, l.Doc}
	}
	w.Table(rows)
}

// hangs says in one line what an answer would do.
func (q *Question) hangs() string {
	open := count(&q.Open)
	switch {
	case q.Must:
		return "No rule runs without it."
	case q.List:
		return "If it does: " + q.Complete.Words() + "."
	case q.Assumed != "":
		return "Another value would change the answer."
	case q.Price == nil:
		return "Alone it changes nothing; together with others it may."
	case q.Price.Worst == q.Price.Best():
		return fmt.Sprintf("Of %d answers that can hold now, it leaves %d.", open, q.Price.Worst)
	}
	return fmt.Sprintf("Of %d answers that can hold now, it leaves from %d to %d.", open, q.Price.Best(), q.Price.Worst)
}

func count(a *search.Answer) int {
	if a.NoneCanHold {
		return len(a.Values) + 1
	}
	return len(a.Values)
}

// mostReaders is how many rules an explanation lists.
const mostReaders = 8

// WhyText writes what hangs on a question: what each outcome would decide, and the
// rules that read the value.
func (q *Question) WhyText(to io.Writer, style report.Style) error {
	w := &report.Writer{Style: style}
	switch {
	case q.Must:
		w.Line("  ", "The pack declares it as exact: no rule runs without it.")
	case q.List:
		w.Line("  ", "As it is: %s. If the case lists all: %s.", q.Open.Words(), q.Complete.Words())
	case q.Price == nil:
		w.Line("  ", "Whatever it is, the rest as it is: %s. It leaves the answer open together with other values.", q.Open.Words())
	default:
		w.Line("  ", "Now: %s. Once it is known:", q.Open.Words())
		rows := make([][]string, len(q.Price.Cells))
		for i := range q.Price.Cells {
			cell := &q.Price.Cells[i]
			rows[i] = []string{"  " + cell.Value.Type.FormatUnit(cell.Value.Value), cell.Then.Words()}
		}
		w.Table(rows)
	}
	if len(q.Rules) > 0 {
		w.Line("  ", "Rules that read it:")
	}
	for i, r := range q.Rules {
		if i == mostReaders {
			w.Line("    ", "and %d more", len(q.Rules)-i)
			break
		}
		w.Line("    ", "%s: %s %s %s", r.Rule, r.Text, strings.Join(r.Cites, " "), r.At)
	}
	return w.Flush(to)
}

// Text writes a step as one line.
func (s *Step) Text() string {
	if s.Left {
		return s.Name + " stays as it is"
	}
	return s.Name + " = " + explain.Exact.Print(s.Answer)
}
