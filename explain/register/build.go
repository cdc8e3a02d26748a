package register

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"truce/engine"
	"truce/explain"
	"truce/explain/search"
	"truce/facts"
	"truce/facts/source"
)

// Options of a register over cases.
type Options struct {
	Limits engine.Limits // of each run
	// Runs is how many runs of the rules a case may take; 0 is search.DefaultRuns.
	Runs int
	// Workers is how many cases are worked on at once; 0 is as many as there are CPUs.
	Workers int
	// Progress hears that so many cases of all are done, and which was the last; nil where
	// nobody asks. It is called by one goroutine at a time.
	Progress func(done, total int, name string)
}

// Build is the register of a program's pack over cases, in pack order. The error is the
// context's.
func Build(ctx context.Context, program *engine.Program, cases []*facts.Case, o Options) (*Register, error) {
	b := &builder{program: program, options: o, found: make([]*finding, len(cases))}
	for _, x := range program.Pack().Extensions {
		b.less = append(b.less, engine.Compile(program.Pack().WithoutExtension(x.ID)))
	}
	if err := b.run(ctx, cases); err != nil {
		return nil, err
	}
	r := Of(program.Pack())
	g := newGatherer(r)
	for i, f := range b.found {
		g.add(cases[i].ID, f)
	}
	g.done()
	return r, nil
}

// builder looks at cases side by side.
type builder struct {
	program *engine.Program
	less    []*engine.Program // by extension: the pack without it
	options Options
	found   []*finding // by case

	lock  sync.Mutex
	ended int
}

// finding is what one case says of the parameters.
type finding struct {
	failed  source.Diagnostics // why there is no answer; nothing else is set then
	robust  *search.Robustness
	rests   map[string]bool // names of parameters that the proof of the answer reads
	used    map[string]bool // assumptions that stand in for what the case leaves out
	without []search.Answer // by extension
}

// run looks at every case. The first error of any ends the rest.
func (b *builder) run(ctx context.Context, cases []*facts.Case) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	workers := b.options.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	next := make(chan int)
	var all sync.WaitGroup
	for range min(workers, len(cases)) {
		all.Go(func() {
			for i := range next {
				f, err := b.look(ctx, cases[i])
				if err != nil {
					cancel(err)
					continue
				}
				b.found[i] = f
				b.progress(len(cases), cases[i].ID)
			}
		})
	}
	for i := range cases {
		next <- i
	}
	close(next)
	all.Wait()
	return context.Cause(ctx)
}

func (b *builder) progress(total int, name string) {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.ended++
	if b.options.Progress != nil {
		b.options.Progress(b.ended, total, name)
	}
}

// look moves every parameter of one case. Its error is the context's.
func (b *builder) look(ctx context.Context, c *facts.Case) (*finding, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s, err := search.New(ctx, b.program, c, search.Options{Limits: b.options.Limits, Runs: b.options.Runs})
	var ds source.Diagnostics
	switch {
	case errors.As(err, &ds):
		return &finding{failed: ds}, nil
	case err != nil:
		return nil, err
	}
	f := &finding{rests: map[string]bool{}, used: map[string]bool{}}
	if f.robust, err = s.Parameters(ctx); err != nil {
		return nil, err
	}
	f.read(s)
	for _, less := range b.less {
		a, err := answer(ctx, less, c, b.options.Limits)
		if err != nil {
			return nil, err
		}
		f.without = append(f.without, a)
	}
	return f, nil
}

// read notes what the proof of the answer reads, and what the case leaves to the pack.
func (f *finding) read(s *search.Search) {
	t := s.Trace()
	for i := range t.Facts {
		for k := range t.Facts[i].Fields {
			if a := t.Facts[i].Fields[k].Assumption; a != nil {
				f.used[a.Name()] = true
			}
		}
	}
	p := explain.OfAnswer(t, explain.Options{})
	for i := range p.Thresholds {
		f.rests[p.Thresholds[i].Name] = true
		f.rests[p.Thresholds[i].Extension] = true
	}
	for _, n := range p.Nodes {
		for _, d := range n.Derivations() {
			f.rests[d.Extension] = true
		}
		for i := range n.Fields {
			if a := n.Fields[i].Assumption; a != nil && n.Fields[i].Read {
				f.rests[a.Name], f.rests[a.Extension] = true, true
			}
		}
	}
}

// answer is what a pack says of a case; one that it has no answer to has an error in
// it. The error besides is the context's.
func answer(ctx context.Context, p *engine.Program, c *facts.Case, limits engine.Limits) (search.Answer, error) {
	s := p.NewSession(engine.Options{Limits: limits})
	err := s.Load(c)
	if err == nil {
		err = s.Run(ctx)
	}
	if err != nil {
		return failed(err)
	}
	t, err := s.Trace()
	if err != nil {
		return failed(err)
	}
	return search.AnswerOf(t), nil
}

func failed(err error) (search.Answer, error) {
	var ds source.Diagnostics
	if errors.As(err, &ds) {
		return search.Answer{Values: []string{}, Error: ds[0].Message}, nil
	}
	return search.Answer{}, err
}
