import { expect, test } from 'vitest';

import { containersLogin } from '../../src/registry/containersAuth.ts';
import { readDockerConfig } from '../../src/registry/dockerConfig.ts';

/** The key of the login for an image, of these. */
function keyFor(image: string, ...keys: readonly string[]): string | undefined {
	const auths = Object.fromEntries(keys.map((key) => [key, { username: key, password: 'p' }]));
	return containersLogin(readDockerConfig(JSON.stringify({ auths })), image)?.username;
}

test.each([
	['r.example/team/app', ['r.example', 'r.example/team', 'r.example/team/app'], 'r.example/team/app'],
	['r.example/team/app', ['r.example', 'r.example/team'], 'r.example/team'],
	['r.example/team-other/app', ['r.example', 'r.example/team'], 'r.example'],
	['r.example:5000/app', ['r.example', 'r.example:5000'], 'r.example:5000'],
	['docker.io/library/a', ['https://index.docker.io/v1/'], 'https://index.docker.io/v1/'],
	['docker.io/library/a', ['https://index.docker.io/v1/', 'docker.io'], 'docker.io'],
	['r.example/app', ['http://r.example/v2/'], 'http://r.example/v2/'],
	['r.example/app', ['*.example', 'r.example/app2'], undefined],
])('of %s and %j, %s is used', (image, keys, expected) => {
	expect(keyFor(image, ...keys)).toBe(expected);
});
