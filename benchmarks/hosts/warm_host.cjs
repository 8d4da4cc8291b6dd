// Times one candidate again and again in one warm process, as warm_host.py does:
// node warm_host.cjs MODULE CHALLENGE_FILE
const fs = require("node:fs");
const readline = require("node:readline");

const [module_, challengeFile] = process.argv.slice(2);
const { recover } = require(module_);
const { message, signature, address } = JSON.parse(fs.readFileSync(challengeFile, "utf8"));

async function timeCalls(count) {
  const began = process.hrtime.bigint();
  for (let i = 0; i < count; i++) await recover(message, signature);
  return process.hrtime.bigint() - began;
}

async function main() {
  if ((await recover(message, signature)).toLowerCase() !== address) process.exit(1);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const count = Number(line.split(" ")[1]);
    await timeCalls(Math.floor(count / 8) + 1); // uncounted: others have had the caches meanwhile
    console.log(String(await timeCalls(count)));
  }
}

main();
