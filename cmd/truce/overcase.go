package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"truce/explain/report"
	"truce/explain/search"
)

// found is what a search found: a document that can be written as text.
type found interface {
	Text(to io.Writer, style report.Style) error
}

// overCase makes a command that runs the rules over one case again and again, and
// prints what it finds. Check looks at the flags first; nil is none.
func (a *app) overCase(cmd *cobra.Command, check func(*cobra.Command) error, ask func(context.Context, *search.Search) (found, error)) *cobra.Command {
	var runs int
	cmd.Args = arguments(1, 1)
	cmd.ValidArgsFunction = completeCases
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if check != nil {
			if err := check(cmd); err != nil {
				return err
			}
		}
		ctx, cancel := a.limited(cmd.Context())
		defer cancel()
		p, s, err := a.searched(ctx, args[0], runs)
		if err != nil {
			return err
		}
		doc, err := ask(ctx, s)
		a.bar.clear()
		if err != nil {
			return p.placed(err)
		}
		return a.printSearch(p, doc, func(w io.Writer) error { return doc.Text(w, a.style()) })
	}
	searchFlags(cmd, &runs)
	return cmd
}
