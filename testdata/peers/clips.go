package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"truce/testdata/bench"
)

// runCLIPS runs a script and gives the lines that it prints behind the sign @ at
// their beginning, where no echo and no message of CLIPS has it.
func runCLIPS(binary string, files map[string]string) ([][]string, error) {
	dir, err := os.MkdirTemp("", "peers")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	cmd := exec.Command(binary, "-f", "main.bat")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, tail(out))
	}
	var lines [][]string
	scanner := bufio.NewScanner(bytes.NewReader(out))
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		if said, ok := strings.CutPrefix(scanner.Text(), "@ "); ok {
			lines = append(lines, strings.Fields(said))
		}
	}
	if len(lines) == 0 {
		return nil, fmt.Errorf("CLIPS said nothing: %s", tail(out))
	}
	return lines, scanner.Err()
}

// timedPasses defines a function that prints the seconds of some passes, the best of
// three; what a script binds outside of functions is gone after a reset.
const timedPasses = `(deffunction passes () (bind ?t (time)) (loop-for-count %d (pass)) (- (time) ?t))
(deffunction bench () (bind ?s (min (passes) (passes) (passes))) (printout t "@ seconds " ?s crlf))
`

func tail(out []byte) []byte { return out[max(0, len(out)-400):] }

// seconds is what CLIPS timed, for each of n operations.
func seconds(text string, n float64) (figure, error) {
	x, err := strconv.ParseFloat(text, 64)
	return figure{time.Duration(x / n * 1e9), -1, -1}, err
}

// slot writes the pattern of one test.
func (t test) slot() string {
	f := t.field.name
	switch v := t.value.(type) {
	case string:
		if t.op == "!=" {
			v = "~" + v
		}
		return fmt.Sprintf("(%s %s)", f, v)
	case bool:
		return fmt.Sprintf("(%s %s)", f, strings.ToUpper(fmt.Sprint(v)))
	case float64:
		op := strings.Replace(t.op, "==", "=", 1)
		return fmt.Sprintf("(%s ?%s&:(%s ?%s %s))", f, f, op, f, t.literal())
	}
	return fmt.Sprintf("(%s ?%s) (%s ?%s&:(%s ?%s ?%s))", t.other, t.other, f, f, t.op, f, t.other)
}

// clips has one record, a fact for each rule that fires, and totals at a lower
// salience.
func (s *spec) clips(binary string, expected []string) (figure, error) {
	var b strings.Builder
	b.WriteString("(deftemplate facts")
	for _, f := range s.fields {
		fmt.Fprintf(&b, " (slot %s)", f.name)
	}
	b.WriteString(")\n(deftemplate stressor (slot id) (slot group) (slot severity))\n(deftemplate score (slot economy) (slot proxies) (slot deterrence))\n(deftemplate recommendation (slot value))\n")
	for _, r := range s.rules {
		fmt.Fprintf(&b, "(defrule %s (facts", r.id)
		for _, t := range r.tests {
			b.WriteString(" " + t.slot())
		}
		fmt.Fprintf(&b, ") => (assert (stressor (id %s) (group %s) (severity %d))))\n", r.id, groups[r.group], r.severity)
	}
	fmt.Fprintf(&b, `(deffunction total (?g) (bind ?s 0) (do-for-all-facts ((?x stressor)) (eq ?x:group ?g) (bind ?s (+ ?s ?x:severity))) ?s)
(defrule scores (declare (salience -10)) (facts) => (assert (score (economy (total economy)) (proxies (total proxies)) (deterrence (total deterrence)))))
(defrule truce (score (economy ?e) (proxies ?p) (deterrence ?d)) (test (or (>= (+ ?e ?p ?d) %d) (and (>= ?e %d) (>= ?p %d)))) => (assert (recommendation (value truce))))
(defrule reversion (declare (salience -1)) (score (economy ?e) (proxies ?p) (deterrence ?d)) (not (recommendation)) (test (and (<= (+ ?e ?p ?d) %d) (<= ?d %d))) => (assert (recommendation (value reversion))))
(defrule hold (declare (salience -2)) (score) (not (recommendation)) => (assert (recommendation (value hold))))
(deffunction say () (printout t "@ fired") (do-for-all-facts ((?x stressor)) TRUE (printout t " " ?x:id))
  (do-for-all-facts ((?x score)) TRUE (printout t " " ?x:economy " " ?x:proxies " " ?x:deterrence))
  (do-for-all-facts ((?x recommendation)) TRUE (printout t " " ?x:value crlf)))
`, s.reco[0], s.reco[1], s.reco[2], s.reco[3], s.reco[4])
	var pass, check strings.Builder
	for i, in := range s.inputs {
		fmt.Fprintf(&b, "(deffunction in%d () (assert (facts", i)
		for _, f := range s.fields {
			v := fmt.Sprint(in[f.name])
			if f.kind == "bool" {
				v = strings.ToUpper(v)
			}
			fmt.Fprintf(&b, " (%s %s)", f.name, v)
		}
		b.WriteString(")))\n")
		fmt.Fprintf(&pass, " (reset) (in%d) (run)", i)
		fmt.Fprintf(&check, " (reset) (in%d) (run) (say)", i)
	}
	fmt.Fprintf(&b, "(deffunction pass ()%s)\n(deffunction check ()%s)\n", pass.String(), check.String())
	const passes = 10
	lines, err := runCLIPS(binary, map[string]string{"w1.clp": b.String(), "main.bat": fmt.Sprintf(
		"(load w1.clp)\n%s(check)\n(bench)\n(exit)\n", fmt.Sprintf(timedPasses, passes))})
	if err != nil {
		return figure{}, err
	}
	if len(lines) != len(expected)+1 {
		return figure{}, fmt.Errorf("CLIPS gave %d lines", len(lines))
	}
	for i, want := range expected {
		if got := assessedOf(lines[i]); got != want {
			return figure{}, fmt.Errorf("CLIPS %w: input %d: %s, expected %s", errAnswer, i, got, want)
		}
	}
	return seconds(lines[len(expected)][1], float64(passes*len(s.inputs)))
}

// assessedOf reads: fired, ids, three sums, recommendation.
func assessedOf(said []string) string {
	n := len(said) - 4
	if n < 1 {
		return strings.Join(said, " ")
	}
	out := bench.Assessed{Fired: said[1:n], Recommendation: said[n+3]}
	for i := range out.Sums {
		if _, err := fmt.Sscan(said[n+i], &out.Sums[i]); err != nil {
			return err.Error()
		}
	}
	return out.Line()
}

// clips counts what fires; the facts of a record go with it.
func (m *many) clips(binary string) (each, load figure, err error) {
	var b, records, pass, check strings.Builder
	b.WriteString("(defglobal ?*n* = 0)\n(deftemplate rec")
	for _, n := range m.names {
		fmt.Fprintf(&b, " (slot %s)", n)
	}
	b.WriteString(")\n")
	for i, r := range m.rules {
		fmt.Fprintf(&b, "(defrule r%d (rec (%s ?x&:(>= ?x %s))) => (bind ?*n* (+ ?*n* 1)))\n", i, m.names[r.field], r.constant)
	}
	for i, r := range m.records {
		fmt.Fprintf(&records, "(deffunction a%d () (assert (rec", i)
		for _, n := range m.names {
			fmt.Fprintf(&records, " (%s %v)", n, r[n])
		}
		records.WriteString(")))\n")
		fmt.Fprintf(&pass, " (bind ?f (a%d)) (run) (retract ?f)", i)
		fmt.Fprintf(&check, " (bind ?*n* 0) (bind ?f (a%d)) (run) (retract ?f) (printout t \"@ hits \" ?*n* crlf)", i)
	}
	passes := max(3, 30_000/len(m.rules))
	lines, err := runCLIPS(binary, map[string]string{"w2.clp": b.String(), "main.bat": fmt.Sprintf(
		"(bind ?t (time))\n(load w2.clp)\n(printout t crlf \"@ seconds \" (- (time) ?t) crlf)\n%s(deffunction pass ()%s)\n(deffunction check ()%s)\n%s(reset)\n(check)\n(bench)\n(exit)\n",
		records.String(), pass.String(), check.String(), fmt.Sprintf(timedPasses, passes))})
	if err != nil {
		return each, load, err
	}
	if len(lines) != len(m.expected)+2 {
		return each, load, fmt.Errorf("CLIPS gave %d lines", len(lines))
	}
	if load, err = seconds(lines[0][1], 1); err != nil {
		return each, load, err
	}
	for i, want := range m.expected {
		if lines[i+1][1] != strconv.Itoa(want) {
			return each, load, fmt.Errorf("CLIPS %w: record %d: %s, expected %d", errAnswer, i, lines[i+1][1], want)
		}
	}
	each, err = seconds(lines[len(lines)-1][1], float64(passes*len(m.records)))
	return each, load, err
}
