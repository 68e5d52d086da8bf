// Starts telegram-test-api on the loopback port given as the only argument; prints "listening", then serves.
const TelegramServer = require("telegram-test-api");

const server = new TelegramServer({ port: Number(process.argv[2]), host: "127.0.0.1" });
server.start().then(() => console.log("listening"));
