package hub

import (
	"net/http"
	"strings"
	"time"

	ws "github.com/gorilla/websocket"
)

const (
	wait   = 20 * time.Second
	period = 30 * time.Second
	limit  = 64 * 1024 * 1024
)

var upgrader = ws.Upgrader{
	CheckOrigin: func(r *http.Request) bool {
		return strings.HasSuffix(r.Header.Get("Origin"), "example.com")
	},
}

func Serve(w http.ResponseWriter, r *http.Request) {
	if !allowed(r.URL.Query().Get("token")) {
		http.Error(w, "no", http.StatusForbidden)
		return
	}
	c, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c.SetReadLimit(limit)
	go beat(c)
	for {
		c.SetReadDeadline(time.Now().Add(wait))
		if _, _, err := c.ReadMessage(); err != nil {
			return
		}
	}
}

func beat(c *ws.Conn) {
	for range time.Tick(period) {
		if c.WriteControl(ws.PingMessage, nil, time.Now().Add(time.Second)) != nil {
			return
		}
	}
}

func allowed(token string) bool { return token != "" }
