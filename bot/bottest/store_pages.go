package bottest

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
)

// Pages is what the web chat needs of a store.
type Pages interface {
	PageAdd(ctx context.Context, chat, operation string, message, file []byte) (int64, error)
	PageEdit(ctx context.Context, chat string, number int64, message []byte) (int64, error)
	PagePress(ctx context.Context, chat, operation string, number int64, data string) (int64, error)
	PageRead(ctx context.Context, chat string, since int64,
		each func(number, change int64, message []byte, pressed string)) (birth string, change int64, err error)
	PageMessage(ctx context.Context, chat string, number int64) ([]byte, error)
	PageFile(ctx context.Context, chat string, number int64) ([]byte, error)
	PageHeads(ctx context.Context, chats []string, each func(birth string, change int64)) error
	PageNews(ctx context.Context, ready func(), heard func(chat string)) error
}

// add adds a message to a page and wants it to get a number.
func (s storeTest) add(chat, operation, text string, want int64) {
	s.Helper()
	n, err := s.PageAdd(s.Context(), chat, operation, []byte(text), nil)
	s.must(err)
	s.equal("number of "+text, n, want)
}

// page reads what changed, in words: number@change:message, and the button.
func (s storeTest) page(chat string, since int64) (words string, birth string, change int64) {
	s.Helper()
	var list []string
	birth, change, err := s.PageRead(s.Context(), chat, since, func(n, change int64, message []byte, pressed string) {
		word := fmt.Sprintf("%d@%d:%s", n, change, message)
		if pressed != "" {
			word += "+" + pressed
		}
		list = append(list, word)
	})
	s.must(err)
	return strings.Join(list, " "), birth, change
}

func (s storeTest) shows(what, chat string, since int64, want string, wantChange int64) {
	s.Helper()
	words, _, change := s.page(chat, since)
	s.equal(what, words, want)
	s.equal(what+": the newest change", change, wantChange)
}

func pages(_ *testing.T, s storeTest) {
	words, birth, change := s.page("c1", 0)
	s.equal("a page of nobody", fmt.Sprint(words, birth, change), "0")
	s.add("c1", "o1", "a", 1)
	s.add("c1", "u:1", "b", 2)
	s.add("c1", "o1", "again", 1)
	s.add("c2", "o1", "another’s", 1)
	s.shows("a page", "c1", 0, "1@1:a 2@2:b", 2)
	s.shows("what is new", "c1", 1, "2@2:b", 2)

	edit := func(n int64, text string, want int64) {
		s.Helper()
		got, err := s.PageEdit(s.Context(), "c1", n, []byte(text))
		s.must(err)
		s.equal("what is edited", got, want)
	}
	press := func(operation string, n int64, data string, want int64) {
		s.Helper()
		got, err := s.PagePress(s.Context(), "c1", operation, n, data)
		s.must(err)
		s.equal("what is pressed", got, want)
	}
	press("p1", 1, "data", 1)
	press("p1", 1, "data", 1)
	s.shows("a press", "c1", 2, "1@3:a+data", 3)
	edit(1, "A", 1)
	edit(1, "A", 1) // tried again: nothing new
	s.shows("an edit takes the press back", "c1", 0, "2@2:b 1@4:A", 4)
	press("p1", 1, "data", 1)
	s.shows("a press comes once", "c1", 4, "", 4)
	press("p2", 1, "x y", 1)
	edit(1, "A", 1)
	s.shows("the same words take a press back too", "c1", 4, "1@6:A", 6)
	edit(3, "nothing", 0)
	press("p3", 3, "nothing", 0)
	s.shows("what is not there changes nothing", "c1", 6, "", 6)

	m, err := s.PageMessage(s.Context(), "c1", 2)
	s.must(err)
	s.equal("a message", string(m), "b")
	m, err = s.PageMessage(s.Context(), "c1", 3)
	s.must(err)
	s.equal("no message", m, []byte(nil))

	var heads []string
	s.must(s.PageHeads(s.Context(), []string{"c2", "nobody", "c1"}, func(birth string, change int64) {
		heads = append(heads, fmt.Sprint(birth != "", change))
	}))
	s.equal("heads", strings.Join(heads, " "), "true 1 false 0 true 6")
}

func pageBounds(_ *testing.T, s storeTest) {
	file := func(n int64) string {
		data, err := s.PageFile(s.Context(), "c", n)
		s.must(err)
		return string(data)
	}
	for i := int64(1); i <= 210; i++ {
		var data []byte
		if i%20 == 0 {
			data = []byte(fmt.Sprint("file", i, "\x00"))
		}
		n, err := s.PageAdd(s.Context(), "c", fmt.Sprint("o", i), []byte(fmt.Sprint(i)), data)
		s.must(err)
		s.equal("number", n, i)
	}
	words, _, change := s.page("c", 0)
	list := strings.Fields(words)
	s.equal("how many are kept", len(list), 200)
	s.equal("the oldest", list[0], "11@11:11")
	s.equal("the newest", list[199], "210@210:210")
	s.equal("the newest change", change, int64(210))
	s.add("c", "o11", "again", 11)
	s.add("c", "o10", "forgotten, so new", 211)
	s.equal("files that are kept", file(200)+file(60)+file(40)+file(20)+file(11), "file200\x00file60\x00")
	n, err := s.PageEdit(s.Context(), "c", 10, []byte("late"))
	s.must(err)
	s.equal("an edit of what is not kept", n, int64(0))
}

func pagesForgotten(_ *testing.T, s storeTest) {
	ann, bob := s.someone("annID12345", "4711"), s.someone("bobID12345", "14711")
	s.add("4711", "o", "of Ann", 1)
	s.add("4711", "o2", "too", 2)
	s.add("14711", "o", "of Bob", 1)
	_, before, _ := s.page("4711", 0)
	s.commit(bot.Commit{Forget: []bot.Erasure{ann}})
	words, birth, change := s.page("4711", 0)
	s.equal("left", fmt.Sprint(words, birth, change), "0")
	s.shows("of another", "14711", 0, "1@1:of Bob", 1)
	for at := time.Now().UnixMilli(); at == time.Now().UnixMilli(); { // births differ by the clock
		runtime.Gosched()
	}
	s.add("4711", "o", "goodbye", 1)
	words, birth, _ = s.page("4711", 0)
	s.equal("the goodbye", words, "1@1:goodbye")
	if birth == before {
		s.Fatal("a page that was forgotten is the same again")
	}
	s.commit(bot.Commit{Forget: []bot.Erasure{{Person: "nobody", Chats: bob.Chats}}})
	s.shows("a chat of somebody else's", "14711", 0, "1@1:of Bob", 1)
}

func pageNews(_ *testing.T, s storeTest) {
	ctx, cancel := context.WithCancel(s.Context())
	defer cancel()
	ready, heard, ended := make(chan struct{}, 9), make(chan string, 9), make(chan error, 1)
	go func() {
		ended <- s.PageNews(ctx, func() { ready <- struct{}{} }, func(chat string) { heard <- chat })
	}()
	<-ready
	s.add("c1", "o1", "a", 1)
	s.equal("heard", <-heard, "c1")
	s.add("c1", "o1", "again", 1)
	s.add("c2", "o1", "b", 1)
	s.equal("heard", <-heard, "c2")
	_, err := s.PagePress(ctx, "c2", "p", 1, "x")
	s.must(err)
	s.equal("heard", <-heard, "c2")
	_, err = s.PageEdit(ctx, "c1", 1, []byte("c"))
	s.must(err)
	s.equal("heard", <-heard, "c1")
	cancel()
	s.must(<-ended)
}
