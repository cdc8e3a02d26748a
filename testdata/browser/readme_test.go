package browser

import (
	"bytes"
	"cmp"
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

var readme = flag.String("readme", "", "write the picture of the README to this file")

// The page of the README is cut into columns, so that all of it is in sight.
const (
	columns = 5
	gap     = 24
	scale   = 0.62
)

func TestReadmePicture(t *testing.T) {
	if *readme == "" {
		t.Skip("-readme FILE writes it")
	}
	r := open(t, pageOf(t, theCase))
	r.do(chromedp.EmulateViewport(880, 1000))
	call(r, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 880, Height: 1000, DeviceScaleFactor: scale})
	eval[bool](r, `document.querySelector("nav").hidden = true`)
	whole, err := png.Decode(bytes.NewReader(got(r, chromedp.FullScreenshot(100))))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, few(cut(whole))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(*readme, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// cut sets the columns of a tall picture side by side.
func cut(tall image.Image) image.Image {
	size := tall.Bounds().Size()
	height := (size.Y + columns - 1) / columns
	sheet := image.NewRGBA(image.Rect(0, 0, columns*(size.X+gap)-gap, height))
	draw.Draw(sheet, sheet.Bounds(), image.NewUniform(tall.At(0, 0)), image.Point{}, draw.Src)
	for i := range columns {
		at := image.Rect(i*(size.X+gap), 0, i*(size.X+gap)+size.X, height)
		draw.Draw(sheet, at, tall, image.Pt(0, i*height), draw.Src)
		if i > 0 {
			line := image.Rect(at.Min.X-gap/2, 0, at.Min.X-gap/2+1, height)
			draw.Draw(sheet, line, image.NewUniform(color.Gray{Y: 0xc8}), image.Point{}, draw.Src)
		}
	}
	return sheet
}

// A picture of text needs few colours: those it has most of, told apart by so many
// steps of light.
const (
	colours = 160
	step    = 15
)

// few draws a picture with few colours. Colours that are close are one: the mean of
// them.
func few(from image.Image) image.Image {
	type sum struct{ n, r, g, b int }
	sums := map[color.RGBA]*sum{}
	b := from.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.RGBAModel.Convert(from.At(x, y)).(color.RGBA)
			key := color.RGBA{c.R &^ step, c.G &^ step, c.B &^ step, 0xff}
			if sums[key] == nil {
				sums[key] = &sum{}
			}
			s := sums[key]
			s.n, s.r, s.g, s.b = s.n+1, s.r+int(c.R), s.g+int(c.G), s.b+int(c.B)
		}
	}
	list := slices.Collect(maps.Keys(sums))
	slices.SortFunc(list, func(x, y color.RGBA) int {
		return cmp.Or(cmp.Compare(sums[y].n, sums[x].n), cmp.Compare(x.R, y.R), cmp.Compare(x.G, y.G), cmp.Compare(x.B, y.B))
	})
	var most color.Palette
	for _, c := range list[:min(colours, len(list))] {
		s := sums[c]
		most = append(most, color.RGBA{uint8(s.r / s.n), uint8(s.g / s.n), uint8(s.b / s.n), 0xff})
	}
	out := image.NewPaletted(b, most)
	draw.Draw(out, b, from, b.Min, draw.Src)
	return out
}
