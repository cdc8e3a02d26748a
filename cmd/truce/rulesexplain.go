package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"truce/facts/source"
)

func (a *app) rulesExplainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Say what a code means",
		Long: `Print what a code of a finding means, with an example. Without a code, list them all.
A is what the rules of a pack do, C the command line, D the form of a file, E an
expression, F facts and cases, N a run, R rules and packs, T a test of a pack, V records,
their audit and approvals.`,
		Example: `  truce rules explain R053
  truce rules explain`,
		Args: arguments(0, 1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var ids []string
			for _, c := range allCodes() {
				ids = append(ids, c.ID+"\t"+c.Title)
			}
			return ids, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			codes := allCodes()
			if len(args) == 0 {
				return a.print(func(w io.Writer) error {
					for _, c := range codes {
						fmt.Fprintf(w, "%s  %s\n", c.ID, c.Title)
					}
					return nil
				})
			}
			id := strings.ToUpper(args[0])
			var ids []string
			for _, c := range codes {
				if c.ID == id {
					return a.print(func(w io.Writer) error { return a.explainCode(w, c) })
				}
				ids = append(ids, c.ID)
			}
			d := errNoName.At(source.Span{}, "%s is no code", args[0]).Suggest("truce rules explain lists them")
			if near := source.Nearest(id, ids); near != "" {
				d = d.Suggest("did you mean %s?", near)
			}
			return source.Diagnostics{d}
		},
	}
}

func (a *app) explainCode(w io.Writer, c source.Code) error {
	fmt.Fprintf(w, "%s: %s\n\n%s\n", c.ID, c.Title, wrapped(c.Doc, min(a.width(a.out), pipeWidth)))
	if c.Limit {
		fmt.Fprintln(w, "\nThis is a limit: the exit code is 3.")
	}
	if c.Example != "" {
		fmt.Fprintln(w, "\nExample:")
		for _, line := range strings.Split(strings.TrimRight(c.Example, "\n"), "\n") {
			fmt.Fprintln(w, strings.TrimRight("    "+line, " "))
		}
	}
	return nil
}

// wrapped breaks a text into lines of at most width runes.
func wrapped(text string, width int) string {
	var b strings.Builder
	used := 0
	for _, word := range strings.Fields(text) {
		n := len([]rune(word))
		switch {
		case used == 0:
		case used+1+n > width:
			b.WriteByte('\n')
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	return b.String()
}
