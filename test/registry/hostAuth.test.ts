import { expect, test } from 'vitest';

import { hostLogin } from '../../src/registry/hostAuth.ts';
import { Secret } from '../../src/registry/secret.ts';

const source = { file: '/etc/containerd/config.toml', line: 7 };
const auth = new Secret(btoa('encoded:p'));
const plain = { username: 'plain', password: new Secret('p') };
const auths = [
	{ host: 'plain.example:5000', ...plain, auth, source },
	{ host: 'encoded.example', auth, source },
	{ host: 'broken.example', auth: new Secret('%'), source },
	{ host: 'empty.example', username: '', source },
];

test.each([
	['plain.example:5000', 'plain'],
	['encoded.example', 'encoded'],
	['plain.example', undefined],
	['broken.example', undefined],
	['empty.example', undefined],
])('the login for %s is that of %s', (host, user) => {
	expect(hostLogin(auths, host)?.username).toBe(user);
});
