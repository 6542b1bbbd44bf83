package embedded

import "strings"

// Erasing is how the name of a key ends, after the tag of its org, that counts
// erasures of which the journal may still tell. A store that finds one as it
// starts rewrites its journal and deletes the key.
const Erasing = "erasing"

func erasing(key string) bool { return strings.HasSuffix(key, "}:"+Erasing) }
