package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"truce/explain/audit"
	"truce/explain/record"
	"truce/facts/source"
)

func (a *app) auditListCommand() *cobra.Command {
	cmd := a.overRecords(&cobra.Command{
		Use:   "list [STORE]",
		Short: "Find records",
		Long: `List the records of a store, the oldest first, or those that fit: by case, answer, a
rule or a threshold in the proof of the answer, pack, person and date, and whether the
answer is settled.`,
		Example: `  truce audit list audit.db
  truce audit list audit.db --answer truce --rule posture/truce
  truce audit list audit.db --case 2013-jpoa --from 2026-01-01
  truce audit list audit.db --open`,
	}, func(_ context.Context, _ audit.Store, list []audit.Summary) error {
		return a.print(func(w io.Writer) error {
			if a.settings.Format == formatJSON {
				return writeJSON(w, struct {
					Format  string          `json:"format"`
					Records []audit.Summary `json:"records"`
				}{"truce.records/1", list})
			}
			return listText(w, list)
		})
	})
	formatFlag(cmd)
	return cmd
}

func listText(w io.Writer, list []audit.Summary) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "number\tcase\tas of\tanswer\trecorded\tby\tpack")
	for _, r := range list {
		words := r.Answer
		if !r.Settled {
			words += " (open)"
		}
		fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", r.Number, source.Safe(r.Case), source.Safe(r.AsOf), source.Safe(words), source.Safe(r.At), source.Safe(r.By), source.Safe(r.Pack))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, counted(len(list), "record"))
	return err
}

func (a *app) auditShowCommand() *cobra.Command {
	var pretty bool
	cmd := &cobra.Command{
		Use:   "show NUMBER",
		Short: "Print a record",
		Long: `Print the bytes of a record as they are hashed and logged: JSON in the canonical form of
RFC 8785, on one line. --pretty sets it in lines, to read.`,
		Example: `  truce audit show 12 --record audit.db
  truce audit show 12 --record audit.db --out record.json`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := a.recordBytes(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			return a.print(func(w io.Writer) error {
				if !pretty {
					_, err := w.Write(text)
					return err
				}
				return writeJSON(w, json.RawMessage(text))
			})
		},
	}
	settingFlag(cmd.Flags(), "record")
	a.outFlags(cmd)
	cmd.Flags().BoolVar(&pretty, "pretty", false, "in lines, to read")
	return cmd
}

// recordBytes are the bytes of a record: one of the store, by its number, or a file.
func (a *app) recordBytes(ctx context.Context, name string) ([]byte, error) {
	number, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		text, _, err := a.recordFile(name)
		return text, err
	}
	s, err := a.storeOf(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer a.closeStore(s)
	return s.Bytes(ctx, number)
}

// recordFile reads a file that has to hold a record.
func (a *app) recordFile(name string) ([]byte, *record.Record, error) {
	text, err := a.read(name)
	if err != nil {
		return nil, nil, err
	}
	r, err := record.Read(name, text)
	return text, r, err
}

// theRecord is a record by number or file, with the pack that it names: from the store,
// or, of a file, from --rules or the shipped rules.
func (a *app) theRecord(ctx context.Context, name string) (r *record.Record, p *pack, err error) {
	number, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		if _, r, err = a.recordFile(name); err == nil {
			p, _, err = a.loadPack(r.Pack.SourceOnly)
		}
		return r, p, err
	}
	s, err := a.storeOf(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	defer a.closeStore(s)
	if r, err = audit.Read(ctx, s, number); err == nil {
		p, err = newPacks(s).of(ctx, r)
	}
	return r, p, err
}

func (a *app) auditCheckpointCommand() *cobra.Command {
	var since string
	cmd := a.overStore(&cobra.Command{
		Use:   "checkpoint [STORE]",
		Short: "Print the last signed checkpoint, to keep elsewhere",
		Long: `Print how many records the log has and the root of the tree over them, signed. Whoever
keeps it, on paper even, can see later that the log still continues from it:
"truce audit verify --checkpoint".

--since shows that to somebody who kept a checkpoint and has no store: it prints both
checkpoints and the hashes that lead from the one to the other, a document that "truce
audit verify" checks with nothing but the public key.`,
		Example: `  truce audit checkpoint audit.db > checkpoint-2026-01.txt
  truce audit checkpoint audit.db --since checkpoint-2026-01.txt --out growth.json`,
	}, func(ctx context.Context, s audit.Store) error {
		text, err := s.Checkpoint(ctx)
		if since != "" && err == nil {
			text, err = a.growth(ctx, s, since)
		}
		if err != nil {
			return err
		}
		return a.print(func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		})
	})
	a.outFlags(cmd)
	cmd.Flags().StringVar(&since, "since", "", "a `FILE` with a checkpoint that was kept elsewhere")
	return cmd
}

// growth shows how the log grew since a checkpoint that is in a file.
func (a *app) growth(ctx context.Context, s audit.Store, file string) (string, error) {
	kept, err := a.read(file)
	if err != nil {
		return "", err
	}
	g, err := audit.GrowthSince(ctx, s, string(kept))
	if err != nil {
		return "", ofFile(file, err)
	}
	text, err := g.Bytes()
	return string(text), err
}

// noNumber says that a text is no number of a record.
func noNumber(text string) error {
	return source.Diagnostics{errUsage.At(source.Span{}, "%q is no number of a record", text).Suggest("truce audit list shows the numbers")}
}
