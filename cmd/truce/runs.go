package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"truce/engine"
	"truce/engine/trace"
	"truce/facts"
	"truce/facts/doc"
	"truce/facts/source"
	"truce/rules"
)

// readCase reads one case against a pack, and shows warnings.
func (a *app) readCase(path string, p *pack) (*facts.Case, error) {
	c, warnings, err := a.readQuietly(path, p)
	a.warn(warnings)
	return c, err
}

func (a *app) readQuietly(path string, p *pack) (*facts.Case, source.Diagnostics, error) {
	text, err := a.read(path)
	if err != nil {
		return nil, nil, err
	}
	c, ds := facts.ReadCase(a.caseName(path, p), text, p.Schema, facts.ReadOptions{Labels: p.Labels(),
		Limits: doc.Limits{Bytes: mostBytes}})
	ds = p.places(ds)
	if err := ds.Err(); err != nil {
		return nil, nil, err
	}
	return c, ds, nil
}

// caseName is how a case's places are called: as the user called the file, and told
// apart from a file of the pack that is called the same.
func (a *app) caseName(path string, p *pack) string {
	name := path
	if slices.ContainsFunc(p.Files, func(f rules.File) bool { return f.Name == path }) {
		name = "./" + path
	}
	a.texts[name] = a.texts[path]
	return name
}

// readCases reads several cases, and finds what is wrong with any of them. Quiet
// shows no warnings.
func (a *app) readCases(ctx context.Context, files []string, p *pack, quiet bool) ([]*facts.Case, error) {
	var cases []*facts.Case
	var found source.Diagnostics
	first := map[string]*facts.Case{}
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c, warnings, err := a.readQuietly(file, p)
		if err != nil {
			found = append(found, a.findings(err)...)
			continue
		}
		if !quiet {
			a.warn(warnings)
		}
		if f := first[c.ID]; f != nil {
			found = append(found, errSameCase.At(c.Span, "a case %s is there already", c.ID).See(f.Span, "it is here"))
		}
		first[c.ID] = c
		cases = append(cases, c)
	}
	return cases, found.Err()
}

// runner runs packs over cases. It keeps the program of the pack that it ran last.
type runner struct {
	app     *app
	pack    *rules.Pack
	program *engine.Program
}

// run is one run. Its errors are source.Diagnostics or the context's.
func (r *runner) run(ctx context.Context, p *rules.Pack, c *facts.Case) (*trace.Trace, error) {
	if r.pack != p {
		r.pack, r.program = p, engine.Compile(p)
	}
	start := time.Now()
	t, err := runProgram(ctx, r.program, c, r.app.settings.MaxFacts)
	if err != nil {
		return t, err // conclusions without an answer are for those who ask for them
	}
	r.app.log.Debug("run", "case", c.ID, "facts", len(t.Facts), "justifications", len(t.Justifications), "took", time.Since(start))
	return t, nil
}

// runProgram is one run of a compiled pack. Its errors are source.Diagnostics or the
// context's.
func runProgram(ctx context.Context, program *engine.Program, c *facts.Case, mostFacts int) (*trace.Trace, error) {
	s := program.NewSession(engine.Options{Limits: engine.Limits{Facts: mostFacts}})
	if err := s.Load(c); err != nil {
		return nil, err
	}
	if err := s.Run(ctx); err != nil {
		return nil, err
	}
	return s.Trace()
}

// runOf is a runner whose errors name the files of a pack as the user does. The
// context's own errors stay what they are.
func (a *app) runOf(p *pack) func(context.Context, *rules.Pack, *facts.Case) (*trace.Trace, error) {
	r := &runner{app: a}
	return func(ctx context.Context, of *rules.Pack, c *facts.Case) (*trace.Trace, error) {
		t, err := r.run(ctx, of, c)
		var ds source.Diagnostics
		if errors.As(err, &ds) {
			err = p.places(ds)
		}
		return t, err
	}
}

// limited is a context that ends when the time of the settings is over.
func (a *app) limited(ctx context.Context) (context.Context, context.CancelFunc) {
	if a.settings.Timeout <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, a.settings.Timeout)
}

func isTimeout(err error) bool { return errors.Is(err, context.DeadlineExceeded) }

func isStop(err error) bool { return isTimeout(err) || errors.Is(err, context.Canceled) }

// counted is a number of things in words: "1 rule", "2 rules", "16777216 bytes".
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
