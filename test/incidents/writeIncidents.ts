import { readFileSync, writeFileSync } from 'node:fs';

import { inNamespace } from '../parity/inNamespace.ts';
import type { Outcome } from './incident.ts';
import { tell } from './matrix.ts';
import { marker, measured } from './page.ts';
import { incidents } from './worlds.ts';

/** Brings docs/incidents.md up to date with what an agent says of all incidents; what is above the marker stays. */
const file = new URL('../../docs/incidents.md', import.meta.url);
const [introduction] = readFileSync(file, 'utf8').split(marker);
const script = new URL('run.ts', import.meta.url);
const outcomes = JSON.parse(await inNamespace(script, [], 900)) as readonly Outcome[];
writeFileSync(file, `${introduction}${marker}\n\n${measured(tell(incidents, outcomes))}`);
