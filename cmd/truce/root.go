package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"truce/facts/source"
)

const rootLong = `truce is an expert system: rules in YAML say when a state is expected to accept a
truce, to hold out, or to go back to confrontation, and every answer carries its
proof.

  truce assess CASE          the expected posture and why
  truce why CASE FACT        the proof of one conclusion, down to the inputs
  truce whynot CASE GOAL     what kept a conclusion from being drawn
  truce compare CASE CASE2   how two answers differ, and from where on
  truce sides CASE           the case for every answer, and what tells them apart
  truce whatif CASE          the same case with some values changed
  truce flip CASE            the smallest changes that settle another answer
  truce robust CASE          how far each value may go before the answer falls
  truce price CASE           which missing value would decide most
  truce consult              questions, the most decisive first, and an assessment
  truce rules read           the rules in English
  truce case new FILE        an empty case to fill in
  truce audit verify STORE   that what was answered is as it was recorded

Nothing is compiled to change a rule: "truce rules init DIR" copies the rules,
and --rules DIR uses the copy.`

func (a *app) rootCommand() *cobra.Command {
	root := a.group(&cobra.Command{
		Use:   "truce",
		Short: "Say when a state is expected to accept a truce, and prove it",
		Long:  rootLong,
		Example: `  truce assess testdata/cases/2013-jpoa.yaml
  truce assess testdata/cases
  truce why testdata/cases/2013-jpoa.yaml Posture`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.begin(cmd) },
	})
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(flagError)
	root.CompletionOptions.HiddenDefaultCmd = false

	flags := root.PersistentFlags()
	flags.String(configFlag, "", "configuration `FILE` (default: ~/.config/truce/config.yaml, then ./.truce.yaml)")
	settingFlag(flags, "color")
	settingFlag(flags, "width")
	settingFlag(flags, "log-level")
	settingFlag(flags, "log-format")

	root.AddCommand(a.assessCommand(), a.whyCommand(), a.whynotCommand(), a.compareCommand(),
		a.whatifCommand(), a.flipCommand(), a.robustCommand(), a.priceCommand(), a.consultCommand(), a.sidesCommand(),
		a.rulesCommand(), a.caseCommand(), a.auditCommand(), a.versionCommand())
	root.AddCommand(topics()...)
	root.SetHelpCommand(helpCommand())
	return root
}

// settingFlag declares the flag of a setting. It is a text to pflag, so that a wrong
// value is refused in the same words whoever set it.
func settingFlag(flags *pflag.FlagSet, key string) {
	for _, k := range settingList() {
		if k.key != key {
			continue
		}
		flags.Var(&flagText{text: k.fallback, kind: k.kind}, key, k.doc)
		if k.kind == kindSwitch {
			flags.Lookup(key).NoOptDefVal = "true"
		}
	}
}

// flagText is the value of a flag as it was typed.
type flagText struct{ text, kind string }

func (f *flagText) String() string     { return f.text }
func (f *flagText) Set(s string) error { f.text = s; return nil }
func (f *flagText) Type() string       { return f.kind }

// ruleFlags are those of commands that read a pack.
func ruleFlags(cmd *cobra.Command) {
	settingFlag(cmd.Flags(), "rules")
	settingFlag(cmd.Flags(), "source-only")
}

// formatKey is the setting of the form of output.
const formatKey = "format"

// formatFlag is that of commands that speak JSON too, and maybe more.
func formatFlag(cmd *cobra.Command, more ...string) {
	formsFlag(cmd, append([]string{formatText, formatJSON}, more...)...)
	cmd.Flags().Lookup(formatKey).Usage = "`FORM` of output and errors: " + wordList(append([]string{formatText, formatJSON}, more...))
}

// formsFlag is that of commands with forms of their own, of which the first is taken
// where nobody says which.
func formsFlag(cmd *cobra.Command, forms ...string) {
	settingFlag(cmd.Flags(), formatKey)
	f := cmd.Flags().Lookup(formatKey)
	f.Annotations = map[string][]string{formatKey: forms}
	f.Usage = "`FORM` of output: " + wordList(forms)
	f.DefValue = forms[0]
	// fails only for a flag that is not declared
	_ = cmd.RegisterFlagCompletionFunc(formatKey, cobra.FixedCompletions(forms, cobra.ShellCompDirectiveNoFileComp))
}

// formsOf are the forms that a command has, by its flag.
func formsOf(f *pflag.Flag) []string { return f.Annotations[formatKey] }

// wordList is "a, b or c".
func wordList(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// outFlags are those of commands whose output may go to a file.
func (a *app) outFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.target.path, "out", "", "write to `FILE`, not to standard output")
	cmd.Flags().BoolVar(&a.target.force, "force", false, "overwrite a file that is there")
}

// runFlags are those of commands that run rules.
func runFlags(cmd *cobra.Command) {
	settingFlag(cmd.Flags(), "timeout")
	settingFlag(cmd.Flags(), "max-facts")
}

// begin runs before every command: settings, then the log.
func (a *app) begin(cmd *cobra.Command) error {
	if err := a.loadSettings(cmd.Flags()); err != nil {
		return err
	}
	a.log = a.newLogger()
	for _, name := range a.strangers() {
		a.log.Warn("variable is no setting", "variable", name, "help", "truce help settings")
	}
	a.log.Debug("settings", "command", cmd.CommandPath(), "values", a.settings)
	return nil
}

// group makes a command that only holds others: alone it shows its help, and a name
// that none of them has is an error with the nearest one.
func (a *app) group(cmd *cobra.Command) *cobra.Command {
	cmd.Args = cobra.ArbitraryArgs
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return cmd.Help()
		}
		return noCommand(cmd, args[0])
	}
	return cmd
}

// noCommand says that a command holds none of a name, with the nearest one.
func noCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() || c.IsAdditionalHelpTopicCommand() {
			names = append(names, c.Name())
		}
	}
	d := errUsage.At(source.Span{}, "%s is no command of %s", name, cmd.CommandPath()).
		Suggest("%s --help lists them", cmd.CommandPath())
	if near := source.Nearest(name, names); near != "" {
		d = d.Suggest("did you mean %s?", near)
	}
	return source.Diagnostics{d}
}

// helpCommand is cobra's, save that a name that is no command is an error.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND...]",
		Short:   "Print the help of a command or a topic",
		Long:    "Print the help of a command, or of a topic: exit-codes, formats, settings.",
		Example: "  truce help assess\n  truce help exit-codes",
		RunE: func(cmd *cobra.Command, args []string) error {
			at := cmd.Root()
			for _, name := range args {
				next := (*cobra.Command)(nil)
				for _, c := range at.Commands() {
					if c.Name() == name {
						next = c
					}
				}
				if next == nil {
					return noCommand(at, name)
				}
				at = next
			}
			at.InitDefaultHelpFlag()
			return at.Help()
		},
	}
}

// arguments checks how many arguments a command was given. At most of -1 is any
// number.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		n := len(args)
		var message string
		switch {
		case n < least:
			message = "an argument is missing"
		case most >= 0 && n > most:
			message = "there is an argument too many: " + args[most]
		default:
			return nil
		}
		return source.Diagnostics{errUsage.At(source.Span{}, "%s", message).
			Expect("%s", cmd.UseLine()).Suggest("%s --help shows examples", cmd.CommandPath())}
	}
}

// flagError turns a misused flag into a finding with the nearest flag there is.
func flagError(cmd *cobra.Command, err error) error {
	d := errUsage.At(source.Span{}, "%v", err)
	var missing *pflag.NotExistError
	if errors.As(err, &missing) {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden {
				names = append(names, f.Name)
			}
		})
		if near := source.Nearest(missing.GetSpecifiedName(), names); near != "" {
			return source.Diagnostics{d.Suggest("did you mean --%s?", near)}
		}
	}
	return source.Diagnostics{d.Suggest("%s --help lists the flags", cmd.CommandPath())}
}
