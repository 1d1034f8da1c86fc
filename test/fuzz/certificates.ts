import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string) => readFileSync(join(import.meta.dirname, 'data', name), 'utf8');

/** An authority with constraints on names and addresses, and on what may stand below it. */
export const authority = new X509Certificate(read('authority.pem'));

/** A certificate of it for names and addresses, with its key: made for these tests, good for nothing else. */
export const leaf = new X509Certificate(read('leaf.pem'));
export const key = read('leaf.key');
