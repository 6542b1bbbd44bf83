package phrases

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The packages that speak: every key they name must exist. Wrappers of their
// own may be called say, vary and words.
func speakers(t *testing.T) []string {
	t.Helper()
	packages, err := filepath.Glob("../../dialogs/*")
	if err != nil || len(packages) < 10 {
		t.Fatal(packages, err)
	}
	return append(packages, "../../dialogs", "../../scheduler")
}

func TestEveryKeyThatIsSaidExists(t *testing.T) {
	p := starterPhrases(t)
	said := 0
	for _, dir := range speakers(t) {
		said += len(keysSaid(t, dir))
		for at, key := range keysSaid(t, dir) {
			if !p.Has(key) {
				t.Errorf("%s: there is no phrase %q", at, key)
			}
		}
	}
	if said < 400 {
		t.Errorf("only %d keys were found", said)
	}
}

func TestKeysSaidAreFound(t *testing.T) {
	dir := t.TempDir()
	source := "package x\nconst k = \"a.const\"\nvar _ = p.Say(lang, \"a.say\", \"name\", \"no key\") + p.Vary(lang, k, 7)\n" +
		"var _ = e.say(\"a.own\") + f(p.Words(lang, \"words.quiz\")) + other.Say2(\"no\") + p.Say(lang, \"topic.\"+id)\n"
	if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, key := range keysSaid(t, dir) {
		found[key] = true
	}
	for _, want := range []string{"a.say", "a.const", "a.own", "words.quiz"} {
		if !found[want] {
			t.Errorf("%s is not found", want)
		}
	}
	if len(found) != 4 {
		t.Errorf("found %v", found)
	}
}

// keysSaid finds the string constants given as a key to Say, Vary and Words (or
// say, vary, words) in the Go files of a folder, by their position. A folder
// that is absent or empty has none.
func keysSaid(t *testing.T, dir string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	constants := map[string]string{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Logf("%s cannot be parsed yet: %v", path, err)
			continue
		}
		files = append(files, f)
		collectConstants(f, constants)
	}
	keys := map[string]string{}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !speaks(call.Fun) {
				return true
			}
			// The key is the first string constant: before it stand only the
			// language and, in wrappers, a writer or the like.
			for _, arg := range call.Args[:min(len(call.Args), 3)] {
				if key, ok := constant(arg, constants); ok {
					keys[fset.Position(arg.Pos()).String()] = key
					break
				}
				if _, sum := arg.(*ast.BinaryExpr); sum {
					break
				}
			}
			return true
		})
	}
	return keys
}

func speaks(fun ast.Expr) bool {
	name := ""
	switch f := fun.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
	case *ast.Ident:
		name = f.Name
	}
	switch name {
	case "Say", "Vary", "Words", "say", "vary", "words":
		return true
	}
	return false
}

func collectConstants(f *ast.File, into map[string]string) {
	for _, d := range f.Decls {
		gen, ok := d.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST {
			continue
		}
		for _, s := range gen.Specs {
			spec := s.(*ast.ValueSpec)
			for i, name := range spec.Names {
				if i < len(spec.Values) {
					if text, ok := constant(spec.Values[i], nil); ok {
						into[name.Name] = text
					}
				}
			}
		}
	}
}

func constant(e ast.Expr, constants map[string]string) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, err := strconv.Unquote(e.Value)
			return s, err == nil
		}
	case *ast.Ident:
		s, ok := constants[e.Name]
		return s, ok
	}
	return "", false
}
