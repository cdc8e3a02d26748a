package book

import (
	"fmt"

	"truce/explain/register"
)

// places are the anchors of names in sentences about answers.
func (b *builder) places() map[string]string {
	out := map[string]string{}
	for _, r := range b.in.Runs {
		if !r.Test {
			out[r.Name] = anchor("case", r.Name)
		}
	}
	return out
}

// parameter is a section on a threshold or an assumption.
func (b *builder) parameter(kind, name string) {
	p := b.params[name]
	what := "Threshold "
	switch p.Kind {
	case register.Points:
		what = "Points "
	case register.Assumption:
		what = "Assumption "
	case register.Threshold, register.Extension:
	}
	b.heading(3, anchor(kind, name), what, code(name), " = "+p.Shown())
	b.para(spaced(b.cites(p.Cites), with(aside("%s, %s", p.Tag(), p.At))))
	items := []Line{with(p.Doc), because(p)}
	if kind == "assumption" {
		items = append(items, with("Of ", Span{Text: name, To: anchor("field", name), Style: Code}, ", where a case does not give it."))
	}
	if !p.Plausible.IsZero() {
		items = append(items, with("Plausible: "+p.PlausibleWords()+"."))
	}
	items = append(items, b.readers(p))
	for _, s := range b.in.Register.Answers(p) {
		items = append(items, linked(s, b.places()))
	}
	b.list(items...)
}

func because(p *register.Parameter) Line {
	if p.Because == "" {
		return nil
	}
	return with("Because: " + p.Because)
}

// readers are links to what reads a parameter, or to what an extension adds.
func (b *builder) readers(p *register.Parameter) Line {
	head := "Read by "
	if p.Kind == register.Extension {
		head = "It adds "
	}
	links := with(named("rule", p.Rules))
	if len(p.Rules) > 0 && len(p.Lines) > 0 {
		links = append(links, plain(", "))
	}
	links = append(links, named("rule", p.Lines)...)
	if len(links) == 0 {
		return with(head + "no rule.")
	}
	return with(head, links, ".")
}

// parameters is the register as a table, and the extensions.
func (b *builder) parameters() {
	r := b.in.Register
	b.heading(2, "parameters", "The register of parameters")
	b.para("Every choice of the pack's author: the numbers, what is assumed where a case is silent, and what is added to the source.", b.overCases())
	block := Block{Kind: Table, Head: []Line{with("parameter"), with("value"), with("plausible"), with("basis"), with("cites")}}
	if r.Cases > 0 {
		block.Head = append(block.Head, with("answers that rest on it"), with("answers that fall with it"))
	}
	for _, p := range r.Parameters {
		plausible := ""
		if !p.Plausible.IsZero() {
			plausible = p.PlausibleWords()
		}
		row := []Line{with(link(sectionKind(p), p.Name)), with(p.Shown()), with(plausible), with(p.Tag()), b.cites(p.Cites)}
		if r.Cases > 0 {
			row = append(row, with(fmt.Sprintf("%d of %d", len(p.Rests), r.Cases)), with(fmt.Sprintf("%d", len(p.Falls))))
		}
		block.Rows = append(block.Rows, Row{Cells: row})
	}
	b.add(block)
	for _, x := range b.pack.Extensions {
		b.heading(3, anchor("extension", x.ID), "Extension ", code(x.ID))
		p := b.params[x.ID]
		b.para(x.Doc, " ", aside("%s", p.At))
		items := []Line{b.readers(p), b.added(x.ID)}
		for _, s := range r.Answers(p) {
			items = append(items, linked(s, b.places()))
		}
		b.list(items...)
	}
}

func (b *builder) overCases() string {
	if n := b.in.Register.Cases; n > 0 {
		return fmt.Sprintf(" An answer rests on one that its proof reads, and falls with one that changes it within what is plausible, alone: over %d cases.", n)
	}
	return ""
}

// sectionKind is the kind of anchor that a parameter has.
func sectionKind(p *register.Parameter) string {
	if p.Kind == register.Points {
		return string(register.Threshold)
	}
	return string(p.Kind)
}

// added are the parameters and tests of an extension.
func (b *builder) added(id string) Line {
	var out Line
	for _, p := range b.in.Register.Parameters {
		if p.Extension == id {
			if len(out) > 0 {
				out = append(out, plain(", "))
			}
			out = append(out, link(sectionKind(p), p.Name))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return with("Its parameters: ", out, ".")
}
