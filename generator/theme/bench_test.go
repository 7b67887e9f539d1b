package theme

import "testing"

// BenchmarkLoad is what each portal of a batch pays that changes its theme.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		Load(nil)
	}
}

// BenchmarkDress is what each portal pays for its colour.
func BenchmarkDress(b *testing.B) {
	th, _ := Load(nil)
	th.Dress(Palette{}, "", []string{"bg", "ar", "ka"}).Hashes()
	for b.Loop() {
		p, _ := Brand("#0b5d4b")
		th.Dress(p, "", []string{"bg", "ar", "ka"}).Hashes()
	}
}

// BenchmarkCompile is one layout in one language.
func BenchmarkCompile(b *testing.B) {
	th, _ := Load(nil)
	for b.Loop() {
		th.Compile(map[string]Texts{"en": silent{}}).built["en"]["service"]()
	}
}
