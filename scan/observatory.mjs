// node observatory.mjs HTTP_PORT HTTPS_PORT: what MDN's HTTP Observatory says of https://localhost, as JSON
// Source: https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PACKAGE = '@mdn/mdn-http-observatory';
const source = (file) => `${PACKAGE}/src/${file}`;

// its postinstall fetches the browsers' list of preloaded hosts; localhost is not on it
const list = fileURLToPath(import.meta.resolve(`${PACKAGE}/conf/hsts-preload.json`));
mkdirSync(fileURLToPath(import.meta.resolve(`${PACKAGE}/conf/`)), { recursive: true });
writeFileSync(list, '{}');

const { ALL_TESTS } = await import(source('constants.js'));
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await import(source('grader/charts.js'));
const { getGradeForScore, getScoreModifier } = await import(source('grader/grader.js'));
const { retrieve } = await import(source('retriever/retriever.js'));

const [httpPort, httpsPort] = process.argv.slice(2).map(Number);
const site = await retrieve('localhost', { httpPort, httpsPort });
const results = ALL_TESTS.map((test) => test(site));
const tests = results.map(({ constructor, result, pass }) => ({
  name: constructor.name,
  result,
  pass,
  modifier: getScoreModifier(result),
}));
const of = (modifiers) => modifiers.reduce((sum, modifier) => sum + modifier, 0);
const modifiers = tests.map(({ modifier }) => modifier);
const base = 100 + of(modifiers.filter((modifier) => modifier < 0));
// as the package's own scanner does: bonuses count for sites that are good without them
const score = base >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? base + of(modifiers.filter((m) => m > 0)) : base;
console.log(JSON.stringify({ ...getGradeForScore(score), tests }));
