package layered

// place gives each cell its y: near its neighbours, in the order of its layer.
func (l *layout) place() {
	for _, layer := range l.layers {
		y := 0.0
		for i, n := range layer {
			if i > 0 {
				y += l.gap(layer[i-1], n)
			}
			l.cells[n].y = y
		}
	}
	for sweep := range sweeps {
		for k := range l.layers {
			at := k
			if sweep%2 == 1 {
				at = len(l.layers) - 1 - k
			}
			l.settle(l.layers[at])
		}
	}
}

// gap is how far apart the middles of two cells of a layer are at least.
func (l *layout) gap(a, b int) float64 {
	return (l.cells[a].size.Height+l.cells[b].size.Height)/2 + l.gaps.Nodes
}

// block is a run of cells that move as one.
type block struct {
	first int     // its first cell in the layer
	sum   float64 // of where its cells would be, each less its distance from the block's first
	count float64
}

func (b *block) at() float64 { return b.sum / b.count }

// settle moves the cells of a layer as near to the mean of their neighbours as their
// order and gaps allow.
func (l *layout) settle(layer []int) {
	offset := make([]float64, len(layer)) // from the first cell, with nothing but gaps between
	for i := 1; i < len(layer); i++ {
		offset[i] = offset[i-1] + l.gap(layer[i-1], layer[i])
	}
	var blocks []block
	for i, n := range layer {
		blocks = append(blocks, block{first: i, sum: l.wanted(n) - offset[i], count: 1})
		for k := len(blocks) - 1; k > 0 && blocks[k-1].at() >= blocks[k].at(); k-- {
			blocks[k-1].sum += blocks[k].sum
			blocks[k-1].count += blocks[k].count
			blocks = blocks[:k]
		}
	}
	for k := range blocks {
		end := len(layer)
		if k+1 < len(blocks) {
			end = blocks[k+1].first
		}
		for i := blocks[k].first; i < end; i++ {
			l.cells[layer[i]].y = blocks[k].at() + offset[i]
		}
	}
}

// wanted is the mean of a cell's neighbours.
func (l *layout) wanted(n int) float64 {
	c := &l.cells[n]
	sum, count := 0.0, 0
	for _, list := range [][]int{c.left, c.right} {
		for _, m := range list {
			sum += l.cells[m].y
			count++
		}
	}
	if count == 0 {
		return c.y
	}
	return sum / float64(count)
}

// result is the layout with its corner at 0, 0.
func (l *layout) result(edges []Edge) Layout {
	width := make([]float64, len(l.layers))
	top, bottom := 0.0, 0.0
	for i := range l.cells {
		c := &l.cells[i]
		width[c.layer] = max(width[c.layer], c.size.Width)
		if i == 0 || c.y-c.size.Height/2 < top {
			top = c.y - c.size.Height/2
		}
		if i == 0 || c.y+c.size.Height/2 > bottom {
			bottom = c.y + c.size.Height/2
		}
	}
	left := make([]float64, len(l.layers))
	out := Layout{Height: bottom - top}
	for k := range l.layers {
		left[k] = out.Width
		out.Width += width[k]
		if k < len(l.layers)-1 {
			out.Width += l.gaps.Layers
		}
	}
	for i := range l.nodes {
		c := &l.cells[i]
		out.Nodes = append(out.Nodes, Point{left[c.layer] + width[c.layer]/2, c.y - top})
	}
	for i := range edges {
		out.Edges = append(out.Edges, l.path(l.routes[i], left, width, top, l.turned[i]))
	}
	return out
}

// path is the way of an edge: around a layer that it passes it goes straight.
func (l *layout) path(route []int, left, width []float64, top float64, turned bool) []Point {
	var points []Point
	for k, n := range route {
		c := &l.cells[n]
		y, middle := c.y-top, left[c.layer]+width[c.layer]/2
		switch k {
		case 0:
			points = append(points, Point{middle + c.size.Width/2, y})
		case len(route) - 1:
			points = append(points, Point{middle - c.size.Width/2, y})
		default:
			points = append(points, Point{left[c.layer], y}, Point{left[c.layer] + width[c.layer], y})
		}
	}
	if turned {
		for i, j := 0, len(points)-1; i < j; i, j = i+1, j-1 {
			points[i], points[j] = points[j], points[i]
		}
	}
	return points
}
