package book

import (
	"embed"
	"html/template"
	"io"
	"io/fs"
	"math"
	"strconv"
	"strings"

	"truce/explain/htmlfile"
	"truce/explain/layered"
)

//go:embed assets
var assets embed.FS

// onPage is what the template is given.
type onPage struct {
	*Book
	Chapters []Block // headings of level 2
}

func writeHTML(w io.Writer, b *Book) error {
	parts, err := fs.Sub(assets, "assets")
	if err != nil {
		return err
	}
	style, err := assets.ReadFile("assets/book.css")
	if err != nil {
		return err
	}
	body := onPage{Book: b}
	for _, block := range b.Blocks {
		if block.Kind == Heading && block.Level == 2 {
			body.Chapters = append(body.Chapters, block)
		}
	}
	return htmlfile.Write(w, htmlfile.File{Title: "The rules of " + b.Title, Parts: parts, Body: body, Style: string(style)})
}

// What the template asks of blocks and spans.

// Is reports whether the block is of the kind of that name.
func (b Block) Is(kind string) bool {
	return [...]string{"heading", "paragraph", "list", "table", "picture"}[b.Kind] == kind
}

// Href is where the stretch leads to.
func (s Span) Href() template.URL { return href(s.To) }

// Href is where the node leads to.
func (n Node) Href() template.URL { return href(n.To) }

// href is an anchor of this book as an address: it is made of letters that need no
// escape there.
func href(to string) template.URL { return template.URL("#" + to) }

// Has reports whether the stretch is in the style of that name.
func (s Span) Has(style string) bool {
	return [...]string{"plain", "code", "strong", "aside"}[s.Style] == style
}

// Drawing is a graph where it is drawn.
type Drawing struct {
	Caption       string
	Width, Height string
	Boxes         []Box
	Ways          []Way
}

// Box is a node of it.
type Box struct {
	Node
	X, Y, Width, Height string // its corner, its size
	Round               string // how round its corners are
	TextX, TextY        string
}

// Way is an arc of it, as the commands of a path.
type Way struct {
	Path   string
	Ranged bool
}

// The sizes of a drawing, in pixels.
const (
	letter    = 6.9 // the width of one
	padding   = 9.0
	boxHeight = 22.0
	margin    = 6.0
)

// Drawing lays the graph out and draws it.
func (g *Graph) Drawing() Drawing {
	sizes := make([]layered.Size, len(g.Nodes))
	for i, n := range g.Nodes {
		sizes[i] = layered.Size{Width: letter*float64(len([]rune(n.Name))) + 2*padding, Height: boxHeight}
	}
	edges := make([]layered.Edge, len(g.Edges))
	for i, e := range g.Edges {
		edges[i] = layered.Edge{From: e.From, To: e.To}
	}
	l := layered.Lay(sizes, edges, layered.Gaps{Layers: 46, Nodes: 8})
	d := Drawing{Caption: g.Caption, Width: pixels(l.Width + 2*margin), Height: pixels(l.Height + 2*margin)}
	for i, n := range g.Nodes {
		p, s := l.Nodes[i], sizes[i]
		round := 2.0
		if n.Kind == StatedNode {
			round = s.Height / 2
		}
		d.Boxes = append(d.Boxes, Box{Node: n, X: pixels(margin + p.X - s.Width/2), Y: pixels(margin + p.Y - s.Height/2),
			Width: pixels(s.Width), Height: pixels(s.Height), Round: pixels(round), TextX: pixels(margin + p.X), TextY: pixels(margin + p.Y + 4)})
	}
	for i, e := range g.Edges {
		if points := l.Edges[i]; len(points) > 0 {
			d.Ways = append(d.Ways, Way{path(points), e.Ranged})
		}
	}
	return d
}

// path goes through points, in curves where they are not level.
func path(points []layered.Point) string {
	var out strings.Builder
	at := func(p layered.Point) string { return pixels(margin+p.X) + " " + pixels(margin+p.Y) }
	out.WriteString("M" + at(points[0]))
	for k := 1; k < len(points); k++ {
		from, to := points[k-1], points[k]
		if math.Abs(from.Y-to.Y) < 0.5 {
			out.WriteString(" L" + at(to))
			continue
		}
		middle := (from.X + to.X) / 2
		out.WriteString(" C" + at(layered.Point{X: middle, Y: from.Y}) + " " + at(layered.Point{X: middle, Y: to.Y}) + " " + at(to))
	}
	return out.String()
}

func pixels(x float64) string { return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) }
