import { openNode, type NodeHere } from '../../src/commands/nodeHere.ts';
import type { Runtime } from '../../src/plan/pullHost.ts';
import { probe } from '../../src/probe/probe.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { hostOf } from '../../src/registry/endpoint.ts';
import { parseReference } from '../../src/registry/image.ts';
import { type PullVerdict, pullVerdicts } from '../../src/verdict/pullVerdict.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { setupOf } from '../plan/containerd/setups.ts';
import { crioSetup } from '../plan/crio/setups.ts';
import { configOf, entryOf } from '../plan/settings.ts';
import { trail } from '../probe/world.ts';
import { type Recorded, runtimeOf } from './recorded.ts';
import { type Ground, type Setup, Site, type Wish } from './site.ts';

/** A host of the plan, as far as requests tell. */
export interface Planned {
	readonly host: string;
	readonly root: string;
	readonly repository: string;
	readonly namespace: string | null;
}

/** What the program says of a pull by one runtime. */
export interface Judged {
	readonly scenario: string;
	readonly runtime: string;
	readonly verdict?: PullVerdict;
	readonly hosts: readonly Planned[];
	/** The image's registry was reached through a proxy. */
	readonly viaProxy: boolean;
	/** What each host showed, for people. */
	readonly trails: readonly (readonly string[])[];
}

/** Seconds for each stage: a SYN that ICMP answers at once is answered for good the second time, a second later. */
const timeout = 2;

interface Built {
	readonly site: Site;
	readonly wish: Wish;
}

/** Says what becomes of a scenario's pulls: hosts that several runtimes would ask in the same way are asked once. */
export async function judge(
	{ scenario, pulls }: Recorded,
	setup: Setup,
	number: number,
	ground: Ground,
): Promise<Judged[]> {
	const tried = new Map<string, readonly Observation[]>();
	const judged: Judged[] = [];
	let built = await build(scenario, setup, number, ground);
	try {
		for (const { runtime: name } of pulls) {
			const runtime = runtimeOf(name);
			await using node = await nodeOf(built, runtime);
			const here = await open(node, built, runtime);
			const key = JSON.stringify(here.targets()).replaceAll(node.root, '');
			if (!tried.has(key)) {
				tried.set(key, await attempts(here));
				// The next one finds the servers as they are at first.
				await built.site.disposeAsync();
				built = await build(scenario, setup, number, ground);
			}
			judged.push({ scenario, runtime: name, ...told(here, tried.get(key) ?? []) });
		}
	} finally {
		await built.site.disposeAsync();
	}
	return judged;
}

async function build(scenario: string, setup: Setup, number: number, ground: Ground): Promise<Built> {
	const site = new Site(scenario, number, ground);
	return { site, wish: (await setup(site)) ?? {} };
}

/** A node that says what a scenario's node said. */
async function nodeOf({ site, wish }: Built, { name, version, localPull = false }: Runtime): Promise<Node> {
	const { scenario, ground } = site;
	const ca = ground.foreign.pem;
	const files = name === 'cri-o' ? crioSetup(scenario, ca) : setupOf({ scenario, version, localPull, ca });
	const unit = `etc/systemd/system/${name === 'cri-o' ? 'crio' : 'containerd'}.service`;
	const { nameservers = [ground.nameserver], environment = {}, login } = wish;
	const lines = Object.entries(environment).map(
		([key, value]) => `Environment="${key}=${value.replaceAll('%', '%%')}"\n`,
	);
	return await makeNode({
		nameservers,
		bundle: ground.authority.pem,
		files: {
			...files,
			[unit]: `[Service]\n${lines.join('')}`,
			...(login && { 'login.json': JSON.stringify({ auths: { [imageOf(scenario, wish).domain]: authOf(login) } }) }),
		},
	});
}

const authOf = ({ user, password }: NonNullable<Wish['login']>) => ({
	auth: Buffer.from(`${user}:${password}`).toString('base64'),
});

const imageOf = (scenario: string, { image = `${scenario}.lab.test/team/app:1` }: Wish) => parseReference(image);

async function open(node: Node, { site, wish }: Built, { name, version }: Runtime): Promise<NodeHere> {
	const image = imageOf(site.scenario, wish);
	const file = { source: 'file', file: `${node.root}/login.json` } as const;
	const entry = entryOf({ name: image.domain, image, credentials: wish.login ? file : { source: 'anonymous' } });
	const of = { ...configOf().node, root: node.root, runtime: `${name}/${version}` };
	return await openNode(configOf({ node: of, registries: [entry], timeout, attemptTimeout: 20 }));
}

async function attempts({ targets, surroundings }: NodeHere): Promise<readonly Observation[]> {
	const { signal } = new AbortController();
	return await Promise.all(targets().map((target) => probe(target, surroundings, { signal })));
}

function told({ targets, view }: NodeHere, observations: readonly Observation[]): Omit<Judged, 'scenario' | 'runtime'> {
	const walked = targets().flatMap((target, at) => {
		const latest = observations[at];
		return latest ? [{ target, latest }] : [];
	});
	const [verdict] = pullVerdicts(walked, view().rules.runtime);
	return {
		...(verdict && { verdict }),
		hosts: walked.map(({ target: { endpoint, root, repository, namespace = null } }) => {
			return { host: hostOf(endpoint), root, repository, namespace };
		}),
		viaProxy: observations.some(({ records }) => records.some(({ stage }) => stage === 'proxy')),
		trails: observations.map(trail),
	};
}
