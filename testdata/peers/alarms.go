package main

import (
	"context"
	"fmt"
	"strings"

	"truce/engine"
	"truce/facts"
	"truce/testdata/bench"
)

// kinds of change, as CLIPS prints them.
var kinds = [4]string{"sensor", "site", "region", "acknowledgement"}

func changes(s settings, t *table, clips string) error {
	for _, sensors := range []int{2000, 90_000} {
		all := bench.NewAlarms(sensors)
		work := func(kind string) string { return fmt.Sprintf("w4 %d sensors, change: %s", sensors, kind) }
		if err := truceChanges(s, t, all, work); err != nil {
			return err
		}
		again := bench.NewAlarms(sensors)
		fig, err := measure(s, func(i int) error {
			again.Sensors[i%1000].Value = 95 - 90*int64(i/1000%2)
			again.Count()
			return nil
		})
		if err != nil {
			return err
		}
		for _, k := range kinds {
			t.add(work(k), "by hand, recomputing", fig)
		}
		if clips == "" {
			continue
		}
		if err := clipsChanges(t, clips, all, work); err != nil {
			return err
		}
	}
	return nil
}

// loud checks what a session holds against a count from the facts alone.
func loud(made *bench.AlarmFacts, session *engine.Session, all *bench.Alarms) error {
	alarms, quiet := all.Count()
	a, err := session.Read(made.Pack.Schema.Type("Alarm"))
	if err != nil {
		return err
	}
	q, err := session.Read(made.Pack.Schema.Type("Quiet"))
	if err == nil && (a.Len() != alarms || q.Len() != quiet) {
		err = fmt.Errorf("truce %w: %d alarms and %d quiet, expected %d and %d", errAnswer, a.Len(), q.Len(), alarms, quiet)
	}
	return err
}

func truceChanges(s settings, t *table, all *bench.Alarms, work func(string) string) error {
	made, err := bench.LoadAlarmFacts()
	if err != nil {
		return err
	}
	c, err := made.Case(all)
	if err != nil {
		return err
	}
	session := engine.Compile(made.Pack).NewSession(boundless())
	if err := session.Load(c); err != nil {
		return err
	}
	ctx := context.Background()
	if err := session.Run(ctx); err != nil {
		return err
	}
	if err := loud(made, session, all); err != nil {
		return err
	}
	var to, back [4][]func() error
	modify := func(f *facts.StatedFact) func() error { return func() error { return session.Modify(f) } }
	for i := range int64(1000) {
		site := i / 10
		to[0] = append(to[0], modify(made.Sensor(i, bench.Sensor{Site: site, Value: 95})))
		back[0] = append(back[0], modify(made.Sensor(i, bench.Sensor{Site: site, Value: 5})))
		ack := made.Ack(i)
		to[3] = append(to[3], func() error { return session.Assert(ack) })
		back[3] = append(back[3], func() error { return session.Retract(ack.Name()) })
	}
	for i := range int64(100) {
		to[1] = append(to[1], modify(made.Site(i, bench.Site{Region: i / 10})))
		back[1] = append(back[1], modify(made.Site(i, bench.Site{Region: i / 10, Open: true})))
	}
	for i := range int64(10) {
		to[2] = append(to[2], modify(made.Region(i, false)))
		back[2] = append(back[2], modify(made.Region(i, true)))
	}
	for k, name := range kinds {
		if k == 1 { // from here on the sensors that matter are high
			for i, f := range to[0] {
				all.Sensors[i].Value = 95
				if err := f(); err != nil {
					return err
				}
			}
			if err := session.Run(ctx); err != nil {
				return err
			}
			if err := loud(made, session, all); err != nil {
				return err
			}
		}
		fig, err := measure(s, func(i int) error {
			i %= len(to[k])
			for _, f := range []func() error{to[k][i], back[k][i]} {
				if err := f(); err != nil {
					return err
				}
				if err := session.Run(ctx); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		t.add(work(name), ours, figure{fig.time / 2, fig.bytes / 2, fig.allocs / 2})
		if k > 0 {
			if err := loud(made, session, all); err != nil {
				return err
			}
		}
	}
	return nil
}

func clipsChanges(t *table, binary string, all *bench.Alarms, work func(string) string) error {
	fresh := bench.NewAlarms(len(all.Sensors))
	var b strings.Builder
	for i, high := range fresh.High {
		fmt.Fprintf(&b, "(region (id %d) (level %s))\n", i, map[bool]string{true: "high", false: "low"}[high])
	}
	for i, s := range fresh.Sites {
		fmt.Fprintf(&b, "(site (id %d) (region %d) (status %s))\n", i, s.Region, map[bool]string{true: "open", false: "closed"}[s.Open])
	}
	for _, s := range fresh.Acks {
		fmt.Fprintf(&b, "(ack (sensor %d))\n", s)
	}
	for i, s := range fresh.Sensors {
		fmt.Fprintf(&b, "(sensor (id %d) (site %d) (value %d))\n", i, s.Site, s.Value)
	}
	lines, err := runCLIPS(binary, map[string]string{"facts.fct": b.String(), "w4.clp": alarmRules, "main.bat": alarmScript})
	if err != nil {
		return err
	}
	if len(lines) != 6 {
		return fmt.Errorf("CLIPS gave %d lines", len(lines))
	}
	alarms, quiet := fresh.Count()
	after := bench.NewAlarms(len(all.Sensors))
	for i := range 1000 {
		after.Sensors[i].Value = 5
	}
	alarms2, quiet2 := after.Count()
	for n, want := range map[int]string{0: fmt.Sprint(alarms, quiet), 5: fmt.Sprint(alarms2, quiet2)} {
		if got := strings.Join(lines[n], " "); got != want {
			return fmt.Errorf("CLIPS %w: alarms and quiet regions %s, expected %s", errAnswer, got, want)
		}
	}
	for k, name := range kinds {
		fig, err := seconds(lines[k+1][0], 1)
		if err != nil {
			return err
		}
		t.add(work(name), "CLIPS", fig)
	}
	return nil
}

const alarmRules = `(deftemplate sensor (slot id) (slot site) (slot value))
(deftemplate site (slot id) (slot region) (slot status))
(deftemplate region (slot id) (slot level))
(deftemplate ack (slot sensor))
(deftemplate alarm (slot sensor) (slot region))
(deftemplate quiet (slot region))
(defrule alarm
  (logical (sensor (id ?i) (site ?s) (value ?v&:(> ?v 90))) (site (id ?s) (region ?r) (status open))
           (region (id ?r) (level high)) (not (ack (sensor ?i))))
  => (assert (alarm (sensor ?i) (region ?r))))
(defrule quiet (declare (salience -10))
  (logical (region (id ?r) (level high)) (not (alarm (region ?r)))) => (assert (quiet (region ?r))))
(deffunction say () (bind ?a 0) (bind ?q 0)
  (do-for-all-facts ((?f alarm)) TRUE (bind ?a (+ ?a 1))) (do-for-all-facts ((?f quiet)) TRUE (bind ?q (+ ?q 1)))
  (printout t "@ " ?a " " ?q crlf))
(deffunction value (?fs ?to ?back) (bind ?t (time))
  (foreach ?f ?fs (bind ?g (modify ?f (value ?to))) (run) (modify ?g (value ?back)) (run))
  (/ (- (time) ?t) (* 2 (length$ ?fs))))
(deffunction status (?fs ?to ?back) (bind ?t (time))
  (foreach ?f ?fs (bind ?g (modify ?f (status ?to))) (run) (modify ?g (status ?back)) (run))
  (/ (- (time) ?t) (* 2 (length$ ?fs))))
(deffunction level (?fs ?to ?back) (bind ?t (time))
  (foreach ?f ?fs (bind ?g (modify ?f (level ?to))) (run) (modify ?g (level ?back)) (run))
  (/ (- (time) ?t) (* 2 (length$ ?fs))))
(deffunction sensors () (find-all-facts ((?f sensor)) (< ?f:id 1000)))
(deffunction setall (?v) (foreach ?f (sensors) (modify ?f (value ?v))) (run))
(deffunction acks () (bind ?t (time)) (loop-for-count (?i 0 999) (bind ?g (assert (ack (sensor ?i)))) (run) (retract ?g) (run)) (/ (- (time) ?t) 2000))
`

// alarmScript prints counts, then the seconds of each kind of change, the best of
// three.
const alarmScript = `(load w4.clp)
(reset)
(load-facts facts.fct)
(run)
(say)
(printout t "@ " (min (value (sensors) 95 5) (value (sensors) 95 5) (value (sensors) 95 5)) crlf)
(setall 95)
(deffunction sites () (find-all-facts ((?f site)) (< ?f:id 100)))
(deffunction regions () (find-all-facts ((?f region)) (< ?f:id 10)))
(printout t "@ " (min (status (sites) closed open) (status (sites) closed open) (status (sites) closed open)) crlf)
(printout t "@ " (min (level (regions) low high) (level (regions) low high) (level (regions) low high)) crlf)
(printout t "@ " (min (acks) (acks) (acks)) crlf)
(setall 5)
(say)
(exit)
`
