import { readFileSync, writeFileSync } from 'node:fs';
import { rightsMarkers, rightsTable } from './rightsTable.ts';

/** Brings the tables of docs/security.md up to date with the manifests; what is outside the markers stays. */
const file = new URL('../../docs/security.md', import.meta.url);
const [begin, end] = rightsMarkers;
const [before = '', rest = ''] = readFileSync(file, 'utf8').split(begin);
const [, after = ''] = rest.split(end);
writeFileSync(file, `${before}${begin}\n\n${rightsTable()}\n\n${end}${after}`);
