package main

import (
	"context"
	"fmt"
	"strings"

	"truce/engine"
	"truce/facts"
	"truce/rules"
	"truce/testdata/bench"
)

// boundless lets truce's large sizes run to their end.
func boundless() engine.Options {
	return engine.Options{Limits: engine.Limits{Facts: -1, Justifications: -1, Work: -1}}
}

func reach(s settings, t *table, clips string) error {
	for _, g := range bench.Graphs() {
		if err := oneGraph(s, t, clips, g); err != nil {
			return fmt.Errorf("%s: %w", g.Name, err)
		}
	}
	return nil
}

func oneGraph(s settings, t *table, clips string, g bench.Graph) error {
	work := fmt.Sprintf("w3 %s, %d facts", g.Name, g.Expected)
	pairs, err := g.Pairs()
	if err != nil {
		return err
	}
	if err := truceGraph(s, t, work, g); err != nil {
		return err
	}
	loop := closure
	if g.Tree {
		loop = generation
	}
	fig, err := measure(s, func(int) error {
		if n := loop(pairs); n != g.Expected {
			return fmt.Errorf("by hand %w: %d facts", errAnswer, n)
		}
		return nil
	})
	if err != nil {
		return err
	}
	t.add(work, "by hand, semi-naive", fig)
	if clips == "" {
		return nil
	}
	fig, err = clipsGraph(clips, g, pairs)
	if err != nil {
		return err
	}
	t.add(work, "CLIPS", fig)
	return nil
}

// truceGraph times the run; facts are stated before.
func truceGraph(s settings, t *table, work string, g bench.Graph) error {
	p, c, err := g.Load()
	if err != nil {
		return err
	}
	fig, err := truceRun(s, p, c, g)
	if err == nil {
		t.add(work, ours, fig)
	}
	return err
}

func truceRun(s settings, p *rules.Pack, c *facts.Case, g bench.Graph) (figure, error) {
	program := engine.Compile(p)
	// Loading is a thousandth of the run, and is timed with it.
	return measure(s, func(int) error {
		session := program.NewSession(boundless())
		if err := session.Load(c); err != nil {
			return err
		}
		if err := session.Run(context.Background()); err != nil {
			return err
		}
		list, err := session.Read(p.Schema.Type(g.Derived()))
		if err == nil && list.Len() != g.Expected {
			err = fmt.Errorf("truce %w: %d facts", errAnswer, list.Len())
		}
		return err
	})
}

func clipsGraph(binary string, g bench.Graph, pairs [][2]int64) (figure, error) {
	program := `(deftemplate edge (slot a) (slot b))
(deftemplate out (slot a) (slot b))
(defrule base (edge (a ?x) (b ?y)) => (assert (out (a ?x) (b ?y))))
(defrule step (out (a ?x) (b ?y)) (edge (a ?y) (b ?z)) => (assert (out (a ?x) (b ?z))))
`
	if g.Tree {
		program = `(deftemplate edge (slot a) (slot b))
(deftemplate out (slot a) (slot b))
(defrule base (edge (a ?x) (b ?p)) (edge (a ?y) (b ?p)) => (assert (out (a ?x) (b ?y))))
(defrule step (edge (a ?x) (b ?p)) (out (a ?p) (b ?q)) (edge (a ?y) (b ?q)) => (assert (out (a ?x) (b ?y))))
`
	}
	var b strings.Builder
	for _, p := range pairs {
		fmt.Fprintf(&b, "(edge (a %d) (b %d))\n", p[0], p[1])
	}
	lines, err := runCLIPS(binary, map[string]string{"w3.clp": program, "edges.fct": b.String(), "main.bat": `(load w3.clp)
(reset)
(load-facts edges.fct)
(bind ?t (time))
(run)
(bind ?t (- (time) ?t))
(bind ?n 0)
(do-for-all-facts ((?f out)) TRUE (bind ?n (+ ?n 1)))
(printout t "@ " ?t " " ?n crlf)
(exit)
`})
	if err != nil {
		return figure{}, err
	}
	if lines[0][1] != fmt.Sprint(g.Expected) {
		return figure{}, fmt.Errorf("CLIPS %w: %s facts", errAnswer, lines[0][1])
	}
	return seconds(lines[0][0], 1)
}
