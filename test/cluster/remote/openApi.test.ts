import { afterAll, expect, test } from 'vitest';
import { openApi } from '../../../src/cluster/remote/openApi.ts';
import { concealing } from '../../../src/commands/concealing.ts';
import { Directory } from '../../real/directory.ts';

const directory = new Directory();
afterAll(() => directory[Symbol.dispose]());

test('a server without TLS says what it takes', () => {
	const text = `
current-context: c
contexts: [{ name: c, context: { cluster: k, user: u } }]
clusters: [{ name: k, cluster: { server: 'http://127.0.0.1:1' } }]
users: [{ name: u, user: { token: t } }]
`;
	const file = directory.write('plain.yaml', text);
	expect(() => openApi({ file, environment: {} }, concealing)).toThrow('insecure-skip-tls-verify: true');
	directory.write('plain.yaml', text.replace("1'", "1', insecure-skip-tls-verify: true"));
	expect(openApi({ file, environment: {} }, concealing)).toMatchObject({ namespace: 'default' });
});
