package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"

	"github.com/spf13/cobra"

	"truce/explain/approval"
	"truce/explain/audit"
	"truce/explain/check"
	"truce/explain/record"
	"truce/facts/source"
	"truce/rules"
)

// packs are the packs of a store's records, each loaded once.
type packs struct {
	store  audit.Store
	mutex  sync.Mutex
	loaded map[string]*pack
}

func newPacks(s audit.Store) *packs { return &packs{store: s, loaded: map[string]*pack{}} }

// of is the pack of a record.
func (p *packs) of(ctx context.Context, r *record.Record) (*pack, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	key := fmt.Sprint(r.Pack.Digest, r.Pack.SourceOnly)
	if loaded := p.loaded[key]; loaded != nil {
		return loaded, nil
	}
	files, err := p.store.Files(ctx, r)
	if err != nil {
		return nil, err
	}
	loaded, ds := rules.Load(files, rules.Options{SourceOnly: r.Pack.SourceOnly})
	if ds.HasErrors() {
		return nil, ds
	}
	p.loaded[key] = &pack{Pack: loaded}
	return p.loaded[key], nil
}

func (a *app) auditCheckCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check RECORD",
		Short: "Check the reasoning of a record, without the engine",
		Long: `Check that what a record says follows from its case and its rules, by a checker that has
no part of the engine but the evaluation of single conditions: every fact that the rules
saw, every condition with its operands, every rule that holds and every one that should
have, the heights of the proofs, and the answer. Conditions of a masked record that could
not be evaluated, for they rest on masked values, are named in warnings; that the rest
follows is checked.

The approvals that a record holds have to be of its rules, and no later than its answer.
With --approvers, or the setting, each has to be signed by one of those, and there has to
be one; --approvers '' asks for none.

The record is a number of the store, or a file; the rules of a file are those that
--rules names, or the shipped ones. The exit code is 1 where something does not follow.`,
		Example: `  truce audit check 12 --record audit.db
  truce audit check record.json --rules old-rules
  truce audit check 12 --record audit.db --approvers approvers.txt`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			who, err := a.approvers()
			if err != nil {
				return err
			}
			r, p, err := a.theRecord(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			found := append(check.Run(r, p.Pack), approval.Check(r.Approvals, r.Pack, r.At, who)...)
			return a.reportFindings(found, func(w io.Writer) {
				fmt.Fprintf(w, "the record follows from its case and its rules: %s, %s, answer %s\n",
					counted(len(r.Run.Facts), "fact"), counted(len(r.Run.Justifications), "justification"), r.Run.Answer.Words())
				notEvaluated(w, found)
				if who != nil {
					fmt.Fprintln(w, "its rules were approved before it")
				}
			})
		},
	}
	settingFlag(cmd.Flags(), "record")
	settingFlag(cmd.Flags(), "rules")
	settingFlag(cmd.Flags(), "approvers")
	formatFlag(cmd)
	return cmd
}

// notEvaluated counts what a check had to take from a record.
func notEvaluated(w io.Writer, found source.Diagnostics) {
	n := 0
	for _, d := range found {
		if d.Code == check.ErrOpen.ID {
			n++
		}
	}
	if n > 0 {
		fmt.Fprintf(w, "%s could not be evaluated again, for want of masked values\n", counted(n, "condition"))
	}
}

// verifyFlags are what a verification is held to.
type verifyFlags struct {
	public    string
	kept      []string
	reasoning bool
}

func (a *app) auditVerifyCommand() *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify [STORE | BUNDLE | GROWTH] --public KEY",
		Short: "See that a store or a bundle was never changed",
		Long: `Verify a store: that every record is as it was logged, that the log is the one that was
signed, each time that it was signed, that files of packs are what their digests say,
and that what the store lists is what the records say. Nothing that the store says of
itself is believed; the public key is what you have from elsewhere.

--checkpoint holds the log to a checkpoint that you kept: a log that was cut, or made anew by
somebody with the key, does not continue from it. --reasoning also checks each record
as "audit check" does, which takes longer. The approvals of rules that records hold are
looked at always: with --approvers, or the setting, each has to be signed by one of those,
and each record has to hold one; --approvers '' asks for none.

Of a bundle, which "audit export --bundle" writes, the signature, the proof that the
record is in the log, the reasoning and the approvals are verified, with nothing but this
program and the key. Of a document of "audit checkpoint --since" it is verified that the
log continues from the checkpoint that was kept. The exit code is 1 where something is
wrong.`,
		Example: `  truce audit verify audit.db --public audit.key.pub
  truce audit verify audit.db --public audit.key.pub --checkpoint checkpoint-2026-01.txt
  truce audit verify bundle.zip --public audit.key.pub
  truce audit verify growth.json --public audit.key.pub`,
		Args:              arguments(0, 1),
		ValidArgsFunction: completeStores,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				switch text, err := a.read(args[0]); {
				case err != nil: // which opening it as a store says better
				case bytes.HasPrefix(text, []byte("PK")):
					return a.verifyBundle(args[0], text, f)
				case bytes.HasPrefix(text, []byte("{")):
					return a.verifyGrowth(args[0], text, f)
				}
			}
			return a.verifyStore(cmd.Context(), args, f)
		},
	}
	settingFlag(cmd.Flags(), "record")
	settingFlag(cmd.Flags(), "approvers")
	formatFlag(cmd)
	cmd.Flags().StringVar(&f.public, "public", "", "the `FILE` of the public key")
	cmd.Flags().StringArrayVar(&f.kept, "checkpoint", nil, "a `FILE` with a checkpoint that was kept elsewhere")
	cmd.Flags().BoolVar(&f.reasoning, "reasoning", false, "check the reasoning of each record too")
	return cmd
}

func (a *app) verifyStore(ctx context.Context, args []string, f verifyFlags) error {
	key, err := a.verifier(f.public)
	if err != nil {
		return err
	}
	who, err := a.approvers()
	if err != nil {
		return err
	}
	o := audit.VerifyOptions{Key: key, Check: func(h *record.Head, _ []byte) source.Diagnostics { return approved(h, who) }}
	if o.Kept, err = a.kept(f, key); err != nil {
		return err
	}
	s, err := a.storeOf(ctx, args)
	if err != nil {
		return err
	}
	defer a.closeStore(s)
	var bar *progress
	o.Progress = func(_, total int64) {
		if bar == nil {
			bar = a.newProgress(int(total))
		}
		bar.step("records")
	}
	if f.reasoning {
		of := newPacks(s)
		o.Check = func(h *record.Head, text []byte) source.Diagnostics {
			return append(a.reasoning(ctx, of, text), approved(h, who)...)
		}
	}
	v, err := s.Verify(ctx, o)
	bar.clear()
	if err != nil {
		return err
	}
	return a.reportFindings(v.Found, func(w io.Writer) {
		fmt.Fprintf(w, "%s as signed by %s; the root is %s\n", counted(int(v.Records), "record"), key.Name(), v.Checkpoint.Root)
		notEvaluated(w, v.Found)
	})
}

// reasoning checks one record of a store.
func (a *app) reasoning(ctx context.Context, of *packs, text []byte) source.Diagnostics {
	r, err := record.Read("", text)
	if err == nil {
		var p *pack
		if p, err = of.of(ctx, r); err == nil {
			return check.Run(r, p.Pack)
		}
	}
	return a.findings(err)
}

// approved looks at the approvals that a record holds.
func approved(h *record.Head, who *approval.Approvers) source.Diagnostics {
	return approval.Check(h.Approvals, h.Pack, h.At, who)
}
