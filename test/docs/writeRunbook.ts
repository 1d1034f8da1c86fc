import { readFileSync, writeFileSync } from 'node:fs';
import { marker, sections } from './runbook.ts';

/** Brings docs/runbook.md up to date with the table of reasons; what is above the marker stays. */
const file = new URL('../../docs/runbook.md', import.meta.url);
const [introduction] = readFileSync(file, 'utf8').split(marker);
writeFileSync(file, `${introduction}${marker}\n\n${sections()}`);
