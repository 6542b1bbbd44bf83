package telegram

// The parts of an update that matter here. The models of the client library
// know all of it, but one new word in a field that nobody reads makes them
// refuse the whole update, and a pressed question comes back with all its
// text: what is not read is not decoded.

type update struct {
	ID      int64    `json:"update_id"`
	Message *message `json:"message"`
	Query   *query   `json:"callback_query"`
	Member  *member  `json:"my_chat_member"`
}

type message struct {
	ID          int64    `json:"message_id"`
	From        *user    `json:"from"`
	SenderChat  *chat    `json:"sender_chat"`
	Chat        *chat    `json:"chat"`
	Text        string   `json:"text"`
	ReplyTo     *replied `json:"reply_to_message"`
	MigrateTo   int64    `json:"migrate_to_chat_id"`
	AutoForward bool     `json:"is_automatic_forward"`
	media
}

// media are the kinds of content that are not text.
type media struct {
	Animation, Audio, Document, Photo, Sticker, Story, Video, Voice, Contact, Dice, Game, Poll, Venue, Location,
	Checklist present
	VideoNote present `json:"video_note"`
	PaidMedia present `json:"paid_media"`
}

// present notes that a field was there, whatever it held.
type present bool

func (p *present) UnmarshalJSON(raw []byte) error {
	*p = string(raw) != "null"
	return nil
}

func (m *media) any() bool { return *m != media{} }

type replied struct {
	From *user `json:"from"`
}

type user struct {
	ID    int64  `json:"id"`
	Bot   bool   `json:"is_bot"`
	First string `json:"first_name"`
	Last  string `json:"last_name"`
	Lang  string `json:"language_code"`
}

type chat struct {
	ID    int64  `json:"id"`
	Type  string `json:"type"`
	Title string `json:"title"`
}

type query struct {
	ID      string `json:"id"`
	From    *user  `json:"from"`
	Data    string `json:"data"`
	Message *struct {
		ID   int64 `json:"message_id"`
		Chat *chat `json:"chat"`
	} `json:"message"`
}

type member struct {
	Chat *chat  `json:"chat"`
	From *user  `json:"from"`
	Old  status `json:"old_chat_member"`
	New  status `json:"new_chat_member"`
}

type status struct {
	Status   string `json:"status"`
	IsMember bool   `json:"is_member"` // counts where restricted
}
