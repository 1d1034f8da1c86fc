import { expect, test } from 'vitest';

import { hostLogin } from '../../src/registry/hostAuth.ts';
import { Secret } from '../../src/registry/secret.ts';

const auth = new Secret(btoa('encoded:p'));
const plain = { username: new Secret('plain'), password: new Secret('p') };
const auths = [
	{ host: 'plain.example:5000', ...plain, auth },
	{ host: 'encoded.example', auth },
	{ host: 'broken.example', auth: new Secret('%') },
	{ host: 'empty.example', username: new Secret('') },
	{ host: 'token.example', identityToken: new Secret('t'), auth },
];

test.each([
	['plain.example:5000', 'plain'],
	['encoded.example', 'encoded'],
	['plain.example', undefined],
	['broken.example', undefined],
	['empty.example', undefined],
	['token.example', undefined],
])('the login for %s is that of %s', (host, user) => {
	expect(hostLogin(auths, host)?.username).toBe(user);
});
