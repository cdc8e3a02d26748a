package book

import (
	"io"

	"truce/explain/claims"
	"truce/explain/register"
	"truce/rules"
)

// Parts are what a book is made of.
type Parts struct {
	Pack     *rules.Pack
	Claims   *claims.Matrix
	Register *register.Register // in pack order
	Runs     []*Run             // of the pack's tests and of real cases, tests first
}

// Book is a pack to read.
type Book struct {
	Title  string
	Blocks []Block
}

// New makes a book.
func New(in Parts) *Book {
	b := newBuilder(in)
	b.question()
	b.overview()
	for _, t := range b.themes {
		b.theme(t)
	}
	b.types()
	b.report()
	b.parameters()
	b.claims()
	b.runs(true)
	b.runs(false)
	b.words()
	return &Book{Title: in.Pack.Name + " " + in.Pack.Version, Blocks: b.blocks}
}

// HTML writes the book as one file.
func (b *Book) HTML(w io.Writer) error { return writeHTML(w, b) }

// Markdown writes the book as Markdown, with its graphs in Mermaid.
func (b *Book) Markdown(w io.Writer) error { return writeMarkdown(w, b) }

// builder puts the blocks of one book together.
type builder struct {
	in     Parts
	pack   *rules.Pack
	themes []*theme // in reading order
	blocks []Block
	params map[string]*register.Parameter // by name
	tests  *exercise
	cases  *exercise
}

func newBuilder(in Parts) *builder {
	b := &builder{in: in, pack: in.Pack, params: map[string]*register.Parameter{}}
	for _, p := range in.Register.Parameters {
		b.params[p.Name] = p
	}
	b.themes = themesOf(in.Pack)
	b.tests, b.cases = exerciseOf(in.Runs, true), exerciseOf(in.Runs, false)
	return b
}

func (b *builder) add(block Block) { b.blocks = append(b.blocks, block) }

func (b *builder) heading(level int, id string, text ...any) {
	b.add(Block{Kind: Heading, Level: level, ID: id, Text: with(text...)})
}

func (b *builder) para(text ...any) {
	if line := with(text...); len(line) > 0 {
		b.add(Block{Kind: Paragraph, Text: line})
	}
}

func (b *builder) list(items ...Line) {
	block := Block{Kind: List}
	for _, i := range items {
		if len(i) > 0 {
			block.Items = append(block.Items, Item{Text: i})
		}
	}
	if len(block.Items) > 0 {
		b.add(block)
	}
}

// question says what the pack answers, and with what.
func (b *builder) question() {
	p := b.pack
	b.heading(1, "top", "The rules of "+p.Name+" "+p.Version)
	b.para(p.Doc)
	b.heading(2, "question", "What it answers")
	goal := p.Goal.Type.Name + "." + p.Goal.Field.Name
	b.para("The answer is ", Span{Text: goal, To: anchor("field", goal), Style: Code}, ". It is one of these, or open between several:")
	block := Block{Kind: Table, Head: []Line{with("answer"), with("what it is"), with("how it is told"), with("what happened, that counts as it")}}
	for i, v := range p.Goal.Field.Type.Names.List {
		says := ""
		for _, s := range p.Report.Answer {
			if s.Value == v {
				says = s.Says
			}
		}
		block.Rows = append(block.Rows, Row{ID: anchor("answer", v), Cells: []Line{with(code(v)), with(p.Goal.Field.Type.Names.Docs[i]), with(says), with(p.Label(v))}})
	}
	b.add(block)
	if p.Report.Disclaimer != "" {
		b.para(aside("%s", p.Report.Disclaimer))
	}
}

// words lists units, qualities and labels.
func (b *builder) words() {
	p := b.pack
	b.heading(2, "words", "Units, qualities and labels")
	if len(p.Schema.Units) > 0 {
		block := Block{Kind: Table, Head: []Line{with("unit"), with("what it is")}}
		for i, u := range p.Schema.Units {
			block.Rows = append(block.Rows, Row{ID: anchor("unit", u), Cells: []Line{with(code(u)), with(p.Schema.UnitDocs[i])}})
		}
		b.add(block)
	}
	if len(p.Schema.Qualities) > 0 {
		block := Block{Kind: Table, Head: []Line{with("quality of a value"), with("mark"), with("what it is")}}
		for _, q := range p.Schema.Qualities {
			block.Rows = append(block.Rows, Row{ID: anchor("quality", q.Name), Cells: []Line{with(code(q.Name)), with(q.Mark), with(q.Doc)}})
		}
		b.add(block)
	}
	if len(p.Goal.Labels) > 0 {
		block := Block{Kind: Table, Head: []Line{with("label of what happened"), with("answers that count as it"), with("what it is")}}
		for _, l := range p.Goal.Labels {
			var values Line
			for i, v := range l.Values {
				if i > 0 {
					values = append(values, plain(", "))
				}
				values = append(values, link("answer", v))
			}
			block.Rows = append(block.Rows, Row{ID: anchor("label", l.Name), Cells: []Line{with(code(l.Name)), values, with(l.Doc)}})
		}
		b.add(block)
	}
	b.para(aside("Pack %s %s, %s.", p.Name, p.Version, p.Digest))
}
