package publish

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// thirty is a portal of 30,000 pages of 8 KB in three languages.
func thirty(b *testing.B) []Entry {
	var files []Entry
	for i := range 30000 {
		files = append(files, Entry{Path: fmt.Sprintf("%s/services/service-%05d.html", []string{"bg", "ro", "en"}[i%3], i/3)})
	}
	return files
}

func stage(b *testing.B, out string, files []Entry, changed string) Summary {
	s, err := Stage(out, Options{})
	if err != nil {
		b.Fatal(err)
	}
	var group sync.WaitGroup
	for w := range 2 {
		group.Go(func() {
			filler := strings.Repeat("The office answers within three days. ", 210)
			for i := w; i < len(files); i += 2 {
				text := files[i].Path + filler
				if i == 77 {
					text += changed
				}
				s.Write(files[i].Path, []byte(text))
			}
		})
	}
	group.Wait()
	sum, err := s.Commit()
	if err != nil {
		b.Fatal(err)
	}
	return sum
}

func BenchmarkStage30000(b *testing.B) {
	files := thirty(b)
	b.Run("fresh", func(b *testing.B) {
		for range b.N {
			b.StopTimer()
			out := filepath.Join(b.TempDir(), "public")
			b.StartTimer()
			stage(b, out, files, "")
		}
	})
	out := filepath.Join(b.TempDir(), "public")
	stage(b, out, files, "")
	b.Run("unchanged", func(b *testing.B) {
		for range b.N {
			if !stage(b, out, files, "").Unchanged {
				b.Fatal("changed")
			}
		}
	})
	b.Run("one changed", func(b *testing.B) {
		for i := range b.N {
			if sum := stage(b, out, files, fmt.Sprint(i, b.N)); sum.Written != 1 {
				b.Fatal(sum)
			}
		}
	})
}
