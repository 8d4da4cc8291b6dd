// One handler and one event: node lambda_host.cjs MODULE EVENT_FILE
// The result goes to stdout as a line; then it waits for the end of stdin and is gone.
const fs = require("node:fs");

const [module_, eventFile] = process.argv.slice(2);
const { handler } = require(module_);
const event = JSON.parse(fs.readFileSync(eventFile, "utf8"));
handler(event, {}).then((result) => {
  fs.writeSync(1, `${JSON.stringify(result)}\n`);
  fs.readSync(0, Buffer.alloc(1));
  process.exit(0);
});
