package main

import (
	"io"

	"github.com/spf13/cobra"

	"truce/explain/claims"
	"truce/facts"
	"truce/facts/source"
)

func (a *app) rulesClaimsCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "claims",
		Short: "Show what encodes each claim of the source",
		Long: `Print, for each claim of the source, the rules, thresholds, assumptions, lines of the
report and tests that cite it, and what shows that it does something.

A claim of the kinds rule, threshold and framing is shown by a test of the pack, or by
a real case, whose conclusions change when every rule and threshold that cites it is
taken out. A claim of the kinds read and bound is shown by a test or a case in whose
report a line stands that cites it. All of this is run. The exit code is 1 unless
every claim is shown.`,
		Example: `  truce rules claims
  truce rules claims --cases testdata/cases
  truce rules claims --format json --rules my-rules`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := a.limited(cmd.Context())
			defer cancel()
			p, warnings, err := a.loadPack(a.settings.SourceOnly)
			if err != nil {
				return err
			}
			a.warn(warnings)
			var cases []*facts.Case
			if dir != "" {
				files, _, err := a.caseFiles([]string{dir})
				if err != nil {
					return err
				}
				if cases, err = a.readCases(ctx, files, p, false); err != nil {
					return err
				}
			}
			m, err := claims.Build(ctx, p.Pack, cases, a.runOf(p))
			if err != nil {
				return err
			}
			return a.reportClaims(m)
		},
	}
	ruleFlags(cmd)
	formatFlag(cmd)
	runFlags(cmd)
	cmd.Flags().StringVar(&dir, "cases", "", "real cases to show claims by: a folder `DIR`")
	return cmd
}

func (a *app) reportClaims(m *claims.Matrix) error {
	err := a.print(func(w io.Writer) error {
		if a.settings.Format == formatJSON {
			return writeJSON(w, m.Document())
		}
		return m.Text(w, a.width(a.out))
	})
	if err != nil {
		return err
	}
	var found source.Diagnostics
	for _, f := range m.Failed {
		found = append(found, f.Found...)
	}
	a.warn(found)
	if len(m.Missing()) > 0 || len(m.Failed) > 0 {
		return errFailed
	}
	return nil
}
