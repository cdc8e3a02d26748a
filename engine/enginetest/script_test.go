package enginetest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// failures records what a script fails with.
type failures []string

func (f *failures) Helper() {}
func (f *failures) Errorf(format string, args ...any) {
	*f = append(*f, fmt.Sprintf(format, args...))
}

const before = `permute 3
-- pack.yaml --
pack:
  name: made
  version: "1"
  doc: A pack.
  goal: {type: Verdict, field: value}
  labels: {good: {values: [pass], doc: ""}, bad: {values: [fail], doc: ""}}
facts:
  Exam:
    doc: an exam
    fields: {marks: {type: number, range: [0, 100], doc: marks}, late: {type: bool, doc: late}}
  Note:
    count: open
    doc: a note
    fields: {size: {type: integer, doc: size}}
  Big: {concluded: true, doc: a big note, fields: {size: {type: integer, doc: size}}}
  Verdict: {concluded: true, key: [], doc: the verdict, fields: {value: {type: enum, values: {pass: "", fail: ""}, doc: v}}}
thresholds:
  enough: {value: 50, plausible: [30, 70], basis: judgement, because: a test, doc: enough}
rules:
  - rule: big
    when: [n: Note, n.size > 3]
    then: [{conclude: Big, with: {size: =n.size}}]
  - rule: pass
    when: [e: Exam, e.marks >= threshold.enough]
    then: [{conclude: Verdict, with: {value: pass}}]
-- script --
complete Note
assert Exam {marks: 60, late: false}
assert Note(a) {size: 5}
assert Note(b) {size: {low: 1, high: 5}}
`

// line is the line of the first command behind before.
var line = strings.Count(before, "\n") + 1

func run(script string, o enginetest.RunOptions) []string {
	var f failures
	enginetest.Run(&f, "s.txt", []byte(script), o)
	return f
}

func TestWhatHoldsPasses(t *testing.T) {
	require.Empty(t, run(before+`run
expect answer pass
expect holds Big(5) {size: 5}
expect can Big
expect can Big {size: {low: 1, high: 5}}
expect no Big {size: 4}
expect count Big 2
expect count Big 1 certain
expect origin Exam marks given
expect height Big(5) 1
expect height Exam 0
expect alternatives Big(5) 0
expect justifications Big(5) 1
expect because Big(5) rule big Note(a)
expect trace
  fact Exam, holds, height 0
  answer settled=true none=false
threshold enough {low: 40,
  # in between
  high: 70}
run
expect answer pass open or none
`, enginetest.RunOptions{}))
}

// Each expectation can fail, and says what there is, with file and line.
func TestWhatDoesNotHoldFails(t *testing.T) {
	for command, want := range map[string]string{
		"expect answer fail":                       "the answer is pass",
		"expect answer pass open":                  "the answer is pass",
		"expect answer pass or none":               "the answer is pass",
		"expect answer pas":                        `"pas" is no value of the goal`,
		"expect answer fails N101":                 "this should fail with N101 and does not",
		"expect holds Big {size: 4}":               "no such Big holds; there are \n  holds Big(5) {size: 5}\n  can hold Big(1 to 5) {size: 1 to 5}",
		"expect holds Big(1 to 5)":                 "no such Big(1 to 5) holds",
		"expect can Big(5)":                        "no such Big(5) can hold",
		"expect no Big(5)":                         "Big(5) is there",
		"expect count Big 1":                       "2 of Big, not 1",
		"expect count Big 2 certain":               "1 of Big, not 2",
		"expect count Big many":                    `"many" is no number`,
		"expect origin Exam marks absent":          "Exam.marks is given",
		"expect height Big(5) 2":                   "1 of Big(5), not 2",
		"expect height Big 2":                      "2 facts are Big",
		"expect alternatives Big(5) 1":             "0 of Big(5), not 1",
		"expect justifications Big(5) 2":           "1 of Big(5), not 2",
		"expect because Big(5) rule big Note(b)":   "Big(5) is because of \n  big Note(a)",
		"expect because Big(5) rule pass":          "Big(5) is because of",
		"expect because Big(5) rule large":         "there is no rule large",
		"expect trace\n  answer settled=false":     `the trace has no line "answer settled=false"`,
		"expect trace":                             "write the lines to look for below",
		"expect unread":                            "conclusions can be read",
		"expect holds Large":                       `"Large" is no fact type of the pack`,
		"expect wonders":                           `there is nothing to expect called "wonders"`,
		"expect holds Big {weight: 4}":             "Big has no field",
		"expect counters made":                     "the work is\n  big: tried 2, tested 2, held 2, new 2\n  pass: tried 1, tested 1, held 1, new 1",
		"run fails N002":                           "this should fail with N002 and does not",
		"assert Exam {marks: 1} fails N105":        "fails with N104",
		`assert Exam {marks: 1} fails N104 "blue"`: `the failure should say "blue"`,
		"assert Exam {marks: 1}":                   "N104",
		"assert Exam {marks: 101}":                 "F017",
		"assert Exam(a) {marks: 1}":                "write Exam(id) for a type of which there may be several",
		"assert Note {size: 1}":                    "write Note(id)",
		"assert Nothing {size: 1}":                 `"Nothing" is no fact type`,
		"rollback nowhere":                         "the mark is gone",
		"threshold enough":                         "write threshold NAME VALUE",
		"threshold enough many":                    "F0",
		"date yesterday":                           "is no date",
		"retract":                                  "retract what?",
		"run cancelled":                            "N006",
		"run twice":                                "write run, run cancelled",
		"session seconds=3":                        "seconds=3 is no limit",
		"hope":                                     `there is no command "hope"`,
		"run fails":                                "write fails CODE",
	} {
		got := run(before+"run\n"+command+"\n", enginetest.RunOptions{Matcher: "made"})
		require.Len(t, got, 1, command)
		require.Contains(t, got[0], want, command)
		require.Contains(t, got[0], fmt.Sprintf("s.txt:%d:", line+1), command)
	}
}

func TestScriptsThatAreNone(t *testing.T) {
	for script, want := range map[string]string{
		"":                                   "s.txt:1: the script has no commands",
		"  below":                            "s.txt:1: an indented line goes on with a command",
		"permute often\n":                    `"often" is no number of times`,
		"pack plain\nrun":                    "there is no folder to read packs from",
		"-- pack.yaml --\n-- script --\nrun": "pack",
	} {
		got := run(script, enginetest.RunOptions{})
		require.Len(t, got, 1, script)
		require.Contains(t, got[0], want, script)
	}
}

// An expectation that fails lets the script go on; a command does not.
func TestWhereAScriptEnds(t *testing.T) {
	require.Len(t, run(before+"run\nexpect no Big\nexpect no Exam\nretract Note(z)\nexpect no Note\n", enginetest.RunOptions{}), 3)
}

// faulty is a session that does one thing wrong.
type faulty struct {
	*engine.Session
	fault string
}

func (f *faulty) Retract(name string) error {
	if f.fault == "retract" {
		return nil
	}
	return f.Session.Retract(name)
}

func (f *faulty) SetThreshold(name string, v facts.Value) error {
	if f.fault == "threshold" {
		return nil
	}
	return f.Session.SetThreshold(name, v)
}

func (f *faulty) Rollback(m engine.Mark) bool {
	switch f.fault {
	case "rollback":
		return true
	case "gone":
		f.Session.Rollback(m)
		return true
	}
	return f.Session.Rollback(m)
}

// A session that forgets, keeps or mixes up is found out, by scripts and by drawn
// sequences.
func TestFaultySessionsAreFound(t *testing.T) {
	script := func(fault, commands string) []string {
		first := true
		return run(before+commands, enginetest.RunOptions{New: func(p *rules.Pack, o engine.Options) enginetest.Session {
			s := engine.Compile(p).NewSession(o)
			if !first {
				return s // what it is compared with
			}
			first = false
			return &faulty{Session: s, fault: fault}
		}})
	}
	for fault, commands := range map[string]string{
		"retract":   "run\nretract Note(a)\nrun\n",
		"threshold": "threshold enough 30\nrun\nthreshold enough 70\nrun\n",
		"rollback":  "run\nmark m\nretract Note(a)\nrun\nrollback m\n",
		"gone":      "mark m\nretract Note(a)\nmark n\nrollback m\nrollback n fails N105\n",
	} {
		require.NotEmpty(t, script(fault, commands), fault)
		if fault != "gone" { // the last command of it is to fail
			require.Empty(t, script("", commands), fault)
		}
	}
	for _, fault := range []string{"retract", "threshold", "rollback", "gone"} {
		require.True(t, found(fault), fault)
	}
}

// found draws sequences until one shows the fault.
func found(fault string) bool {
	g := rapid.Custom(func(t *rapid.T) *enginetest.Generated {
		return enginetest.Pack(t, enginetest.Options{})
	})
	for seed := range 200 {
		p, ds := rules.Load(filesOf(g.Example(seed)), rules.Options{})
		if ds.Err() != nil {
			return false
		}
		broken := rapid.Custom(func(t *rapid.T) bool { return breaks(t, p, fault) })
		if broken.Example(seed) {
			return true
		}
	}
	return false
}

func filesOf(g *enginetest.Generated) []rules.File { return g.Files(g.InOrder()) }

// breaks makes drawn changes in a faulty session and says whether that shows.
func breaks(t *rapid.T, p *rules.Pack, fault string) bool {
	fresh := func() *engine.Session { return engine.Compile(p).NewSession(engine.Options{Recompute: true}) }
	d := enginetest.NewDriver(enginetest.Sessions{
		New:   func() enginetest.Session { return &faulty{Session: fresh(), fault: fault} },
		Fresh: func() enginetest.Session { return fresh() },
	})
	for range 30 {
		var broken *enginetest.Broken
		c := enginetest.Next(t, p, d)
		if err := d.Apply(c); errors.As(err, &broken) {
			return true
		}
		o, _ := d.Run(context.Background())
		if err := d.Compare(context.Background(), o); err != nil {
			return true
		}
	}
	return false
}

// orderly is a session whose trace shows in which order facts came.
type orderly struct {
	*engine.Session
	notes []string
}

func (o *orderly) Assert(f *facts.StatedFact) error {
	if f.Type.Name == "Note" {
		o.notes = append(o.notes, f.ID)
	}
	return o.Session.Assert(f)
}

func (o *orderly) Trace() (*trace.Trace, error) {
	tr, err := o.Session.Trace()
	if err == nil && len(o.notes) > 0 && o.notes[0] == "b" {
		tr.Answer.NoneCanHold = true
	}
	return tr, err
}

// packOrder is a session whose trace shows in which order rules came.
type packOrder struct {
	*engine.Session
	pack *rules.Pack
}

func (o *packOrder) Trace() (*trace.Trace, error) {
	tr, err := o.Session.Trace()
	if err == nil && o.pack.Rules[0].Name == "pass" {
		tr.Answer.NoneCanHold = true
	}
	return tr, err
}

// An order that shows is found by permuting.
func TestOrdersThatShowAreFound(t *testing.T) {
	script := strings.Replace(before, "permute 3", "permute 12", 1) + "run\n"
	require.Empty(t, run(script, enginetest.RunOptions{}))
	got := run(script, enginetest.RunOptions{New: func(p *rules.Pack, o engine.Options) enginetest.Session {
		return &packOrder{engine.Compile(p).NewSession(o), p}
	}})
	require.Len(t, got, 2)
	require.Contains(t, got[0], "under order")
	require.Contains(t, got[1], "answer settled=true none=true")

	got = run(script, enginetest.RunOptions{New: func(p *rules.Pack, o engine.Options) enginetest.Session {
		return &orderly{Session: engine.Compile(p).NewSession(o)}
	}})
	require.NotEmpty(t, got)
}
