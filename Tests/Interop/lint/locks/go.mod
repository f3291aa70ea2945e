module example.com/chat

go 1.22

require (
	github.com/gorilla/websocket v1.4.0
	golang.org/x/net v0.17.0 // indirect
)
