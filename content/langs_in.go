package content

import (
	"cadrebot/content/yaml"

	"cadrebot/content/phrases"
)

// langsIn adds the languages that a piece of YAML holds translations into.
func langsIn(n *yaml.Node, found *[3]bool) {
	for i := range n.Keys {
		switch p := &n.Keys[i]; phrases.Lang(p.Key) {
		case phrases.ZH, phrases.VI, phrases.EN:
			found[phrases.Lang(p.Key).Index()] = true
		default:
			langsIn(p.Value, found)
		}
	}
	for _, item := range n.Items {
		langsIn(item, found)
	}
}
