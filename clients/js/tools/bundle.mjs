// Bundles one script as a page would get it. argv: FILE, OUT. Packages are found beside FILE.
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { rolldown } from 'rolldown';

const [file, out] = process.argv.slice(2);
const bundle = await rolldown({ input: file, cwd: dirname(file) });
const { output } = await bundle.generate({ format: 'esm' });
await bundle.close();
writeFileSync(out, output[0].code);
