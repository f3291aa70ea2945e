package client

import (
	"log"
	"math/rand"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

func Follow(token string) {
	delay := 500 * time.Millisecond
	for {
		conn, _, err := websocket.DefaultDialer.Dial("wss://feed.example.com/live", http.Header{"Authorization": {token}})
		if err != nil {
			time.Sleep(time.Duration(rand.Int63n(int64(delay))))
			delay = min(2*delay, 30*time.Second)
			continue
		}
		delay = 500 * time.Millisecond
		for {
			var tick struct{ Price float64 }
			if err := conn.ReadJSON(&tick); err != nil {
				break
			}
			log.Println(tick.Price)
		}
	}
}
