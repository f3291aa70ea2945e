package hub

import (
	"net/http"
	"time"

	ws "github.com/gorilla/websocket"
)

const (
	wait   = 60 * time.Second
	period = 25 * time.Second
	limit  = 64 * 1024
)

var origins = map[string]bool{"https://app.example.com": true}

var upgrader = ws.Upgrader{
	CheckOrigin: func(r *http.Request) bool { return origins[r.Header.Get("Origin")] },
}

func Serve(w http.ResponseWriter, r *http.Request) {
	if !allowed(r.Header.Get("Authorization")) {
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

func allowed(authorization string) bool { return authorization != "" }
