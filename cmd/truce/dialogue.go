package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"truce/explain/consult"
	"truce/explain/report"
	"truce/facts"
	"truce/facts/source"
)

// dialogue puts the questions of a consultation to whoever answers, on standard error,
// and reads the answers from standard input.
type dialogue struct {
	app          *app
	pack         *pack
	lines        *lines
	saver        *saver
	consultation *consult.Consultation
}

func (d *dialogue) style() report.Style {
	return report.Style{Color: d.app.colorOn(d.app.err), Width: d.app.width(d.app.err)}
}

func (d *dialogue) say(format string, args ...any) {
	fmt.Fprintln(d.app.err, report.Printable(fmt.Sprintf(format, args...)))
}

// read is the next line, behind a prompt. What does not come from a terminal is shown,
// so that what is on the screen reads the same.
func (d *dialogue) read(ctx context.Context) (string, error) {
	fmt.Fprint(d.app.err, "> ")
	text, err := d.lines.next(ctx)
	if err == nil && !isTerminal(d.app.in) {
		d.say("%s", text)
	}
	if err != nil {
		fmt.Fprintln(d.app.err)
	}
	return text, err
}

// begin asks for what a case needs before its first fact.
func (d *dialogue) begin(ctx context.Context) (*facts.Case, error) {
	c := &facts.Case{}
	d.say("What is the question? A neutral one, in one line.")
	for c.Title == "" {
		text, err := d.read(ctx)
		if err != nil {
			return nil, d.broken(err)
		}
		if c.Title = strings.TrimSpace(text); c.Title == "" {
			d.say("A case has a title, such as: Which way will it be decided?")
		}
	}
	d.say("On which day is it judged? year-month-day; what became known later counts as unknown.")
	day := facts.Type{Kind: facts.Date}
	for {
		text, err := d.read(ctx)
		if err != nil {
			return nil, d.broken(err)
		}
		v, bad := day.ParseText(text)
		if bad == nil && v.IsKnown() {
			c.AsOf = v.Integer()
			break
		}
		if bad == nil {
			d.say("That day cannot be unknown.")
			continue
		}
		d.app.render(d.app.err, source.Diagnostics{bad.Diagnostic})
	}
	if c.ID = caseID(d.saver.path); c.ID == "" {
		if c.ID = slug(c.Title); c.ID == "" {
			c.ID = "new-case"
		}
	}
	return c, nil
}

// next looks for the next question.
func (d *dialogue) next(ctx context.Context) (*consult.Question, error) {
	ctx, cancel := d.app.limited(ctx)
	defer cancel()
	q, err := d.consultation.Ask(ctx)
	d.app.bar.clear()
	d.app.bar = nil
	return q, d.pack.placed(err)
}

// ask asks until there is nothing to ask, or until the answer is to stop.
func (d *dialogue) ask(ctx context.Context) error {
	for {
		q, err := d.next(ctx)
		switch {
		case err != nil && (isStop(err) || ctx.Err() != nil):
			return d.broken(err)
		case err != nil && d.consultation.Answered() > 0:
			d.app.render(d.app.err, d.app.findings(err))
			d.say("With this answer the rules have no answer. It is taken back.")
			d.consultation.Back()
			if err := d.saver.save(d.consultation.Case()); err != nil {
				return err
			}
			continue
		case err != nil:
			return err
		case q == nil:
			return nil
		}
		d.pack.located(q)
		if err := q.Text(d.app.err, d.consultation.Number(), d.style()); err != nil {
			return err
		}
		d.say("  (%s)", consult.Keys)
		stop, err := d.answer(ctx, q)
		if stop || err != nil {
			return err
		}
	}
}

// answer takes lines until one of them answers the question, or leads elsewhere.
func (d *dialogue) answer(ctx context.Context, q *consult.Question) (stop bool, err error) {
	for {
		text, err := d.read(ctx)
		if err != nil {
			return false, d.broken(err)
		}
		switch word := strings.ToLower(strings.TrimSpace(text)); word {
		case "stop":
			return true, nil
		case "why":
			err = q.WhyText(d.app.err, d.style())
		case "?", "help":
			d.say("An answer is a value as a case file has it, or low..high for an interval. why shows what hangs on it; " +
				"unknown, or an empty line, leaves it as it is; back takes the last answer back; stop ends, and assesses.")
		case "back":
			switch {
			case !d.consultation.Back():
				d.say("This is the first question.")
			case d.saver.kept:
				return false, d.saver.save(d.consultation.Case())
			default:
				return false, nil
			}
		case "", "unknown":
			if err = d.consultation.Leave(); err == nil {
				return false, nil
			}
		default:
			if err = d.consultation.Answer(text); err == nil {
				return false, d.saver.save(d.consultation.Case())
			}
		}
		if err != nil {
			d.app.render(d.app.err, d.app.findings(err))
		}
	}
}

// broken is the end of a consultation that nobody ended: by the end of the input, a
// signal or a limit. The answers so far were saved as they came.
func (d *dialogue) broken(err error) error {
	why := err.Error()
	switch {
	case errors.Is(err, io.EOF):
		why = "the input has ended"
	case errors.Is(err, context.Canceled):
		why = "it was interrupted"
	}
	f := errBroken.At(source.Span{}, "the consultation is not finished: %s", why)
	switch {
	case d.consultation == nil || d.consultation.Answered() == 0:
		f = f.Suggest("nothing was answered yet")
	case d.saver.kept:
		f = f.Suggest("%s so far: %s; truce consult %s goes on from there", counted(d.consultation.Answered(), "answer"), d.saver.path, d.saver.path)
	}
	return source.Diagnostics{f}
}

// finish says how the consultation ended, and assesses the case as it is saved.
func (d *dialogue) finish(ctx context.Context, file string) error {
	r := d.consultation.Record()
	switch r.End {
	case consult.Settled:
		d.say("The answer is settled: nothing that is unknown can change it.")
	case consult.Asked:
		d.say("Everything that could settle the answer was asked for.")
	}
	if d.consultation.Answered() > 0 || file == "" || d.saver.named {
		if err := d.saver.save(d.consultation.Case()); err != nil {
			return err
		}
		file = d.saver.path
		d.say("The case is in %s.", file)
	}
	ctx, cancel := d.app.limited(ctx)
	defer cancel()
	if d.app.settings.Format != formatJSON {
		return d.app.assessOne(ctx, file, false)
	}
	c, err := d.app.readCase(file, d.pack)
	if err != nil {
		return err
	}
	t, err := d.app.runOf(d.pack)(ctx, d.pack.Pack, c)
	if err != nil {
		return err
	}
	r.Saved, r.Assessment = file, report.Assess(t)
	d.pack.located(r)
	return d.app.print(func(w io.Writer) error { return writeJSON(w, r) })
}

// slug is the id that a title suggests; "" where it suggests none.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	const most = 6
	return strings.Join(words[:min(len(words), most)], "-")
}
