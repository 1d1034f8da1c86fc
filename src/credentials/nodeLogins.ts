import type { KubeletKeyring } from '../node/kubelet/keyring.ts';
import type { AuthFile } from '../node/crio/authFiles.ts';
import type { Target } from '../plan/target.ts';
import { containersLogin } from '../registry/containersAuth.ts';
import { matchesImage } from '../registry/credentialMatch.ts';
import { matchLogins } from '../registry/dockerConfig.ts';
import { hostOf } from '../registry/endpoint.ts';
import { type HostAuth, hostLogin } from '../registry/hostAuth.ts';
import type { Login } from '../registry/secret.ts';
import { Provider, type ProviderOptions, type ProviderProgram } from './provider.ts';

/** Where the logins of a node come from, each read at the moment of use. Readers throw only when out of descriptors. */
export interface NodeSources {
	readonly keyring: () => Pick<KubeletKeyring, 'config' | 'unreadable'>;
	/** The providers whose programs may be run, in the kubelet's order; none unless that is switched on. */
	readonly providers: () => readonly ProviderProgram[];
	/** What the runtime knows itself: containerd by host, CRI-O in files. */
	readonly runtime: () => { readonly hosts?: readonly HostAuth[]; readonly files?: readonly AuthFile[] };
}

/** What the kubelet has for an image could not be found out. */
export class UnknownLogin extends Error {
	override readonly name = 'UnknownLogin';
}

/**
 * A function from a target to the login that this node would pull it with: for the image's own host the kubelet's file,
 * then its providers; where none has one, the runtime's own. A mirror gets only what the runtime has for that host: a
 * login goes to the host it belongs to. Of several logins, which the kubelet would try one after the other, the first.
 * Rejects with `UnknownLogin`, or when this machine has run out of processes or descriptors.
 */
export function createNodeLogins(
	sources: NodeSources,
	options: ProviderOptions,
): (target: Target) => Promise<Login | undefined> {
	const running = new Map<string, { readonly settings: string; readonly provider: Provider }>();

	const providerFor = (program: ProviderProgram): Provider => {
		const settings = settingsOf(program);
		const known = running.get(program.name);
		if (known?.settings === settings) return known.provider;
		const provider = new Provider(program, options);
		running.set(program.name, { settings, provider });
		return provider;
	};

	const fromProviders = async (image: string): Promise<Login | undefined> => {
		const asked = sources.providers().filter(({ matchImages }) => matchImages.some((key) => matchesImage(key, image)));
		const answers = await Promise.all(asked.map((program) => providerFor(program).ask(image)));
		return matchLogins({ entries: answers.flatMap(({ entries }) => entries), ignored: [] }, image)[0];
	};

	return async (target) => {
		if (target.via === 'mirror')
			return runtimeLogin(sources, target, `${hostOf(target.endpoint)}/${target.repository}`);
		const image = `${target.image.domain}/${target.image.repository}`;
		const { config, unreadable } = sources.keyring();
		const [first] = matchLogins(config, image);
		const login = first ? { ...first, source: 'node' } : await fromProviders(image);
		const found = login ?? runtimeLogin(sources, target, image);
		if (!found && unreadable) throw new UnknownLogin("the kubelet's logins cannot be read");
		return found;
	};
}

function runtimeLogin({ runtime }: NodeSources, { endpoint }: Target, image: string): Login | undefined {
	const { hosts = [], files = [] } = runtime();
	const inFiles = files.map(({ config }) => containersLogin(config, image)).find((login) => login !== undefined);
	const login = hostLogin(hosts, hostOf(endpoint)) ?? inFiles;
	return login && { ...login, source: 'runtime' };
}

/** What makes a provider another one; its answers are then no longer those of the new one. */
function settingsOf({ apiVersion, executable, arguments: words, environment, defaultCacheDuration }: ProviderProgram) {
	const own = environment.map(({ name, value }) => [name, value.reveal()]);
	return JSON.stringify([apiVersion, executable, words, own, defaultCacheDuration]);
}
