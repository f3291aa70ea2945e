const origins = ["https://app.example.com"];

export function requireLogin(info, done) {
  done(origins.includes(info.origin) && info.req.headers.authorization?.startsWith("Bearer "), 401);
}
