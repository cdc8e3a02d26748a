// Package check says whether a recorded run follows from its case and its rules,
// without the engine that made it.
//
// What flows in: a record (package explain/record) and the files of the pack that it
// names. What flows out: what is wrong with it, or nothing. It imports no matcher and
// calls none, and it reads a record as a claim, not as data: nothing that it holds is
// used before it is checked.
//
// # What is trusted
//
// The loader of packs and cases (rules, facts), the language of conditions
// (rules/condition), their evaluation (rules/eval), the form of records
// (explain/record), and this package. The engine, its network and its trace are not.
//
// # How a run is checked
//
// The concluded facts of the record, with status and height, are taken as a hypothesis.
// From it and the case the whole run is written anew, and must come out as recorded:
//
//   - the stated facts are those of the case, with what could not be known on its date
//     taken out and assumptions put in;
//   - every rule is tried on all facts, once: each instance that is not false becomes a
//     justification, with its conditions, operands, margins and values. So the record
//     has all that follows: the hypothesis is closed under the rules;
//   - a fact has the status and the height that its justifications give it: a certain
//     one has a certain justification, and the height is one that some justification
//     rises to from lower facts. So it has nothing else: heights never stand on
//     themselves, in either model;
//   - the answer follows from the facts of the goal.
//
// An instance is found by the facts of its patterns. Where a later condition says that
// a field of a pattern equals something that is bound before, facts are looked up by
// that value, so the cost follows the instances and not the product of the facts.
//
// # Masked values
//
// A masked value of the case (package explain/mask) is unknown, and so is every concluded
// one that is computed of such. What that leaves open is evaluated as ever and must be as
// recorded. Where the truth of a comparison is open that speaks of a masked value, the
// recorded one is taken; where an instance of a rule could be false by masked values alone
// and is not in the record, it is taken to be false. Each condition of which something was
// taken so is named in a warning; all else follows from it as without masks. A record of a
// case without masks is the one in which there is nothing to take.
package check

import (
	"fmt"
	"maps"
	"slices"

	"truce/explain/record"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/eval"
)

// Files are the contents of a pack's files by name.
type Files map[string]string

// Record checks a record against the files of its pack. What it returns is what is
// wrong, and, as warnings, what could not be evaluated again; nothing where all is as
// recorded.
func Record(r *record.Record, files Files) source.Diagnostics {
	var list []rules.File
	for _, f := range r.Pack.Files {
		text, ok := files[f.Name]
		if d := record.Digest([]byte(text)); !ok || d != f.SHA256 {
			return source.Diagnostics{ErrPack.At(source.Span{File: f.Name}, "%s is not the file that the record names: its digest is %s", f.Name, d).Expect("%s", f.SHA256)}
		}
		list = append(list, rules.File{Name: f.Name, Text: text})
	}
	p, ds := rules.Load(list, rules.Options{SourceOnly: r.Pack.SourceOnly})
	if ds.HasErrors() {
		return append(source.Diagnostics{ErrPack.At(source.Span{}, "the files of the record are no pack")}, ds...)
	}
	return Run(r, p)
}

// Run is Record where the pack is loaded already, as when many records share it.
func Run(r *record.Record, p *rules.Pack) source.Diagnostics {
	if got := record.PackOf(p); !record.Same(got, r.Pack) {
		return source.Diagnostics{ErrPack.At(source.Span{}, "the pack is %s %s, digest %s", got.Name, got.Version, got.Digest).
			Expect("the %s %s of the record, digest %s, with extensions %v", r.Pack.Name, r.Pack.Version, r.Pack.Digest, r.Pack.Extensions)}
	}
	c := newChecker(r, p)
	for _, step := range [...]func(){c.hypothesis, c.seen, c.rebuild, c.compare} {
		if len(c.found) == 0 {
			step()
		}
	}
	return append(c.found, c.open.warnings()...).Sort()
}

// Rewrite is the run that follows from the case of a record and from what it concludes.
// Of masked values it has nothing but the truths that stand in the record.
func Rewrite(r *record.Record, p *rules.Pack) (record.Run, source.Diagnostics) {
	c := newChecker(r, p)
	if c.hypothesis(); len(c.found) == 0 {
		c.rebuild()
	}
	return c.run, c.found.Sort()
}

func newChecker(r *record.Record, p *rules.Pack) *checker {
	c := &checker{record: r, pack: p, forms: map[string][]int{}, indexes: map[*facts.Field]*index{}, somewhere: map[*facts.Field]bool{}, recorded: map[string]*record.Justification{}, open: open{}}
	for _, list := range [...][]record.Justification{r.Run.Justifications, r.Run.Lines} {
		for n := range list {
			c.recorded[instance(&list[n])] = &list[n]
		}
	}
	return c
}

// checker holds the check of one record.
type checker struct {
	record *record.Record
	pack   *rules.Pack
	kase   *facts.Case
	reach  record.Reach // what can rest on masked values

	recorded map[string]*record.Justification // by what they are of

	list      []fact // by position, as recorded
	byType    [][]int
	forms     map[string][]int // concluded facts by type and values, but those that can be masked
	indexes   map[*facts.Field]*index
	somewhere map[*facts.Field]bool // fields that are masked of some fact
	env       *eval.Env

	run   record.Run // as it follows
	of    [][]int    // justifications by fact
	total bool       // one row of a total table over the goal holds
	open  open       // what was taken from the record
	found source.Diagnostics
}

func (c *checker) fault(code source.Code, at source.Span, format string, args ...any) {
	c.found = append(c.found, code.At(at, format, args...))
}

// hypothesis reads the case, and takes the concluded facts from the record.
func (c *checker) hypothesis() {
	parameters, err := c.record.Parameters(c.pack)
	if err != nil {
		c.fault(ErrPack, source.Span{}, "%v", err)
		return
	}
	if c.kase, err = c.record.ReadCase(c.pack); err != nil {
		c.fault(ErrCase, source.Span{}, "%v", err)
		return
	}
	if c.masks(); len(c.found) > 0 {
		return
	}
	c.facts()
	c.groups()
	members := make([][]eval.Member, len(c.pack.Schema.Types))
	for i := range c.list {
		f := &c.list[i]
		m := eval.Member{Fact: c.bound(i), Presence: facts.UnknownBool(), Copies: f.Copies, Group: f.group, Blurred: f.blurred}
		if f.certain {
			m.Presence = facts.BoolOf(true)
		}
		members[f.typ.Index] = append(members[f.typ.Index], m)
	}
	c.env = &eval.Env{Parameters: parameters, AsOf: c.kase.AsOf,
		Members: func(t *facts.FactType) []eval.Member { return members[t.Index] }}
}

func (c *checker) bound(i int) eval.Fact { return eval.Fact{Ref: i, Values: c.list[i].values} }

// seen compares the facts that the rules saw.
func (c *checker) seen() {
	for i := range c.list {
		if !c.list[i].typ.Concluded {
			c.same(ErrStated, i)
		}
	}
	if recorded := c.record.Run.Withheld; !slices.Equal(c.run.Withheld, recorded) {
		c.fault(ErrStated, source.Span{}, "%v are recorded as facts that could not be known on the date, and not %v", recorded, c.run.Withheld)
	}
}

// same compares a fact with what is recorded in its place.
func (c *checker) same(code source.Code, i int) {
	f, recorded := &c.list[i], &c.record.Run.Facts[i]
	if !record.Same(&f.Fact, recorded) {
		c.fault(code, f.typ.Span, "%s is recorded as %s", f.Name, text(recorded))
		c.found[len(c.found)-1].Expected = text(&f.Fact)
	}
}

// rebuild writes the run that follows from the hypothesis.
func (c *checker) rebuild() {
	c.run.Justifications, c.run.Lines = []record.Justification{}, []record.Justification{}
	for _, r := range c.pack.Rules {
		c.run.Justifications = append(c.run.Justifications, c.try(r, nil)...)
	}
	c.order(c.run.Justifications)
	for _, s := range c.pack.Report.Sections {
		for _, l := range s.Lines {
			of := c.try(l.Rule, l.Weight)
			c.order(of)
			c.run.Lines = append(c.run.Lines, of...)
		}
	}
	c.of = make([][]int, len(c.list))
	for n := range c.run.Justifications {
		j := &c.run.Justifications[n]
		c.of[j.Fact] = append(c.of[j.Fact], n)
	}
	c.grounds()
	for i := range c.list {
		c.run.Facts = append(c.run.Facts, c.list[i].Fact)
	}
	c.run.Answer = c.answer()
}

// compare sets the run that follows against the one that is recorded.
func (c *checker) compare() {
	recorded := &c.record.Run
	for i := range c.list {
		if c.list[i].typ.Concluded { // seen has compared the others
			c.same(ErrFact, i)
		}
	}
	c.instances(c.run.Justifications)
	c.instances(c.run.Lines)
	for _, name := range slices.Sorted(maps.Keys(c.recorded)) {
		j := c.recorded[name]
		c.fault(ErrInstance, source.Span{}, "rule %s does not hold for the facts that the record gives it, %v", j.Rule, j.Premises)
	}
	if !record.Same(c.run.Answer, recorded.Answer) {
		c.fault(ErrAnswer, c.pack.Goal.Field.Span, "the answer is recorded as %s", text(recorded.Answer))
		c.found[len(c.found)-1].Expected = text(c.run.Answer)
	}
	if grounds := record.GroundsOf(&c.run); !record.Same(grounds, c.record.Grounds) {
		c.fault(ErrAnswer, c.pack.Goal.Field.Span, "the answer is recorded to rest on %s", text(c.record.Grounds))
		c.found[len(c.found)-1].Expected = text(grounds)
	}
	if len(c.found) == 0 && !record.Same(c.run, *recorded) {
		c.fault(ErrInstance, source.Span{}, "the parts of the run do not stand in their order, or some stand in it twice")
	}
}

// instances compares justifications with the recorded ones of the same, and strikes those
// off.
func (c *checker) instances(follow []record.Justification) {
	for n := range follow {
		want := &follow[n]
		got := c.recorded[instance(want)]
		delete(c.recorded, instance(want))
		switch {
		case got == nil:
			c.fault(ErrMissing, c.place(want, want), "rule %s holds for %s, and is not in the record", want.Rule, c.names(want))
		case !record.Same(want, got):
			c.fault(ErrInstance, c.place(want, got), "rule %s for %s comes to something else than is recorded", want.Rule, c.names(want))
		}
	}
}

// instance names one instance of a rule and one of its conclusions.
func instance(j *record.Justification) string { return fmt.Sprint(j.Rule, j.Conclusion, j.Premises) }

// text is how a part of a record is written.
func text(part any) string {
	b, err := record.Canonical(part)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
