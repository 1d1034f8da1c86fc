import { join } from 'node:path';

import { afterEach, beforeEach } from 'vitest';

import {
	Provider,
	type ProviderOptions,
	type ProviderProgram,
	type ProviderRun,
} from '../../src/credentials/provider.ts';
import { matchLogins } from '../../src/registry/dockerConfig.ts';
import type { Login } from '../../src/registry/secret.ts';
import { Folder } from '../config/folder.ts';
import { type FakeProvider, makeProvider, programOf } from '../fakes/credentialProvider.ts';

/** What a provider does that knows the login of `r.example`. */
export const good = `answer({ 'r.example': { username: 'me', password: 'hidden' } }, { cacheDuration: '1h' });`;

/** New for each test of a suite that imports them. */
export let folder: Folder;
export let fake: FakeProvider;
/** What is told of the provider's runs. */
export let runs: ProviderRun[];

beforeEach(async () => {
	folder = await Folder.make();
	fake = await makeProvider(join(folder.path, 'fake'), good);
	runs = [];
});
afterEach(() => folder[Symbol.asyncDispose]());

/** The provider as the node would be asked through it. */
export const provider = (options: ProviderOptions = {}, settings: Partial<ProviderProgram> = {}) =>
	new Provider(programOf(fake.executable, settings), { timeLimit: 20, onRun: (run) => runs.push(run), ...options });

/** The login that it gives for an image. */
export async function loginOf(one: Provider, image = 'r.example/team/app'): Promise<Login | undefined> {
	return matchLogins(await one.ask(image), image)[0];
}
