import { type Judged, type Planned } from './judged.ts';
import type { Pull, Recorded } from './recorded.ts';

interface Request {
	readonly method: string;
	readonly host: string;
	readonly path: string;
	readonly namespace: string | null;
}

function parse(request: string): Request {
	const [method = '', host = '', path = ''] = request.split(' ');
	const url = new URL(path, 'https://host');
	return { method, host, path: url.pathname, namespace: url.searchParams.get('ns') };
}

/** Token services, CDNs and other hosts that a registry has sent the runtime to: no plan names them. */
const isElsewhere = ({ host }: Request) => /--(token|cdn|next|portal)\.lab\.test$/.test(host);

/** Seconds by which a recorded pull may be later than what is said to delay it: the machine was busy. */
const patience = 5;

/** What the program says otherwise than the recorded pull; empty where they agree. */
export function differences({ fault }: Recorded, pull: Pull, judged: Judged | undefined): readonly string[] {
	const verdict = judged?.verdict;
	if (!judged || !verdict) return ['there is no verdict'];
	const requests = requestFaults(pull, judged.hosts);
	if (verdict.success !== pull.pulled) return [`success is ${verdict.success}`, ...requests];
	if (pull.pulled) return [...lateness(pull, verdict.delays ?? {}), ...proxying(pull, judged), ...requests];
	const { role, reason } = verdict.blame ?? {};
	const blamed = !fault || (role === fault.role && reason === fault.reason);
	return [...(blamed ? [] : [`blamed is ${role} ${reason}, not ${fault.role} ${fault.reason}`]), ...requests];
}

function proxying({ viaProxy }: Pull, judged: Judged): readonly string[] {
	return viaProxy === judged.viaProxy ? [] : [`a proxy is ${judged.viaProxy ? '' : 'not '}used`];
}

/** What is said to delay a pull has delayed it, and not much more has. */
function lateness({ seconds }: Pull, delays: Readonly<Record<string, number>>): readonly string[] {
	const said = Object.values(delays).reduce((sum, each) => sum + each, 0);
	if (said === 0 || (said <= seconds && seconds - said < patience)) return [];
	return [`the delays are ${JSON.stringify(delays)}, the pull took ${seconds} s`];
}

/** Requests that the plan has no host for, and hosts that were asked in another order than the plan's. */
function requestFaults({ requests }: Pull, hosts: readonly Planned[]): readonly string[] {
	const asked = requests.map(parse).filter((request) => !isElsewhere(request));
	const strays = asked.filter((request) => !hosts.some((planned) => fits(request, planned)));
	const objects = [...Map.groupBy(asked, ({ path }) => path).values()];
	const disordered = objects.filter((same) => {
		const places = same.map(({ host }) => hosts.findIndex((planned) => planned.host === host));
		const first = places.filter((place, at) => places.indexOf(place) === at);
		return first.some((place, at) => place < (first[at - 1] ?? 0));
	});
	return [
		...strays.map(({ host, path }) => `not in the plan: ${host} ${path}`),
		...disordered.map(([one]) => `in another order than the plan: ${one?.path}`),
	];
}

function fits({ host, path, namespace }: Request, planned: Planned): boolean {
	const { root, repository } = planned;
	const inside = path === `${root}/` || path.startsWith(`${root}/${repository}/`);
	return planned.host === host && inside && planned.namespace === namespace;
}
