package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"truce/explain/audit"
	"truce/facts/source"
)

// overRecords makes a command on those records of a store that its flags ask for: all of
// them where no flag does.
func (a *app) overRecords(cmd *cobra.Command, do func(context.Context, audit.Store, []audit.Summary) error) *cobra.Command {
	q := &audit.Query{After: -1}
	a.overStore(cmd, func(ctx context.Context, s audit.Store) error {
		if err := checkQuery(q); err != nil {
			return err
		}
		list, err := s.Find(ctx, *q)
		if err != nil {
			return err
		}
		return do(ctx, s, list)
	})
	f := cmd.Flags()
	f.StringVar(&q.Case, "case", "", "only of the case with this `ID`")
	f.StringVar(&q.Answer, "answer", "", "only where this goal `VALUE` could hold")
	f.StringVar(&q.Rule, "rule", "", "only with this `RULE` in the proof of the answer")
	f.StringVar(&q.Threshold, "threshold", "", "only where the proof read this threshold, by `NAME`")
	f.StringVar(&q.Pack, "pack", "", "only by the pack of this `NAME` or digest")
	f.StringVar(&q.By, "by", "", "only asked by `WHO`")
	f.StringVar(&q.From, "from", "", "only recorded on this `DATE` or later")
	f.StringVar(&q.To, "to", "", "only recorded on this `DATE` or earlier")
	f.BoolVar(&q.Settled, "settled", false, "only where the answer is settled")
	f.BoolVar(&q.Open, "open", false, "only where the answer is open")
	f.IntVar(&q.Limit, "limit", 0, "at most so many, `N`; 0 is all")
	for name, complete := range map[string]cobra.CompletionFunc{
		"case":   a.completeRecorded(func(r *audit.Summary) string { return r.Case }),
		"by":     a.completeRecorded(func(r *audit.Summary) string { return r.By }),
		"rule":   a.completeRules,
		"answer": a.completeAnswers,
	} {
		_ = cmd.RegisterFlagCompletionFunc(name, complete) // fails only for a flag that is not declared
	}
	return cmd
}

// completeRecorded offers what the records of the store have.
func (a *app) completeRecorded(of func(*audit.Summary) string) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if a.loadSettings(cmd.Flags()) != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		s, err := a.storeOf(cmd.Context(), args)
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		defer a.closeStore(s)
		list, err := s.Find(cmd.Context(), audit.Query{After: -1})
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		names := map[string]bool{}
		for i := range list {
			names[of(&list[i])] = true
		}
		return sortedKeys(names), cobra.ShellCompDirectiveNoFileComp
	}
}

// checkQuery refuses dates that are none, and what no record can be. A time gets the form
// that records have.
func checkQuery(q *audit.Query) error {
	for _, f := range [...]struct {
		flag string
		text *string
	}{{"--from", &q.From}, {"--to", &q.To}} {
		if err := checkDate(f.flag, f.text); err != nil {
			return err
		}
	}
	n := min(len(q.From), len(q.To))
	switch {
	case q.From[:n] > q.To[:n]:
		return source.Diagnostics{errUsage.At(source.Span{}, "--from %s is later than --to %s", q.From, q.To)}
	case q.Settled && q.Open:
		return source.Diagnostics{errUsage.At(source.Span{}, "no answer is both settled and open").Expect("--settled or --open")}
	case q.Limit < 0:
		return source.Diagnostics{errUsage.At(source.Span{}, "--limit is %d", q.Limit).Expect("how many records; 0 for all")}
	}
	return nil
}

// checkDate takes a day, or a time of any zone, which it writes as records do.
func checkDate(flag string, text *string) error {
	if *text == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, *text); err == nil {
		return nil
	}
	if at, err := time.Parse(time.RFC3339, *text); err == nil {
		*text = at.UTC().Format(time.RFC3339)
		return nil
	}
	d := errUsage.At(source.Span{}, "%s is %q", flag, *text).Expect("a day, such as 2026-01-31, or a time, such as 2026-01-31T12:00:00Z")
	for _, layout := range [...]string{"2-1-2006", "2.1.2006", "2/1/2006", "2006-1-2", "2006/1/2", "2006.1.2", "20060102", "2 January 2006", "January 2, 2006", "2006-01-02 15:04:05"} {
		if day, err := time.Parse(layout, *text); err == nil {
			return source.Diagnostics{d.Suggest("did you mean %s %s?", flag, day.Format(time.DateOnly))}
		}
	}
	return source.Diagnostics{d}
}
