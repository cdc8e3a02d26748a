package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"truce/engine"
	"truce/explain/audit"
	"truce/explain/page"
	"truce/explain/record"
	"truce/explain/search"
	"truce/facts/source"
)

func (a *app) auditExportCommand() *cobra.Command {
	var bundle string
	cmd := a.overRecords(&cobra.Command{
		Use:   "export [STORE]",
		Short: "Write records as lines of JSON, or one as a bundle of evidence",
		Long: `Write the records of a store as they are logged, one a line. --bundle writes one record
as a zip file with all that it takes to verify it elsewhere: its rules, the proof that it
is in the log, the signed checkpoint, what the checker says, the answer as a page to
read, and how to verify it by hand. It goes to the file that --out names.`,
		Example: `  truce audit export audit.db --out records.jsonl
  truce audit export audit.db --bundle 12 --out evidence.zip`,
	}, func(ctx context.Context, s audit.Store, list []audit.Summary) error {
		if bundle != "" {
			return a.exportBundle(ctx, s, bundle)
		}
		return a.print(func(w io.Writer) error {
			for _, r := range list {
				text, err := s.Bytes(ctx, r.Number)
				if err != nil {
					return err
				}
				if _, err := w.Write(append(text, '\n')); err != nil {
					return err
				}
			}
			return nil
		})
	})
	a.outFlags(cmd)
	cmd.Flags().StringVar(&bundle, "bundle", "", "the record `NUMBER` as a bundle")
	return cmd
}

func (a *app) exportBundle(ctx context.Context, s audit.Store, name string) error {
	number, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		return noNumber(name)
	}
	if !a.toFile() {
		return source.Diagnostics{errUsage.At(source.Span{}, "a bundle is a zip file").Expect("--out FILE")}
	}
	b := &audit.Bundle{Number: number, Key: s.Key()}
	if b.Record, err = s.Bytes(ctx, number); err != nil {
		return err
	}
	r, err := record.Read(fmt.Sprintf("record %d", number), b.Record)
	if err != nil {
		return err
	}
	if b.Files, err = s.Files(ctx, r); err != nil {
		return err
	}
	if b.Inclusion, b.Checkpoint, err = s.Inclusion(ctx, number); err != nil {
		return err
	}
	if b.Page, err = a.recordPage(ctx, s, r); err != nil {
		return err
	}
	return a.print(b.Write)
}

// recordPage is the answer of a record as a page, made by running it again. There is
// none where thresholds were set otherwise than the pack has them: what a page says of
// ranges and rivals is about the pack's. Nor is there one of a masked record.
func (a *app) recordPage(ctx context.Context, s audit.Store, r *record.Record) ([]byte, error) {
	if len(r.Thresholds) > 0 || r.Masked != nil {
		return nil, nil
	}
	p, err := newPacks(s).of(ctx, r)
	if err != nil {
		return nil, err
	}
	c, err := r.ReadCase(p.Pack)
	if err != nil {
		return nil, err
	}
	found, err := search.New(ctx, engine.Compile(p.Pack), c, a.searchOptions(search.DefaultRuns))
	if err != nil {
		return nil, p.placed(err)
	}
	parts, err := a.pageParts(ctx, p, found)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = page.New(parts).Write(&b)
	return b.Bytes(), err
}
