package main

import (
	"encoding/json"
	"fmt"
)

// upgrader.Upgrade(w, r, nil) and InsecureSkipVerify: true are only words here.
type upgrader struct{}

func (upgrader) Upgrade(a, b, c any) string { return `websocket.Upgrader{CheckOrigin: nil}` }

func main() {
	var v any
	json.Unmarshal([]byte("1"), &v)
	fmt.Println(upgrader{}.Upgrade(1, 2, 3), v)
}
