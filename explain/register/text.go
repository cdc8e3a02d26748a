package register

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"truce/explain"
	"truce/explain/report"
)

// JSON writes the register as one indented object.
func (r *Register) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// Text writes the register, a paragraph for each parameter.
func (r *Register) Text(to io.Writer, style report.Style) error {
	w := &report.Writer{Style: style}
	w.Bold("The parameters of pack %s %s: %s, over %s.", r.Pack.Name, r.Pack.Version, counted(len(r.Parameters), "parameter"), counted(r.Cases, "case"))
	if r.Cases == 0 {
		w.Line("", "No case was run: with --cases DIR it is said what rests on each.")
	}
	for _, p := range r.Parameters {
		w.Bold("%s", p.head())
		for _, line := range r.lines(p) {
			w.Line("  ", "%s", line)
		}
	}
	for _, f := range r.Failed {
		w.Line("", "Case %s has no answer: %s", f.Case, f.Error)
	}
	if len(r.Exhausted) > 0 {
		w.Line("", "The runs were used up before everything was moved in %s; --runs gives more.", strings.Join(r.Exhausted, ", "))
	}
	if r.Cases > 0 {
		w.Line("", "%s of the rules.", counted(r.Runs, "run"))
	}
	if r.Disclaimer != "" {
		w.Line("", "%s", r.Disclaimer)
	}
	return w.Flush(to)
}

// head is one line: what it is called, what it is, and where.
func (p *Parameter) head() string {
	parts := []string{p.Name}
	if s := p.Shown(); s != "" {
		parts = append(parts, "= "+s)
	}
	parts = append(parts, "["+p.Tag()+"]", strings.Join(p.Cites, " "))
	if p.Extension != "" {
		parts = append(parts, "extension "+p.Extension)
	}
	return strings.Join(append(parts, p.At), " ")
}

// Tag is what stands in brackets: the basis of a number, or what else it is.
func (p *Parameter) Tag() string {
	if p.Basis != "" {
		return p.Basis
	}
	return string(p.Kind)
}

// Shown is the value, with its unit; of a table, the points; of an extension, nothing.
func (p *Parameter) Shown() string {
	if len(p.Points) == 0 {
		if p.Value.IsZero() {
			return ""
		}
		return shown(p.Value)
	}
	th := &explain.Threshold{}
	for i := range p.Points {
		th.Points = append(th.Points, explain.Point{Level: p.Points[i].Level, Value: p.Points[i].Value})
	}
	return report.ThresholdText(th)
}

// PlausibleWords are the range in which it may be moved, and the steps.
func (p *Parameter) PlausibleWords() string {
	if p.Step > 0 {
		return shown(p.Plausible) + ", in steps of " + explain.Exact.Number(p.Step)
	}
	return shown(p.Plausible)
}

func shown(v explain.Value) string { return v.Type.FormatUnit(v.Value) }

// lines are what is said of a parameter beside its head, a sentence a line.
func (r *Register) lines(p *Parameter) []string {
	var list []string
	add := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	if p.Doc != "" {
		add("%s", p.Doc)
	}
	if p.Because != "" {
		add("Because: %s", p.Because)
	}
	if !p.Plausible.IsZero() {
		add("Plausible: %s.", p.PlausibleWords())
	}
	switch readers := append(append([]string{}, p.Rules...), p.Lines...); {
	case p.Kind == Extension && len(readers) > 0:
		add("It adds %s.", strings.Join(readers, ", "))
	case p.Kind == Extension:
		add("It adds no rule.")
	case len(readers) == 0:
		add("No rule reads it.")
	default:
		add("Read by %s.", strings.Join(readers, ", "))
	}
	return append(list, r.Answers(p)...)
}

// Answers are what is said of the answers that rest on a parameter, a sentence each;
// none where no case was run.
func (r *Register) Answers(p *Parameter) []string {
	if r.Cases == 0 {
		return nil
	}
	var list []string
	if p.Kind == Assumption {
		list = append(list, fmt.Sprintf("Used in %d of %d cases.", len(p.Used), r.Cases))
	}
	list = append(list, fmt.Sprintf("%d of %d answers rest on it; %s.", len(p.Rests), r.Cases, p.falls()))
	return append(list, p.far()...)
}

// falls says how many answers another value would change.
func (p *Parameter) falls() string {
	change := fmt.Sprintf("%d would change", len(p.Falls))
	switch {
	case p.Kind == Extension:
		return change + " without it"
	case p.Kind == Threshold || p.Kind == Points || p.Plausible.IsZero():
		return change + " with another value"
	}
	return change + " with another value in its range"
}

// far says how far it may go before the first answer falls.
func (p *Parameter) far() []string {
	var list []string
	for i := range p.Changes {
		list = append(list, "Without it: "+p.Changes[i].Words()+".")
	}
	if p.Reach != nil {
		list = append(list, p.Reach.lines("")...)
	}
	for i := range p.Points {
		if r := p.Points[i].Reach; r != nil && len(r.Falls) > 0 {
			list = append(list, r.lines(p.Points[i].Level+", "+p.Points[i].Value.Type.Format(p.Points[i].Value.Value)+": ")...)
		}
	}
	return list
}

// lines say how far a value may go, the first behind a name.
func (r *Reach) lines(name string) []string {
	var list []string
	add := func(format string, args ...any) { list = append(list, name+fmt.Sprintf(format, args...)) }
	for i := range r.Others {
		for k := range r.Others[i].Changes {
			add("With %s: %s.", shown(r.Others[i].Value), r.Others[i].Changes[k].Words())
		}
	}
	if r.Stands.IsZero() {
		return list
	}
	if r.Low == nil && r.High == nil {
		add("Every answer stands in all of %s.", shown(r.Inside))
		return list
	}
	note := ""
	if r.OnGrid {
		note = ", on its grid"
	}
	add("Every answer stands at %s%s.", shown(r.Stands), note)
	for _, e := range []*Edge{r.Low, r.High} {
		if e != nil {
			add("At %s: %s.", shown(e.First), e.Words())
		}
	}
	return list
}

// Words are a change in words.
func (c *Change) Words() string {
	if len(c.Then.Values) == 0 && c.Then.Error == "" {
		return c.Case + " has no answer, or the pack allows no such value; it is " + c.Was.Words() + " as it is"
	}
	return c.Case + " is " + c.Then.Words() + ", not " + c.Was.Words()
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
