const sessions = new Map();

exports.userOf = (cookies = "") => {
  const match = /(?:^|; )sid=([0-9a-f]{32})/.exec(cookies);
  return match ? sessions.get(match[1]) : undefined;
};
