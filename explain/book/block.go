package book

import (
	"fmt"
	"strings"
)

// Kind is what a block is.
type Kind uint8

// The kinds of blocks.
const (
	Heading Kind = iota
	Paragraph
	List
	Table
	Picture
)

// Block is a part of a book.
type Block struct {
	Kind  Kind
	Level int    // of a heading, from 1
	ID    string // its anchor; "" for none
	Text  Line   // of a heading and a paragraph
	Items []Item // of a list
	Head  []Line // of a table
	Rows  []Row
	Graph *Graph // of a picture
}

// Item is an item of a list, with an anchor where it has one.
type Item struct {
	ID   string
	Text Line
}

// Row is a row of a table. Its first cell says what it is about.
type Row struct {
	ID    string
	Cells []Line
}

// Line is a text in stretches.
type Line []Span

// Style is how a stretch of text looks.
type Style uint8

// The styles.
const (
	Plain Style = iota
	Code        // as it stands in a file
	Strong
	Aside // what can be passed over
)

// Span is a stretch of text, and where it leads to, if anywhere.
type Span struct {
	Text  string
	To    string // an anchor
	Style Style
}

func plain(format string, args ...any) Span { return Span{Text: fmt.Sprintf(format, args...)} }

func code(text string) Span { return Span{Text: text, Style: Code} }

func strong(text string) Span { return Span{Text: text, Style: Strong} }

func aside(format string, args ...any) Span {
	return Span{Text: fmt.Sprintf(format, args...), Style: Aside}
}

// anchor is that of a thing of a kind: letters, digits, ".", "/", "_" and "-" of a name
// stay, and what is none of them is written by its number.
func anchor(kind, name string) string {
	var b strings.Builder
	b.WriteString(kind + "-")
	for _, r := range name {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("./_-", r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "~%x", r)
		}
	}
	return b.String()
}

// link leads to a thing by its name.
func link(kind, name string) Span { return Span{Text: name, To: anchor(kind, name), Style: Code} }

// named are links to things of a kind, with commas between.
func named(kind string, names []string) Line {
	var out Line
	for i, n := range names {
		if i > 0 {
			out = append(out, plain(", "))
		}
		out = append(out, link(kind, n))
	}
	return out
}

// with puts texts and lines together.
func with(parts ...any) Line {
	var out Line
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			out = append(out, with(Span{Text: p})...)
		case Span:
			if p.Text != "" {
				out = append(out, p)
			}
		case Line:
			out = append(out, p...)
		}
	}
	return out
}
