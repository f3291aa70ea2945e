// The room `Inspector`.
