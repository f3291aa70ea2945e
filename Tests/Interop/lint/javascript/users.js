export const users = new Map([[1, { name: "Ada" }]]);
