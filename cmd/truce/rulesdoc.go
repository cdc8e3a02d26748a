package main

import (
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"truce/explain/book"
	"truce/explain/claims"
	"truce/facts"
	"truce/facts/source"
)

func (a *app) rulesDocCommand() *cobra.Command {
	var from registerFlags
	cmd := &cobra.Command{
		Use:   "doc [DIR]",
		Short: "Write the rules as a book",
		Long: `Write a pack as a book to read: its themes in reading order with graphs of what depends
on what, each rule in English with what it cites, decision tables as tables, thresholds
with their reasons, fact types with units, levels and who would know, the lines of the
report, the register of parameters, the claims of the source, and which tests exercise
what. Links work both ways, and anchors are names, so that a link into a book holds.

With --cases, the book also says in which real cases each rule holds and the answer
rests on it, and how far each parameter may go. As html it is one file that loads
nothing; as md its graphs are in Mermaid. Both run the pack's own tests.`,
		Example: `  truce rules doc --out rules.md
  truce rules doc --format html --cases testdata/cases --out rules.html
  truce rules doc my-rules`,
		Args:              arguments(0, 1),
		ValidArgsFunction: completeFolders,
		RunE: a.overPack(func(ctx context.Context, p *pack) error {
			parts, failed, err := a.bookParts(ctx, p, from)
			if err != nil {
				return err
			}
			b := book.New(*parts)
			err = a.print(func(w io.Writer) error {
				if a.settings.Format == formatHTML {
					return b.HTML(w)
				}
				return b.Markdown(w)
			})
			if err != nil {
				return err
			}
			return failed.Sort().Err()
		}),
	}
	ruleFlags(cmd)
	formsFlag(cmd, formatMD, formatHTML)
	runFlags(cmd)
	from.declare(cmd, "real cases to exercise the rules with")
	a.outFlags(cmd)
	return cmd
}

// bookParts runs the tests of a pack and the cases that flags name. What did not run is
// told in the book, and given beside it.
func (a *app) bookParts(ctx context.Context, p *pack, from registerFlags) (*book.Parts, source.Diagnostics, error) {
	reg, cases, err := a.register(ctx, p, from)
	if err != nil {
		return nil, nil, err
	}
	parts := &book.Parts{Pack: p.Pack, Register: reg}
	run := a.runOf(p)
	var failed source.Diagnostics
	add := func(name string, c *facts.Case, test bool) error {
		t, err := run(ctx, p.Pack, c)
		r := &book.Run{Name: name, Test: test, Trace: t}
		var ds source.Diagnostics
		switch {
		case errors.As(err, &ds):
			r.Trace, r.Failed = nil, ds[0].Message
			failed = append(failed, ds...)
		case err != nil:
			return err
		}
		parts.Runs = append(parts.Runs, r)
		return nil
	}
	for _, t := range p.Tests {
		if err := add(t.Name, t.Case, true); err != nil {
			return nil, nil, err
		}
	}
	for _, c := range cases {
		if err := add(c.ID, c, false); err != nil {
			return nil, nil, err
		}
	}
	parts.Claims, err = claims.Build(ctx, p.Pack, cases, a.runOf(p))
	return parts, failed, err
}
