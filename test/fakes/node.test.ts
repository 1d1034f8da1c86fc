import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeOf } from './ask.ts';
import { makeNode } from './node.ts';

test('a node says its name servers and its trust, and is gone after use', async () => {
	const node = await makeNode({ nameservers: ['127.0.0.1:5353'], search: ['svc.test'], bundle: 'PEM' });
	const file = join(node.root, 'etc/resolv.conf');
	expect(await readFile(file, 'utf8')).toBe('nameserver 127.0.0.1:5353\nsearch svc.test\n');
	expect(await readFile(join(node.root, 'etc/ssl/certs/ca-certificates.crt'), 'utf8')).toBe('PEM');
	await node.remove();
	expect(await codeOf(readFile(file))).toBe('ENOENT');
});
