package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"truce/facts/source"
	"truce/rules"
	"truce/rules/prose"
)

func (a *app) rulesReadCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "read [RULE...]",
		Short: "Print the rules in English",
		Long: `Print each rule as English that is made from its conditions, so that it says what the
rule does and not what somebody wrote about it. A row of a table is called table/row;
the name of a table gives all its rows, and that of a theme all rules of the file.`,
		Example: `  truce rules read
  truce rules read posture
  truce rules read posture/truce --rules my-rules`,
		ValidArgsFunction: a.completeRules,
		RunE: func(_ *cobra.Command, args []string) error {
			p, warnings, err := a.loadPack(a.settings.SourceOnly)
			if err != nil {
				return err
			}
			a.warn(warnings)
			list, err := chosen(p.Pack, args)
			if err != nil {
				return err
			}
			return a.print(func(w io.Writer) error {
				for i, r := range list {
					if i > 0 {
						fmt.Fprintln(w)
					}
					a.writeRule(w, p, r)
				}
				return nil
			})
		},
	}
	ruleFlags(cmd)
	return cmd
}

// writeRule writes one rule under a line with its name, its place and what it
// encodes.
func (a *app) writeRule(w io.Writer, p *pack, r *rules.Rule) {
	at := r.Span
	at.File = p.path(at.File)
	head := []string{r.Name, at.String()}
	if len(r.Cites) > 0 {
		head = append(head, strings.Join(r.Cites, " "))
	}
	if r.Extension != "" {
		head = append(head, "extension "+r.Extension)
	}
	a.writeHead(w, head)
	for _, line := range strings.Split(strings.TrimRight(prose.Rule(p.Pack, r), "\n"), "\n") {
		words := strings.TrimLeft(line, " ")
		indent := strings.Repeat(" ", len(line)-len(words))
		rest := wrapped(words, max(a.width(a.out)-len(indent)-continued, leastWidth/2))
		fmt.Fprintln(w, strings.TrimRight(indent+strings.ReplaceAll(rest, "\n", "\n"+indent+strings.Repeat(" ", continued)), " "))
	}
}

// writeHead writes parts on one line, or on more where they do not fit.
func (a *app) writeHead(w io.Writer, parts []string) {
	line := parts[0]
	for _, part := range parts[1:] {
		if len(line)+2+len(part) > a.width(a.out) {
			fmt.Fprintln(w, line)
			line = strings.Repeat(" ", continued) + part
			continue
		}
		line += "  " + part
	}
	fmt.Fprintln(w, line)
}

// continued is how far the rest of a line that was broken is moved in.
const continued = 4

// chosen are the rules of the names given, in pack order; of no names, all.
func chosen(p *rules.Pack, names []string) ([]*rules.Rule, error) {
	if len(names) == 0 {
		return p.Rules, nil
	}
	var list []*rules.Rule
	var found source.Diagnostics
	known := map[string]bool{}
	for _, r := range p.Rules {
		for _, n := range namesFor(r) {
			known[n] = true
		}
	}
	wanted := map[string]bool{}
	for _, n := range names {
		if !known[n] {
			d := errNoName.At(source.Span{}, "no rule, table or theme is called %s", n).Suggest("truce rules read prints all of them")
			if near := source.Nearest(n, sortedKeys(known)); near != "" {
				d = d.Suggest("did you mean %s?", near)
			}
			found = append(found, d)
		}
		wanted[n] = true
	}
	for _, r := range p.Rules {
		for _, n := range namesFor(r) {
			if wanted[n] {
				list = append(list, r)
				break
			}
		}
	}
	return list, found.Err()
}

// namesFor are the names that choose a rule: its own, its table's, its theme.
func namesFor(r *rules.Rule) []string {
	names := []string{r.Name, r.Theme}
	if r.Row != nil {
		names = append(names, r.Row.Table)
	}
	return names
}
