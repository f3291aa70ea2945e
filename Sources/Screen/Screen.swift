// The room `Screen`.
