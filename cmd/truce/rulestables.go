package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"truce/facts/source"
	"truce/rules"
	"truce/rules/grid"
)

// mostGaps is how many gaps of a table are shown.
const mostGaps = 10

func (a *app) rulesTablesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "tables [TABLE...]",
		Short: "Show what overlaps in decision tables, and what they leave out",
		Long: `For each decision table, print its inputs, rows that hold together where its hit policy
says that one does, rows that are never reached, and values of the inputs for which no
row holds.

This is exact over the inputs as if each could have any value of its type whatever the
others have, with the thresholds as they stand. A condition that is no test of one
input against constants is an input of its own, true or false. Inputs that read the
same field are marked with *: values of them that are shown together may be impossible.`,
		Example: `  truce rules tables
  truce rules tables posture
  truce rules tables --rules my-rules --format json`,
		ValidArgsFunction: a.completeTables,
		RunE: func(_ *cobra.Command, args []string) error {
			p, warnings, err := a.loadPack(a.settings.SourceOnly)
			if err != nil {
				return err
			}
			a.warn(warnings)
			chosen, err := chosenTables(p.Pack, args)
			if err != nil {
				return err
			}
			doc := tablesDocument{Format: tablesFormat, Pack: p.Name, Tables: []tableItem{}}
			for _, t := range chosen {
				doc.Tables = append(doc.Tables, tableOf(p, t))
			}
			return a.print(func(w io.Writer) error {
				if a.settings.Format == formatJSON {
					return writeJSON(w, doc)
				}
				for i := range doc.Tables {
					if i > 0 {
						fmt.Fprintln(w)
					}
					doc.Tables[i].text(w)
				}
				return nil
			})
		},
	}
	ruleFlags(cmd)
	formatFlag(cmd)
	return cmd
}

func (a *app) completeTables(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	if a.loadSettings(cmd.Flags()) != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	p, _, err := a.loadPack(a.settings.SourceOnly)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return tableNames(p.Pack), cobra.ShellCompDirectiveNoFileComp
}

func tableNames(p *rules.Pack) []string {
	var names []string
	for _, t := range p.Tables {
		names = append(names, t.Name)
	}
	return names
}

func chosenTables(p *rules.Pack, names []string) ([]*rules.Table, error) {
	if len(names) == 0 {
		return p.Tables, nil
	}
	var list []*rules.Table
	var found source.Diagnostics
	for _, name := range names {
		known := false
		for _, t := range p.Tables {
			if t.Name == name {
				list, known = append(list, t), true
			}
		}
		if known {
			continue
		}
		d := errNoName.At(source.Span{}, "there is no table %s", name)
		if near := source.Nearest(name, tableNames(p)); near != "" {
			d = d.Suggest("did you mean %s?", near)
		}
		found = append(found, d)
	}
	return list, found.Err()
}

// tablesFormat names the document.
const tablesFormat = "truce.tables/1"

type tablesDocument struct {
	Format string      `json:"format"`
	Pack   string      `json:"pack"`
	Tables []tableItem `json:"tables"`
}

type tableItem struct {
	Table    string        `json:"table"`
	At       string        `json:"at"`
	Hit      string        `json:"hit"`
	Rows     int           `json:"rows"`
	Inputs   []tableInput  `json:"inputs"`
	Overlaps []overlapItem `json:"overlaps"` // not of tables with the hit policy first
	Covered  []string      `json:"covered"`  // rows of such tables that are never reached
	Never    []string      `json:"never"`    // rows that hold for no values
	Gaps     []string      `json:"gaps"`     // where no row holds
	More     bool          `json:"more_gaps"`
}

type tableInput struct {
	Text   string `json:"text"`
	Takes  string `json:"takes"`
	Shares bool   `json:"shares"`
}

type overlapItem struct {
	A     string `json:"a"`
	B     string `json:"b"`
	Where string `json:"where"`
}

func tableOf(p *pack, t *rules.Table) tableItem {
	g := p.Grid(t.Name)
	at := t.Span
	at.File = p.path(at.File)
	out := tableItem{Table: t.Name, At: at.String(), Hit: string(t.Hit), Rows: len(g.Rows),
		Inputs: []tableInput{}, Overlaps: []overlapItem{}, Covered: []string{}, Never: []string{}, Gaps: []string{}}
	for _, in := range g.Inputs {
		out.Inputs = append(out.Inputs, tableInput{in.Text, in.Type.Describe(), in.Shares})
	}
	for i, r := range g.Rows {
		switch {
		case g.Impossible(i):
			out.Never = append(out.Never, r.Name)
		case t.Hit == rules.First && g.Covered(i):
			out.Covered = append(out.Covered, r.Name)
		}
	}
	if t.Hit != rules.First {
		for _, o := range g.Overlaps() {
			out.Overlaps = append(out.Overlaps, overlapItem{g.Rows[o.A].Name, g.Rows[o.B].Name, g.Show(o.Where)})
		}
	}
	out.gaps(g)
	return out
}

func (t *tableItem) gaps(g *grid.Table) {
	gaps, complete := g.Gaps(mostGaps)
	for _, b := range gaps {
		t.Gaps = append(t.Gaps, g.Show(b))
	}
	t.More = !complete
}

// says is what an overlap means under a hit policy.
var says = map[string]string{
	string(rules.Unique):  "an error where both hold",
	string(rules.AnyHit):  "they must conclude the same",
	string(rules.Collect): "both are collected",
}

func (t *tableItem) text(w io.Writer) {
	fmt.Fprintf(w, "%s  %s, %s  %s\n", t.Table, t.Hit, counted(t.Rows, "row"), t.At)
	for _, in := range t.Inputs {
		mark := ""
		if in.Shares {
			mark = " *"
		}
		fmt.Fprintf(w, "  input %s: %s%s\n", strings.Join(strings.Fields(in.Text), " "), in.Takes, mark)
	}
	for _, r := range t.Never {
		fmt.Fprintf(w, "  row %s never holds\n", r)
	}
	for _, r := range t.Covered {
		fmt.Fprintf(w, "  row %s is never reached: rows before it hold wherever it does\n", r)
	}
	for _, o := range t.Overlaps {
		fmt.Fprintf(w, "  rows %s and %s overlap, %s: %s\n", o.A, o.B, says[t.Hit], o.Where)
	}
	for _, g := range t.Gaps {
		fmt.Fprintf(w, "  no row holds: %s\n", g)
	}
	switch {
	case t.More:
		fmt.Fprintln(w, "  and there may be more such values")
	case len(t.Gaps) == 0:
		fmt.Fprintln(w, "  some row holds whatever the inputs are")
	}
}
