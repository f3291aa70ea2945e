// The room `Connection`.
