package content

import "cadrebot/content/yaml"

// langsIn adds the languages that a piece of YAML holds translations into.
func langsIn(n *yaml.Node, found *[3]bool) {
	for i := range n.Keys {
		switch p := &n.Keys[i]; Lang(p.Key) {
		case ZH, VI, EN:
			found[Lang(p.Key).index()] = true
		default:
			langsIn(p.Value, found)
		}
	}
	for _, item := range n.Items {
		langsIn(item, found)
	}
}
