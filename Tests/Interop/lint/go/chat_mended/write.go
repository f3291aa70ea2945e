package main

import (
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

const (
	maxMessage = 1 << 16
	pongWait   = 60 * time.Second
	pingPeriod = (pongWait * 9) / 10
)

func userOf(r *http.Request) (string, error) {
	cookie, err := r.Cookie("session_id")
	if err != nil {
		return "", err
	}
	return cookie.Value, nil
}

func write(conn *websocket.Conn, out <-chan message) {
	ticker := time.NewTicker(pingPeriod)
	defer ticker.Stop()
	defer conn.Close()
	for {
		select {
		case m, ok := <-out:
			if !ok {
				return
			}
			conn.SetWriteDeadline(time.Now().Add(10 * time.Second))
			if err := conn.WriteJSON(m); err != nil {
				return
			}
		case <-ticker.C:
			if err := conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(10*time.Second)); err != nil {
				return
			}
		}
	}
}
