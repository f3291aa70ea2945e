// The room `Capture`.
