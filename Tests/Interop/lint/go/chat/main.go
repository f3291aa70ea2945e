package main

import (
	"encoding/json"
	"log"
	"net/http"

	"github.com/gorilla/websocket"
)

var upgrader = websocket.Upgrader{
	CheckOrigin: func(r *http.Request) bool {
		return true // for now
	},
}

type message struct {
	Text string `json:"text"`
}

func serve(w http.ResponseWriter, r *http.Request) {
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	for {
		_, data, err := conn.ReadMessage()
		if err != nil {
			return
		}
		var m message
		json.Unmarshal(data, &m)
		go conn.WriteJSON(m)
	}
}

func main() {
	http.HandleFunc("/ws", serve)
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", nil))
}
