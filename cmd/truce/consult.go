package main

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"truce/engine"
	"truce/explain/consult"
	"truce/facts"
	"truce/facts/source"
)

const consultLong = `Ask for what a case does not say, one value at a time, the one first that would decide
most (as "truce price" ranks them), until the answer is settled or nothing more can
settle it. Without CASE it begins with an empty case, and asks for its title and date.

Of what there may be several it asks only about those that the case lists, and whether
it lists all. With --assumed it asks in the end for what the rules assume, where another
value would change the answer.

Each question says what the value means, who would know it, what an answer may be, and
what hangs on it. An answer is a value as a case file has it, or low..high for an
interval. These are answers too:

  why            what each outcome would decide, and the rules that read the value
  unknown        leave it as it is; so does an empty line
  back           take the last answer back
  stop           ask no more and assess
  ?              this list

Questions go to standard error, and the assessment, as "truce assess" prints it, to
standard output. Answers may come from a pipe, one a line. With --format json the
assessment comes in a record of what was asked and answered.

The case with the answers is saved after each of them, to --out or to a new file that
is named at the start. Where the input ends, or the terminal is closed, before the end,
the code is 3 and the file holds the answers so far: "truce consult FILE" goes on.
Nobody is noted as having answered, and no quality, unless --source and --quality say.

The rules are read once: a consultation finishes on the pack that it was begun on, since
its answers were given to that pack's questions. "truce rules watch" reads rules again.`

// consultFlags are what the flags of one call say.
type consultFlags struct {
	runs                 int
	out, quality, source string
	force, assumed       bool
}

func (a *app) consultCommand() *cobra.Command {
	var f consultFlags
	cmd := &cobra.Command{
		Use:   "consult [CASE]",
		Short: "Ask for what is missing, the most decisive first",
		Long:  consultLong,
		Example: `  truce consult
  truce consult testdata/cases/2015-jcpoa-text.yaml --out my-case.yaml
  printf 'moderate\n' | truce consult testdata/cases/2015-jcpoa-text.yaml --out my-case.yaml`,
		Args:              arguments(0, 1),
		ValidArgsFunction: completeCases,
		RunE: func(cmd *cobra.Command, args []string) error {
			file := ""
			if len(args) > 0 {
				file = args[0]
			}
			return a.consult(cmd.Context(), file, f)
		},
	}
	searchFlags(cmd, &f.runs)
	cmd.Flags().StringVar(&f.out, "out", "", "the `FILE` that the case with the answers is saved to")
	cmd.Flags().BoolVar(&f.force, "force", false, "overwrite a file that is there")
	cmd.Flags().BoolVar(&f.assumed, "assumed", false, "ask in the end for what the pack assumes too")
	cmd.Flags().StringVar(&f.quality, "quality", "", "the `QUALITY` of every answer, one of the pack's")
	cmd.Flags().StringVar(&f.source, "source", "", "where every answer comes from, a `TEXT`")
	_ = cmd.RegisterFlagCompletionFunc("quality", a.completeQualities) // fails only for a flag that is not declared
	return cmd
}

// consult is one consultation, from its first question to the assessment.
func (a *app) consult(ctx context.Context, file string, f consultFlags) error {
	if file == stdinName {
		return source.Diagnostics{errUsage.At(source.Span{}, "a case from standard input leaves none for the answers").Expect("a file")}
	}
	if err := validRuns(f.runs); err != nil {
		return err
	}
	p, warnings, err := a.loadToAnswer(a.settings.Rules, a.settings.SourceOnly)
	if err != nil {
		return err
	}
	a.warn(warnings)
	if err := knownQuality(p, f.quality); err != nil {
		return err
	}
	d := &dialogue{app: a, pack: p, lines: newLines(a.in)}
	var c *facts.Case
	if file != "" {
		if c, err = a.readCase(file, p); err != nil {
			return err
		}
	}
	if d.saver, err = a.newSaver(p, f, file); err != nil {
		return err
	}
	if c == nil {
		if c, err = d.begin(ctx); err != nil {
			return err
		}
		if err := d.saver.settle(c); err != nil {
			return err
		}
	}
	d.consultation = consult.New(engine.Compile(p.Pack), c, consult.Options{Quality: f.quality, Source: f.source, Assumed: f.assumed,
		Search: a.searchOptions(f.runs)})
	if err := d.ask(ctx); err != nil {
		return err
	}
	return d.finish(ctx, file)
}

// knownQuality refuses a quality that the pack does not declare.
func knownQuality(p *pack, name string) error {
	if name == "" || p.Schema.Quality(name) != nil {
		return nil
	}
	names := qualities(p)
	d := errUsage.At(source.Span{}, "--quality is %s, which is none of the pack", name).Suggest("%s", source.DidYouMean(name, names))
	if len(names) > 0 {
		d = d.Expect("one of %s", strings.Join(names, ", "))
	}
	return source.Diagnostics{d}
}

func qualities(p *pack) []string {
	names := make([]string, len(p.Schema.Qualities))
	for i, q := range p.Schema.Qualities {
		names[i] = q.Name
	}
	return names
}

// completeQualities offers the qualities of the pack.
func (a *app) completeQualities(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	if a.loadSettings(cmd.Flags()) != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	p, _, err := a.loadPack(a.settings.SourceOnly)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return qualities(p), cobra.ShellCompDirectiveNoFileComp
}

// savedName is where answers go when nobody says: beside nothing that is there, in the
// working folder.
func savedName(file, id string) string {
	if file != "" {
		base := filepath.Base(file)
		return strings.TrimSuffix(base, filepath.Ext(base)) + "-consulted"
	}
	return id
}
