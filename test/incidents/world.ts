import { setTimeout as sleep } from 'node:timers/promises';

import { AgentProcess, until } from '../commands/agent.ts';
import { type ApiObject, type ClusterApi, startClusterApi } from '../fakes/clusterApi.ts';
import { makeNode, type Node } from '../fakes/node.ts';
import { setups } from '../parity/setups.ts';
import { type Ground, Site, type Wish } from '../parity/site.ts';
import { setupOf } from '../plan/containerd/setups.ts';
import { crioSetup } from '../plan/crio/setups.ts';
import { aSecret, secretOf } from '../cluster/secrets.ts';
import type { PodExplanation } from '../../src/explain/podExplanation.ts';
import type { Given, Incident, Outcome, WorldPlan } from './incident.ts';
import { tellOf } from './kubelet.ts';
import { wordsOf } from './words.ts';

/** Servers of one incident, at a host of another name where it wishes for one. */
class IncidentSite extends Site {
	readonly #host: string | undefined;

	constructor({ id, host }: Pick<Incident, 'id' | 'host'>, number: number, ground: Ground) {
		super(id, number, ground);
		this.#host = host;
	}

	override nameOf(part = ''): string {
		if (this.#host === undefined) return super.nameOf(part);
		return part === '' ? this.#host : `${part}.${this.#host}`;
	}
}

interface Built {
	readonly incident: Incident;
	readonly site: Site;
	readonly wish: Wish;
}

/** How long an agent may take to say of all incidents what is expected, or the last it says, in seconds. */
const patience = 75;

/**
 * Builds a node with its incidents, lets an agent look at it, and gives what it says: as soon as `settled` holds of that,
 * or when nothing more is to be expected. `numbers` are those of the sites, unique in the network.
 */
export async function tryWorld(
	plan: WorldPlan,
	ground: Ground,
	number: () => number,
	settled: (outcomes: readonly Outcome[]) => boolean,
): Promise<readonly Outcome[]> {
	await using stack = new AsyncDisposableStack();
	const built = await Promise.all(
		plan.incidents.map(async (incident): Promise<Built> => {
			const site = stack.use(new IncidentSite(incident, number(), ground));
			const setup = incident.setup ?? setups[incident.like ?? incident.id];
			if (!setup) throw new Error(`nobody knows how to set up ${incident.id}`);
			return { incident, site, wish: (await setup(site)) ?? {} };
		}),
	);
	const healthy = stack.use(new Site(`healthy-${plan.name}`, number(), ground));
	if (plan.healthy !== false) await healthy.registry();
	if (plan.alike) {
		const { host, setup } = plan.alike;
		await setup(stack.use(new IncidentSite({ id: `alike-${plan.name}`, host }, number(), ground)));
	}
	const api = stack.use(await startClusterApi());
	api.readable.add('shop');
	const node = stack.use(await nodeOf(plan, built, ground));
	for (const one of built) fill(api, plan, one);
	const labels = { 'topology.kubernetes.io/zone': plan.zone ?? 'zone-a' };
	api.put('nodes', { metadata: { name: plan.name, labels } });
	const pod = Object.entries(api.environment).map(([name, value]) => `${name}=${value}`);
	const configured = [...(plan.healthy === false ? [] : [healthy.nameOf()]), ...(plan.alike ? [plan.alike.host] : [])];
	const configuration = configurationOf(plan, node, api, configured);
	const agent = stack.use(new AgentProcess(configuration, [], ['env', `NODE_NAME=${plan.name}`, ...pod]));
	const listens = () => agent.lines('agent listens').length > 0;
	await until(listens, () => `${plan.name} does not listen: ${agent.errors}`, patience);
	return await watch(plan, agent, settled);
}

/** Looks at what the agent says until it is settled, or for as long as may be waited. */
async function watch(
	plan: WorldPlan,
	agent: AgentProcess,
	settled: (outcomes: readonly Outcome[]) => boolean,
): Promise<readonly Outcome[]> {
	const claims = new Map<string, Map<string, Given>>(plan.incidents.map(({ id }) => [id, new Map<string, Given>()]));
	const end = performance.now() + patience * 1000;
	for (;;) {
		const explanations = await explanationsOf(agent);
		const outcomes = plan.incidents.map(({ id }): Outcome => {
			const found = explanations.find(({ pod }) => pod === id);
			const given = found && givenBy(found);
			const own = claims.get(id) ?? new Map<string, Given>();
			if (given && given.explained !== 'unknown') own.set(`${given.cause} ${given.explained} ${given.reason}`, given);
			return { id, ...(given && { given }), claims: [...own.values()] };
		});
		if (settled(outcomes) || performance.now() > end) return outcomes;
		await sleep(500);
	}
}

async function explanationsOf(agent: AgentProcess): Promise<readonly PodExplanation[]> {
	const { status, body } = await asked(agent);
	if (status !== 200) throw new Error(`/api/v1/pods: ${status} ${body}\n${agent.errors}`);
	return (JSON.parse(body) as { readonly pods: readonly PodExplanation[] }).pods;
}

/** An agent may close a connection just when it is used again: then it is asked once more. */
async function asked(agent: AgentProcess): ReturnType<AgentProcess['get']> {
	try {
		return await agent.get('/api/v1/pods');
	} catch {
		await sleep(1000);
		return await agent.get('/api/v1/pods');
	}
}

function givenBy({ cause, explained, reason, summary }: PodExplanation): Given {
	return { cause, explained, reason, summary };
}

/** A node that trusts the ground's authority and has the runtime and the environment that its incidents wish for. */
async function nodeOf(plan: WorldPlan, built: readonly Built[], ground: Ground): Promise<Node> {
	const [name = '', version = ''] = plan.runtime.split(' ');
	const ca = ground.foreign.pem;
	const crio = name === 'CRI-O';
	const files = crio ? crioSetup('none', ca) : setupOf({ scenario: 'none', version, ca });
	const environment = Object.assign({}, ...built.map(({ wish }) => wish.environment ?? {})) as Record<string, string>;
	const lines = Object.entries(environment).map(([key, value]) => `Environment="${key}=${value}"\n`);
	const unit = `etc/systemd/system/${crio ? 'crio' : 'containerd'}.service`;
	const wished = built.flatMap(({ wish }) => wish.nameservers ?? []);
	const nameservers = plan.nameserver === undefined ? [...wished, ground.nameserver] : [plan.nameserver];
	return await makeNode({
		nameservers,
		bundle: ground.authority.pem,
		files: { ...files, [unit]: `[Service]\n${lines.join('')}` },
	});
}

const configurationOf = (plan: WorldPlan, node: Node, api: ClusterApi, registries: readonly string[]) => `
listen: 127.0.0.1:0
interval: 5s
timeout: 2s
attempt_timeout: 20s
concurrency: 16
node: { name: ${plan.name}, root: ${node.root}, runtime: ${plan.runtime.toLowerCase().replace(' ', '/')} }
registries: [${registries.map((host) => `{ name: ${host}, image: '${host}/team/app:1' }`).join()}]
discovery: { service_account: ${api.account} }
pull_secrets: { namespaces: [shop], interval: 1h }
`;

/** Puts the incident's pod, and its pull secret, into the cluster. */
function fill(api: ClusterApi, plan: WorldPlan, { incident, site, wish }: Built): void {
	const { id, secret = wish.login, since = 300 } = incident;
	const image = wish.image ?? `${site.nameOf()}/team/app:1`;
	const namespace = secret === 'not readable' ? 'closed' : 'shop';
	const words = wordsOf(incident, plan.runtime, image);
	const state = incident.state ?? (words === '' ? 'ContainerCreating' : 'ImagePullBackOff');
	const pod = { name: id, namespace, image, node: plan.name, state, words, since };
	const written = secretObject(incident, secret, site.nameOf());
	if (written) api.put('secrets', written as ApiObject);
	tellOf(api, { ...pod, ...(secret !== undefined && { pullSecret: `login-${id}` }) });
}

function secretObject({ id }: Incident, secret: Incident['secret'], host: string): object | undefined {
	const name = `login-${id}`;
	if (secret === 'for another host') return aSecret(name, { 'elsewhere.example': 'user:secret' });
	if (secret === 'of another type') return secretOf(name, 'Opaque', 'password', 'secret');
	if (secret === undefined || typeof secret === 'string') return undefined;
	return aSecret(name, { [host]: `${secret.user}:${secret.password}` });
}
