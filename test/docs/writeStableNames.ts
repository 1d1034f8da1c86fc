import { writeFileSync } from 'node:fs';
import { stableNames } from './stableNames.ts';

/** Brings docs/stable-names.txt up to date. */
writeFileSync(new URL('../../docs/stable-names.txt', import.meta.url), `${stableNames().join('\n')}\n`);
