package main

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"truce/engine"
	"truce/explain/cover"
	"truce/explain/packtest"
	"truce/facts/source"
	"truce/rules"
)

// testFlags are what "rules test" is asked for besides the tests.
type testFlags struct {
	run       string
	verbose   bool
	cover     bool
	min       float64
	mutate    bool
	minKilled float64
	sample    int
}

func (a *app) rulesTestCommand() *cobra.Command {
	var o testFlags
	cmd := &cobra.Command{
		Use:   "test [DIR]",
		Short: "Run a pack's own tests, and say what they are worth",
		Long: `Run the tests that a pack holds, and list what each expected and did not find. The
exit code is 1 where a test fails.

With --cover, say which rules hold in some test, and of which conditions both outcomes
are met, each where all that stands before it in its rule holds. Lines of the report are
counted apart. With --min, the exit code is 1 where less than that share of the rules or
of the outcomes is covered.

With --mutate, change the pack in one place at a time, as a slip of the pen would: move
a number, turn a comparison, leave out a condition, swap two rows. A test should fail.
Changes that no test notices are listed with their place and the nearest test. With
--min-killed, the exit code is 1 where less than that share of them is noticed. Only
the pack's own tests count, never real cases. All changes of a large pack may take longer
than --timeout allows; --sample tries some.`,
		Example: `  truce rules test
  truce rules test my-rules
  truce rules test --run 'oil|rial' --verbose
  truce rules test --cover --min 95 my-rules
  truce rules test --mutate --sample 100
  truce rules test --mutate --timeout 10m
  truce rules test --format junit > tests.xml`,
		Args:              arguments(0, 1),
		ValidArgsFunction: completeFolders,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.atFolder(args); err != nil {
				return err
			}
			return a.testRules(cmd.Context(), &o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.run, "run", "", "run only tests whose name matches `REGEXP`")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "list each test with its result")
	f.BoolVar(&o.cover, "cover", false, "say what the tests cover")
	f.Float64Var(&o.min, "min", 0, "the `PERCENT` of rules, and of outcomes, to be covered; implies --cover")
	f.BoolVar(&o.mutate, "mutate", false, "change the pack and see whether a test fails")
	f.Float64Var(&o.minKilled, "min-killed", 0, "the `PERCENT` of changes to be noticed; implies --mutate")
	f.IntVar(&o.sample, "sample", 0, "try `N` changes, evenly spread over all; implies --mutate")
	ruleFlags(cmd)
	formatFlag(cmd, formatJUnit)
	runFlags(cmd)
	return cmd
}

// check completes what flags imply, and refuses what they cannot be.
func (o *testFlags) check() (*regexp.Regexp, error) {
	refuse := func(format string, args ...any) error {
		return source.Diagnostics{errUsage.At(source.Span{}, format, args...)}
	}
	re, err := regexp.Compile(o.run)
	switch {
	case err != nil:
		return nil, refuse("--run: %v", err)
	case o.min < 0 || o.min > 100:
		return nil, refuse("--min is %v: it takes a number from 0 to 100", o.min)
	case o.minKilled < 0 || o.minKilled > 100:
		return nil, refuse("--min-killed is %v: it takes a number from 0 to 100", o.minKilled)
	case o.sample < 0:
		return nil, refuse("--sample is %d: it takes a number of changes to try", o.sample)
	}
	o.cover = o.cover || o.min > 0
	o.mutate = o.mutate || o.minKilled > 0 || o.sample > 0
	return re, nil
}

func (a *app) testRules(ctx context.Context, o *testFlags) error {
	re, err := o.check()
	if err != nil {
		return err
	}
	ctx, cancel := a.limited(ctx)
	defer cancel()
	p, warnings, err := a.loadPack(a.settings.SourceOnly)
	if err != nil {
		return err
	}
	a.warn(warnings)
	var tests []*rules.Test
	for _, t := range p.Tests {
		if re.MatchString(t.Name) {
			tests = append(tests, t)
		}
	}
	if len(tests) == 0 && o.run != "" {
		return source.Diagnostics{errUsage.At(source.Span{}, "--run: no test is called like %s", o.run)}
	}
	out := &tested{pack: p, verbose: o.verbose}
	if out.results, err = packtest.All(ctx, p.Pack, tests, a.compile); err != nil {
		return err
	}
	if o.cover {
		c, err := packtest.Cover(ctx, p.Pack, tests, a.compile)
		if err != nil {
			return err
		}
		out.coverage = c.Document()
		p.located(out.coverage)
		out.short = out.short || out.coverage.Rules.Percent < o.min || out.coverage.Conditions.Percent < o.min
	}
	out.unmutated = o.mutate && out.failed() > 0
	if o.mutate && !out.unmutated {
		m, err := a.mutate(ctx, p, tests, o.sample)
		if err != nil {
			return err
		}
		out.mutation = m.Document()
		p.located(out.mutation)
		out.short = out.short || out.mutation.Killed.Percent < o.minKilled
	}
	return a.reportTests(out)
}

// compile is the engine as tests of packs need it.
func (a *app) compile(p *rules.Pack) func() packtest.Session { return a.sessions(engine.Compile(p)) }

// sessions makes sessions of a program, within the limits of the settings.
func (a *app) sessions(program *engine.Program) func() packtest.Session {
	return func() packtest.Session {
		return program.NewSession(engine.Options{Limits: engine.Limits{Facts: a.settings.MaxFacts}})
	}
}

func (a *app) mutate(ctx context.Context, p *pack, tests []*rules.Test, sample int) (*packtest.Mutation, error) {
	var bar *progress
	defer func() { bar.clear() }()
	return packtest.Mutate(ctx, p.Pack, tests, a.compile, packtest.MutationOptions{
		Sample: sample, Workers: runtime.GOMAXPROCS(0),
		Step: func(t packtest.Tried, total int) {
			if bar == nil {
				bar = a.newProgress(total)
			}
			bar.step(t.Mutant.Of)
		}})
}

// tested is what came of the tests of a pack.
type tested struct {
	pack     *pack
	verbose  bool
	results  []packtest.Result
	coverage *cover.Document
	mutation *packtest.MutationDocument
	// unmutated says that mutants were asked for, and none tried since a test fails.
	unmutated bool
	short     bool // less is covered, or noticed, than was asked for
}

func (t *tested) failed() int {
	n := 0
	for _, r := range t.results {
		if !r.Passed() {
			n++
		}
	}
	return n
}

func (a *app) reportTests(t *tested) error {
	err := a.print(func(w io.Writer) error {
		switch a.settings.Format {
		case formatJSON:
			return writeJSON(w, t.document())
		case formatJUnit:
			return t.junit(w)
		}
		return a.testText(w, t)
	})
	if err == nil && (t.failed() > 0 || t.short) {
		err = errFailed
	}
	return err
}

func (a *app) testText(w io.Writer, t *tested) error {
	for _, r := range t.results {
		if t.verbose {
			result := "pass"
			if !r.Passed() {
				result = "FAIL"
			}
			fmt.Fprintf(w, "%s  %s\n", result, r.Test.Name)
		}
		a.render(w, t.pack.places(r.Failures))
	}
	failed := t.failed()
	fmt.Fprintf(w, "%s, %d passed, %d failed\n", counted(len(t.results), "test"), len(t.results)-failed, failed)
	if t.coverage != nil {
		if err := t.coverage.Text(w); err != nil {
			return err
		}
	}
	if t.mutation != nil {
		return t.mutation.Text(w)
	}
	if t.unmutated {
		fmt.Fprintln(w, "no mutants were tried: all tests have to pass first")
	}
	return nil
}

// testsDocument is the JSON form of what came of tests.
type testsDocument struct {
	Format   string                     `json:"format"`
	Pack     string                     `json:"pack"`
	Digest   string                     `json:"digest"`
	Tests    int                        `json:"tests"`
	Failed   int                        `json:"failed"`
	Results  []testItem                 `json:"results"`
	Coverage *cover.Document            `json:"coverage,omitempty"`
	Mutation *packtest.MutationDocument `json:"mutation,omitempty"`
}

type testItem struct {
	Test string `json:"test"`
	place
	Cites    []string      `json:"cites,omitempty"`
	Passed   bool          `json:"passed"`
	Findings []findingItem `json:"findings,omitempty"`
}

func (t *tested) document() testsDocument {
	d := testsDocument{Format: packtest.Format, Pack: t.pack.Name, Digest: t.pack.Digest, Tests: len(t.results),
		Failed: t.failed(), Results: []testItem{}, Coverage: t.coverage, Mutation: t.mutation}
	for _, r := range t.results {
		at := r.Test.Span
		at.File = t.pack.path(at.File)
		d.Results = append(d.Results, testItem{r.Test.Name, placeOf(at), r.Test.Cites, r.Passed(),
			documentOf(t.pack.places(r.Failures)).Findings})
	}
	return d
}

// The form that machines which build software read results of tests in: a suite for
// each file.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		File    string        `xml:"file,attr"`
		Line    int           `xml:"line,attr"`
		Failure *junitFailure `xml:"failure"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

func (t *tested) junit(w io.Writer) error {
	out := junitSuites{Name: t.pack.Name, Tests: len(t.results), Failures: t.failed()}
	for _, r := range t.results {
		file := t.pack.path(r.Test.Span.File)
		if n := len(out.Suites); n == 0 || out.Suites[n-1].Name != file {
			out.Suites = append(out.Suites, junitSuite{Name: file})
		}
		suite := &out.Suites[len(out.Suites)-1]
		suite.Tests++
		c := junitCase{Name: r.Test.Name, Class: t.pack.Name + "." + strings.TrimSuffix(r.Test.Span.File, ".yaml"), File: file, Line: r.Test.Span.Start.Line}
		if !r.Passed() {
			suite.Failures++
			var said []string
			for _, d := range t.pack.places(r.Failures) {
				said = append(said, d.Error())
			}
			c.Failure = &junitFailure{Message: r.Failures[0].Message, Text: strings.Join(said, "\n")}
		}
		suite.Cases = append(suite.Cases, c)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
