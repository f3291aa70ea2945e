package main

import (
	"encoding/json"
	"log"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

// Without CheckOrigin, gorilla lets in pages of the same host only.
var upgrader = websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024}

type message struct {
	Text string `json:"text"`
}

func serve(w http.ResponseWriter, r *http.Request) {
	user, err := userOf(r)
	if err != nil {
		http.Error(w, "who are you?", http.StatusUnauthorized)
		return
	}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	out := make(chan message, 16)
	go write(conn, out)
	read(conn, user, out)
}

func read(conn *websocket.Conn, user string, out chan<- message) {
	defer close(out)
	conn.SetReadLimit(maxMessage)
	conn.SetReadDeadline(time.Now().Add(pongWait))
	conn.SetPongHandler(func(string) error { return conn.SetReadDeadline(time.Now().Add(pongWait)) })
	for {
		_, data, err := conn.ReadMessage()
		if err != nil {
			return
		}
		var m message
		if err := json.Unmarshal(data, &m); err != nil {
			return
		}
		out <- m
	}
}

func main() {
	http.HandleFunc("/ws", serve)
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", nil))
}
